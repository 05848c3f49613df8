"""The custom rules (.kicad_dru) with which KiCad's own DRC enforces, while somebody routes, what its language can say.

KiCad ignores a rules file with a fault in it and tells nobody, so each rule here is proved by a test that breaks it in
KiCad 9 and 10. Heights are beyond that language: they are Overmold's own check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ...output_folder import Shared
from ...package import FAR_SIDE, Package, Passive
from ...package.datum import data_of
from ..names.fields import CARRIER, LAND_PATTERN, MOLD_CAP_AREA, MOLD_REGION, PART, WIRES
from .project import CLEARANCE, EDGE_CLEARANCE

_ON = data_of(Passive)["on"].label


@dataclass(frozen=True)
class CustomRule:
    """One rule: KiCad finds an item for which ``condition`` holds and says that ``forbids`` is not allowed there."""

    name: str
    why: str
    condition: str
    forbids: str

    @property
    def text(self) -> str:
        """The rule as it stands in the file."""
        return (f'\n# {self.why}\n(rule "{self.name}"\n\t(condition "{self.condition}")\n'
                f"\t(constraint disallow {self.forbids}))\n")


@dataclass(frozen=True)
class Allowance:
    """What KiCad's own limit would call a fault and is none here: nearness to the board's edge where ``condition`` holds."""

    name: str
    why: str
    condition: str

    @property
    def text(self) -> str:
        """The rule as it stands in the file."""
        return (f'\n# {self.why}\n(rule "{self.name}"\n\t(severity ignore)\n\t(condition "{self.condition}")\n'
                "\t(constraint edge_clearance (min 0mm)))\n")


@dataclass(frozen=True)
class Limit:
    """From what distance on items for which ``condition`` holds are far enough apart; a board's limits are for boards."""

    name: str
    why: str
    condition: str
    limit: str

    @property
    def text(self) -> str:
        """The rule as it stands in the file."""
        return f'\n# {self.why}\n(rule "{self.name}"\n\t(condition "{self.condition}")\n\t(constraint {self.limit}))\n'


def custom_rules(package: Package, inside: bool = False) -> tuple[CustomRule, ...]:
    """The rules that mean something for this package; ``inside`` a board not its own, for what carries our fields."""
    rules: list[CustomRule] = []
    ours = f"A.getField('{PART}') != '' && A.getField('{PART}') != '{LAND_PATTERN}' && " if inside else ""
    if package.mold is not None:
        areas = [MOLD_CAP_AREA, *(MOLD_REGION + one.name for one in package.mold.regions if not one.is_far)]
        # The layer of chip outlines belongs to neither side, and chips of the far side are not in this mold.
        below = "".join(f"&& !A.memberOfFootprint('{chip.name}') " for chip in package.far_chips)
        outside = " ".join(f"&& !A.enclosedByArea('{area}')" for area in areas)
        rules += [
            # For a footprint KiCad looks at its pads, and, as the area lies on that layer too, at a chip's outline.
            # Wires and passives on chips have no pads: nothing for KiCad to look at. Overmold's own check knows of the latter.
            CustomRule("part outside the mold cap", "Chips and passives on the chip side stand inside the mold.",
                       f"A.Type == 'Footprint' && A.Layer == 'F.Cu' && {ours}A.getField('{PART}') != '{CARRIER}' "
                       + (f"&& A.getField('{PART}') != '{WIRES}' " if package.wires else "")
                       + (f"&& A.getField('{_ON}') == '' " if any(one.on for one in package.passives) else "")
                       + outside, "footprint"),
            CustomRule("chip outline outside the mold cap", "The whole chip is covered, not only its bumps.",
                       "A.Type == 'Graphic' && A.existsOnLayer('Chip outline') "
                       f"{below}{outside}", "graphic"),
        ]
        rules += [rule for area in areas for rule in _holes_under(area)]
    # Lands for an upper package are pads of the carrier on that side, too, and no rule can tell them apart by their names.
    if package.balls is not None and FAR_SIDE in package.balls.sides and package.top_lands is None:
        rules.append(CustomRule(
            "ball on the chip side", "Balls sit on the carrier's side away from the chips.",
            f"A.Type == 'Pad' && A.memberOfFootprint('*:{package.name}_carrier') "
            "&& A.existsOnLayer('F.Cu')", "pad"))
    return tuple(rules)


def _holes_under(area: str) -> tuple[CustomRule, ...]:
    """What may not be open under the block of mold of this area."""
    named = "" if area == MOLD_CAP_AREA else f" {area[len(MOLD_REGION):]}"
    return (
        CustomRule(f"open via under the mold{named}",
                   "A via that the solder mask leaves open lets encapsulant through to the far side.",
                   f"A.Type == 'Via' && A.existsOnLayer('F.Mask') && A.intersectsArea('{area}')", "via"),
        # Two rules, for KiCad finds no bare hole where a condition has both kinds with an "or" between them.
        CustomRule(f"open drilled pad under the mold{named}",
                   "A drilled pad that the solder mask leaves open lets encapsulant through to the far side.",
                   "A.Type == 'Pad' && A.Pad_Type == 'Through-hole' && A.existsOnLayer('F.Mask') "
                   f"&& A.intersectsArea('{area}')", "pad"),
        CustomRule(f"bare hole under the mold{named}",
                   "A hole that is not plated is drilled last, through the solder mask: it is open whatever the mask does.",
                   f"A.Type == 'Pad' && A.Pad_Type == 'NPTH, mechanical' && A.intersectsArea('{area}')", "pad"),
    )


def limits(package: Package) -> tuple[Limit, ...]:
    """How near the pads of this package may be to each other and to the edge, also in a project that knows only limits of
    boards."""
    ours = f"A.Type == 'Pad' && A.memberOfFootprint('{package.name}:*')"
    return (Limit("pads of the package", "What their distance may be, Overmold's own check knows.",
                  f"{ours} && B.Type == 'Pad' && B.memberOfFootprint('{package.name}:*')", f"clearance (min {CLEARANCE}mm)"),
            Limit("pads of the package at the edge", "A carrier is cut more finely than a board.", ours,
                  f"edge_clearance (min {EDGE_CLEARANCE}mm)"))


def allowances(package: Package) -> tuple[Allowance, ...]:
    """What a frame may do: its leads and tie bars run up to the package's edge."""
    if package.carrier is None or package.carrier.frame is None:
        return ()
    return (Allowance("metal of the frame at the edge",
                      "Leads and tie bars go on into the neighbours; the saw cuts through them.",
                      f"A.memberOfFootprint('{package.name}:{package.name}_carrier')"),)


def rules_file(package: Package) -> bytes:
    """The rules file of a package; a file without rules is still one that KiCad reads."""
    return f"{_VERSION}\n".encode() + rules_block(package)


def rules_block(package: Package, inside: bool = False) -> bytes:
    """The rules of a package between two marks, to stand in a file among others; ``inside``: its carrier lies inside a board
    that is not its own."""
    rows = [_mark(package.name, "begin"), f"# What KiCad's own DRC can enforce of {package.name}. Written by Overmold.\n"]
    rows += [rule.text for rule in custom_rules(package, inside)]
    rows += [rule.text for rule in limits(package)]
    rows += [rule.text for rule in allowances(package)]
    return "".join([*rows, _mark(package.name, "end")]).encode()


def rules_among_others(package: Package, inside: bool) -> Shared:
    """The package's block in a rules file (.kicad_dru) of somebody's own: before their rules, for the last that fits wins."""
    begin, end = (_mark(package.name, which).encode() for which in ("begin", "end"))

    def found(content: bytes) -> Optional[bytes]:
        if _VERSION.encode() not in content:
            return None
        first, last = content.find(begin), content.find(end)
        return content[first:last + len(end)] if 0 <= first < last else b""

    def put(content: bytes, row: bytes) -> bytes:
        content = content or f"{_VERSION}\n".encode()
        ours = found(content)
        if ours:
            return content.replace(ours, row)
        head, version, rest = content.partition(_VERSION.encode())
        return b"".join([head, version, b"\n", row, rest if rest.startswith(b"\n") else b"\n" + rest])

    return Shared(rules_block(package, inside), found, put)


def _mark(name: str, which: str) -> str:
    return f"# Overmold, {name}: {which}\n"


_VERSION = "(version 1)"
