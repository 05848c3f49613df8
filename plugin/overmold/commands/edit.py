"""``overmold edit``."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from ..exits import KEPT
from ..faults import fail
from .console import err, out


def run(arguments: argparse.Namespace) -> int:
    """Show the file as a form in the browser until its page is closed; where none opens, say the address and wait for one."""
    from ..editor.kept import ENDINGS, opened
    from ..pages import serve
    from ..pages.edit import Desk
    from ..pages.host import COMMAND
    from ..pages.server import IDLE_S

    file = Path(arguments.file)
    if file.suffix.lower() not in ENDINGS:
        raise fail(str(file), "is not a package file; give a name that ends in .yaml")
    if not file.parent.is_dir():
        raise fail(str(file.parent), "there is no such folder")
    folder = file.parent.absolute()
    desk = Desk(begin_in=lambda: folder, name=file.stem, host=COMMAND)
    if file.exists():
        desk.show(opened(folder / file.name))

    told: list[str] = []

    def tell(address: str) -> None:
        if not told:
            told.append(address)
            err(f"No browser opened. Open this address on this machine: {address}")

    def open_page(address: str) -> bool:
        if not webbrowser.open(address):
            tell(address)
        return True

    code = serve(desk.page, desk.actions, open_page=open_page, nobody=tell, first_s=IDLE_S, host=COMMAND)
    out(f"{desk.saved}\n" if desk.saved else "")
    return KEPT if code == 0 else code
