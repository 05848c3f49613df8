"""The board open in KiCad. The only module that imports ``kipy``.

The board comes as text and goes through the reader of files: kipy's own objects lose what they do not know, and refuse
a whole board for one item that is newer than they are.
"""

from __future__ import annotations

from ..faults import fail

# A busy KiCad answers late, and a board of many megabytes takes a while to be written out.
TIMEOUT_MS = 60_000


def open_board() -> tuple[bytes, str]:
    """The text of the board in KiCad's board editor, unsaved changes included, and its file name; raises Faults."""
    try:
        import kipy
        from kipy.errors import ApiError
        from kipy.errors import ConnectionError as NoAnswer
    except ImportError as error:
        raise fail("KiCad", f"cannot be asked, the package kicad-python is missing or too old ({error})") from error
    try:
        board = kipy.KiCad(client_name="overmold", timeout_ms=TIMEOUT_MS).get_board()
        return board.get_as_string().encode(), board.name
    except NoAnswer as error:
        raise fail("KiCad", f"does not answer ({error}); close its open dialogs, and see that the API is switched on "
                            "under Preferences > Plugins") from error
    except ApiError as error:
        raise fail("KiCad", f"gives no board ({error}); open one in the board editor") from error
