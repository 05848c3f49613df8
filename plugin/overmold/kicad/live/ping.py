"""Whether a KiCad answers."""

from __future__ import annotations

from ...faults import fail

_TIMEOUT_MS, _GLANCE_MS = 5_000, 300


def version_at(socket: str) -> str:
    """The version of the KiCad that listens on this socket; raises Faults where none answers, ImportError without kipy."""
    from kipy.errors import ApiError
    from kipy.errors import ConnectionError as NoAnswer

    from .connection import connect

    try:
        return connect("overmold-doctor", _TIMEOUT_MS, socket)[1]
    except (NoAnswer, ApiError) as error:
        raise fail("KiCad", f"does not answer on {socket} ({error}); close its open dialogs, or restart it") from error


def gone() -> str:
    """Why the KiCad that started this script is there no more, "" while it is; one that shows a dialog is, too."""
    from kipy.errors import ApiError
    from kipy.errors import ConnectionError as NoAnswer

    from .connection import connect, is_another, is_closed

    try:
        connect("overmold-pulse", _GLANCE_MS)
    except NoAnswer as error:
        return "KiCad has been closed" if is_closed(error) else ""
    except ApiError as error:
        return "KiCad has been closed and started anew" if is_another(error) else ""
    return ""
