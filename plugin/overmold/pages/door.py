"""How the browser is let in: a private file posts the token, so that it stands in no list of processes."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from ..state import private_folder

_STALE_S = 24 * 3600.0
_FILE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Overmold</title>
<form method="post" action="http://127.0.0.1:{port}/enter"><input type="hidden" name="token" value="{token}">
<noscript><p>The pages of Overmold need JavaScript.</p></noscript></form>
<script>document.forms[0].submit();</script></html>
"""
_ENTER = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Overmold</title>
<script nonce="{nonce}">localStorage.setItem("overmold", "{secret}"); location.replace("/");</script></html>
"""


def door_file(port: int, token: str) -> Path:
    """A file that only this user can read and that brings the browser in; raises OSError."""
    folder = private_folder()
    for old in folder.glob("open-*.html"):  # of a run that was killed; its token is worth nothing
        with suppress(OSError):
            if time.time() - old.lstat().st_mtime > _STALE_S:
                old.unlink()
    path = folder / f"open-{secrets.token_hex(8)}.html"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_FILE.format(port=port, token=token))
    return path.absolute()


def entrance(nonce: str, secret: str) -> str:
    """What the browser is given for the token: the secret, to keep for this very server, and the way on to the page."""
    return _ENTER.format(nonce=nonce, secret=secret)
