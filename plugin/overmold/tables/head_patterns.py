"""Patterns for heads of columns that are not called by a known word alone."""

from __future__ import annotations

import re

from .heads import UNITS

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
WITH_UNIT = re.compile(rf"(.*?)\s*(?:[\[(（]\s*(?:in\s+)?({_UNIT})\s*[\])）]|[\s_,/.-]+(?:in\s+)?({_UNIT}))\.?", re.IGNORECASE)
GLUED = re.compile(rf"([xy])({_UNIT})", re.IGNORECASE)
# What stands beside the word proper: "X coordinate", "Pos. X", "Ball No.", 引脚编号.
PLACE = re.compile(
    r"coord(inate|inates|s|enada|enadas|onnée|onnee|onnées|inata|inate|inaat)?|koordin(ate|aten|at|aat|aatti|ata|át|áta|atı|ati)?|kord|pos(ition|izione|ición"
    r"|icion|ição|icao)?|loc(ation)?|cent(er|re|ro|rum|rale)|mid|mitte|mittelpunkt|координата|коорд|坐标|座標|좌표|offset|"
    r"coördinaat|współrzędna|souřadnice")
NUMBER = re.compile(r"no|nr|num|number|numbers|id|nummer|numéro|numero|número|номер|番号|编号|編號|号|번호|#|№|index|"
                     r"idx|designator|ref|refdes|číslo|numer|label|код")
NAME = re.compile(r"name|names|bezeichnung|bez|nom|nombre|nome|имя|название|名称|名稱|名前|名|이름|naam|namn|navn|"
                   r"nazwa|jméno|nimi|ad|ady|adı")
