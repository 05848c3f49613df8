"""From the events of PyYAML's C parser to a tree of nodes, without recursion and within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Optional

from ..faults import Fault, Faults
from .words import in_plain_words

DEEPEST = 50
# Brackets open at once in one line. The parser reads a line ahead of its events and has a limit of its own (1,000 in some
# releases, none in others), so that the depth of events alone would be counted too late.
MOST_OPEN = 200
MOST_ALIASED = 100_000
_BRACKET = re.compile(r"[\[{\]}]")
_CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq", "int", "float", "bool", "null")}


class Node:
    """One value of the file. ``value`` is the text of a scalar, a list of nodes, or a dict of key -> (key, value).

    ``plain`` tells a scalar without quotes; ``size`` and ``height`` count what hangs below, aliases written out.
    """

    __slots__ = ("column", "height", "line", "plain", "size", "value")

    def __init__(self, value: Any, line: int, column: int, plain: bool = False) -> None:
        self.value, self.line, self.column, self.plain = value, line, column, plain
        self.size = self.height = 1


def grow(text: str, source: str) -> tuple[Node, list[Fault]]:
    """The tree of ``text`` and what is wrong with it; raises Faults where no sense can be made of what follows."""
    builder = _Builder(source)
    builder.feed(text)
    return builder.root or Node("", 1, 1, True), builder.faults


class _Builder:
    """Takes parser events and grows the tree, without recursion."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.root: Optional[Node] = None
        self.stack: list[Node] = []
        self.keys: list[Optional[Node]] = []  # of each mapping on the stack: the key whose value comes next
        self.anchors: dict[str, Node] = {}
        self.aliased = 0

    def feed(self, text: str) -> None:
        """Read all of ``text``; raises Faults where no sense can be made of what follows."""
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # pure Python where libyaml was left out
        cut = _too_open(text)
        try:
            for event in _events(loader, text[:cut]):
                self._take(event, yaml)
        except yaml.YAMLError as error:
            stopped = getattr(error, "problem_mark", None)
            if cut is None or (stopped and stopped.index < cut):
                ended = self.root is not None and not self.stack
                mark, message = in_plain_words(error, text, ended)
                raise Faults([*self.faults, Fault(self.source, message, *mark)]) from None
        if cut is not None:  # in quotes or in a comment; where they nest, that has been told
            line, column = text.count("\n", 0, cut) + 1, cut - text.rfind("\n", 0, cut)
            self._stop(line, column, f"more than {MOST_OPEN} brackets are open at once in this line")

    def _take(self, event: Any, yaml: Any) -> None:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0] and event.style in (None, "")
            self._tag(event, line, column)
            if event.tag and event.tag != "tag:yaml.org,2002:str" and event.style in (None, ""):
                plain = event.tag != "!"
            self._add(self._named(event, Node(event.value, line, column, plain)))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._tag(event, line, column)
            if len(self.stack) >= DEEPEST:
                self._stop(line, column, f"nested more than {DEEPEST} deep")
            mapping = isinstance(event, yaml.MappingStartEvent)
            self.stack.append(self._named(event, Node({} if mapping else [], line, column)))
            self.keys.append(None)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.keys.pop()
            self._add(self.stack.pop())
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._meant(event.anchor, line, column))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(line, column, "a second document begins here; write one to a file")

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        around = self.stack[-1]
        around.size += node.size
        around.height = max(around.height, node.height + 1)
        if isinstance(around.value, list):
            around.value.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = node
            return
        self.keys[-1] = None
        if not isinstance(key.value, str):
            self._fault(key.line, key.column, "a key is a word, not a list or a group of keys")
        elif key.value in around.value:
            first = around.value[key.value][0]
            self._fault(key.line, key.column, f"'{_short(key.value)}' is given twice, first in line {first.line}; "
                        "remove one of the two")
        elif key.value == "<<" and key.plain:
            self._fault(key.line, key.column, "merge keys (<<) are not part of YAML 1.2; write the keys out")
        else:
            around.value[key.value] = (key, node)

    def _named(self, event: Any, node: Node) -> Node:
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _meant(self, anchor: str, line: int, column: int) -> Node:
        meant = self.anchors.get(anchor)
        if meant is None:
            self._fault(line, column, f"'*{anchor}' refers to nothing; name a value with '&{anchor}' above, "
                        "or quote the text")
            return Node("", line, column, True)
        if any(meant is node for node in self.stack):
            self._stop(line, column, f"'*{anchor}' refers to the very value that it is part of")
        self.aliased += meant.size
        if self.aliased > MOST_ALIASED:
            self._stop(line, column, f"the aliases up to here stand for more than {MOST_ALIASED:,} values")
        if len(self.stack) + meant.height > DEEPEST:
            self._stop(line, column, f"nested more than {DEEPEST} deep through '*{anchor}'")
        return meant

    def _tag(self, event: Any, line: int, column: int) -> None:
        if event.tag and event.tag != "!" and event.tag not in _CORE_TAGS:
            tag = "!" + _short(event.tag.replace("tag:yaml.org,2002:", "!").lstrip("!"))
            self._fault(line, column, f"'{tag}' is a tag, and none is known here; remove it, or quote the text")

    def _fault(self, line: int, column: int, message: str) -> None:
        self.faults.append(Fault(self.source, message, line, column))

    def _stop(self, line: int, column: int, message: str) -> None:
        raise Faults([*self.faults, Fault(self.source, message, line, column)])


def _too_open(text: str) -> Optional[int]:
    """Where a line has too many brackets open, quotes and comments not looked at; None where no line has."""
    start = 0
    for line in text.split("\n"):
        if line.count("[") + line.count("{") > MOST_OPEN and not line.lstrip().startswith("#"):
            depth = 0
            for found in _BRACKET.finditer(line):
                depth = depth + 1 if found.group() in "[{" else max(depth - 1, 0)
                if depth > MOST_OPEN:
                    return start + found.start()
        start += len(line) + 1
    return None


def _events(loader: Any, text: str) -> Iterator[Any]:
    parser = loader(text)
    while parser.check_event():
        yield parser.get_event()


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
