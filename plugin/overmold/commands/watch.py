"""``overmold drc --watch``: the check again whenever a file that it reads is saved, and its page in the browser follows.

Saved is told by looking: files have no other way that works on every system and disk. A file that cannot be read while somebody
writes it is a report like any other, and the next look reads it again.
"""

from __future__ import annotations

import argparse
import threading
import time
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Optional

from ..exits import UNREADABLE
from ..faults import Faults, fail
from ..input_file import NOTHING, State, asked_for, forget_reads, state_of
from ..settings import NAME as SETTINGS
from .console import err
from .inputs import files_of

LOOK_S = 0.4    # between two looks at the files
QUIET_S = 0.1   # a file that is being written is let be until it has stayed the same for so long
INTERRUPTED = 130  # what shells call it, before there is a verdict
_PATIENCE = 20  # the looks themselves take at most a twentieth of the time

Look = dict[str, State]
Check = Callable[[], int]


@dataclass
class Watch:
    """What is being watched: ``check`` is run on every change, ``names`` are what it was asked about, files and folders."""

    check: Check
    names: Sequence[str]
    code: int = INTERRUPTED
    number: int = 0
    words: str = ""
    seen: Look = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self, first: bool = False) -> None:
        """Check once; the ``first`` time what is wrong with the command itself is raised as Faults, later it is said."""
        before = self.look()
        forget_reads()
        try:
            self.code = self.check()
        except Faults as faults:
            if first:
                raise
            self.code = UNREADABLE
            for fault in faults.faults:
                err(str(fault))
        except OSError as error:
            self.code = UNREADABLE
            err(f"{error.filename or 'overmold'}: {error.strerror or error}")
        # What was saved while the check was running was not read by it: what it did read is what was seen.
        now = self.look()
        read = {**now, **before, **asked_for()}
        self.seen = {name: read[name] for name in now}
        self.words = f"Checked at {time.strftime('%H:%M:%S')}"
        self.number += 1

    def look(self) -> Look:
        """Every file that the check is about or has asked for, with what changes when it is saved; -1 where there is none."""
        named = [one.name for one in files_of(self.names)]
        beside = [str(Path(name).parent / SETTINGS) for name in named]
        return {name: state_of(name) for name in dict.fromkeys([*named, *beside, *map(str, asked_for())])}

    def until_ended(self) -> None:
        """Look again and again, and check where something changed."""
        pause = LOOK_S
        while not self.ended.wait(pause):
            began = time.monotonic()
            now = self.look()
            pause = max(LOOK_S, _PATIENCE * (time.monotonic() - began))
            if now == self.seen:
                continue
            while not self.ended.wait(QUIET_S) and (later := self.look()) != now:
                now = later
            if not self.ended.is_set():
                err(f"{time.strftime('%H:%M:%S')}  {self.changed(now)} has changed; checked again")
                self.run()

    def changed(self, now: Look) -> str:
        """One of the files that are not as they were; one that is there before one that is not."""
        files = [name for name in {**self.seen, **now} if self.seen.get(name, NOTHING) != now.get(name, NOTHING)]
        return min(files, key=lambda name: (now.get(name, NOTHING) == NOTHING, name), default=self.names[0])


def watch(arguments: argparse.Namespace, check: Check, page: Optional[str]) -> int:
    """Check now and whenever something is saved, until Ctrl-C; the code of the last check. ``page`` is the file of its page.

    Raises Faults for a command that cannot be run at all.
    """
    if "-" in arguments.files:
        raise fail("--watch", "standard input cannot be watched; name a file or a folder")
    watched = Watch(check, [*arguments.files, *([arguments.spec] if arguments.spec else [])])
    looking = threading.Thread(target=watched.until_ended, daemon=True)
    try:
        watched.run(first=True)
        err("Watching; Ctrl-C ends it.")
        looking.start()
        if page is not None:
            _show(watched, Path(page))
        while looking.is_alive():
            looking.join(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        watched.ended.set()
        if looking.is_alive():
            looking.join()
    return watched.code


def _show(watched: Watch, page: Path) -> None:
    """The page in the browser, loaded anew after every check, until it is closed there."""
    from ..pages.watch import serve_watched

    def nobody(address: str) -> None:
        err(f"No browser opened. Open this address on this machine: {address}")

    def open_page(address: str) -> bool:
        if not webbrowser.open(address):
            nobody(address)
        return True

    serve_watched(page, lambda: (watched.number, watched.words), open_page, nobody)
    err("The page is closed; watching goes on. Ctrl-C ends it.")
