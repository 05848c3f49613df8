"""One connection to KiCad, which ends with the last object that uses it.

kipy never closes its connections: each would go on dialling a KiCad that has been closed, many times a second, for as long
as a page stays open.
"""

from __future__ import annotations

import weakref
from typing import Any, Optional

import kipy

from ...faults import Faults, fail


def connect(name: str, timeout_ms: int, socket: Optional[str] = None) -> tuple[Any, str]:
    """A kipy.KiCad at ``socket`` (by default the one that started this script) and its version; raises kipy's errors."""
    kicad = kipy.KiCad(socket_path=socket, client_name=name, timeout_ms=timeout_ms)
    client = kicad._client  # everything that kipy makes from this one holds it
    try:
        return kicad, str(kicad.get_version())
    finally:
        if client.connected:
            weakref.finalize(client, client._conn.close).atexit = False


def is_closed(error: Exception) -> bool:
    """Whether nobody listens any more, where one that only shows a dialog would."""
    return "Failed to connect" in str(error)


def is_another(error: Exception) -> bool:
    """Whether a KiCad answered that did not start this script."""
    return "token" in str(error)


def no_answer(error: Exception) -> Faults:
    """What is said when nobody answers."""
    if is_closed(error):
        return fail("KiCad", f"does not answer, it has been closed or its API is off ({error}); open the board in its board "
                             "editor, see that the API is on under Preferences > Plugins, and press the button there")
    return fail("KiCad", f"does not answer ({error}); see that the board editor is open, close its open dialogs, and see that "
                         "the API is switched on under Preferences > Plugins")
