"""Placing a package of 10,000 pads into an open board against building the same with kicad-python's own classes, and the
button against the headless check: whole processes, beside a running KiCad 9 or 10 on a virtual screen.

Needs a KiCad (`make kicad`); without one its rows say so.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIDE = 100  # bumps in x and in y
RUNS = 7
FLOOR_S, RATIO, BUTTON = 5.0, 20.0, 2.0
EMPTY = """(kicad_pcb (version 20241229) (generator "pcbnew") (generator_version "9.0") (general (thickness 1.6)) (paper "A4")
(layers (0 "F.Cu" signal) (2 "B.Cu" signal) (5 "F.SilkS" user) (1 "F.Mask" user) (3 "B.Mask" user) (25 "Edge.Cuts" user)
(31 "F.CrtYd" user) (35 "F.Fab" user) (33 "B.Fab" user)) (net 0 ""))
"""
SPEC = """package: bench
carrier: {{kind: substrate, size: [{size} mm, {size} mm]}}
chips:
  - name: U1
    size: [{chip} mm, {chip} mm]
    thickness: 150 um
    bonded: flip-chip
    bumps: {{array: {{grid: [{side}, {side}], pitch: 150 um}}, diameter: 80 um, height: 70 um, alloy: SAC305, pad: 80 um}}
mold: {{cap: 300 um, outline: carrier, filler: 25 um}}
"""
_OURS = """
import sys
sys.path.insert(0, sys.argv[1])
from overmold.short_lived import collect_little
collect_little()  # as every button begins
from pathlib import Path
from overmold.buttons.place import place, preview
asked = {"file": sys.argv[2], "x": "100", "y": "100"}
seen = preview(asked)
print(place({**asked, "seen": seen["seen"], "chosen": [one["id"] for one in seen["changes"]]})["done"])
"""
_PEER = """
import sys
from kipy import KiCad
from kipy.board_types import BoardLayer, FootprintInstance, Net, Pad
from kipy.geometry import Vector2
from kipy.proto.board import board_types_pb2
from kipy.util.units import from_mm
board = KiCad(timeout_ms=600_000).get_board()
made, side = FootprintInstance(), int(sys.argv[1])
made.position = Vector2.from_xy(from_mm(100), from_mm(100))
made.layer = BoardLayer.BL_F_Cu
made.definition.id.library, made.definition.id.name = "peer", "U1"
made.reference_field.text.value = "U2"
for row in range(side):
    for column in range(side):
        pad = Pad()
        pad.number = f"{row}.{column}"
        pad.pad_type = board_types_pb2.PT_SMD
        pad.position = Vector2.from_xy(from_mm(100 + 0.15 * column), from_mm(100 + 0.15 * row))
        stack = pad.padstack
        stack.type = board_types_pb2.PST_NORMAL
        stack.layers = [BoardLayer.BL_F_Cu, BoardLayer.BL_F_Mask]
        stack.copper_layers[0].shape = board_types_pb2.PSS_CIRCLE
        stack.copper_layers[0].size = Vector2.from_xy(80_000, 80_000)
        made.definition.add_item(pad)
commit = board.begin_commit()
board.create_items([made])
board.push_commit(commit, "peer")
"""
_BUTTON = """
import sys
sys.path.insert(0, sys.argv[1])
from overmold.short_lived import collect_little
collect_little()  # as every button begins
from overmold.buttons.check import Choices, run
from overmold.buttons.judging import Judging
checked = run(Choices(), Judging())
from overmold.pages.check import check_page
check_page(checked.report, "nonce", checked.shown)
"""


def run() -> list[dict[str, Any]]:
    """Two rows for each KiCad that is here."""
    rows: list[dict[str, Any]] = []
    for version in ("9", "10"):
        home = Path(tempfile.mkdtemp(prefix="om", dir="/tmp"))  # short: a socket's path must not be long
        try:
            with kicad(version, home, EMPTY) as environment:
                rows.append(_placing(version, home, environment))
                rows.append(_pressing(version, home, environment))
        except (OSError, RuntimeError) as error:
            rows.append({"what": f"place into KiCad {version}", "to_reach": RATIO, "ok": False, "note": str(error)})
        finally:
            shutil.rmtree(home, ignore_errors=True)
    return rows


def _placing(version: str, home: Path, environment: dict[str, str]) -> dict[str, Any]:
    spec = home / "bench.yaml"
    spec.write_text(SPEC.format(size=SIDE * 0.15 + 4, chip=SIDE * 0.15 + 1, side=SIDE), encoding="utf-8")
    ours, _ = _timed(_OURS, environment, str(ROOT / "plugin"), str(spec))
    pads = _text(environment).count('(pad "')
    peer, _ = _timed(_PEER, environment, str(SIDE))
    made = _text(environment).count('(pad "') - pads
    ratio = peer / ours
    return {"what": f"place {pads:,} pads into KiCad {version}, press to done", "peer": "kicad-python's classes",
            "ours_s": ours, "peer_s": peer, "ratio": ratio, "to_reach": RATIO,
            "ok": ratio >= RATIO and ours < FLOOR_S and pads == made == SIDE * SIDE}


def _pressing(version: str, home: Path, environment: dict[str, str]) -> dict[str, Any]:
    """The button beside the headless check of the saved file, run by run in turns; the demo board."""
    undo = "from kipy import KiCad; KiCad().run_action('common.Interactive.undo')"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", undo], env=environment, check=True)
    board = home / "demo.kicad_pcb"
    place = [sys.executable, "-c", _OURS, str(ROOT / "plugin"), str(ROOT / "tests/packages/demo.yaml")]
    subprocess.run(place, env=environment, check=True, stdout=subprocess.DEVNULL)
    board.write_text(_text(environment), encoding="utf-8")
    headless = [sys.executable, "-m", "overmold", "drc", str(board)]
    ours, peers = [], []
    for _ in range(RUNS):
        ours.append(_timed(_BUTTON, environment, str(ROOT / "plugin"))[0])
        begin = time.perf_counter()
        subprocess.run(headless, cwd=ROOT / "plugin", env=environment, check=False, stdout=subprocess.DEVNULL)
        peers.append(time.perf_counter() - begin)
    button, check = statistics.median(ours), statistics.median(peers)
    return {"what": f"button in KiCad {version}, press to page", "peer": "overmold drc, saved file", "ours_s": button,
            "peer_s": check, "ratio": button / check, "to_reach": f"at most {BUTTON:g} x", "ok": button <= BUTTON * check}


def _timed(code: str, environment: dict[str, str], *arguments: str) -> tuple[float, str]:
    begin = time.perf_counter()
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return seconds, done.stdout


def _text(environment: dict[str, str]) -> str:
    """The open board."""
    code = "from kipy import KiCad; print(KiCad(timeout_ms=60_000).get_board().get_as_string())"
    return _timed(code, environment)[1]


@contextmanager
def kicad(version: str, home: Path, board: str) -> Iterator[dict[str, str]]:
    """A board editor on a virtual screen; the environment in which programs reach it."""
    if shutil.which("Xvfb") is None:
        raise RuntimeError("there is no Xvfb here; `make kicad` installs it")
    (home / ".cache/overmold").mkdir(mode=0o700, parents=True)  # as buttons make it
    for folder in ("9.0", "10.0"):
        settings = home / ".config/kicad" / folder
        settings.mkdir(parents=True)
        (settings / "kicad_common.json").write_text(json.dumps({
            "api": {"enable_server": True}, "system": {"first_run_shown": True, "setup_wizard_completed": True},
            "do_not_show_again": {"data_collection_prompt": True, "update_check_prompt": True}}), encoding="utf-8")
        for table in ("fp_lib_table", "sym_lib_table", "design_block_lib_table"):
            (settings / table.replace("_", "-")).write_text(f"({table} (version 7))\n", encoding="utf-8")
    (home / "bench.kicad_pcb").write_text(board, encoding="utf-8")
    read, write = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as file:
        number = file.readline().strip()
    environment = {**os.environ, "HOME": str(home), "TMPDIR": str(home), "DISPLAY": f":{number}", "LC_ALL": "C.UTF-8",
                   "OVERMOLD_KICAD_PROGRAM": "pcbnew", "KICAD_API_SOCKET": f"ipc://{home}/kicad/api.sock",
                   "XDG_CACHE_HOME": str(home / ".cache")}
    command = [str(ROOT / "scripts/kicad-cli"), version, str(home / "bench.kicad_pcb")]
    editor = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              start_new_session=True)
    try:
        for _ in range(120):
            time.sleep(1)
            try:
                _text(environment)
                break
            except RuntimeError as error:
                if editor.poll() is not None:
                    raise RuntimeError(f"KiCad {version} does not start; `make kicad` installs it") from error
        yield environment
    finally:
        os.killpg(editor.pid, signal.SIGKILL)
        screen.terminate()


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
