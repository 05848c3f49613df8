"""KiCad's own settings: reading them, and switching its API on with every other byte kept."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Generator
from errno import EACCES
from pathlib import Path
from typing import Any, Optional

from ...faults import Faults, fail
from .homes import Home

_BOM = "\ufeff"
_MOST_BACKUPS = 1000
_SPACE = re.compile(r"[ \t\r\n]*")


def read_settings(home: Home) -> dict[str, Any]:
    """KiCad's common settings; raises Faults where there are none, or none that can be read."""
    return _parsed(home, _text(home))


def api_is_on(settings: dict[str, Any]) -> bool:
    """Whether KiCad listens to plugins; it does not unless told so."""
    api = settings.get("api")
    return isinstance(api, dict) and api.get("enable_server") is True


def switch_api_on(home: Home) -> Generator[Path, None, None]:
    """Change that one word in the settings; the former file stays beside it. Raises Faults.

    A generator of two steps: the first does all that can fail and yields where the former settings are to be found, the
    second puts the new ones in place. Closed before that it has changed nothing.
    """
    text = _text(home)
    wanted = _parsed(home, text)
    api = wanted.get("api")
    wanted["api"] = {**(api if isinstance(api, dict) else {}), "enable_server": True}
    changed = with_api_on(text)
    if _parsed(home, changed) != wanted:
        raise fail(str(home.common), "cannot be edited safely; switch the API on in KiCad instead: Preferences > Plugins")
    backup, is_new = _backup(home.common, text.encode())
    beside = backup.with_name(f".overmold-{secrets.token_hex(4)}")
    done = False
    try:
        target = home.common.resolve()  # a link stays a link
        beside = target.with_name(beside.name)
        if not os.access(target, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), str(target))
        with beside.open("xb") as written:
            written.write(changed.encode())
        shutil.copymode(target, beside)
        yield backup
        beside.replace(target)
        done = True
        yield backup
    except OSError as error:
        raise fail(str(home.common), f"cannot be written: {error.strerror}; these settings were not changed") from None
    finally:
        beside.unlink(missing_ok=True)
        if is_new and not done:
            backup.unlink(missing_ok=True)


def _backup(file: Path, data: bytes) -> tuple[Path, bool]:
    """A file beside that holds these settings, and whether it is new: over none that is there, and through no link."""
    try:
        for number in range(1, _MOST_BACKUPS):
            backup = file.with_name(f"{file.name}.bak{number if number > 1 else ''}")
            if not backup.is_symlink() and backup.is_file() and backup.read_bytes() == data:
                return backup, False
            if not os.path.lexists(backup):
                with backup.open("xb") as written:
                    written.write(data)
                shutil.copymode(file, backup)
                return backup, True
    except OSError as error:
        raise fail(str(error.filename or file), f"cannot be written: {error.strerror}; nothing was changed") from None
    raise fail(f"{file}.bak", f"and {_MOST_BACKUPS} more like it are there; remove some of them. Nothing was changed")


def with_api_on(text: str) -> str:
    """The text of the settings with ``api.enable_server`` true, laid out as before."""
    start = text.index("{")
    api = _member(text, start, "api")
    if api is None:
        return _insert(text, start, '"api": {"enable_server": true}')
    if text[api[0]] != "{":
        return f'{text[:api[0]]}{{"enable_server": true}}{text[api[1]:]}'
    switch = _member(text, api[0], "enable_server")
    if switch is None:
        return _insert(text, api[0], '"enable_server": true')
    return f"{text[:switch[0]]}true{text[switch[1]:]}"


def _member(text: str, start: int, key: str) -> Optional[tuple[int, int]]:
    """Where the value of a key stands in the object that opens at ``start``; of two the last, as KiCad takes it."""
    decode = json.JSONDecoder().raw_decode
    found, at = None, _skip(text, start + 1)
    while text[at] == '"':
        name, at = decode(text, at)
        at = _skip(text, _skip(text, at) + 1)  # the colon
        end = decode(text, at)[1]
        if name == key:
            found = (at, end)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _insert(text: str, start: int, member: str) -> str:
    """A member as the first of an object, on a line like that of the one behind it."""
    after = _skip(text, start + 1)
    space = text[start + 1:after]
    comma = "" if text[after] == "}" else ","
    return f"{text[:start + 1]}{space if comma else ''}{member}{comma}{space}{text[after:]}"


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _text(home: Home) -> str:
    try:
        return home.common.read_bytes().decode()
    except FileNotFoundError:
        raise fail(str(home.common), f"is not there: start KiCad {home.version} once, close it, and run this again") from None
    except OSError as error:
        raise fail(str(home.common), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _no_json(home, "") from None


def _parsed(home: Home, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text[len(_BOM):] if text.startswith(_BOM) else text)
    except ValueError as error:
        raise _no_json(home, f" ({error})") from None
    if not isinstance(found, dict):
        raise _no_json(home, "")
    return found


def _no_json(home: Home, why: str) -> Faults:
    return fail(str(home.common), f"is not JSON that can be read{why}; move it away, start KiCad {home.version} once so that "
                                  "it writes a new one, close it, and run this again")
