"""What a check found out, for people and for programs."""

from .json import chart_rows, json_report, unreadable
from .listing import explain_text, rules_text
from .places import position_of, uuid_of
from .text import chart_text, text_report

__all__ = [
    "chart_rows", "chart_text", "explain_text", "json_report", "position_of", "rules_text", "text_report", "unreadable",
    "uuid_of",
]
