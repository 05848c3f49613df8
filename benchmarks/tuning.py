"""Tolerances and sweeps: a million samples of a reading, a million variants of the height rules, geometry on two processors.

The peer of the columns is the loop that somebody would write with the library: values put into the package, the rules put
to it, variant by variant; it is timed over a few hundred and told for as many as ours did. Geometry is judged by the same
code on one processor and on two, of a package with 1,024 balls whose diameter varies; processes are begun within the time.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from overmold.check import put
from overmold.measures import all_measures
from overmold.package import Package
from overmold.package.pieces import dimensions, with_values
from overmold.package_file import read_package_text
from overmold.rule import Rule, load_deck
from overmold.study import assumptions_of, study
from overmold.sweep.asked import Question, in_processes, one_by_one
from overmold.sweep.plan import plan
from overmold.sweep.run import chunks, prepared, verdicts

from .process import BUMPS_10000, DEMO

SAMPLES, LOOPED = 1_000_000, 300
SECONDS, FASTER, TWICE = 0.2, 50, 1.7
HEIGHTS = ("cover-not-half-to-twice-gap", "mold-over-chip-too-thin", "too-little-mold-over-passive")
VARY = ("mold.cap=250..500um:1um", "chips.U1.thickness=120..180um:1um", "chips.U1.bumps.height=70..134um:1um")
BALLS, TASK = 20_000, 100


def run() -> list[dict[str, Any]]:
    """The three rows."""
    package = read_package_text(Path(DEMO).read_bytes(), DEMO, Path(DEMO).parent)
    rules = [rule for rule in load_deck(examples=False).rules if rule.name in HEIGHTS]
    return [sampled(package, rules[0]), columns(package, rules), geometry()]


def sampled(package: Package, rule: Rule) -> dict[str, Any]:
    """One reading studied, its formula learned within the time; what a study of a single sample takes is not the samples'."""
    all_measures()
    few = min(timed(lambda: study(package, [rule], replace(assumptions_of(""), samples=1))) for _ in range(5))
    many = min(timed(lambda: study(package, [rule], replace(assumptions_of(""), samples=SAMPLES))) for _ in range(5))
    readings = len(study(package, [rule], replace(assumptions_of(""), samples=1)).rows)
    ours = few + (many - few) / readings
    return {"what": f"{SAMPLES:,} Monte Carlo samples of t2/t1, beyond the check", "peer": None, "ours_s": ours, "peer_s": None,
            "ratio": None, "to_reach": f"under {SECONDS} s", "ok": ours < SECONDS,
            "note": f"a study tells {readings} readings; {few * 1000:.0f} ms of it learn their formulas"}


def columns(package: Package, rules: list[Rule]) -> dict[str, Any]:
    """Three rules over a million variants, at nominal and at the corners."""
    asked = plan(package, VARY)
    sweep = prepared(package, rules, asked)
    held = [0]

    def ours() -> None:
        held[0] = sum(int((verdicts(sweep, chunk) == 0).sum()) for chunk in chunks(sweep))

    def loop() -> None:
        stated = dimensions(package)
        rows = asked.columns(0, LOOPED)
        for values in zip(*(column.tolist() for column in rows.values())):
            changed = with_values(package, {key: replace(stated[key], nominal=value) for key, value in zip(rows, values)})
            for rule in rules:
                put(changed, rule)

    ours_s, peer_s = min(timed(ours) for _ in range(2)), min(timed(loop) for _ in range(3)) * asked.count / LOOPED
    return {"what": f"{asked.count:,} variants of {len(rules)} height rules", "peer": "a Python loop over the check",
            "ours_s": ours_s, "peer_s": peer_s, "ratio": peer_s / ours_s, "to_reach": f"{FASTER} x",
            "ok": peer_s / ours_s >= FASTER and not sweep.asked, "note": f"{held[0]:,} variants keep all of them"}


def geometry() -> dict[str, Any]:
    """The distance between balls, by the check itself, in one process and in two, which take turns; the best of two each."""
    package = read_package_text(BUMPS_10000, "balls.yaml", Path())
    question = Question(package, ("balls.diameter",), tuple(
        rule for rule in load_deck(examples=False).rules if rule.name == "balls-too-close"))
    tasks = [[(300_000 + 10 * (i + k),) for k in range(TASK)] for i in range(0, BALLS, TASK)]
    ours_s = peer_s = float("inf")
    for _ in range(2):
        begun = time.perf_counter()
        alone = list(one_by_one(question, tasks, 1))
        middle = time.perf_counter()
        both = list(in_processes(question, tasks, 2))
        ours_s, peer_s = min(ours_s, time.perf_counter() - middle), min(peer_s, middle - begun)
    return {"what": f"{BALLS:,} variants of the distance of 1,024 balls, two processes", "peer": "one process",
            "ours_s": ours_s, "peer_s": peer_s, "ratio": peer_s / ours_s, "to_reach": f"{TWICE} x on two processors",
            "ok": alone == both and peer_s / ours_s >= TWICE}


def timed(done: Any) -> float:
    """Processor time."""
    begun = time.process_time()
    done()
    return time.process_time() - begun
