"""Where every value of a YAML text begins and ends in it, so that one of them can be changed and the rest left alone."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import Any, Optional

SCALAR, MAPPING, LIST, ALIAS = "scalar", "mapping", "list", "alias"


@dataclass(eq=False, repr=False)
class Span:
    """One value: ``start`` and ``end`` are characters of the text, comments behind it not counted.

    ``flow`` tells brackets from lines; ``style`` is the quote of a scalar ("" for none); ``keys`` are those of a mapping, in
    step with ``values``.
    """

    kind: str
    start: int
    end: int
    flow: bool = False
    style: str = ""
    text: str = ""
    keys: list[Span] = field(default_factory=list)
    values: list[Span] = field(default_factory=list)

    def child(self, step: object) -> Optional[int]:
        """The number of the value under a key, or in a list; None where there is none."""
        if self.kind == MAPPING:
            return next((i for i, key in enumerate(self.keys) if key.text == step), None)
        return step if self.kind == LIST and isinstance(step, int) and 0 <= step < len(self.values) else None


def spans(text: str) -> Span:
    """The spans of a text that ``load`` has read without a fault."""
    yaml: Any = importlib.import_module("yaml")

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    stack: list[Span] = []
    pending: list[Optional[Span]] = []
    root = Span(SCALAR, len(text), len(text))
    event: Any
    while loader.check_event():
        event = loader.get_event()
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            kind = MAPPING if isinstance(event, yaml.MappingStartEvent) else LIST
            stack.append(Span(kind, event.start_mark.index, event.end_mark.index, bool(event.flow_style)))
            pending.append(None)
            continue
        if isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
            done = _leaf(event, text, yaml)
        elif isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            pending.pop()
            # What ends by its indentation is told to end where the next thing begins.
            done.end = event.end_mark.index if done.flow or not done.values else done.values[-1].end
        else:
            continue
        if not stack:
            root = done
        elif stack[-1].kind == LIST:
            stack[-1].values.append(done)
        elif pending[-1] is None:
            pending[-1] = done
        else:
            stack[-1].keys.append(pending[-1])
            stack[-1].values.append(done)
            pending[-1] = None
    return root


def _leaf(event: Any, text: str, yaml: Any) -> Span:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.AliasEvent):
        return Span(ALIAS, start, end)
    style = event.style or ""
    if style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    return Span(SCALAR, start, end, style=style, text=event.value)
