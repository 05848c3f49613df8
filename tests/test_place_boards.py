"""*Place package* on the two kinds of boards there are, each in a running KiCad: the carrier's own, and a customer's.

KiCad's own check is asked about what was placed and saved; pictures are in build/screenshots.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from board_setup import import_settings
from conftest import KicadCli
from kicad_desk import Desk
from kicads_check import Judge, saved
from overmold.cli import main
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.package_file import read_package_file
from paths import OFFICIAL_DEMOS, PACKAGES
from place_form import placed
from running_kicad import EMPTY, clauses, opened, undo


def test_a_carriers_own_board_is_for_kicads_check_what_a_built_one_is(
    desk: Desk, kicad_cli: KicadCli
) -> None:
    folder = desk.folder / "carrier"
    folder.mkdir()
    board = folder / "carrier.kicad_pcb"
    board.write_text(EMPTY, encoding="utf-8")
    desk.open_file(board)
    mine = '(version 1)\n\n# mine\n(rule "w"\n\t(condition "A.NetClass == \'W\'")\n\t(constraint track_width (min 1mm)))\n'
    judge = Judge(kicad_cli, desk.version)
    saved(board)
    press = desk.press("place_package.py")
    for name in ("qfn", "stack_two", "demo"):
        spec = read_package_file(PACKAGES / f"{name}.yaml")
        rules = board.with_suffix(".kicad_dru")
        rules.write_text(mine, encoding="utf-8")
        done = placed(press, PACKAGES / f"{name}.yaml", x="100", y="100")
        assert done["mode"] == "own"
        due = {f"{spec.name}.kicad_sym", "fp-lib-table", "sym-lib-table", "carrier.kicad_dru",
               f"{spec.name}.3dshapes/{spec.name}.step", f"{spec.name}.3dshapes/{spec.name}_inside.step"}
        paths = {one["path"] for one in done["beside"]["files"]} - {f"{spec.name}.pretty/{file.name}" for file in
                                                                   (folder / f"{spec.name}.pretty").iterdir()}
        assert paths - due == {f"{spec.name}.settings/{spec.name}.kicad_{kind}" for kind in ("pcb", "pro", "dru")}
        assert rules.read_text(encoding="utf-8").endswith(mine.removeprefix("(version 1)\n"))
        assert judge(saved(board)) == Counter(), name
        # Once more there is nothing to do, on the board or beside it.
        again = press.act("preview", file=str(PACKAGES / f"{name}.yaml"))
        assert (again["changes"], again["beside"]["files"], again["beside"]["stays"]) == ([], [], [])
        if name != "demo":
            undo(opened())
    rows = (folder / "fp-lib-table").read_text(encoding="utf-8")
    assert rows.count("(lib (name") == 3
    # What a plugin cannot set, a person imports, as the page says.
    assert any("Import Settings from Another Board" in step for step in done["steps"])
    donor = folder / f"{spec.name}.settings/{spec.name}.kicad_pcb"
    assert any(str(donor) in step for step in done["steps"])
    import_settings(desk.window, opened(), donor)
    desk.keep("place-carrier-set-up")
    assert judge(saved(board)) == Counter()
    project = json.loads(board.with_suffix(".kicad_pro").read_text(encoding="utf-8"))
    assert project["net_settings"]["classes"][0]["clearance"] == 0.02
    assert project["board"]["design_settings"]["rules"]["min_copper_edge_clearance"] == 0.05
    text = board.read_text(encoding="utf-8")
    assert '(39 "User.1" user "Chip outline")' in text
    assert "# mine" in rules.read_text(encoding="utf-8")
    assert drift(read_board(text.encode(), "b"), spec) == ()
    again = press.act("preview", file=str(PACKAGES / "demo.yaml"))
    assert (again["changes"], again["notes"]) == ([], [])
    press.close()


def customers_board(folder: Path) -> Path:
    """One of KiCad's demo boards, with its project and schematic, in a folder of its own."""
    source = OFFICIAL_DEMOS / "pic_programmer"
    if not source.exists():
        pytest.skip("KiCad's demo boards are not installed; `make kicad` brings them")
    shutil.copytree(source, folder)
    return folder / "pic_programmer.kicad_pcb"


def test_a_customers_board_gets_a_land_pattern_or_says_that_the_package_lies_inside_it(
    desk: Desk, kicad_cli: KicadCli, capsys: pytest.CaptureFixture[str]
) -> None:
    board = customers_board(desk.folder / "customer")
    table = (board.parent / "fp-lib-table").read_bytes()
    judge = Judge(kicad_cli, desk.version)
    first = desk.open_file(board).text
    before = judge(saved(board))
    press = desk.press("place_package.py")
    name = read_package_file(PACKAGES / "demo.yaml").name

    # The finished package: a land pattern with a free reference, beside what is there; its library beside the board.
    done = placed(press, PACKAGES / "demo.yaml")
    assert done["mode"] == "pattern"
    assert [change["title"] for change in done["changes"]] == [f"Land pattern {read_package_file(PACKAGES / 'demo.yaml').name}"]
    own = next(one for one in done["modes"] if one["key"] == "own")
    assert own["why_not"].startswith("this board has an outline of its own")
    known = {one for one in range(1, 10) if f'"Reference" "U{one}"'.encode() in first}
    assert done["reference"] == f"U{min(set(range(1, 10)) - known)}"
    desk.keep("place-land-pattern")
    assert judge(saved(board)) - before == Counter()
    assert (board.parent / "fp-lib-table").read_bytes() != table
    assert table.strip()[:-1].strip() in (board.parent / "fp-lib-table").read_bytes()
    assert not board.with_suffix(".kicad_dru").exists()  # none of our rules for a board of theirs
    plain = "".join(board.read_text(encoding="utf-8").split())
    assert f'(model"${{KIPRJMOD}}/{name}.3dshapes/{name}.step"(offset(xyz000))(scale(xyz111))(rotate(xyz000)))' in plain
    assert (board.parent / f"{name}.3dshapes/{name}.step").is_file()
    assert "(attrsmdboard_only" in plain
    with pytest.raises(Faults, match=f"this is a customer's board: {done['reference']} is where"):
        read_board(board.read_bytes(), "b")
    second = press.act("preview", file=str(PACKAGES / "demo.yaml"))
    assert [(change["kind"], change["ticked"]) for change in second["changes"]] == [("new", False)]
    assert "is this package's land pattern already" in second["kept"][0]
    taken = press.act("preview", file=str(PACKAGES / "demo.yaml"), reference=done["reference"])["faults"]
    assert f"has a part {done['reference']} already" in taken[0]
    undo(opened())
    assert clauses(opened().text) == clauses(first)

    # The package itself is refused as the board's own, and placed inside where that is said.
    refused = press.act("preview", file=str(PACKAGES / "demo.yaml"), mode="own")["faults"]
    assert "this board has an outline of its own" in refused[0]
    spec = read_package_file(PACKAGES / "demo.yaml")
    done = placed(press, PACKAGES / "demo.yaml", mode="inside", how="prefix", prefix="M_")
    assert set(done["taken"]) == {"U1", "C1", "C2", "C3", "C4"}
    assert [change["title"] for change in done["changes"]] == [
        "Carrier", "Chip M_U1", *(f"Passive M_C{number}" for number in range(1, 5))]
    desk.keep("place-inside")
    press.close()
    press = desk.press("check_package.py")
    assert f"{spec.name} KEPT" in press.words
    press.close()
    saved(board)
    read = read_board(board.read_bytes(), "b")
    others = [(f"M_{name}", name) for name in ("U1", "C1", "C2", "C3", "C4")]
    assert [(row.board, row.spec) for row in drift(read, spec)] == others
    assert [chip.name for chip in read.chips] == ["M_U1"]
    assert len(read.passives) == 4
    assert main(["drc", str(board)]) == 0
    assert "KEPT" in capsys.readouterr().out
    assert judge(board) - before == Counter()
    press = desk.press("place_package.py")
    again = press.act("preview", file=str(PACKAGES / "demo.yaml"))
    assert (again["mode"], again["changes"], again["fixed"], again["taken"]) == ("inside", [], True, [])
    press.close()
    undo(opened())
    assert clauses(opened().text) == clauses(first)
