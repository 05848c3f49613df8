"""The lines of ``requirements.txt``, as far as this project writes them: a name and bounds on its version."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass

_BOUNDS = {">=": operator.ge, "<=": operator.le, "==": operator.eq, ">": operator.gt, "<": operator.lt}


@dataclass(frozen=True)
class Requirement:
    """A distribution and the versions of it that will do, such as ``numpy`` and ``>=1.26``."""

    name: str
    bounds: str

    def holds(self, version: str) -> bool:
        """Whether a version lies within the bounds; what cannot be compared does."""
        for bound in filter(None, self.bounds.split(",")):
            found = re.fullmatch(r"\s*([<>=]{1,2})\s*([\d.]+)\s*", bound)
            if found and found[1] in _BOUNDS and not _BOUNDS[found[1]](*_alike(version, found[2])):
                return False
        return True

    def __str__(self) -> str:
        return self.name + self.bounds


def read_requirements(text: str) -> tuple[Requirement, ...]:
    """One for each line that is not empty and no comment; those that tell pip where to look begin with a dash."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    found = [re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(.*)", line) for line in lines if line]
    return tuple(Requirement(one[1], one[2]) for one in found if one)


def _alike(one: str, other: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Two versions as numbers, of the same length: 2.1 is 2.1.0."""
    left, right = ([int(number) for number in re.findall(r"\d+", re.split(r"[a-z+]", word)[0])] for word in (one, other))
    length = max(len(left), len(right))
    return tuple(left + [0] * (length - len(left))), tuple(right + [0] * (length - len(right)))
