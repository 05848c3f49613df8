"""What comes with a request and what goes with an answer, whoever sends it and whatever they send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.message import Message
from typing import Any, Optional

SECRET, TAB = "X-Overmold-Secret", "X-Overmold-Tab"
_LONGEST_NUMBER = 300  # letters; Python takes a second for one of 100,000


FRAMED = "framed"  # in place of a nonce: a page from a file, whose own policy names its scripts, shown in a frame of ours


def headers_of(kind: str, length: int, nonce: str) -> Iterator[tuple[str, str]]:
    """The headers of every answer: nothing is kept, framed by others, or loaded from anywhere but by the page itself."""
    own, connect = (f"'nonce-{nonce}'", "'self'") if nonce else ("'none'", "'none'")
    around = "'none'"
    if nonce == FRAMED:
        own, connect, around = "'unsafe-inline'", "'none'", "'self'"
    yield "Content-Type", kind
    yield "Content-Length", str(length)
    yield "Cache-Control", "no-store"
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", "no-referrer"
    yield "X-Frame-Options", "SAMEORIGIN" if nonce == FRAMED else "DENY"
    yield "Cross-Origin-Opener-Policy", "same-origin"
    yield "Cross-Origin-Resource-Policy", "same-origin"
    yield "Content-Security-Policy", (
        f"default-src 'none'; style-src {own}; script-src {own}; img-src data:; connect-src {connect}; frame-src {connect}; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {around}")


def json_object(body: bytes) -> Optional[dict[str, Any]]:
    """The JSON object that was sent; None for anything else, however deep or long."""
    try:
        found = json.loads(body, parse_int=_whole, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def tab_and_secret(headers: Message, beacon: bytes) -> tuple[str, str]:
    """The tab that asks and the secret it brings: in headers, or in what is sent, for a beacon has no headers of its own."""
    found: Any = (json_object(beacon) or {}) if beacon else headers
    return str(found.get(TAB, ""))[:100], str(found.get(SECRET, ""))


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(digits[:9])
    return int(digits)


def _no_number(word: str) -> float:
    raise ValueError(word)
