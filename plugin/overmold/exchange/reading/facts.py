"""What the titles and comments of a table say of all of it: the pitch, the body, the unit, where it is seen from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional

from ...shapes import Point
from ...tables.heads import UNITS
from ...units import LENGTH, UnitError, parse

_LENGTH = r"(\d+(?:[.,]\d+)?)\s*([a-zµμ]+)?"
_PITCH = re.compile(rf"(?:pitch|raster|lead pitch|ピッチ|间距|節距)(?:\W*\(?\b[a-z]\b\)?)?\W*{_LENGTH}", re.IGNORECASE)
_PITCH_LAST = re.compile(rf"{_LENGTH}\W*(?:ball|bump|pad|lead|pin|terminal)?\W*(?:pitch|raster)", re.IGNORECASE)
_SIZE = re.compile(rf"(?:body|package|die|chip|outline|gehäuse|本体|封装)\w*\W*(?:size|dimensions?|größe|尺寸)?\W*"
                   rf"{_LENGTH}\s*[x×*,]\s*{_LENGTH}",
                   re.IGNORECASE)
_SIZE_LAST = re.compile(rf"{_LENGTH}\s*[x×*]\s*{_LENGTH}\W*(?:body|package|die|chip|outline|gehäuse|本体)", re.IGNORECASE)
_BALL = re.compile(rf"ball\W*(?:dia(?:meter)?|size)\W*{_LENGTH}", re.IGNORECASE)
_UNIT = re.compile(r"(?:units?|einheit|dimensions?|coordinates|单位|単位)\W*(?:are|is|in|:|=)?\W*(?:in\W+)?([a-zµμ]+)",
                   re.IGNORECASE)
_UNIT_LAST = re.compile(r"\b(?:all|in)\s+([a-zµμ]+)\b", re.IGNORECASE)
_VIEW = re.compile(r"(top|bottom)[ _-]*(?:view|side)|view\W*(?:from\W*)?(?:the\W*)?(top|bottom)|(ball|die)"
                   r"[ _-]*(?:side|face) up"
                   r"|through[ -](?:package|die)|see[- ]?through", re.IGNORECASE)
_FACE = re.compile(r"(?:active )?face[ _-]*(up|down)|mirrored", re.IGNORECASE)
_Y = re.compile(r"\+?y[ _-]*(?:axis)?\W*(?:is|points|grows|runs)?\W*(up|down)", re.IGNORECASE)
_ORIGIN = re.compile(r"origin\W*(?:is|at|in|:|=)?\W*(?:the\W*)?(?:(?:body|package|die|array|chip)\W*)?"
                     r"(cent(?:er|re)|middle|(?:lower|bottom|upper|top)?[ -]?(?:left|right)?[ -]?corner|lower left|bottom "
                     r"left|upper left)",
                     re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """Lengths in nm, 0 and "" where nothing is said; ``view`` is top, bottom, face or back."""

    pitch: int = 0
    size: Optional[Point] = None
    ball: int = 0
    unit: str = ""
    view: str = ""
    y: str = ""
    origin: str = ""


def facts_of(lines: Iterable[str]) -> Facts:
    """The first that any of the lines says of each."""
    words = [line.strip().lstrip("#*/;! ").strip() for line in lines]
    unit = _unit(words)
    pitch = _first(_length(match, 1, unit) for line in words for pattern in (_PITCH, _PITCH_LAST)
                   for match in [pattern.search(line)] if match)
    ball = _first(_length(match, 1, unit) for line in words for match in [_BALL.search(line)] if match)
    size = next((pair for line in words for pattern in (_SIZE, _SIZE_LAST) for match in [pattern.search(line)] if match
                 for pair in [_pair(match, unit)] if pair), None)
    view = next((_view(match) for line in words for match in [_VIEW.search(line)] if match), "")
    face = next((match for line in words for match in [_FACE.search(line)] if match), None)
    if face:
        view = "face" if (face[1] or "").lower() == "up" else "back"
    y = next((match[1].lower() for line in words for match in [_Y.search(line)] if match), "")
    origin = next((match[1].lower() for line in words for match in [_ORIGIN.search(line)] if match), "")
    place = "" if not origin else "table" if origin.startswith(("cent", "middle")) else "middle"
    return Facts(pitch=pitch, size=size, ball=ball, unit=unit, view=view, y=y, origin=place)


def _unit(words: Iterable[str]) -> str:
    for line in words:
        for pattern in (_UNIT, _UNIT_LAST):
            found = pattern.search(line)
            if found and found[1].lower() in UNITS and not (pattern is _UNIT_LAST and found[1].lower() == "in"):
                return UNITS[found[1].lower()]
    return ""


def _view(match: re.Match[str]) -> str:
    side = (match[1] or match[2] or "").lower()
    return side or ("bottom" if (match[3] or "").lower() == "ball" else "face" if match[3] else "top")


def _first(values: Iterable[int]) -> int:
    return next((value for value in values if value), 0)


def _length(match: re.Match[str], at: int, unit: str) -> int:
    named = UNITS.get((match[at + 1] or "").lower(), "") or unit
    try:
        return parse(f"{match[at].replace(',', '.')} {named}", LENGTH) if named else 0
    except UnitError:
        return 0


def _pair(match: re.Match[str], unit: str) -> Optional[Point]:
    last = UNITS.get((match[4] or "").lower(), "") or unit
    wide, high = _length(match, 1, last), _length(match, 3, last)
    return (wide, high) if wide and high else None
