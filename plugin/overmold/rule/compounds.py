"""A team's own mold compounds, ``compounds: {NAME: {n: 0.5, tau: …}}``, with their flow data for ``overmold fill``."""

from __future__ import annotations

import re
from typing import Any

from ..faults import Fault, did_you_mean
from ..marked_yaml import Marked
from ..package import Compound

# Key in a deck, attribute, least and most that it may be; the unit stands in the key, for none of these has one of ours.
_NUMBERS: dict[str, tuple[str, float, float]] = {
    "n": ("n", 0.05, 1.0), "tau_Pa": ("tau", 1e-6, 1e12), "B_Pa_s": ("b", 1e-30, 1e12), "Tb_K": ("tb", 0.0, 1e5),
    "gel_conversion": ("gel", 1e-3, 1.0), "C1": ("c1", 0.0, 100.0), "C2": ("c2", -100.0, 100.0),
    "conversion": ("conversion", 0.0, 0.999),
}
_NEEDED = ("n", "tau_Pa", "B_Pa_s", "Tb_K")
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})(?:[eE][-+]?[0-9]{1,2})?")
_EXAMPLE = "OurCompound: {n: 0.6, tau_Pa: 40, B_Pa_s: 2.1e-5, Tb_K: 6100, source: rheometer, March}"


def read_compounds(marked: Marked, faults: list[Fault]) -> dict[str, Compound]:
    """Every compound of a deck by name; with a fault for all that is wrong in them. None where the deck has none."""
    data = marked.data.get("compounds")
    if data is None:
        return {}
    if not isinstance(data, dict):
        faults.append(marked.fault(("compounds",), f"'compounds' must be a mapping; write for example {_EXAMPLE}"))
        return {}
    found: dict[str, Compound] = {}
    for name, said in data.items():
        before = len(faults)
        values = _numbers(marked, str(name), said, faults)
        if len(faults) == before and values.get("conversion", 0.0) >= values.get("gel", 1.0):
            faults.append(marked.fault(("compounds", name), f"compound '{name}' would be a gel before it flows: its conversion "
                                       "is not below its gel_conversion"))
        if len(faults) == before:
            found[str(name)] = Compound(str(name), **values, source=str(said.get("source") or ""))
    return found


def _numbers(marked: Marked, name: str, said: Any, faults: list[Fault]) -> dict[str, float]:
    if not isinstance(said, dict):
        faults.append(marked.fault(("compounds", name), f"expected its data; write for example {_EXAMPLE}"))
        return {}
    known = (*_NUMBERS, "source")
    faults += [marked.fault(("compounds", name, key), f"unknown key '{key}'{did_you_mean(str(key), known)}", key=True)
               for key in said if key not in known]
    faults += [marked.fault(("compounds", name), f"compound '{name}' has no '{key}'; write for example {_EXAMPLE}")
               for key in _NEEDED if key not in said]
    found = {}
    for key, (attribute, least, most) in _NUMBERS.items():
        if key not in said:
            continue
        text = str(said[key]).strip()
        if not _NUMBER.fullmatch(text) or not least <= float(text) <= most:
            faults.append(marked.fault(("compounds", name, key), f"'{text[:40]}' is out of range: {key} is a number from "
                                       f"{least:g} to {most:g}"))
        else:
            found[attribute] = float(text)
    return found
