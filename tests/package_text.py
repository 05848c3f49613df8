"""A small sound package file, and ways to read it with something changed."""

from pathlib import Path

import pytest

from overmold.faults import Faults
from overmold.package_file import read_package_text

PACKAGES = Path(__file__).parent / "packages"
DEMO = (PACKAGES / "demo.yaml").read_text(encoding="utf-8")
MM = 1_000_000

SMALL = """\
package: P
carrier: {kind: substrate, size: [10 mm, 8 mm]}
chips:
  - {name: U1, size: [4 mm, 4 mm], bonded: flip-chip, bumps: {array: {grid: [2, 2], pitch: 1 mm}, diameter: 80 um}}
passives:
  - {name: C1, size: "0201", at: [3 mm, 1 mm]}
balls: {array: {grid: [3, 3], pitch: 2 mm}, diameter: 0.4 mm}
"""


def read(text, folder=PACKAGES):
    """The package that ``text`` describes."""
    return read_package_text(text, "p.yaml", folder)


def said(text, folder=PACKAGES):
    """Every fault of ``text``."""
    with pytest.raises(Faults) as raised:
        read(text, folder)
    return [str(fault) for fault in raised.value.faults]


def changed(old, new, text=SMALL):
    """``text`` with ``new`` in place of ``old``, which stands in it once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)
