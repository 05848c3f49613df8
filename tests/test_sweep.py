"""Sweeps: the same answer as the check variant by variant, in columns, in processes, on Dask, stopped and gone on with."""

from __future__ import annotations

import csv
import os
import threading
import time
from pathlib import Path

import pytest

from overmold.check import ERROR, INFO, check
from overmold.cli import main
from overmold.faults import Faults
from overmold.package.pieces import dimensions, with_values
from overmold.rule import load_deck
from overmold.sweep.asked import Question, in_processes
from overmold.sweep.plan import plan
from overmold.sweep.run import chunks, prepared, verdicts
from overmold.units import Toleranced
from paths import DEMO
from variants import demo

DECK = load_deck(examples=False)
# What is left out asks the plan of the whole package; what is judged here are heights, by formulas and by the check.
NAMES = ("cover-not-half-to-twice-gap", "mold-over-chip-too-thin", "too-little-mold-over-passive", "chip-not-covered",
         "filler-not-below-half-gap", "gap-not-filled", "vacuum-not-below-20-mmhg", "package-too-high")
RULES = [rule for rule in DECK.rules if rule.name in NAMES]
VARY = ["mold.cap=200..460um:20um", "chips.U1.thickness=100um,150um,300um"]


def truth(package, columns, number: int) -> tuple[set[str], set[str]]:  # type: ignore[no-untyped-def]
    """The rules that break and that only warn, by the check itself."""
    stated = dimensions(package)
    moved = with_values(package, {key: Toleranced(int(column[number]), stated[key].plus, stated[key].minus)
                                  for key, column in columns.items()})
    found = check(moved, DECK.__class__(tuple(RULES), DECK.alloys)).findings
    broken = {one.rule.name for one in found if one.severity == ERROR}
    return broken, {one.rule.name for one in found if one.severity not in (ERROR, INFO)} - broken


def test_a_sweep_says_of_every_variant_what_the_check_says() -> None:
    package = demo()
    sweep = prepared(package, RULES, plan(package, VARY))
    assert {one.rule.name for one in sweep.columns} >= {"too-little-mold-over-passive", "package-too-high"}
    assert {rule.name for rule in sweep.asked} >= {"chip-not-covered"}
    assert {rule.name for rule, _ in sweep.constant} >= {"filler-not-below-half-gap", "vacuum-not-below-20-mmhg"}
    (chunk,) = chunks(sweep)
    names = [rule.name for rule in sweep.rules]
    for number in range(sweep.plan.count):
        states = {name: int(column[number]) for name, column in zip(names, chunk.states)}
        broken, warned = truth(package, chunk.values, number)
        assert {name for name, state in states.items() if state == 2} == broken, number
        assert {name for name, state in states.items() if state == 1} == warned, number
    assert verdicts(sweep, chunk).tolist().count(0) > 2


def test_processes_give_what_this_process_gives() -> None:
    package = demo()
    question = Question(package, ("mold.cap",), tuple(RULES[:3]))
    tasks = [[(value,)] for value in (260_000, 300_000, 400_000)]
    assert list(in_processes(question, tasks, 1)) == [question.answer(task) for task in tasks]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def swept(path: Path, *more: str) -> int:
    rules = [word for name in NAMES[:3] for word in ("--rule", name)]
    return main(["sweep", str(DEMO), *(word for words in VARY for word in ("--vary", words)), *rules, "-o", str(path), *more])


def test_shards_put_together_are_the_whole(tmp_path: Path) -> None:
    assert swept(tmp_path / "whole.csv", "--picture", str(tmp_path / "p.svg")) == 0
    whole = rows(tmp_path / "whole.csv")
    assert [row["variant"] for row in whole] == [str(number) for number in range(42)]
    assert whole[0]["mold.cap (um)"] == "200"
    assert {row["verdict"] for row in whole} == {"kept", "warning", "broken"}
    parts = []
    for number in (1, 2, 3):
        swept(tmp_path / f"{number}.csv", "--shard", f"{number}/3")
        parts += rows(tmp_path / f"{number}.csv")
    assert parts == whole
    assert 'class="holds"' in (tmp_path / "p.svg").read_text(encoding="utf-8")


def test_a_sweep_that_was_stopped_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                  capsys: pytest.CaptureFixture[str]) -> None:
    import overmold.sweep.run as run

    swept(tmp_path / "whole.csv")
    monkeypatch.setattr(run, "_CHUNK", 10)
    monkeypatch.setattr(run, "_ASKED_CHUNK", 10)
    real = run.verdicts
    calls = []

    def stopped(*given):  # type: ignore[no-untyped-def]
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr("overmold.sweep.table.verdicts", stopped)
    assert swept(tmp_path / "a.csv") == 130
    assert "stopped after" in capsys.readouterr().err
    (left,) = tmp_path.glob("a.csv.*.part")
    with left.open("ab") as file:
        file.write(b"99,half a line")
    monkeypatch.setattr("overmold.sweep.table.verdicts", real)
    assert swept(tmp_path / "a.csv") == 2
    assert "go on with --resume" in capsys.readouterr().err
    assert swept(tmp_path / "a.csv", "--resume") == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert list(tmp_path.glob("*.part")) == []


def test_a_table_takes_the_place_of_no_package_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert swept(tmp_path / "fccsp.yaml") == 2
    assert "name it fccsp.csv" in capsys.readouterr().err


def test_a_dimension_that_no_rule_asks_for_is_swept_too_and_its_column_names_its_unit(tmp_path: Path) -> None:
    spec, table = tmp_path / "spec.yaml", tmp_path / "table.csv"
    text = DEMO.read_text(encoding="utf-8").replace("    bonded:", "    weight: 8.7 mg\n    bonded:")
    spec.write_text(text.replace("demo_nets.csv", str(DEMO.parent / "demo_nets.csv")), encoding="utf-8")
    assert main(["sweep", str(spec), "--vary", "chips.U1.weight=8 mg,8.5 mg", "-o", str(table)]) == 0
    assert table.read_text(encoding="utf-8").splitlines() == [
        "variant,chips.U1.weight (mg),verdict,broken by,warned by", "0,8,kept,,", "1,8.5,kept,,"]


@pytest.mark.parametrize(("words", "said"), [
    ("mold.cap", "gives no values"), ("mold.lid=1um", "there is no dimension 'mold.lid'"),
    ("mold.cap=400..200um:5um", "the first is the smaller"), ("mold.cap=1..2:1", "has no unit"),
    ("mold.cap=1..2mm", "has no step"), ("mold.cap=0um,5um", "it is at least"), ("mold.cap=1nm..1000mm:1nm", "values"),
])
def test_what_is_no_plan_is_told(words: str, said: str) -> None:
    with pytest.raises(Faults, match=said):
        plan(demo(), [words])


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    swept(tmp_path / "t.parquet")
    swept(tmp_path / "t.csv")
    table = parquet.read_table(tmp_path / "t.parquet").to_pylist()
    assert [str(row["variant"]) for row in table] == [row["variant"] for row in rows(tmp_path / "t.csv")]
    assert [row["verdict"] for row in table] == [row["verdict"] for row in rows(tmp_path / "t.csv")]


def test_dask_gives_the_same_also_where_a_worker_is_killed() -> None:
    distributed = pytest.importorskip("distributed")
    from overmold.sweep.on_dask import on_dask

    question = Question(demo(), ("mold.cap",), tuple(RULES[:3]))
    tasks = [[(value,)] for value in range(260_000, 500_000, 4_000)]
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        worker = next(iter(cluster.workers.values()))

        def kill() -> None:
            time.sleep(0.5)
            os.kill(worker.pid, 9)  # its nanny begins another

        killer = threading.Thread(target=kill)
        killer.start()
        found = list(on_dask(cluster.scheduler_address, question, tasks, 2))
        killer.join()
    assert found == [question.answer(task) for task in tasks]
