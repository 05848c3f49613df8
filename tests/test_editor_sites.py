"""Arrays picked and depopulated on the plan, and the netlist as a grid that takes what a spreadsheet copies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from overmold.editor.changes import changed
from overmold.editor.draft import Draft
from overmold.editor.kept import begun, opened
from overmold.editor.look import looked_at
from overmold.editor.nets import clipboard
from paths import DEMO

FLAT = """package: P
carrier: {{kind: substrate, size: [10 mm, 10 mm]}}
balls:
  array: {array}
  diameter: 0.4 mm
"""
BALLS = ["balls", "array"]


def draft(array: str) -> Draft:
    return Draft(Path("/nowhere/p.yaml"), FLAT.format(array=array))


def array_in(one: Draft, path: list[Any] = BALLS) -> dict[str, Any]:
    found: dict[str, Any] = next(laid for laid in looked_at(one)["arrays"] if laid["path"] == path)
    return found


def there(one: Draft, path: list[Any] = BALLS) -> set[str]:
    return {name for name, _, _, is_there in array_in(one, path)["places"] if is_there}


def toggle(one: Draft, names: list[str], on: bool, path: list[Any] = BALLS) -> Draft:
    return changed(one, [{"does": "sites", "path": path, "names": names, "on": on}])


ARRAYS = ["{grid: [4, 4], pitch: 1 mm}", "{grid: [5, 4], pitch: 1 mm, rings: 1}", "{grid: [4, 4], pitch: 1 mm, centre: [2, 2]}",
          "{grid: [4, 4], pitch: 1 mm, skip: [A1, 'B2:C3']}", "{grid: [4, 4], pitch: 1 mm, rings: 1, keep: ['B2:C3']}",
          "{grid: [5, 5], pitch: 1 mm, stagger: checkerboard}", "{grid: [4, 4], pitch: 1 mm, only: [row A, row D]}",
          "{grid: [4, 4], pitch: 1 mm, names: {prefix: Z, numbers: one by one along rows}}",
          "{grid: [4, 4], pitch: 1 mm, names: {corner: bottom right, numbers: by site}, corners: 1}",
          "{grid: [6, 3], pitch: [1 mm, 2 mm], skip: [[-9 mm, -9 mm, -1 mm, 9 mm]]}"]


@pytest.mark.parametrize("array", ARRAYS)
def test_every_place_can_be_taken_out_and_put_back_and_no_other_moves(array: str) -> None:
    before = draft(array)
    sites, places = there(before), [place[0] for place in array_in(before)["places"]]
    assert 0 < len(sites) <= len(places)
    for name in places:
        after = toggle(before, [name], on=name not in sites)
        assert there(after) == sites ^ {name}, after.text
        again = toggle(after, [name], on=name in sites)
        assert there(again) == sites, again.text


def test_a_box_of_sites_becomes_one_range_and_single_ones_are_put_back_out_of_it() -> None:
    out = toggle(draft("{grid: [6, 6], pitch: 1 mm}"), ["B2", "B3", "C2", "C3"], on=False)
    assert 'skip: ["B2:C3"]' in out.text
    back = toggle(out, ["C3"], on=True)
    assert there(back) == there(out) | {"C3"}
    assert "keep: [C3]" in back.text
    assert toggle(back, ["C3"], on=False).text == out.text or there(toggle(back, ["C3"], on=False)) == there(out)


def test_an_array_empties_and_fills_again() -> None:
    all_out = toggle(draft("{grid: [2, 2], pitch: 1 mm}"), ["A1", "A2", "B1", "B2"], on=False)
    assert there(all_out) == set()
    assert there(toggle(all_out, ["A1", "B2"], on=True)) == {"A1", "B2"}


def test_sites_one_by_one_and_zones_on_a_turned_chip_lie_where_the_picture_has_them() -> None:
    text = FLAT.format(array="{at: {A1: [-1 mm, 0 mm], A2: [1 mm, 0 mm]}}") + (
        "chips:\n  - name: U1\n    size: [4 mm, 4 mm]\n    at: [1 mm, -1 mm]\n    angle: 90 deg\n    bonded: flip-chip\n"
        "    bumps:\n      array:\n        zones:\n          - {grid: [2, 1], pitch: 1 mm, names: {prefix: L}}\n"
        "          - {grid: [2, 1], pitch: 1 mm, offset: [0 mm, 1 mm], names: {prefix: R}}\n      diameter: 0.1 mm\n")
    one = Draft(Path("/nowhere/p.yaml"), text)
    look = looked_at(one)
    assert look["wrong"] == []
    titles = [laid["title"] for laid in look["arrays"]]
    assert titles == ["U1 bumps L", "U1 bumps R", "Balls"]
    import base64

    svg = base64.b64decode(look["plan"].partition("base64,")[2]).decode()
    for laid in look["arrays"]:
        for _, x, y, _ in laid["places"]:
            assert any(f'cx="{x + dx / 100:.2f}"'.rstrip('0"').rstrip(".") in svg for dx in range(-6, 7)), (laid["title"], x, y)
    zone = ["chips", 0, "bumps", "array", "zones", 1]
    assert there(toggle(one, ["RA1"], False, zone), zone) == {"RA2"}
    assert there(toggle(one, ["A1"], False)) == {"A2"}
    assert "A1" not in toggle(one, ["A1"], False).marked().data["balls"]["array"]["at"]


def test_what_a_netlist_says_of_a_site_that_is_gone_stands_at_its_cell_and_is_emptied_at_once(tmp_path: Path) -> None:
    one = begun("bga", "NEW", tmp_path)
    gone = toggle(one, ["A1"], on=False)
    look = looked_at(gone)
    assert look["wrong"] == []  # at the cell, and not a second time at the form
    (row, cell, words), = look["nets"]["faults"]
    assert (look["nets"]["rows"][row][cell], cell) == ("A1", 2)
    assert "no ball 'A1'" in words
    mended = looked_at(changed(gone, [{"does": "nets", "emptied": [[row, cell]]}]))
    assert mended["verdict"] is not None
    assert mended["nets"]["rows"][row] == [*look["nets"]["rows"][row][:2], ""]


def nets_of(one: Draft) -> list[list[str]]:
    rows: list[list[str]] = looked_at(one)["nets"]["rows"]
    return rows


def test_a_cell_changed_changes_its_own_line_of_the_table(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    text = DEMO.read_text(encoding="utf-8").replace("demo_nets.csv", "n.csv")
    file.write_text(text, encoding="utf-8")
    table = "# made by hand\r\nball;net;pad\r\nA1;IO1;U1.A1\r\n\r\n# the second\r\n;IO2;U1.A2\r\n"
    (tmp_path / "n.csv").write_bytes(table.encode())
    one = opened(file)
    assert nets_of(one) == [["IO1", "U1.A1", "A1"], ["IO2", "U1.A2", ""]]
    after = changed(one, [{"does": "nets", "row": 1, "column": 0, "block": [["+3V3"]]}])
    assert after.text == one.text
    assert after.tables["n.csv"] == table.replace(";IO2;U1.A2", ";'+3V3;U1.A2")
    assert nets_of(after)[1] == ["+3V3", "U1.A2", ""]
    longer = changed(after, [{"does": "nets", "row": 2, "column": 0, "text": "GND\tU1.A3\tB2\nGND\tU1.A4\t\n"}])
    assert longer.tables["n.csv"].endswith(";'+3V3;U1.A2\r\nB2;GND;U1.A3\r\n;GND;U1.A4\r\n")
    shorter = changed(longer, [{"does": "nets", "gone": [0, 3]}])
    assert nets_of(shorter) == [["+3V3", "U1.A2", ""], ["GND", "U1.A3", "B2"]]
    assert shorter.tables["n.csv"].startswith("# made by hand\r\nball;net;pad\r\n\r\n# the second\r\n")


def test_rows_in_the_package_file_itself_and_a_package_without_nets() -> None:
    head = FLAT.format(array="{grid: [2, 2], pitch: 1 mm}")
    one = Draft(Path("/nowhere/p.yaml"), head + "netlist:\n  - [VDD, \"\", A1]   # power\n  - [GND, \"\", A2]\n")
    after = changed(one, [{"does": "nets", "row": 0, "column": 0, "block": [["VCC"]]}])
    assert after.text == one.text.replace("VDD", "VCC")
    more = changed(after, [{"does": "nets", "row": 2, "column": 0, "text": "ball,net\nB1,IO1\nB2,IO2"}])
    assert nets_of(more)[2:] == [["IO1", "", "B1"], ["IO2", "", "B2"]]
    assert "# power" in more.text
    assert nets_of(changed(more, [{"does": "nets", "gone": [1, 2]}])) == [["VCC", "", "A1"], ["IO2", "", "B2"]]
    none = Draft(Path("/nowhere/p.yaml"), head)
    new = changed(none, [{"does": "nets", "row": 0, "column": 0, "text": "Net\tPad\tBall\nVDD\t\tA1\n"}])
    assert (new.tables, new.text) == ({"p_nets.csv": "net,pad,ball\nVDD,,A1\n"}, head + "netlist: p_nets.csv\n")
    assert looked_at(new)["wrong"] == []


def test_a_clipboard_is_read_as_a_spreadsheet_writes_it() -> None:
    assert clipboard("VDD\tU1.A1\t\r\nGND\tU1.A2\tB2\r\n") == [["VDD", "U1.A1", ""], ["GND", "U1.A2", "B2"]]
    assert clipboard("VDD;U1.A1;B2") == [["VDD", "U1.A1", "B2"]]
    assert clipboard("VDD") == [["VDD"]]
    assert clipboard(" \n") == []
