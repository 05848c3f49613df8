"""Whether a KiCad answers."""

from __future__ import annotations

from ...faults import fail

_TIMEOUT_MS = 5_000


def version_at(socket: str) -> str:
    """The version of the KiCad that listens on this socket; raises Faults where none answers, ImportError without kipy."""
    import kipy
    from kipy.errors import ApiError
    from kipy.errors import ConnectionError as NoAnswer

    try:
        return str(kipy.KiCad(socket_path=socket, client_name="overmold-doctor", timeout_ms=_TIMEOUT_MS).get_version())
    except (NoAnswer, ApiError) as error:
        raise fail("KiCad", f"does not answer on {socket} ({error}); close its open dialogs, or restart it") from error
