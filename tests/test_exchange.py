"""Files for other people's programs: DXF, GDSII, workbooks, CSV and AIF, each read by somebody else's reader (AIF, of which
none is to be had, by one written here after its description) and held against the package itself."""

from __future__ import annotations

import csv
import functools
import io
import math
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from overmold.cli import main
from overmold.exchange.writing import GROUPS, KINDS
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.shapes import Outline
from paths import DEMO, REPOSITORY
from variants import demo

WRITERS = {kind.name: kind for kind in KINDS}
EXAMPLES = sorted(path.stem for path in (REPOSITORY / "examples").glob("*.yaml"))
SOME = ("wlcsp-on-substrate", "fcol_qfn-24", "qfn-32_stack", "flip_face-up_flip_stack")  # balls, leads, wires, a stack


@functools.cache
def example(name: str) -> Package:
    return read_package_file(REPOSITORY / f"examples/{name}.yaml")


def written(name: str, kind: str) -> bytes:
    return WRITERS[kind].write(example(name))


def corners(outline: Outline) -> set[tuple[float, float]]:
    return {(x / 1e6, -y / 1e6) for ring in outline.rings for x, y in ring}


# --- DXF

@pytest.mark.parametrize("name", SOME[:3])
def test_dxf_has_the_outline_and_the_leads_of_the_package_in_millimetres(name: str) -> None:
    ezdxf = pytest.importorskip("ezdxf")
    document = ezdxf.read(io.StringIO(written(name, "dxf").decode("ascii")))
    checked = document.audit()
    assert (checked.errors, checked.fixes) == ([], [])
    assert document.units == ezdxf.units.MM
    package, found = example(name), document.modelspace()
    carrier = package.carrier
    assert carrier is not None

    def rings(layer: str) -> list[set[tuple[float, float]]]:
        lines = found.query(f'LWPOLYLINE[layer=="{layer}"]')
        assert all(line.closed for line in lines)
        return [{(round(x, 6), round(y, 6)) for x, y in line.get_points("xy")} for line in lines]

    assert rings("OUTLINE") == [corners(carrier.outline)]
    leads = carrier.frame.leads if carrier.frame is not None else ()
    assert rings("LEADS") == [corners(lead.foot) for lead in leads]
    assert rings("LEAD_METAL") == [corners(lead.outline) for lead in leads]
    assert rings("CHIPS") == [corners(chip.outline) for chip in package.chips]
    assert rings("FINGERS") == [corners(finger.outline) for finger in carrier.fingers]
    balls = {(round(one.dxf.center.x, 6), round(one.dxf.center.y, 6), one.dxf.radius)
             for one in found.query('CIRCLE[layer=="BALLS"]')}
    if package.balls is not None and package.balls.diameter is not None:
        radius = package.balls.diameter.nominal / 2e6
        assert balls == {(x / 1e6, -y / 1e6, radius) for x, y in package.balls.sites.xy.tolist()}
    wires = {tuple(round(value, 6) for value in (*one.dxf.start.vec2, *one.dxf.end.vec2)) for one in found.query("LINE")}
    assert wires == {(wire.from_at[0] / 1e6, -wire.from_at[1] / 1e6, wire.to_at[0] / 1e6, -wire.to_at[1] / 1e6)
                     for wire in package.wires}
    assert {lead.name for lead in leads} <= {one.dxf.text for one in found.query("TEXT")}


def test_dxf_draws_holes_and_escapes_letters_that_it_cannot_have() -> None:
    ezdxf = pytest.importorskip("ezdxf")
    from ezdxf.lldxf.encoding import decode_dxf_unicode

    package = demo(chips__0__name="Ω1", netlist=None)
    assert package.carrier is not None
    square = ((-400_000, -400_000), (400_000, -400_000), (400_000, 400_000), (-400_000, 400_000))
    holed = replace(package, carrier=replace(package.carrier, outline=Outline((*package.carrier.outline.rings, square))))
    text = WRITERS["dxf"].write(holed).decode("ascii")
    found = ezdxf.read(io.StringIO(text)).modelspace()
    assert len(found.query('LWPOLYLINE[layer=="OUTLINE"]')) == 2
    assert "Ω1" in {decode_dxf_unicode(one.dxf.text) for one in found.query("TEXT")}


# --- GDSII

@pytest.mark.parametrize("name", SOME)
def test_gds_has_every_bump_where_it_is_and_as_large_as_it_is(name: str, tmp_path: Path) -> None:
    gdstk = pytest.importorskip("gdstk")
    (tmp_path / "one.gds").write_bytes(written(name, "gds"))
    library = gdstk.read_gds(tmp_path / "one.gds")
    assert (library.unit, library.precision) == (pytest.approx(1e-6), pytest.approx(1e-9))
    (top,) = library.top_level()
    package = example(name)
    assert top.name == re.sub(r"[^A-Za-z0-9_?$]", "_", package.name)[:32]
    spots = [(round(one.origin[0] * 1000), round(-one.origin[1] * 1000)) for one in top.references
             if one.cell.name.startswith("BUMPS_")]
    crowds = [chip.bumps for chip in package.chips if chip.bumps is not None]
    assert Counter(spots) == Counter((x, y) for bumps in crowds for x, y in bumps.sites.xy.tolist())
    for bumps in crowds:
        assert bumps.diameter is not None
        (circle,) = next(cell for cell in library.cells if cell.name == f"BUMPS_{bumps.diameter.nominal}").polygons
        assert circle.area() == pytest.approx(math.pi * (bumps.diameter.nominal / 2000) ** 2, rel=1e-3)
        assert (circle.layer, circle.datatype) == (21, 0)
    chips = [one for one in top.polygons if one.layer == 20]
    assert [round(one.area() * 1e6) for one in chips] == [
        chip.outline.size[0] * chip.outline.size[1] for chip in package.chips]
    names = {label.text for label in top.labels if label.layer == 21}
    assert names == {f"{chip.name}.{name}" for chip in package.chips if chip.bumps is not None
                     for name in chip.bumps.sites.names}


# --- tables

def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_the_list_of_balls_has_each_with_its_net_and_place() -> None:
    package = example("fccsp-196")
    balls = package.balls
    assert balls is not None
    found = [(row["ball"], row["net"], row["x (mm)"], row["y (mm)"], row["diameter (mm)"]) for row in
             rows_of(written("fccsp-196", "balls"))]
    assert found == [(name, net, f"{x / 1e6:.6g}", f"{-y / 1e6 + 0:.6g}", "0.3") for name, net, (x, y) in
                     zip(balls.sites.names, balls.nets, balls.sites.xy.tolist())]
    leads = rows_of(written("fcol_qfn-24", "balls"))
    assert [row["lead"] for row in leads] == [*map(str, range(1, 25)), "paddle"]
    assert (leads[-1]["net"], leads[-1]["width (mm)"]) == ("GND", "2.5")


def test_a_workbook_holds_every_table_with_numbers_as_numbers() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    package = example("flip_face-up_flip_stack")
    book = openpyxl.load_workbook(io.BytesIO(written("flip_face-up_flip_stack", "xlsx")))
    assert book.sheetnames == ["Balls", "Ball map", "Connections", "Wires", "Bill of materials"]
    for sheet, kind in (("Balls", "balls"), ("Connections", "connections"), ("Wires", "wires"), ("Bill of materials", "bom")):
        table = list(csv.reader(io.StringIO(written("flip_face-up_flip_stack", kind).decode())))
        cells = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
        assert len(cells) == len(table)
        for row, due in zip(cells, table):
            for value, word, head in zip(row, due, table[0]):
                if isinstance(value, (int, float)):
                    assert head.endswith(")")
                    assert value == pytest.approx(float(word))
                else:
                    assert (value or "") == word
    assert {type(row[2].value) for row in book["Balls"].iter_rows(min_row=2)} <= {int, float}
    seen, balls = book["Ball map"], package.balls
    assert balls is not None
    letters = {seen.cell(row, 1).value: row for row in range(2, seen.max_row + 1)}
    numbers = {seen.cell(1, column).value: column for column in range(2, seen.max_column + 1)}
    for name, net in zip(balls.sites.names, balls.nets):
        found = re.fullmatch(r"([A-Z]+)(\d+)", name)
        assert found is not None
        assert seen.cell(letters[found[1]], numbers[found[2]]).value == f"{name}\n{net}".rstrip()


def test_no_cell_of_any_table_is_a_formula() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    package = demo(netlist=None)
    assert package.balls is not None
    nets = ("=1+1", "+3V3", "@SUM(A1)", "-5V", *package.balls.nets[4:])
    odd = replace(package, balls=replace(package.balls, nets=nets))
    assert [row["net"] for row in rows_of(WRITERS["balls"].write(odd))][:4] == ["'=1+1", "'+3V3", "'@SUM(A1)", "'-5V"]
    sheet = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"].write(odd)))["Balls"]
    cells = [sheet.cell(row, 2) for row in range(2, 6)]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [(net, "s", True) for net in nets[:4]]


def test_the_bill_counts_what_an_assembly_house_buys() -> None:
    rows = rows_of(written("sip_side-by-side", "bom"))
    package = example("sip_side-by-side")
    count = {what: sum(int(row["quantity"]) for row in rows if row["part"] == what) for what in
             ("chip", "bumps", "passive", "balls", "mold compound")}
    assert package.balls is not None
    assert count == {"chip": len(package.chips), "passive": len(package.passives), "balls": len(package.balls.sites),
                     "bumps": sum(len(chip.bumps.sites) for chip in package.chips if chip.bumps is not None),
                     "mold compound": 1}
    assert {row["material"] for row in rows if row["part"] == "mold compound"} == {"not stated"}
    wired = rows_of(written("qfn-32_stack", "bom"))
    assert [(row["quantity"], row["description"].split(",")[0]) for row in wired if row["part"] == "wires"] == [
        ("32", "diameter 20 um")]


# --- AIF

def aif_of(text: str) -> dict[str, list[str]]:
    """Sections and their lines, by the public description: comments and blank lines are passed over."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        bare = line.partition(";")[0].strip()
        if bare.startswith("["):
            found[bare[1:-1]] = lines = []
        elif bare:
            lines.append(bare)
    return found


def keyed(lines: list[str]) -> dict[str, str]:
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("name", SOME)
def test_aif_tells_chips_pads_wires_fingers_and_balls(name: str) -> None:
    package, found = example(name), aif_of(written(name, "aif").decode("ascii"))
    carrier = package.carrier
    assert carrier is not None
    assert next(iter(found)) == "DATABASE"
    base, several = keyed(found["DATABASE"]), len(package.chips) > 1
    assert (base["TYPE"], base["VERSION"], base["UNITS"], base.get("MCM")) == ("AIF", "2.0", "UM", "TRUE" if several else None)
    for chip in package.chips:
        die = keyed(found[f"MCM_{chip.name}_{chip.name}" if several else "DIE"])
        x, y = map(float, die["CENTER"].split())
        assert (float(die["WIDTH"]), float(die["HEIGHT"])) == tuple(side / 1000 for side in chip.outline.size)
        assert (x, y) == (chip.outline.centre[0] / 1000, -chip.outline.centre[1] / 1000)
    shapes, rows = keyed(found["PADS"]), [line.split() for line in found["NETLIST"]]
    assert {len(row) for row in rows} == {14}
    assert {cell for row in rows for cell in (row[2], row[6], row[10])} - {"-"} == set(shapes)

    die_pads = {(f"{chip.name}.{site}" if several else site): (net, x / 1000, -y / 1000) for chip in package.chips
                for crowd in (chip.pads, chip.bumps) if crowd is not None
                for site, net, (x, y) in zip(crowd.sites.names, crowd.nets, crowd.sites.xy.tolist())}
    assert {row[1]: (row[0].replace("-", "") if row[0] == "-" else row[0], float(row[3]), float(row[4]))
            for row in rows if row[1] != "-"} == die_pads
    balls = {row[5]: (float(row[7]), float(row[8])) for row in rows if row[5] != "-"}
    if package.balls is not None:
        assert balls == {site: (x / 1000, -y / 1000) for site, (x, y) in zip(
            package.balls.sites.names, package.balls.sites.xy.tolist())}
    wires = [row for row in rows if row[1] != "-" and row[9] != "-"]
    assert len(wires) == len(package.wires)
    ends = Counter((die_pads[row[1]][1:], (float(row[11]), float(row[12]))) for row in wires)
    assert ends == Counter(((wire.from_at[0] / 1000, -wire.from_at[1] / 1000), (wire.to_at[0] / 1000, -wire.to_at[1] / 1000))
                           for wire in package.wires)
    own = keyed(found.get("OVERMOLD_WIRES", []))
    assert {name: value.split()[0:2] for name, value in own.items()} == {
        wire.name: [wire.start, wire.end] for wire in package.wires}
    fingers = {row[9]: row for row in rows if row[9] != "-" and not row[10].startswith("WIRE_END")}
    for finger in carrier.fingers:
        row = fingers[finger.name]
        assert [float(cell) for cell in row[11:14]] == [finger.at[0] / 1000, -finger.at[1] / 1000, finger.angle / 1000]
        assert shapes[row[10]] == f"RECT {finger.size[0] / 1000:g} {finger.size[1] / 1000:g}"


def test_no_two_names_become_one_in_aif_and_heights_keep_their_tolerance() -> None:
    package = demo(netlist=None)
    assert package.balls is not None
    nets = ("a;b", "a:b", "a_b", "-", *package.balls.nets[4:])
    text = WRITERS["aif"].write(replace(package, balls=replace(package.balls, nets=nets))).decode("ascii")
    found = aif_of(text)
    named = [line.split()[0] for line in found["NETLIST"] if line.split()[5] in package.balls.sites.names[:4]]
    assert len(set(named)) == 4
    assert "-" not in named
    bumps = package.chips[0].bumps
    assert bumps is not None
    assert bumps.height is not None
    height = keyed(found["OVERMOLD_BUMPS"])["U1"].split()[1]
    assert height == f"{bumps.height.nominal // 1000}+{bumps.height.plus // 1000}/-{bumps.height.minus // 1000}"


# --- the command

def ran(*words: Any) -> int:
    return main(["export", *map(str, words)])


def test_everything_there_is_goes_into_a_folder_the_same_each_time(tmp_path: Path, capsys: Any) -> None:
    assert ran(DEMO, "-o", tmp_path) == 0
    said = capsys.readouterr()
    due = set(GROUPS["all"]) - {"wires", "top-lands"}
    name = "FCCSP-144_10x10mm_P0.8mm"
    assert said.out.splitlines() == [str(tmp_path / f"{name}{WRITERS[kind].ending}") for kind in GROUPS["all"] if kind in due]
    assert "wires (there are no wires)" in said.err
    assert "top-lands (" in said.err
    before = {path: path.read_bytes() for path in tmp_path.glob(f"{name}.*")}
    assert ran(DEMO, "-o", tmp_path, "--to", "all") == 0
    assert {path: path.read_bytes() for path in tmp_path.glob(f"{name}.*")} == before
    edited = tmp_path / f"{name}.bom.csv"
    edited.write_text("mine\n", encoding="utf-8")
    assert ran(DEMO, "-o", tmp_path, "--to", "bom") == 2
    assert edited.read_text(encoding="utf-8") == "mine\n"
    assert ran(DEMO, "-o", tmp_path, "--to", "bom", "--force") == 0
    assert edited.read_bytes() == before[edited]


def test_a_board_gives_the_files_that_its_package_file_gives(tmp_path: Path) -> None:
    board = tmp_path / "demo.kicad_pcb"
    board.write_bytes(board_file(demo()))
    assert ran(board, "--to", f"balls={tmp_path / 'balls.csv'}", "--to", f"gds={tmp_path / 'one.gds'}") == 0
    assert sorted((tmp_path / "balls.csv").read_bytes().splitlines()) == sorted(WRITERS["balls"].write(demo()).splitlines())
    assert len((tmp_path / "one.gds").read_bytes()) == len(WRITERS["gds"].write(demo()))


def test_several_kinds_go_where_they_are_sent_or_none_does(tmp_path: Path, capsys: Any) -> None:
    sent, read = tmp_path / "map.csv", DEMO.read_bytes()
    assert ran(DEMO, "-o", tmp_path, "--to", "dxf,aif", "--to", f"balls={sent}") == 0
    assert sent.read_bytes() == WRITERS["balls"].write(read_package_file(DEMO))
    for words, why in ((["--to", "dfx"], "did you mean 'dxf'?"), (["--to", "dxf="], "names no file"),
                       (["--to", "wires"], "has nothing to write as wires: there are no wires"),
                       (["--to", f"dxf={sent}", "--to", f"aif={sent}"], "cannot go to one file"),
                       (["--to", f"dxf={DEMO}"], "is read by this very command")):
        other = tmp_path / "other"
        assert ran(DEMO, "-o", other, *words) == 2
        assert why in capsys.readouterr().err
        assert not other.exists()
    assert DEMO.read_bytes() == read
