"""The custom rules (.kicad_dru) with which KiCad's own DRC enforces, while somebody routes, what its language can say.

KiCad ignores a rules file with a fault in it and tells nobody, so each rule here is proved by a test that breaks it in
KiCad 9 and 10. Heights are beyond that language: they are Overmold's own check.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...package import FAR_SIDE, Package
from ..names.fields import CARRIER, MOLD_CAP_AREA, PART, WIRES


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


def custom_rules(package: Package) -> tuple[CustomRule, ...]:
    """The rules that mean something for this package."""
    rules: list[CustomRule] = []
    if package.mold is not None:
        rules += [
            # For a footprint KiCad looks at its pads, and, as the area lies on that layer too, at a chip's outline.
            # Wires have no pads: nothing for KiCad to look at, and their fingers are looked at.
            CustomRule("part outside the mold cap", "Chips and passives on the chip side stand inside the mold.",
                       f"A.Type == 'Footprint' && A.Layer == 'F.Cu' && A.getField('{PART}') != '{CARRIER}' "
                       + (f"&& A.getField('{PART}') != '{WIRES}' " if package.wires else "")
                       + f"&& !A.enclosedByArea('{MOLD_CAP_AREA}')", "footprint"),
            CustomRule("chip outline outside the mold cap", "The whole chip is covered, not only its bumps.",
                       "A.Type == 'Graphic' && A.existsOnLayer('Chip outline') "
                       f"&& !A.enclosedByArea('{MOLD_CAP_AREA}')", "graphic"),
            CustomRule("open via under the mold",
                       "A via that the solder mask leaves open lets encapsulant through to the far side.",
                       f"A.Type == 'Via' && A.existsOnLayer('F.Mask') && A.intersectsArea('{MOLD_CAP_AREA}')", "via"),
            # Two rules, for KiCad finds no bare hole where a condition has both kinds with an "or" between them.
            CustomRule("open drilled pad under the mold",
                       "A drilled pad that the solder mask leaves open lets encapsulant through to the far side.",
                       "A.Type == 'Pad' && A.Pad_Type == 'Through-hole' && A.existsOnLayer('F.Mask') "
                       f"&& A.intersectsArea('{MOLD_CAP_AREA}')", "pad"),
            CustomRule("bare hole under the mold",
                       "A hole that is not plated is drilled last, through the solder mask: it is open whatever the mask does.",
                       f"A.Type == 'Pad' && A.Pad_Type == 'NPTH, mechanical' && A.intersectsArea('{MOLD_CAP_AREA}')", "pad"),
        ]
    if package.balls is not None and FAR_SIDE in package.balls.sides:
        rules.append(CustomRule(
            "ball on the chip side", "Balls sit on the carrier's side away from the chips.",
            f"A.Type == 'Pad' && A.memberOfFootprint('*:{package.name}_carrier') "
            "&& A.existsOnLayer('F.Cu')", "pad"))
    return tuple(rules)


def allowances(package: Package) -> tuple[Allowance, ...]:
    """What a frame may do: its leads and tie bars run up to the package's edge."""
    if package.carrier is None or package.carrier.frame is None:
        return ()
    return (Allowance("metal of the frame at the edge",
                      "Leads and tie bars go on into the neighbours; the saw cuts through them.",
                      f"A.memberOfFootprint('{package.name}:{package.name}_carrier')"),)


def rules_file(package: Package) -> bytes:
    """The rules file of a package; a file without rules is still one that KiCad reads."""
    rows = ["(version 1)\n", f"# What KiCad's own DRC can enforce of {package.name}. Written by Overmold.\n"]
    rows += [rule.text for rule in custom_rules(package)]
    rows += [rule.text for rule in allowances(package)]
    return "".join(rows).encode()
