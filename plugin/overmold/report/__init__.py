"""What a check found out, for people and for programs."""

from .json import chart_rows, json_report, unreadable
from .listing import explain_text, rules_text
from .places import place_text, position_of, uuid_of
from .text import CLAIM_MARKS, MARKS, chart_text, text_report, verdict_of, verdict_row

__all__ = [
    "CLAIM_MARKS", "MARKS", "chart_rows", "chart_text", "explain_text", "json_report", "place_text", "position_of",
    "rules_text", "text_report", "unreadable", "uuid_of", "verdict_of", "verdict_row",
]
