"""What reaches a person where no browser does: the system's own notification, else a note on the board that is open.

KiCad 9 shows nothing of a button that fails, and neither shows a browser that never opens.
"""

from __future__ import annotations

from ..faults import Faults
from ..notification import notify
from ..pages.log import write_error


def last_word(words: str) -> None:
    """Tell a person ``words`` in whichever way there is; the log has them in any case, and where even this failed."""
    write_error(words)
    if notify(words):
        return
    try:
        from ..kicad.live.board import open_board
        from ..kicad.live.note import put_note

        put_note(open_board(), words)
    except Faults as faults:
        write_error(f"no notification, and no note on the board either: {faults}")
    except ImportError as error:
        write_error(f"no notification, and no note on the board either: {error!r}")
