"""Keys and ends: how everything of a package is called, written and taken apart here and nowhere else.

A key names a part or a datum, the names from the outermost in, joined by points: ``chips.U1.bumps.A1``, ``mold.cap``.
An end is what a wire or a netlist calls a pad (``U1.A1``) or a finger, lead or ball (``F12``).
"""

from __future__ import annotations

from typing import Optional

CHIPS, PASSIVES, WIRES, BALLS = "chips", "passives", "wires", "balls"
CARRIER, FINGERS, FRAME, STACKUP = "carrier", "carrier.fingers", "carrier.frame", "carrier.stackup"
PADDLE, HOLES, REGIONS, KEEP_OUTS = "carrier.frame.paddle", "holes", "mold.regions", "keep_outs"
CAVITIES, CAP = "cavities", "mold.cap"
TOP_LANDS, TOP, UPPER = "top_lands", "TOP", "top_lands.upper"  # as a netlist and a board call them: TOP.A1


def within(key: str, *names: str) -> str:
    """What is called so inside of what ``key`` names: ``within("mold", "process", "method")``; "" is the package itself."""
    return ".".join((key, *names) if key else names)


def chip(name: str) -> str:
    """The key of the chip of that name."""
    return f"{CHIPS}.{name}"


def bumps(chip: str) -> str:
    """The key of all bumps of the chip of that name."""
    return f"{CHIPS}.{chip}.bumps"


def bump(chip: str, site: str) -> str:
    """The key of one bump of the chip of that name."""
    return f"{CHIPS}.{chip}.bumps.{site}"


def pads(chip: str) -> str:
    """The key of all bond pads of the chip of that name."""
    return f"{CHIPS}.{chip}.pads"


def pad(chip: str, site: str) -> str:
    """The key of one bond pad of the chip of that name."""
    return f"{CHIPS}.{chip}.pads.{site}"


def passive(name: str) -> str:
    """The key of the passive of that name; its terminals are within."""
    return f"{PASSIVES}.{name}"


def wire(name: str) -> str:
    """The key of the wire of that name."""
    return f"{WIRES}.{name}"


def ball(name: str) -> str:
    """The key of one ball."""
    return f"{BALLS}.{name}"


def top_land(name: str) -> str:
    """The key of one land for an upper package."""
    return f"{TOP_LANDS}.{name}"


def region(name: str) -> str:
    """The key of one further block of mold."""
    return f"{REGIONS}.{name}"


def finger(name: str) -> str:
    """The key of one bond finger."""
    return f"{FINGERS}.{name}"


def lead(name: str) -> str:
    """The key of one lead of a frame."""
    return f"{FRAME}.leads.{name}"


def cavity(name: str) -> str:
    """A cavity of the carrier."""
    return f"{CAVITIES}.{name}"


def keep_out(name: str) -> str:
    """The key of the keep-out of that name."""
    return f"{KEEP_OUTS}.{name}"


def hole(name: str) -> str:
    """The key of one hole through the carrier."""
    return f"{HOLES}.{name}"


def layer(number: int) -> str:
    """The key of a layer of the stack-up, counted from 0 at the chip side."""
    return f"{STACKUP}.{number}"


def around(key: str) -> str:
    """The key of what ``key`` lies in; "" where it lies in nothing."""
    return key.rpartition(".")[0]


def last(key: str) -> str:
    """The innermost name of a key."""
    return key.rpartition(".")[2]


def split(key: str) -> tuple[str, ...]:
    """The names of a key, outermost first."""
    return tuple(key.split("."))


def is_within(key: str, outer: str) -> bool:
    """Whether ``key`` lies in what ``outer`` names."""
    return key.startswith(f"{outer}.")


def end(chip: str, site: str) -> str:
    """A pad or bump of a chip as wires and netlists call it: ``U1.A1``."""
    return f"{chip}.{site}"


def on_chip(end: str) -> bool:
    """Whether an end is a pad of a chip, and no finger, lead or ball."""
    return "." in end


def split_end(end: str) -> tuple[Optional[str], str]:
    """Chip and pad of an end; None and its own name where it is no pad of a chip."""
    chip, point, site = end.partition(".")
    return (chip, site) if point else (None, end)
