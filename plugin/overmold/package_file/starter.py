"""What ``overmold new NAME`` writes: a package that breaks no rule, and a line on every key."""

from __future__ import annotations

import json
import re
from textwrap import wrap

from ..faults import Fault, Faults

SCHEMA_FILE = "overmold.schema.json"
_COLUMN, _WIDTH = 40, 120
_KEY = re.compile(r"( *(?:- )?)(\w+):")

# Comments on keys are put beside the lines of a kind's file from the declared data.
_HEAD = """\
# yaml-language-server: $schema=overmold.schema.json
# The line above gives completion and help in an editor. Check this file with   overmold drc {name}.yaml
# and make KiCad files of it with                                               overmold build {name}.yaml -o {name}
# Every length has its unit (nm, um, mm, mil, in). A tolerance is written 65 um ± 8 um, 65 um +10/-5 um or 60..70 um.
"""

_TAIL = """\
# A chip on a chip: 'stands_on: U1', with 'attach' where it looks up. Bond pads: 'pads' of a chip; fingers: 'carrier: fingers';
# then 'wires: {{auto: {{chips: [U2], max_length: 3 mm}}}}'. A lead frame: 'carrier: frame'. docs/keys.md has all keys.
"""


def starter(name: str, kind: str = "bga") -> dict[str, str]:
    """The package file, its netlist and the schema for the editor, by file name; ``kind`` is one of ``starters.KINDS``, or
    what one is also called."""
    from .models.types import package_name
    from .schema import json_schema
    from .starters import ALSO_CALLED, KINDS

    begun = KINDS[ALSO_CALLED.get(kind, kind)]
    try:
        package_name(name)
    except ValueError as error:
        raise Faults([Fault("overmold new", str(error))]) from None
    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    nets = "\n".join(["net,pad,ball", *begun.nets()]) + "\n"
    return {f"{name}.yaml": _commented(name, begun.keys), f"{name}_nets.csv": nets, SCHEMA_FILE: schema}


def _commented(name: str, keys: str) -> str:
    """The package file with a comment on every key: what the field at its place is said to be."""
    lines: list[str] = []
    open_keys: list[tuple[int, str]] = []  # the keys around a line, with the columns where they begin
    for line in keys.format(name=name).splitlines():
        found = _KEY.match(line)
        if found is None:
            lines.append(line)
            continue
        column = len(found[1])
        open_keys = [*((at, key) for at, key in open_keys if at < column), (column, found[2])]
        lines += _beside(line, _said_of([key for _, key in open_keys]))
    return "\n".join([_HEAD.format(name=name), *lines, "", _TAIL.format(name=name)])


def _said_of(path: list[str]) -> str:
    """What the key at ``path`` is, and the words that may stand there."""
    from .models.root import key_in_file

    key = key_in_file(tuple(path))
    assert key is not None, path
    words = f": {', '.join(key.datum.words)}" if key.datum is not None and key.datum.words else ""
    return key.says_of_itself().rstrip(".") + words


def _beside(line: str, said: str) -> list[str]:
    """The line with the comment in its column, and as many lines more as the comment takes."""
    column = max(_COLUMN, len(line) + 2)
    first, *more = wrap(said, _WIDTH - column - 2)
    return [f"{line:{column}}# {first}", *(f"{'':{column}}# {rest}" for rest in more)]
