"""Kinds of packages as changes to one roomy package, each in a place of its own, so that any two can be put together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from overmold.package import Package
from overmold.package_file import read_package_text
from paths import PACKAGES

Data = dict[str, Any]
_LAYERS = (("mask", "15 um ± 1 um"), ("copper", "15 um"), ("core", "400 um ± 15 um"), ("copper", "15 um"),
           ("mask", "15 um ± 1 um"))
_PROCESS = {"method": "reduced-pressure transfer", "pressure": "10 mmHg", "temperature": "175 degC"}
_SIDE = {"thickness": "150 um ± 2 um", "bonded": "flip-chip"}


def mm(*values: float) -> list[str]:
    """A point or a size."""
    return [f"{value:.6g} mm" for value in values]


def ring(left: float, top: float, right: float, bottom: float) -> list[list[str]]:
    """The corners of a box."""
    return [mm(left, top), mm(right, top), mm(right, bottom), mm(left, bottom)]


def substrate() -> Data:
    """One flip chip left of the middle, balls in two rings, all else free; ``box`` is that of the first block of mold."""
    return {
        "package": "MEET", "box": [-7, -5, 7, 5],
        "carrier": {"kind": "substrate", "size": mm(14, 10),
                    "stackup": [{"layer": kind, "thickness": thick} for kind, thick in _LAYERS]},
        "chips": [{"name": "U1", "size": mm(3, 3), "at": mm(-3.5, 0), **_SIDE, "bumps": {
            "array": {"grid": [8, 8], "pitch": "300 um", "rings": 1}, "diameter": "100 um", "height": "90 um ± 2 um",
            "alloy": "SAC305"}}],
        "passives": [],
        "mold": {"cap": "315 um ± 4 um", "filler": "15 um", "process": dict(_PROCESS), "regions": []},
        "balls": {"array": {"grid": [12, 8], "pitch": "1 mm", "rings": 2}, "diameter": "0.6 mm", "standoff": "0.5 mm ± 0.03 mm",
                  "alloy": "SAC305"},
        "keep_outs": [],
        "singulation": {"method": "saw", "street": "300 um", "kerf": "200 um"},
        "netlist": [["VDD", "U1.A1", "A1"], ["GND", "U1.A2", "A2"], ["S1", "U1.A3", "A3"]],
    }


def finished(data: Data) -> Data:
    """The package file as it is read: the mold's box as its outline, nothing that is empty."""
    box = data.pop("box", None)
    if "mold" in data and box is not None:
        whole = box == [-7, -5, 7, 5]
        data["mold"]["outline"] = "carrier" if whole else ring(*box)
        if not whole:
            data["mold"]["covers"] = "part of the carrier"
        if not data["mold"]["regions"]:
            del data["mold"]["regions"]
    for key in [key for key in ("passives", "keep_outs") if not data.get(key)]:
        data.pop(key, None)
    return data


def met(kinds: Iterable[str]) -> Data:
    """The package that is all of these kinds."""
    data = substrate()
    for name in sorted(kinds, key=list(KINDS).index):
        KINDS[name](data)
    return finished(data)


def package_of(data: Data) -> Package:
    """Read it; JSON is YAML too."""
    return read_package_text(json.dumps(data, indent=1, ensure_ascii=False), "meet.yaml", PACKAGES)


def _chip(data: Data, name: str, at: tuple[float, float], size: float, **more: Any) -> Data:
    """Another chip, a flip chip of 4 x 4 bumps unless ``more`` says otherwise, of whose bumps two are on nets."""
    bumps = {"array": {"grid": [4, 4], "pitch": "300 um"}, "diameter": "100 um", "height": "90 um ± 2 um", "alloy": "SAC305"}
    chip: Data = {"name": name, "size": mm(size, size), "at": mm(*at), **_SIDE, "bumps": bumps, **more}
    if chip["bumps"] is None:
        del chip["bumps"]
    else:
        data["netlist"] += [["VDD", f"{name}.A1", "A1"], ["GND", f"{name}.A2", "A2"]]
    data["chips"].append(chip)
    return chip


def _passive(data: Data, name: str, at: tuple[float, float], **more: Any) -> Data:
    passive: Data = {"name": name, "size": "01005", "at": mm(*at), "nets": ["VDD", "GND"], **more}
    data["passives"].append(passive)
    return passive


def pillars(data: Data) -> None:
    del data["chips"][0]["bumps"]["height"]
    data["chips"][0]["bumps"].update(pillar="65 um ± 3 um", solder_cap="25 um ± 4 um")


def two_solders(data: Data) -> None:
    data["chips"][0]["bumps"]["presolder"] = "SnAg3.5"


def uneven(data: Data) -> None:
    data["chips"][0]["bumps"]["array"] = {"zones": [
        {"grid": [8, 8], "pitch": "300 um", "rings": 1},
        {"grid": [4, 4], "pitch": "250 um", "names": {"prefix": "C"}, "height": "120 um", "step": "-30 um"}]}


def oblong(data: Data) -> None:
    data["chips"][0]["bumps"].update(diameter=["110 um", "60 um"], turn="90 deg")


def by_volume(data: Data) -> None:
    data["chips"][0]["bumps"].pop("height", None)
    data["chips"][0]["bumps"].update(sphere="125 um ± 1 um", ubm="90 um", pad="90 um", opening="90 um")


def studs(data: Data) -> None:
    data["chips"][0]["bumps"].update(alloy="Au", coined="100 um ± 3 um", height="90 um ± 3 um")
    data["chips"][0]["bumps"].pop("presolder", None)


def underfill(data: Data) -> None:
    data["chips"][0].update(gap_filled_with="underfill", fillet="0.2 mm ± 0.05 mm")


def exposed(data: Data) -> None:
    data["chips"][0].update(exposed="back", thickness="240 um ± 2 um")


def lid(data: Data) -> None:
    data["lid"] = {"thickness": "0.3 mm ± 0.02 mm", "attach": "30 um ± 10 um", "material": "Cu"}


def keep_out_of_metal(data: Data) -> None:
    data["keep_outs"].append({"name": "ANT", "kept_out": "metal", "size": mm(0.8, 0.8), "at": mm(2.2, -4.3),
                              "side": "chip side"})


def keep_out_of_parts(data: Data) -> None:
    data["keep_outs"].append({"name": "VIEW", "kept_out": "parts", "size": mm(0.8, 0.8), "at": mm(3.4, -4.3), "above": "50 um"})


def keep_out_of_mold(data: Data) -> None:
    data["box"][0] = max(data["box"][0], -6.2)
    data["keep_outs"].append({"name": "BARE", "kept_out": "mold", "size": mm(0.4, 2), "at": mm(-6.7, 0), "side": "chip side"})


def lands(data: Data) -> None:
    data["balls"] = {"terminals": "lands", "array": {"grid": [12, 8], "pitch": "1 mm", "rings": 2}, "land": "0.5 mm"}


def two_lands(data: Data) -> None:
    data["balls"] = {"terminals": "lands", "land": "0.5 mm", "array": {"zones": [
        {"grid": [12, 8], "pitch": "1 mm", "rings": 2}, {"at": {"T1": [*mm(1, 0), "1 mm"]}}]}}


def cored(data: Data) -> None:
    data["balls"].update(core="0.4 mm ± 0.01 mm", core_material="copper")


def terminal_pillars(data: Data) -> None:
    data["balls"] = {"terminals": "pillars", "array": {"grid": [12, 8], "pitch": "1 mm", "rings": 2}, "diameter": "0.3 mm",
                     "pillar": "450 um ± 10 um", "solder_cap": "40 um ± 10 um", "alloy": "SAC305"}


def far_passive(data: Data) -> None:
    _passive(data, "C1", (0, 0), side="far side")


def far_chip(data: Data) -> None:
    """Bare between the balls, partly under U1."""
    _chip(data, "U7", (-2.3, 0), 1.4, side="far side", gap_filled_with="underfill", fillet="0.2 mm ± 0.05 mm")


def far_chip_in_mold(data: Data) -> None:
    """In a block of its own, of another compound and made otherwise."""
    data["mold"]["regions"].append(
        {"name": "DIE", "size": mm(1.9, 1.9), "at": mm(2.7, 0), "side": "far side", "cap": "300 um ± 4 um", "draft": "5 deg",
         "compound": "G770HCD", "filler": "20 um", "process": {**_PROCESS, "temperature": "170 degC"}})
    _chip(data, "U8", (2.7, 0), 1.4, side="far side")


def slanted(data: Data) -> None:
    data["mold"]["draft"] = "8 deg"


def partial(data: Data) -> None:
    data["box"][3] = 4.3


def second_block(data: Data) -> None:
    data["box"][2] = 2.7
    data["mold"]["regions"].append(
        {"name": "RF", "size": mm(3.6, 8), "at": mm(5, 0.8), "cap": "465 um ± 10 um", "draft": "5 deg"})
    _chip(data, "U2", (4.6, 0), 2, thickness="300 um ± 10 um")


def far_mold(data: Data) -> None:
    data["mold"]["regions"].append({"name": "UNDER", "size": mm(2.4, 1.6), "side": "far side", "cap": "400 um ± 15 um",
                                    "draft": "10 deg"})


def open_cavity(data: Data) -> None:
    chip = _chip(data, "U3", (4.6, 3.2), 1.4, cavity={"depth": "150 um ± 10 um", "room": "150 um"})
    chip["thickness"] = "270 um ± 8 um"


def passive_in_cavity(data: Data) -> None:
    _passive(data, "C2", (0, -4), cavity={"depth": "120 um ± 10 um", "room": "100 um"})


def closed_in(data: Data) -> None:
    _chip(data, "U4", (0.2, -1), 1.4, thickness="120 um ± 10 um",
          cavity={"depth": "270 um ± 15 um", "room": "100 um", "top": "closed"})


def passive_closed_in(data: Data) -> None:
    _passive(data, "C3", (1.2, -4), cavity={"depth": "270 um ± 10 um", "room": "100 um", "top": "closed"})


def wires(data: Data) -> None:
    """A face-up chip, wired to fingers."""
    _chip(data, "U5", (0, 2.6), 1.2, bonded="face-up", attach="20 um ± 3 um", thickness="100 um ± 5 um", bumps=None,
          pads={"array": {"grid": [1, 3], "pitch": "300 um", "offset": mm(0.5, 0), "names": {"prefix": "W"}}, "size": "80 um"})
    data["carrier"]["fingers"] = [{"row": {"from": mm(1.3, 2.3), "to": mm(1.3, 2.9), "count": 3}, "size": ["80 um", "200 um"],
                                   "angle": "90 deg"}]
    data["wires"] = {"defaults": {"diameter": "20 um", "loop_height": "90 um ± 10 um"},
                     "list": [["U5.WA1", "F1"], ["U5.WB1", "F2"], ["U5.WC1", "F3"]]}
    data["netlist"] += [["VDD", "U5.WA1", "A1"], ["GND", "U5.WB1", "A2"], ["S1", "U5.WC1", "A3"]]


def stack(data: Data) -> None:
    """A flip chip on the back of U1, whose pads are the far ends of its vias."""
    data["mold"]["cap"] = "400 um ± 4 um"
    data["chips"][0].pop("exposed", None)
    data["chips"][0]["thickness"] = "150 um ± 2 um"
    _pads(data, "P")
    _chip(data, "U6", (-3.5, -0.2), 1.6, stands_on="U1", thickness="60 um ± 2 um", bumps={
        "array": {"grid": [4, 4], "pitch": "300 um"}, "diameter": "60 um", "height": "45 um ± 2 um", "alloy": "SAC305",
        "pad": "60 um"})


def passive_on_chip(data: Data) -> None:
    _pads(data, "Q")
    _passive(data, "C4", (-3.5, 1.2), stands_on="U1", size=mm(0.5, 0.3), height="25 um ± 2 um",
             pads=[{"at": mm(-0.15, 0), "size": mm(0.12, 0.2)}, {"at": mm(0.15, 0), "size": mm(0.12, 0.2)}])


def _pads(data: Data, prefix: str) -> None:
    """Pads on the back of U1: P under a chip's 4 x 4 bumps, Q under a passive's terminals; those of ``prefix`` on nets."""
    data["chips"][0]["pads"] = {"size": "60 um", "array": {"zones": [
        {"grid": [4, 4], "pitch": "300 um", "offset": mm(0, -0.2), "names": {"prefix": "P"}},
        {"grid": [2, 1], "pitch": "300 um", "offset": mm(0, 1.2), "names": {"prefix": "Q"}}]}}
    data["netlist"] += [["VDD", f"U1.{prefix}A1", ""], ["GND", f"U1.{prefix}A2", ""]]


def top_lands(data: Data) -> None:
    data["top_lands"] = {"array": {"grid": [6, 1], "pitch": "0.6 mm", "offset": mm(-4.5, 3.6)}, "land": "0.3 mm",
                         "opening": "0.25 mm", "via": "0.4 mm ± 0.03 mm", "via_fill": "200 um ± 15 um",
                         "ball_height": "350 um ± 20 um"}
    data["netlist"].append(["S1", "TOP.A1", ""])


def bare_top_lands(data: Data) -> None:
    """Beside the mold, which ends before them."""
    data["box"][1] = -3.6
    data["top_lands"] = {"array": {"grid": [6, 1], "pitch": "0.6 mm", "offset": mm(-4.5, -4.2)}, "land": "0.3 mm",
                         "opening": "0.25 mm", "ball_height": "550 um ± 20 um"}
    data["netlist"].append(["S1", "TOP.A1", ""])


def chamfered(data: Data) -> None:
    del data["carrier"]["size"]
    data["carrier"]["outline"] = [mm(-7, -5), mm(6, -5), mm(7, -4), mm(7, 5), mm(-7, 5)]
    if data["box"][2] == 7:
        data["box"][2] = 5.9


def on_strip(data: Data) -> None:
    data["singulation"].update(units=[6, 10], blocks=[1, 2], block_gap="2 mm", strip_length="160 mm", strip_width="70 mm")


def high(data: Data) -> None:
    data["max_height"] = "1.8 mm"


KINDS: dict[str, Callable[[Data], None]] = {one.__name__: one for one in (
    lands, two_lands, cored, terminal_pillars, chamfered, on_strip, partial, slanted, bare_top_lands, top_lands,
    keep_out_of_mold, second_block, far_mold, two_solders, pillars, uneven, oblong, by_volume, studs, underfill, exposed, stack,
    passive_on_chip, far_passive, far_chip, far_chip_in_mold, open_cavity, passive_in_cavity, closed_in, passive_closed_in,
    wires, keep_out_of_metal, keep_out_of_parts, lid, high)}
# What cannot be both: one has other terminals, another joint, or another chip in its place.
APART = {frozenset((one, other)) for some in (
    ("lands", "two_lands", "cored", "terminal_pillars"), ("top_lands", "bare_top_lands"), ("by_volume", "studs"),
    ("pillars", "by_volume"), ("pillars", "studs"), ("by_volume", "oblong"), ("exposed", "stack"),
    ("exposed", "passive_on_chip"), ("studs", "two_solders")) for i, one in enumerate(some) for other in some[i + 1:]}
