"""Where parts of a package stand in their source, and what of it could not be read there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Optional

from ..shapes import Point


@dataclass(frozen=True)
class Place:
    """Where a part stands for a person: in a file (line and column from 1, 0 is unknown), or on a board (``uuid``, and ``at``
    in nm). ``text`` is what its source calls it; ``drawn`` are the uuids of what is drawn of it there, for a datum none."""

    text: str
    file: str = ""
    line: int = 0
    column: int = 0
    uuid: str = ""
    at: Optional[Point] = None
    drawn: tuple[str, ...] = field(default=(), compare=False)


class Odd(NamedTuple):
    """Something of the source that cannot be read as it stands: ``message`` says what, and what to write instead.

    ``unknown`` are the keys of what is therefore not known: a datum (``chips.U1.thickness``), a part, or a whole kind of part
    (``chips``) where one of it is missing. It is empty where the oddity leaves nothing open.
    """

    place: Place
    message: str
    unknown: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The part and what is wrong with it, as one sentence."""
        return f"{self.place.text}: {self.message}" if self.place.text else self.message
