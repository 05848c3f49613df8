"""Files of other tools, broken in many ways: a package or faults, and nothing else."""

import random

import pytest

from dose import dose
from overmold.exchange.reading import Asked
from overmold.exchange.reading.any_file import read_foreign
from overmold.exchange.writing import aif
from overmold.faults import Faults
from overmold.package_file import read_package_file
from overmold.package_file.writing import package_file
from overmold.package_file.writing.as_a_file import as_a_file
from paths import PACKAGES
from test_import_files import AIF, BMAP, CHIPLET, DBV, DBX, DEF, LEF, WIRES, gds
from test_import_footprints import GRID, SIDES, footprint
from test_import_netlists import L2N, SHORT, TCL, YAML
from test_import_vendor_maps import MATRICES, SHAPES, VENDORS

FILES = {
    "a.aif": AIF, "a.chiplet": CHIPLET, "a.3dbx": DBX, "a.3dbv": DBV, "a.bmap": BMAP, "a.def": DEF, "a.lef": LEF,
    "w.csv": WIRES, "own.aif": aif.write(read_package_file(PACKAGES / "qfn.yaml")),
    "b.tcl": TCL, "c.l2n": L2N, "s.l2n": SHORT, "g.pic.yml": YAML,
    "stack.aif": aif.write(read_package_file(PACKAGES / "stack_two.yaml")),
    **{f"map{i}.txt": data for i, (data, _) in enumerate([*VENDORS.values(), *SHAPES.values(), *MATRICES.values()])},
    "a.gds": gds([(5, 0, 0, 9, 9)], [(5, "A", 1, 1)]), "a.kicad_mod": footprint("BGA-9", *GRID, *SIDES),
}
WORDS = [b"0", b"-", b"1e99", b"[]", b"{}", b"~", b"x", b"\xff", b"-1", b"nan", b"99999999999999999999", b" ", b"\n", b"(",
         b")", b";"]


def broken(data, chance):
    """The bytes with a few of them changed, left out, doubled or swapped for odd words."""
    data = bytearray(data)
    for _ in range(chance.choice([1, 2, 6])):
        at = chance.randrange(len(data))
        how = chance.randrange(4)
        if how == 0:
            data[at] = chance.randrange(256)
        elif how == 1:
            del data[at:at + chance.randrange(1, 30)]
        elif how == 2:
            data[at:at] = data[at:at + chance.randrange(1, 40)]
        else:
            data[at:at + chance.randrange(1, 6)] = chance.choice(WORDS)
        if not data:
            break
    return bytes(data)


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_gives_a_package_or_faults(name, tmp_path):
    (tmp_path / "c.3dbv").write_text(DBV)
    (tmp_path / "die.bmap").write_text(BMAP)
    data = FILES[name] if isinstance(FILES[name], bytes) else FILES[name].encode()
    asked = Asked(what="wires" if name == "w.csv" else "", view="face" if name.endswith(("bmap", "aif", "l2n", "yml")) else "",
                  layer={"a.gds": "5/0", "a.lef": "pads", "a.3dbv": "Die", "s.l2n": "L1"}.get(name, ""),
                  pitch=800_000 if name.startswith("map") else 0, unit="mm" if name.startswith("map") else "")
    chance = random.Random(name)
    for _ in range(dose(25, 1000) if not name.startswith("map") else dose(6, 300)):
        text = broken(data, chance)
        try:
            found = read_foreign(tmp_path / name, text, asked)
        except Faults as error:
            said = str(error)
        else:
            package, _ = as_a_file(found.package, found.teller)
            said = package_file(package, found.teller, found.comments)[f"{package.name}.yaml"]
        assert said
