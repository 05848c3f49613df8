"""How capable a design is of keeping a rule, along one dimension: by the slopes of formulas that hold all along it."""

from __future__ import annotations

from typing import Optional

from ..measures import Measure
from ..rule import Rule
from ..study.probes import readings
from ..study.run import Studying, first_order
from .line import BREAKS, KEEPS, Answer, Ask
from .straight import Range


def capable(studied: Studying, measure: Measure, rule: Rule, key: str, where: Range, cpk: float) -> Optional[Ask]:
    """What holds at a value: whether every reading has that Cpk there; None where one of them is no formula."""
    formulas = []
    for name, reading in readings(measure, studied.bench.package, rule.limits.lower).items():
        subject = studied.subject(measure, name, reading, rule.limits.lower, rule.limits.kept_by)
        if subject is not None and subject.formula is None:
            return None
        if subject is not None and subject.formula is not None:
            formulas.append(subject.formula)
    if not formulas:
        return None

    def ask(value: int) -> Answer:
        margin = min(first_order(one, rule.limits, studied, {key: value - where.nominal}) for one in formulas) - cpk
        return Answer(KEEPS if margin >= 0 else BREAKS)

    return ask

