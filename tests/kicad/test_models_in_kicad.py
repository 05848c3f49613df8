"""Our shapes as KiCad 9 and 10 show and export them: of built packages, and of the library once it is installed."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from overmold.kicad.writing.build import build
from overmold.model3d import INSIDE
from overmold.model3d.scene import scene
from overmold.package_file import read_package_file
from paths import LIBRARY, REPOSITORY

KicadCli = Callable[..., "subprocess.CompletedProcess[str]"]
pytestmark = pytest.mark.kicad
STACK = REPOSITORY / "examples/flip_face-up_flip_stack.yaml"
IDENTIFIER = "com_github_overmold_overmold-library"
ON_BOARD = ["QFN-32-1EP_5x5mm_P0.5mm_EP3.1x3.1mm", "LBGA-256_17x17mm_Layout16x16_P1mm_Ball0.5mm",
            "WLCSP-36_2.82x2.67mm_Layout6x6_P0.4mm_Ball0.25mm", "LGA-16_3x3mm_P0.5mm_LayoutBorder3x5y"]
BOARD = """(kicad_pcb
	(version 20241229)
	(generator "pcbnew")
	(generator_version "9.0")
	(general (thickness 1.6))
	(paper "A4")
	(layers (0 "F.Cu" signal) (2 "B.Cu" signal) (13 "F.Paste" user) (5 "F.SilkS" user) (1 "F.Mask" user) (3 "B.Mask" user)
		(25 "Edge.Cuts" user) (31 "F.CrtYd" user) (35 "F.Fab" user) (33 "B.Fab" user))
	(net 0 "")
	(gr_rect (start 85 85) (end 180 115) (stroke (width 0.1) (type solid)) (fill no) (layer "Edge.Cuts")
		(uuid "44444444-4444-8444-8444-444444444444"))
"""


def on_board(footprint: Path, number: int) -> str:
    """A library's footprint as it stands on a board once somebody has placed it."""
    text = footprint.read_text(encoding="utf-8")
    text = re.sub(r"\t\((?:version|generator|generator_version) [^)]*\)\n", "", text)
    return text.replace('(layer "F.Cu")\n', f'(layer "F.Cu")\n\t(uuid "{number:08d}-0000-8000-8000-000000000000")\n'
                                            f"\t(at {95 + 17 * number} 100)\n", 1)


def names_in(step: Path) -> Counter[str]:
    """How often each product stands in a STEP file that KiCad wrote."""
    return Counter(re.findall(r"\bPRODUCT\('([^']*)'", step.read_text(encoding="latin-1")))


def glb_nodes(file: Path) -> list[str]:
    data = file.read_bytes()
    assert data[:4] == b"glTF"
    (length,) = struct.unpack("<I", data[12:16])
    return [node.get("name", "") for node in json.loads(data[20:20 + length])["nodes"]]


def pixels(picture: Path) -> NDArray[np.uint8]:
    """A PNG of 8 bits a colour as rows of pixels of red, green and blue; whatever filter each row was packed with."""
    data, at, packed = picture.read_bytes(), 8, b""
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at:at + 4]), data[at + 4:at + 8]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", data[at + 8:at + 18])
            step = {2: 3, 6: 4}[colour]
            assert depth == 8
        packed += data[at + 8:at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    raw = zlib.decompress(packed)
    above = bytearray(width * step)
    rows = []
    for number in range(height):
        start = number * (1 + width * step)
        kind, row = raw[start], bytearray(raw[start + 1:start + 1 + width * step])
        for i in range(len(row) if kind else 0):
            left, up, corner = (row[i - step], above[i], above[i - step]) if i >= step else (0, above[i], 0)
            near = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
            row[i] = (row[i] + (0, left, up, (left + up) // 2, near)[kind]) & 255
        above = row
        rows.append(row)
    found = np.array(rows, np.uint8).reshape(height, width, step)
    # What is clear is paper.
    return np.where(found[:, :, 3:] < 128, 255, found[:, :, :3]) if step == 4 else found


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built stack: its board with what is inside, its land pattern with the finished package."""
    folder = tmp_path_factory.mktemp("stack")
    build(read_package_file(STACK), folder)
    return folder


@pytest.fixture
def customer(tmp_path: Path, stack: Path) -> Path:
    """A customer's board with packages of the library and the built one, and the library where the content manager puts it."""
    files = [LIBRARY / f"overmold.pretty/{name}.kicad_mod" for name in ON_BOARD]
    name = read_package_file(STACK).name
    shutil.copytree(stack / f"{name}.3dshapes", tmp_path / f"{name}.3dshapes")
    files.append(stack / f"{name}.pretty/{name}.kicad_mod")
    board = tmp_path / "customer.kicad_pcb"
    board.with_suffix(".kicad_pro").write_text("{}", encoding="utf-8")  # KiCad 9 knows the project's folder by it
    board.write_text(BOARD + "".join(on_board(one, number) for number, one in enumerate(files)) + ")\n", encoding="utf-8")
    return board


def install(home: Path, version: str) -> None:
    """The models of the library into the folder of the content manager of this user."""
    shapes = home / f".local/share/kicad/{version}.0/3rdparty/3dmodels/{IDENTIFIER}/overmold.3dshapes"
    shapes.mkdir(parents=True, exist_ok=True)
    for name in ON_BOARD:
        shutil.copy(LIBRARY / f"overmold.3dshapes/{name}.step", shapes)


def test_a_customers_board_finds_the_shapes_of_the_library_and_of_a_built_package(
    kicad_cli: KicadCli, kicad_version: str, kicad_home: Path, customer: Path
) -> None:
    install(kicad_home / kicad_version, kicad_version)
    made = customer.with_suffix(".step")
    done = kicad_cli(kicad_version, "pcb", "export", "step", "-o", made, customer)
    assert "Could not add 3D model" not in done.stdout + done.stderr
    found = names_in(made)
    for name in (*ON_BOARD, read_package_file(STACK).name):
        assert any(name in product for product in found), (name, found)
    # In the picture, too: mold covers as much of the board as the packages do, and nothing of one without models.
    bare = customer.with_name("bare.kicad_pcb")
    bare.write_text(re.sub(r"\(model .*?\n\t\)\n", "", customer.read_text(encoding="utf-8"), flags=re.S), encoding="utf-8")
    shares = []
    for board in (customer, bare):
        kicad_cli(kicad_version, "pcb", "render", "-w", "400", "--height", "240", "-o", board.with_suffix(".png"), board)
        seen = pixels(board.with_suffix(".png")).astype(int)
        is_mold = (seen.max(axis=2) < 70) & (seen.max(axis=2) - seen.min(axis=2) < 8)
        shares.append(is_mold.sum() / (seen.min(axis=2) < 240).sum())
    assert shares[1] < 0.001
    assert shares[0] == pytest.approx((5 * 5 + 17 * 17 + 3 * 3 + 11 * 11) / (95 * 30), rel=0.1)


def test_chips_bumps_wires_mold_and_balls_of_a_stack_are_exported_by_their_names(
    kicad_cli: KicadCli, kicad_version: str, stack: Path, tmp_path: Path
) -> None:
    package = read_package_file(STACK)
    board = stack / f"{package.name}.kicad_pcb"
    due = {one.name for one in scene(package, INSIDE)}
    kicad_cli(kicad_version, "pcb", "export", "step", "-o", tmp_path / "b.step", board)
    found = names_in(tmp_path / "b.step")
    assert {name for name in due if not any(name in product for product in found)} == set()
    kicad_cli(kicad_version, "pcb", "export", "glb", "-o", tmp_path / "b.glb", board)
    assert len(glb_nodes(tmp_path / "b.glb")) > len(due)
