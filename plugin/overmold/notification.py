"""The notification of the system: what a person sees of a program without a window, where there is a way to show one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

_PATIENCE_S, _UP_S = 10.0, 2.0
_TITLE = "Overmold"
# The words come in the environment, so that nothing of them is a command.
_ON_WINDOWS = ("Add-Type -AssemblyName PresentationFramework; "
               "[void][System.Windows.MessageBox]::Show($env:OVERMOLD_WORDS, 'Overmold')")
_ON_MACOS = ("on run argv", f'display notification (item 1 of argv) with title "{_TITLE}"', "end run")
_STAY = ("powershell", "xmessage")  # windows that stay until somebody closes them


def notify(words: str) -> str:
    """Show ``words``; the program that did, "" where none could."""
    return next((command[0] for command in _commands(words) if _told(command, words)), "")


def notifier() -> str:
    """The program that would be asked first, "" where this system has none of those known."""
    return next((command[0] for command in _commands("")), "")


def _commands(words: str) -> Iterator[list[str]]:
    script = [word for line in _ON_MACOS for word in ("-e", line)]
    found = {"win32": [["powershell", "-NoProfile", "-Command", _ON_WINDOWS]], "darwin": [["osascript", *script, words]]}
    others = [["notify-send", "--app-name", _TITLE, "--expire-time", "0", _TITLE, words],
              ["kdialog", "--title", _TITLE, "--passivepopup", words, "60"],
              ["zenity", "--notification", "--text", f"{_TITLE}: {words}"],
              ["xmessage", "-center", "-title", _TITLE, words]]
    return (command for command in found.get(sys.platform, others) if shutil.which(command[0]))


def _told(command: list[str], words: str) -> bool:
    stays = command[0] in _STAY
    try:
        shown = subprocess.Popen(command, env={**os.environ, "OVERMOLD_WORDS": words}, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    except (OSError, ValueError):
        return False
    try:
        return shown.wait(_UP_S if stays else _PATIENCE_S) == 0
    except subprocess.TimeoutExpired:
        if not stays:
            shown.kill()
        return stays
