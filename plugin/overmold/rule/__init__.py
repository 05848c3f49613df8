"""Rules as data: one small YAML file each under ``rules/``, decks of houses and teams, solder alloys.

``load_deck`` gives the rules of the claims, process, assembly and wires decks, then those of the houses asked for, then what a
team's own files add or change. Every fault of a rule file is reported at its line. The optional decks take a second where the
others take none: they are loaded where somebody asks for them, or for one of their rules by a change to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Optional

from ..faults import Fault, Faults, did_you_mean
from ..input_file import read_input
from ..marked_yaml import load, load_with_faults
from ..package import TOLERANCES, Alloy, Compound
from .compounds import read_compounds
from .model import Deck, Limits, Rule
from .reading import mapping, read_alloys, read_change, read_rule
from .snapshot import Snapshot, text

_EXAMPLE = b"\nexample:"  # the last key of every rule's file; a test sees to it
_SOLDER = "materials/solder.yaml"
DEFAULT_DECKS = ("claims", "process", "assembly", "wires")
FILL = "fill"
OPTIONAL_DECKS = (FILL,)


def rules_folder() -> Path:
    """The ``rules`` folder: inside the package where it is installed, at the top of the repository otherwise."""
    inside = Path(__file__).parents[1] / "rules"
    # Resolved, since KiCad may run a checkout through a link to its folder plugin.
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / "rules"


def house_names() -> tuple[str, ...]:
    """The assembly houses that ``load_deck`` knows."""
    return tuple(sorted(path.stem for path in (rules_folder() / "houses").glob("*.yaml")))


def load_deck(houses: Sequence[str] = (), files: Sequence[Path] = (), examples: bool = True, also: Sequence[str] = ()) -> Deck:
    """The default decks and ``also`` these optional ones, then the houses named, then a team's own files; raises Faults for all
    that is wrong in them.

    Without ``examples`` those of the default decks are left unread, a check has no use for them, and what ``snapshot`` has
    of the files is taken from there.
    """
    folder = rules_folder()
    faults: list[Fault] = []
    snapshot = None if examples else Snapshot(folder)
    rules = _defaults(folder, (*DEFAULT_DECKS, *also), snapshot, faults)
    made = _SoFar(rules, _alloys(folder, snapshot, faults), set(rules))
    for house in dict.fromkeys(houses):
        if house in house_names():
            _add_file(folder / "houses" / f"{house}.yaml", f"house {house}", made, faults)
        else:
            faults.append(Fault("overmold", f"there is no house '{house}'{did_you_mean(house, house_names())}"))
    for path in dict.fromkeys(files):
        _add_file(path, "", made, faults)
    if faults:
        raise Faults(faults)
    return Deck(tuple(made.rules.values()), made.alloys, made.tolerances, made.compounds)


@dataclass
class _SoFar:
    """What the decks read so far come to. ``named`` has every rule's name, also of those that could not be read: a change to
    one of these is no fault of its own."""

    rules: dict[str, Rule]
    alloys: dict[str, Alloy]
    named: set[str]
    tolerances: str = ""
    compounds: dict[str, Compound] = field(default_factory=dict)


def _defaults(folder: Path, decks: Sequence[str], snapshot: Optional[Snapshot], faults: list[Fault]) -> dict[str, Rule]:
    """The rules of our own decks by name; with a ``snapshot``, which may be empty, without examples."""
    rules: dict[str, Rule] = {}
    for deck, path in _rule_files(folder, decks):
        data = read_input(path)
        rule = snapshot.rule(deck, path.stem, data) if snapshot is not None else None
        if rule is None:
            marked = load(data if snapshot is None else data.partition(_EXAMPLE)[0] + b"\n", str(path))
            rule = read_rule(marked, (), path.stem, deck, faults)
        if rule is not None:
            rules[rule.name] = rule
    return rules


def _alloys(folder: Path, snapshot: Optional[Snapshot], faults: list[Fault]) -> dict[str, Alloy]:
    data = read_input(folder / _SOLDER)
    alloys = snapshot.alloys(_SOLDER, data) if snapshot is not None else None
    return read_alloys(load(data, "solder.yaml"), faults) if alloys is None else alloys


@lru_cache(maxsize=1)
def default_alloys() -> Mapping[str, Alloy]:
    """The solders of ``rules/materials`` by every name, for what is drawn without a deck; raises Faults."""
    faults: list[Fault] = []
    found = _alloys(rules_folder(), Snapshot(rules_folder()), faults)
    if faults:
        raise Faults(faults)
    return found


def _rule_files(folder: Path, decks: Sequence[str]) -> list[tuple[str, Path]]:
    return [(deck, path) for deck in decks for path in sorted((folder / deck).glob("*.yaml"))]


def _asked_for(made: _SoFar, changed: Sequence[str], faults: list[Fault]) -> None:
    """The rules of optional decks that a file changes: it asks for them by that."""
    known = {path.stem: deck for deck, path in _rule_files(rules_folder(), OPTIONAL_DECKS)}
    for name in changed:
        if name in known and name not in made.named:
            made.named.add(name)
            made.rules[name] = _defaults(rules_folder(), (known[name],), None, faults)[name]


def snapshot_text() -> str:
    """What ``rules/snapshot.json`` should hold; raises Faults for all that is wrong in the files it is made from."""
    folder = rules_folder()
    faults: list[Fault] = []
    decks = (*DEFAULT_DECKS, *OPTIONAL_DECKS)
    rules, alloys = _defaults(folder, decks, None, faults), _alloys(folder, None, faults)
    if faults:
        raise Faults(faults)
    return text([(rules[path.stem], read_input(path)) for _, path in _rule_files(folder, decks)], alloys, _SOLDER,
                read_input(folder / _SOLDER))


def _add_file(path: Path, by: str, made: _SoFar, faults: list[Fault]) -> None:
    """A deck file: its own ``rules``, ``changes`` to rules that are there, ``alloys``, ``compounds``, and what ``tolerances``
    mean."""
    try:
        marked, more = load_with_faults(read_input(path), str(path))
    except Faults as caught:
        faults += caught.faults
        return
    faults += more
    data = marked.data
    if not isinstance(data, dict):
        faults.append(marked.fault((), "is not a deck; write for example 'changes: {rule-name: {silence: true, reason: …}}'"))
        return
    known = ("deck", "source", "rules", "changes", "alloys", "tolerances", "compounds")
    faults += [marked.fault((key,), f"unknown key '{key}'{did_you_mean(str(key), known)}", key=True)
               for key in data if key not in known]
    deck = str(data.get("deck") or path.stem)
    own = mapping(marked, ("rules",), faults)
    for name in own:
        if name in made.named:
            faults.append(marked.fault(("rules", name), f"rule '{name}' exists; put it under 'changes'", key=True))
            continue
        made.named.add(name)
        rule = read_rule(marked, ("rules", name), name, deck, faults, str(data.get("source") or ""))
        if isinstance(own[name], dict) and own[name].get("claims"):
            words = "only the claims deck says what a claim asks for; give this rule a 'source' instead"
            faults.append(marked.fault(("rules", name, "claims"), words, key=True))
        elif rule is not None:
            made.rules[name] = rule
    changes = mapping(marked, ("changes",), faults)
    _asked_for(made, list(changes), faults)
    for name in changes:
        if name not in made.named:
            words = f"there is no rule '{name}'{did_you_mean(name, sorted(made.named))}"
            faults.append(marked.fault(("changes", name), words, key=True))
        changed = read_change(made.rules.get(name), name, by or f"deck {deck}", marked, ("changes", name), faults)
        if changed is not None:
            made.rules[name] = changed
    if "alloys" in data:
        made.alloys.update(read_alloys(marked, faults))
    made.compounds.update(read_compounds(marked, faults))
    if "tolerances" in data:
        made.tolerances = " ".join(str(data["tolerances"]).split())
        if made.tolerances not in TOLERANCES:
            said = f"unknown meaning '{made.tolerances}'{did_you_mean(made.tolerances, TOLERANCES)}"
            faults.append(marked.fault(("tolerances",), said))


__all__ = ["DEFAULT_DECKS", "FILL", "OPTIONAL_DECKS", "Deck", "Limits", "Rule", "house_names",
           "load_deck", "rules_folder", "snapshot_text"]
