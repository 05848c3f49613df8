"""Netlists, beside a package file and in it."""

import random

import pytest

from overmold.faults import Faults
from package_text import SMALL, changed, read, said


def _rows(tmp_path, text):
    (tmp_path / "n.csv").write_text(text, encoding="utf-8")
    return said(SMALL + "netlist: n.csv\n", tmp_path)


def test_a_netlist_file_has_places_of_its_own(tmp_path):
    file = tmp_path / "n.csv"
    assert _rows(tmp_path, """\
net,pad,ball
# a comment
VDD,U1.A1,A1
GND,U1.A1,A2
GND,U2.A1,
GND,U1.Z9,Z9
VDD, C1.3 ,
GND,U1,B1
GND,,
,U1.B1,
A B,U1.B2,
GND,C1.1,B2,x
"GND",C1.2,"B3
""") == [
        f"{file}:4:5: pad 'U1.A1' is in net 'GND' here and in net 'VDD' in line 3; it can be in one only",
        f"{file}:5:5: there is no part 'U2'; known: C1, U1",
        f"{file}:6:5: U1 has no pad 'Z9'",
        f"{file}:6:11: the package has no ball 'Z9'",
        f"{file}:7:6: C1 has no pad '3'",
        f"{file}:8:5: 'U1' is not a pad; write part, point, pad, for example U1.A1",
        f"{file}:9:1: net 'GND' connects nothing here; name a pad, a ball or both",
        f"{file}:10:1: a net's name is missing; write for example VDD",
        f"{file}:11:1: 'A B' cannot be a net's name: no blanks, commas, quotes or backslashes, 200 characters at most; "
        "write for example VDD",
        f"{file}:12:1: expected 3 cells, not 4; write net,pad,ball",
        f"{file}:13:1: a quote that is not closed; write net,pad,ball",
    ]


@pytest.mark.parametrize("seed", range(40))
def test_a_row_without_quotes_is_read_as_one_with_quotes(tmp_path, seed):
    chance = random.Random(seed)
    odd = seed % 2
    nets, pads = ("VDD", "GND", "NC", "A B", "")[:5 if odd else 3], ("A1", "A2", "B1", "B2")
    ends = [*(f"U1.{pad}" for pad in pads), "C1.1", "C1.2", *(("", "U9.A1", "F1") if odd else ())]
    net_of = {end: chance.choice(nets) for end in ends}  # where each end keeps to one net nothing is at fault
    rows = [(chance.choice(nets) if odd else net_of[end], end, chance.choice(("", "A1", "Z9")) if odd else "")
            for end in chance.choices(ends, k=chance.randint(1, 12))]
    told = []
    for quote in ("", '"'):
        text = "\n".join(["net,pad,ball", *(",".join(f"{quote}{cell}{quote}" for cell in row) for row in rows), ""])
        (tmp_path / "n.csv").write_text(text, encoding="utf-8")
        try:
            package = read(SMALL + "netlist: n.csv\n", tmp_path)
            told.append((package.chips[0].bumps.nets, package.balls.nets, [one.net for one in package.passives[0].terminals]))
        except Faults as faults:
            told.append([(one.line, one.message) for one in faults.faults])
    assert told[0] == told[1]
    assert odd or isinstance(told[0], tuple)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", [":1:1: this netlist is empty; its first line is net,pad,ball"]),
        ("net,pad,bal\n", [":1:9: unknown column 'bal' in a netlist; did you mean 'ball'?"]),
        ("pad,ball\n", [":1:1: the column 'net' is missing; the first line is net,pad,ball"]),
        ("net,net,pad,ball\n", [":1:1: the column 'net' is given twice; the first line is net,pad,ball"]),
    ],
)
def test_the_first_line_of_a_netlist_names_its_columns(tmp_path, text, messages):
    assert _rows(tmp_path, text) == [f"{tmp_path / 'n.csv'}{message}" for message in messages]


def test_columns_come_in_any_order_and_with_any_of_three_marks_between_them(tmp_path):
    for text in ("ball,net,pad\nA1,VDD,U1.A1\n", "Net;Pad;Ball\nVDD;U1.A1;A1\n",
                 '\ufeffnet\tpad\tball\nVDD\t"U1.A1"\tA1\n'):
        (tmp_path / "n.csv").write_text(text, encoding="utf-8")
        package = read(SMALL + "netlist: n.csv\n", tmp_path)
        assert (package.balls.nets[0], package.chips[0].bumps.nets[0]) == ("VDD", "VDD")


def test_a_netlist_that_is_not_there_or_no_text_is_a_fault(tmp_path):
    assert said(SMALL + "netlist: n.csv\n", tmp_path) == [
        "p.yaml:8:10: 'n.csv', looked for beside this file: there is no such file"]
    assert said(f"{SMALL}netlist: {'€' * 150}\n", tmp_path) == [
        f"p.yaml:8:10: '{'€' * 57}…', looked for beside this file: cannot be read: File name too long"]
    (tmp_path / "n.csv").write_bytes(b"net,pad,ball\nV\xff,,A1\n")
    assert said(SMALL + "netlist: n.csv\n", tmp_path) == [
        f"{tmp_path / 'n.csv'}:2:2: byte 0xff is not UTF-8; save the file as UTF-8"]


def test_a_passives_own_nets_and_the_netlist_may_not_contradict_each_other():
    text = changed("at: [3 mm, 1 mm]", "at: [3 mm, 1 mm], nets: [VDD, GND]")
    assert said(text + "netlist: [[VDD, C1.1, ''], [VDD, C1.2, '']]\n") == [
        "p.yaml:8:34: pad 'C1.2' is in net 'VDD' here and in net 'GND' by its own 'nets'; it can be in one only"]


def test_a_part_with_a_fault_is_not_missed_by_the_netlist():
    text = changed("bonded: flip-chip", "bonded: flipchip") + "netlist: [[VDD, U1.A9, A1], [VDD, U3.A1, '']]\n"
    assert said(text) == ["p.yaml:4:44: unknown value 'flipchip'; did you mean 'flip-chip'?",
                           "p.yaml:8:35: there is no part 'U3'; known: C1, U1"]


def test_a_thousand_faults_of_one_kind_are_cut_short():
    rows = "".join(f"  - [N{i}, U1.Z{i}, '']\n" for i in range(1000))
    faults = said(f"{SMALL}netlist:\n{rows}")
    assert len(faults) == 102
    assert faults[-1] == "p.yaml:109:21: there may be more faults from here on; they are listed when these are mended"
