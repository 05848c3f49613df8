"""How a browser comes in: the private file that it is opened on, as numbers and words."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit


def behind(address: str) -> tuple[int, str]:
    """Port and token in the file that a browser was asked to open."""
    file = Path(unquote(urlsplit(address).path))
    words = file.read_text(encoding="utf-8")
    port = re.search(r'action="http://127\.0\.0\.1:(\d+)/enter"', words)
    token = re.search(r'name="token" value="([\w-]+)"', words)
    assert port is not None
    assert token is not None
    return int(port[1]), token[1]


def secret_in(entrance: str) -> str:
    """The secret that the browser is told to keep."""
    found = re.search(r'setItem\("overmold", "([\w-]+)"\)', entrance)
    assert found is not None
    return found[1]
