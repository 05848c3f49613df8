"""The array language in package files."""

import pytest

from overmold.faults import Faults
from package_text import MM, PACKAGES, changed, read, said


def _array(lines, folder=PACKAGES):
    text = "".join(f"    {line}\n" for line in lines.splitlines())
    return read(changed("{array: {grid: [3, 3], pitch: 2 mm}, diameter: 0.4 mm}\n",
                       f"\n  diameter: 0.4 mm\n  array:\n{text}"), folder).balls.sites


def _spots(sites):
    return {name: (x / MM, y / MM) for name, (x, y) in zip(sites.names, sites.xy.tolist())}


@pytest.mark.parametrize(
    ("array", "names"),
    [
        ("grid: [3, 2]\npitch: 1 mm", "A1 A2 A3 B1 B2 B3"),
        ("grid: [3, 3]\npitch: 1 mm\nrings: 1", "A1 A2 A3 B1 B3 C1 C2 C3"),
        ("grid: [3, 3]\npitch: 1 mm\nrings: [2]", "B2"),
        ("grid: [4, 4]\npitch: 1 mm\ncentre: [2, 2]\ncorners: 1", "A2 A3 B1 B4 C1 C4 D2 D3"),
        ("grid: [3, 3]\npitch: 1 mm\nskip: [A1, row B, B2:C3]\nkeep: [B2]", "A2 A3 B2 C1"),
        ("grid: [3, 3]\npitch: 1 mm\nonly: [column 2, [0.5 mm, 0.5 mm, 2 mm, 2 mm]]", "A2 B2 C2 C3"),
        ("grid: [3, 3]\npitch: 1 mm\nstagger: checkerboard", "A1 A3 B2 C1 C3"),
        ("grid: [2, 2]\npitch: 1 mm\nnames: {rows: [010, NO], columns: [1e3, x]}", "0101e3 010x NO1e3 NOx"),
        ("grid: [2, 2]\npitch: 1 mm\nnames: {first: C5, corner: top right, prefix: Z}", "ZC5 ZC6 ZD5 ZD6"),
        ("zones:\n  - {grid: [1, 2], pitch: 1 mm}\n  - {grid: [2, 1], pitch: 1 mm, offset: [3 mm, 0 mm], "
         "names: {prefix: Z}}", "A1 B1 ZA1 ZA2"),
    ],
)
def test_the_keys_of_an_array_are_those_of_the_array_plan(array, names):
    assert " ".join(_array(array).names) == names


def test_an_array_has_its_pitch_in_x_and_y_and_its_offset():
    assert _spots(_array("grid: [2, 2]\npitch: [0.8 mm, 0.5 mm]\noffset: [1 mm, 2 mm]")) == {
        "A1": (0.6, 1.75), "A2": (1.4, 1.75), "B1": (0.6, 2.25), "B2": (1.4, 2.25)}


def test_sites_come_one_by_one_or_from_a_table(tmp_path):
    (tmp_path / "b.csv").write_text("name,x,y,diameter\nA1,-1 mm,0 mm,\n010,1 mm,0.5 mm,0.3 mm\n", encoding="utf-8")
    for array in ("at: {A1: [-1 mm, 0 mm], 010: [1 mm, 500 um, 0.3 mm]}", "csv: b.csv"):
        sites = _array(array, tmp_path)
        assert _spots(sites) == {"A1": (-1, 0), "010": (1, 0.5)}
        assert sites.diameters.tolist() == [0, 300_000]


@pytest.mark.parametrize(
    ("array", "messages"),
    [
        ("grid: [4, 4]", ["9:3: a grid needs a pitch; write for example pitch: 0.8 mm"]),
        ("{}", ["9:3: an array needs a grid, sites one by one (at), or zones; write for example "
                "{grid: [12, 12], pitch: 0.8 mm}"]),
        ("grid: [4, x]\npitch: 1\nrings: [a]\nskip: [[1 mm, 2 mm]]\nstager: checkerboard", [
            "10:15: 'x' is not a whole number; write for example 12",
            "11:12: '1' has no unit; write for example 1 mm",
            "12:13: 'a' is not a whole number; write for example 12",
            "13:12: expected 4 entries, not 2; write for example [A1, B2:D4, row C, columns 5:9, "
            "[-1 mm, -1 mm, 1 mm, 1 mm]]",
            "14:5: unknown key 'stager'; did you mean 'stagger'?"]),
        ("grid: [4, 4]\npitch: 1 mm\nskip: [A1, Z9]", [
            "12:16: there is no 'Z9' in this grid; rows run from A to D, columns run from 1 to 4; the letters "
            "I, O, Q, S, X and Z are not used in names"]),
        ("grid: [90000, 90000]\npitch: 1 mm", ["9:3: this array has too many places; it may have 4,000,000"]),
        ("at: {A1: [0 mm, 0 mm], A2: [1 mm, 0 mm, 0 mm], B1: 5 mm, B2: [1, [2 mm]]}", [
            "10:45: '0 mm' is too small: this length must be more than nothing",
            "10:56: expected x and y, not '5 mm'; write for example [0.4 mm, 0 mm]",
            "10:67: '1' has no unit; write for example 1 mm",
            "10:70: expected a length, not a list; write for example -1.5 mm"]),
        ("at: {A1: [0 mm, 0 mm], A2: [0 mm, 0 mm]}", ["10:32: 'A1' and 'A2' lie in one place, (0 mm, 0 mm)"]),
        ("at: {A1: [0 mm, 0 mm]}\ncsv: b.csv", ["11:5: write either 'at' or 'csv', not both"]),
        ("csv: b.csv", ["10:10: 'b.csv', looked for beside this file: there is no such file"]),
        ("zones:\n  - {at: {A1: [1 mm, 1 mm], 'b c': [2 mm, 2 mm]}}", [
            "11:40: 'b c' cannot be a name: no blanks, commas or quotes"]),
    ],
)
def test_faults_of_an_array_stand_at_its_keys(array, messages):
    with pytest.raises(Faults) as raised:
        _array(array)
    assert [str(fault) for fault in raised.value.faults] == [f"p.yaml:{message}" for message in messages]


def test_faults_of_a_table_of_sites_stand_in_the_table(tmp_path):
    (tmp_path / "b.csv").write_text("name,x,y\nA1,1,0 mm\n", encoding="utf-8")
    with pytest.raises(Faults) as raised:
        _array("csv: b.csv", tmp_path)
    assert [str(fault) for fault in raised.value.faults] == [
        f"{tmp_path / 'b.csv'}:2:4: '1' has no unit; write for example 1 mm"]


def test_a_package_that_reaches_beyond_a_metre_is_a_fault():
    assert said(changed("bonded: flip-chip", "at: [999.9 mm, 0 mm], bonded: flip-chip")) == [
        "p.yaml:4:85: this array reaches farther than 1 m; look at its pitch, its grid and its place"]
