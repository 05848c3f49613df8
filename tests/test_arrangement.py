"""How far apart sites are, as a footprint says it, against brute force."""

from __future__ import annotations

import math
import random

import numpy as np

from overmold.drawing.arrangement import _is_full, grid_of, nearest


def test_the_nearest_two_sites_are_those_of_brute_force() -> None:
    full = 0
    for seed in range(600):
        chance = random.Random(seed)
        steps = [[chance.randint(1, 9)] * 4 + [chance.randint(1, 9)] for _ in "xy"]
        across, down = (np.cumsum(chance.choices(of, k=chance.randint(1, 6))).tolist() for of in steps)
        spots = [(x, y) for x in across for y in down]
        chance.shuffle(spots)
        if len(spots) > 2 and chance.random() < 0.6:
            spots[0] = chance.choice([spots[1], (spots[1][0], spots[2][1]), (99, 1)])
        xy = np.array([*spots, (50, 50)] if len(spots) < 2 else spots, np.int64)
        apart = (xy[:, None] - xy[None]) ** 2
        squared = apart.sum(axis=2)[~np.eye(len(xy), dtype=bool)].min()
        assert nearest(xy, grid_of(xy)) == math.isqrt(int(squared)), seed
        full += _is_full(xy, grid_of(xy))
    assert full > 80, full
