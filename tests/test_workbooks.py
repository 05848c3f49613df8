"""Workbooks: their cells, and those that nobody should send."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overmold.arrays.csv_sites import read_sites
from overmold.exchange.reading import Asked
from overmold.exchange.reading.ball_map import read_ball_map
from overmold.faults import Faults
from overmold.tables import workbook as reader
from overmold.tables.heads import head_of
from overmold.tables.sheets import sheets_of
from workbooks import MAIN, workbook, zipped

SOUND = workbook({"A": [["ball", "x mm", "y mm"], ["A1", 0.4, -0.4]], "B!": [["x"]]})


def cells(data):
    return [[row.cells for row in sheet.all()] for sheet in sheets_of(data, "b.xlsx")]


def told(use):
    """How many faults there are, 0 where there is something instead."""
    try:
        assert use() is not None
    except Faults as error:
        return len(error.faults)
    return 0


def fault(data):
    with pytest.raises(Faults) as caught:
        cells(data)
    assert len(caught.value.faults) == 1
    return str(caught.value.faults[0])


def test_cells_are_read_as_a_spreadsheet_shows_them():
    data = workbook({"A": [
        ["a", 0.1 + 0.2, None, 1e-07, 12], [None], ["# a note"],
        ['<c t="inlineStr"><is><r><t>B</t></r><r><t>1</t></r></is></c>', '<c t="b"><v>1</v></c>',
         '<c t="str"><f>A1</f><v>q</v></c>',
         "<c><f>NOW()</f></c>", '<c t="e"><v>#REF!</v></c>', "<c/>"]]})
    assert cells(data) == [[["a", "0.3", "", "1e-07", "12"], ["B1", "TRUE", "q", "=NOW()", "#REF!", ""]]]
    assert [sheet.name for sheet in sheets_of(SOUND, "b.xlsx")] == ["A", "B"]  # a hidden sheet comes last


@pytest.mark.parametrize(("data", "said"), [
    (b"\xd0\xcf\x11\xe0" + bytes(600), "is a workbook of an old Excel, or one with a password"),
    (b"PK\x03\x04" + bytes(30), "is a workbook that is damaged"),
    (zipped({"a.txt": "x"}), "is a ZIP archive and no XLSX workbook"),
    (zipped({"content.xml": "x"}), "is an OpenDocument file and no XLSX workbook"),
    (zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<w/>"}), "is a workbook (XLSX) without a sheet"),
    (workbook({"A": [["x"]]}, **{"xl/worksheets/s1.xml": "<worksheet><sheetData><row>"}), "is a workbook that is damaged"),
    (workbook({"A": [["x"]]}, **{"xl/sharedStrings.xml": "<sst><si>"}), "is a workbook that is damaged"),
    (workbook({"A": [["x"]]}, **{"xl/worksheets/s1.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'}),
     "is a workbook with definitions in it"),
    (workbook({"A": [["x"]]}, **{"xl/worksheets/s1.xml": f'<worksheet {MAIN}><sheetData><row r="1"><c r="C1"><v>1</v></c>'
                                 '<c r="A1"><v>1</v></c></row></sheetData></worksheet>'}), "the cells of this row stand in "
                                 "no order"),
    (workbook({"A": [["x"]]}, **{"xl/worksheets/s1.xml": f'<worksheet {MAIN}><sheetData><row r="1"><c r="ZZZ1"><v>1</v></c>'
                                 '</row></sheetData></worksheet>'}), "the cells of this row stand in no order"),
])
def test_what_is_no_sound_workbook_is_said(data, said):
    assert said in fault(data)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(reader, "LARGEST_PART", 1_000_000)
    big = workbook({"A": [["x"]]}, **{"xl/worksheets/s1.xml": "<worksheet>" + " " * 2_000_000 + "</worksheet>"})
    assert "unpacks to more than 1 MB" in fault(big)
    # One that says it is small, and is not.
    lying = big.replace((2_000_023).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert len(big) < 10_000
    assert "unpacks to more" in fault(lying) or "damaged" in fault(lying)
    monkeypatch.setattr(reader, "MOST_CELLS", 10)
    assert "has more than 10 cells" in fault(workbook({"A": [["x"] * 6, ["y"] * 6]}))


def test_no_broken_workbook_gives_anything_but_cells_or_one_fault():
    random.seed(7)
    for _ in range(150):
        data = bytearray(SOUND)
        for _ in range(random.choice([1, 3, 20])):
            data[random.randrange(4, len(data))] = random.randrange(256)
        assert told(lambda data=data: cells(bytes(data[:random.choice([len(data), len(data) // 2])]))) <= 1
    with zipfile.ZipFile(io.BytesIO(SOUND)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    for name, text in parts.items():
        for _ in range(15):
            at, to = sorted(random.sample(range(len(text) + 1), 2))
            broken = zipped({**parts, name: text[:at] + text[to:]})
            assert told(lambda broken=broken: cells(broken)) <= 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["Ball", "x", "y [mm]", "X", "net", "A1", "B2", "1", "2", "0,4", "-0.4 mm", "",
                                          "=1+1", "#", '"',
                                          "VDD", "\x00", "Ж", "9" * 400, "pitch 1 mm"]), max_size=5), max_size=8),
       st.sampled_from(",;\t| "))
def test_no_map_gives_anything_but_a_package_or_faults(rows, mark):
    data = "\n".join(mark.join(row) for row in rows).encode()
    for use in (lambda: read_ball_map(data, "m.csv", Asked(pitch=10**6, unit="mm")), lambda: read_sites(data, "m.csv")):
        assert told(use) >= 0


@pytest.mark.parametrize(("text", "role", "unit"), [
    ("Ball Name", "site", ""), ("X [mm]", "x", "mm"), ("X coordinate (um)", "x", "um"), ("Pos. Y", "y", ""), ("y_mm", "y",
                                                                                                              "mm"),
    ("PadX", "x", ""), ("Die X (microns)", "x", "um"), ("bump_y_um", "y", "um"), ("球号", "site", ""), ("X坐标(mm)", "x", "mm"),
    ("信号名", "net", ""), ("ボール番号", "site", ""), ("Y座標", "y", ""), ("핀 번호", "site", ""), ("Numéro de bille", "site",
                                                                                        ""),
    ("Coordonnée X", "x", ""), ("Nombre de señal", "net", ""), ("№ вывода", "site", ""), ("Координата Y, мм", "y", "mm"),
    ("Цепь", "net", ""), ("Kugel Nr.", "site", ""), ("Signalname", "net", ""), ("Ball diameter [um]", "diameter", "um"),
    ("Bank", "", ""), ("Comment", "", ""), ("IO Standard", "", ""), ("", "", ""), ("x" * 300, "", ""),
])
def test_heads_in_many_languages(text, role, unit):
    assert head_of(text)[:2] == (role, unit)
