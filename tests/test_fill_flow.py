"""The front of the fill, held to closed forms, to published figures, and to two other ways to solve it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fill_cavity import Gate, cavity, filled, radius, shares, trapped
from overmold.fill.air import pockets
from overmold.fill.cells import Cells, repeated
from overmold.fill.front import flow
from overmold.fill.graph import graph_of
from overmold.fill.openings import Openings, openings

UNITS = {.25: (.059, .688), .5: (.090, .437), .8: (.127, .240), 1: (.150, .150), 1.25: (.184, .076), 2: (.285, 0), 4: (.584, 0)}


def test_a_plate_fills_in_the_time_that_it_should() -> None:
    cells = cavity((100, 2), (10, .2), 0)
    graph, arrival = filled(cells)
    x = np.arange(1, 101) * 100.0
    due = 6 * x**2 / cells.high[0, 0, 0] ** 2
    assert np.abs(arrival.full[graph.node[0, :, 0]] / due - 1).max() < 1e-4
    assert arrival.full[graph.node[0, :, 1]] == pytest.approx(arrival.full[graph.node[0, :, 0]], rel=1e-12)


@pytest.mark.parametrize("ratio", [.25, .5, .8, 1, 1.25, 2, 4])
def test_two_slots_race_as_the_closed_form_says(ratio: float) -> None:
    cells = cavity((80, 2), (10, .25), ratio, (5, 1))
    under, over = shares(cells, *filled(cells))
    assert under == pytest.approx(max(0, 1 - 1 / ratio), abs=1.01 / 40)
    assert over == pytest.approx(max(0, 1 - ratio), abs=1.01 / 40)


@pytest.mark.parametrize("index", [.7, .5, .35])
def test_the_race_is_the_same_for_what_thins_under_shear(index: float) -> None:
    cells = cavity((80, 2), (10, .25), 2, (5, 1))
    under, over = shares(cells, *filled(cells, index=index))
    assert under == pytest.approx(.5, abs=1.01 / 40)
    assert over == 0


def test_a_round_front_grows_as_published() -> None:
    # RTMsim's case 1 (Obertscheider and Fauster, JOSS 2022): porosity .7, K 3e-10 m2, .06 Pa s, 35 kPa, gate of 10 mm radius.
    free, k, viscosity, pressure = .7, 3e-10, .06, 35e3
    cells = cavity((91, 91), (600, 600), 0)
    height = math.sqrt(12 * k) * 1e6  # um: the slot that is as permeable
    cells = Cells(**{**vars(cells), "high": np.stack([np.full((91, 91), height), np.zeros((91, 91))]),
                     "mobility": np.stack([np.full((91, 91), height**3 / 12), np.zeros((91, 91))]),
                     "open": np.full((2, 91, 91), free)})
    graph, arrival = filled(cells, Gate("centre", 20_000))
    times = np.where(graph.node[0] >= 0, arrival.time[graph.node[0]], 0) * viscosity / pressure
    cell = 600 / 91
    for moment, published in ((50, .114), (100, .150), (150, .178), (200, .200)):
        found = math.sqrt((times <= moment).sum() * cell**2 / math.pi) / 1000 + cell / 2000
        assert found == pytest.approx(published, rel=.03)
        assert radius(moment, .01, k * pressure / (viscosity * free)) == pytest.approx(published, rel=.01)


def test_the_unit_is_as_in_the_table() -> None:
    for ratio in (.5, 2):
        assert trapped(ratio, 48) == pytest.approx(UNITS[ratio], abs=.02)


@pytest.mark.physics
@pytest.mark.parametrize("ratio", UNITS)
def test_the_unit_is_as_in_the_table_within_two_hundredths(ratio: float) -> None:
    assert trapped(ratio) == pytest.approx(UNITS[ratio], abs=.02)


def test_what_goes_in_is_what_is_taken_up_and_a_mirror_changes_nothing() -> None:
    cells = cavity((40, 32), (10, 10), 1.2, (5, 4), (.5, 1))
    graph, arrival = filled(cells, vents="parting line")
    assert np.abs(arrival.gone_in / arrival.taken_up - 1).max() < 1e-9
    assert arrival.taken_up[-1] >= graph.volume.sum() * (1 - 1e-9)
    assert arrival.off < 1e-2
    mirror, again = filled(cavity((40, 32), (10, 10), 1.2, (5, 4), (.5, -1)), vents="parting line")
    for layer in (0, 1):
        one, other = (np.where(a.node[layer] >= 0, b.time[a.node[layer]], 0)
                      for a, b in ((graph, arrival), (mirror, again)))
        assert other[:, ::-1] == pytest.approx(one, rel=1e-6)
    assert shares(cells, graph, arrival) == pytest.approx(shares(cells, mirror, again), abs=1e-6)


def test_a_vent_lets_out_the_air_wherever_it_is() -> None:
    cells = cavity((32, 32), (10, 10), 1.2)
    graph, arrival = filled(cells)
    under, _ = shares(cells, graph, arrival)
    assert under > .1
    base = openings(cells, Gate(), "right")
    last = np.where(graph.node[1] >= 0, arrival.time[graph.node[1]], -1)
    vent = base.vent.copy()
    vent[(1, *np.unravel_index(last.argmax(), last.shape))] = True
    vented = graph_of(cells, Openings(base.face, base.spot, vent))
    assert shares(cells, vented, flow(vented))[0] < under / 10
    none = graph_of(cells, Openings(base.face, base.spot, np.zeros_like(vent)))
    assert shares(cells, none, flow(none)) == pytest.approx((1, 1))


def test_a_finer_grid_comes_nearer_and_nearer() -> None:
    found = [trapped(1.2, cells)[0] for cells in (16, 32, 48)]
    assert found[2] == pytest.approx(found[1], abs=.02)
    assert found[2] == pytest.approx(.17, abs=.02)


@pytest.mark.physics
def test_the_grid_converges_on_the_demo() -> None:
    found = [trapped(1.2, cells)[0] for cells in (32, 64, 128)]
    # The prototype's front, which counts a cell when it is full, took .203, .182 and .167 to come as near to .16.
    assert found == pytest.approx([.188, .180, .172], abs=.004)
    assert found[2] == pytest.approx(.16, abs=.01)


def test_the_same_as_one_cell_a_step_which_is_exact() -> None:
    # The oracle: the pressure anew after every single cell, and exactly.
    cells = cavity((20, 20), (10, 10), 1.2)
    graph, ours = filled(cells)
    _, slow = filled(cells, hop=0, tolerance=1e-9)
    assert slow.steps > 5 * ours.steps
    assert np.sqrt((((ours.time - slow.time) / slow.end)**2).mean()) < .03
    assert np.median(ours.time) == pytest.approx(np.median(slow.time), rel=.03)
    assert shares(cells, graph, ours) == pytest.approx(shares(cells, graph, slow), abs=2.1 / 100)


def test_a_strip_closes_in_more_in_its_last_column() -> None:
    unit = cavity((24, 24), (10, 10), 1)
    strip = repeated(unit, 2, 3)
    assert strip.inside.shape == (72, 48)
    assert len(strip.parts) == 18
    assert (strip.x[0], strip.x[-1]) == (-15_000, 15_000)


def trenched(along: str, cells: int) -> tuple[float, float]:
    """A standoff of 65 um with trenches in the mask, 20 um deep over a quarter of the plan, along the flow or across it."""
    made = cavity((cells, cells), (10, 10), (240 - 150) / 65, t1=65)
    x, y = made.middles
    at = np.broadcast_to(y if along == "x" else x[:, None], made.inside.shape)
    deep = np.where((at + 50 * 834) % 834 < 208.5, 20.0, 0.0) * (made.high[1] > 0)
    high, low = made.high.copy(), made.low.copy()
    low[1] -= deep
    made = Cells(**{**vars(made), "low": low, "mobility": (high - low) ** 3 / 12})
    return shares(made, *filled(made))


@pytest.mark.physics
def test_standoff_and_trenches_help_as_a_study_found() -> None:
    # EPTC 2022 (abstract): 65 um better than less, trenches better still. That those along the flow are the better ones is not
    # reproduced, and docs/fill.md says so.
    def standoff(t1: float) -> float:
        made = cavity((64, 64), (10, 10), (240 - 150) / t1, t1=t1)
        return shares(made, *filled(made))[0]

    low, high = standoff(45), standoff(65)
    along, across = trenched("x", 96)[0], trenched("y", 96)[0]
    assert low > high > max(along, across)
    assert (low, high) == pytest.approx((.381, .227), abs=.03)
    assert along == pytest.approx(across, abs=.03)


@pytest.mark.physics
@pytest.mark.parametrize("ratio", [1, 2])
def test_shear_thinning_closes_in_more(ratio: float) -> None:
    newtonian, thin, thinner = (trapped(ratio, 40, index=index)[0] for index in (1, .7, .5))
    assert newtonian < thin < thinner
    assert 1.1 < thinner / newtonian < 1.5  # a tenth to a half more, as docs/fill.md says


@pytest.mark.physics
def test_the_columns_of_a_strip_are_as_in_the_table() -> None:
    strip = repeated(cavity((48, 48), (10, 10), 1), 2, 3)
    graph = graph_of(strip, openings(strip, Gate(), "right", (2, 3)))
    arrival = flow(graph)
    holds = np.bincount(graph.part, graph.volume, len(strip.parts))
    lost = np.zeros(len(strip.parts))
    for one in pockets(graph, arrival.time):
        for part, volume in one.volume.items():
            lost[part] += volume
    under = [number for number, part in enumerate(strip.parts) if part.where == "under" and part.row == 0]
    assert lost[under] / holds[under] == pytest.approx([.150, .147, .185], abs=.04)
