"""The page on which a package file is edited, and what it asks for: nothing is written before somebody saves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable, Optional

from ..editor.changes import changed
from ..editor.draft import Draft
from ..editor.kept import begun, changed_meanwhile, due, opened, save, seen
from ..editor.look import looked_at
from ..faults import fail
from ..output_file import hash_of
from ..package_file import read_so_far
from ..package_file.starters import KINDS
from .host import BUTTON, Host
from .render import render
from .room import Action

_OLDER = "this page is older than the plugin; load it anew"


class Desk:
    """What is being edited: nothing, or one draft. ``goes_on`` says what is next once it is saved, "" where nothing is;
    ``begin_in`` is the folder of new files and ``name`` a name for them, "" where somebody is to give one; ``host`` shows it
    all."""

    def __init__(self, goes_on: str = "", begin_in: Optional[Callable[[], Path]] = None, name: str = "",
                 host: Host = BUTTON) -> None:
        self.goes_on, self.begin_in, self.name, self.host = goes_on, begin_in or Path.cwd, name, host
        self.draft: Optional[Draft] = None
        self.seen: dict[str, str] = {}
        self.saved = ""  # the file that was saved or opened last
        self.notes: tuple[str, ...] = ()  # what to know of the draft from where it was made

    @property
    def actions(self) -> dict[str, Action]:
        """What the page may ask for, by name."""
        return {"kinds": self.kinds, "open": self.open, "start": self.start, "look": self.look, "change": self.change,
                "save": self.save, "leave": self.leave}

    def page(self, nonce: str) -> str:
        """The page of the draft, or of the choice with which a new one begins."""
        return render("edit", nonce, host=self.host, goes_on=self.goes_on, is_open=self.draft is not None)

    def kinds(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What a new package can begin as."""
        return {"name": self.name, "folder": str(self.begin_in()), "kinds": [
            {"kind": name, "title": kind.title, "says": kind.says, "example": kind.example} for name, kind in KINDS.items()]}

    def open(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Begin to edit the file that is named; raises Faults."""
        self.show(opened(Path(_text(data, "file"))))
        return {"done": True}

    def start(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Begin a new package of a kind; raises Faults."""
        kind, name = _text(data, "kind"), _text(data, "name").strip() or self.name
        if kind not in KINDS:
            raise fail("editor", _OLDER)
        self.show(begun(kind, name, self.begin_in()), is_new=True)
        return {"done": True}

    def show(self, draft: Draft, is_new: bool = False) -> None:
        """Edit this draft; what is on the disk in the place of a new one has been seen by nobody."""
        self.seen = {} if is_new else seen(draft)
        self.draft, self.saved, self.notes = draft, "" if is_new else str(draft.file), ()

    def look(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The draft as it is, or with the text and tables that are sent; see ``looked_at``."""
        self.draft = self._sent(data) if "text" in data else self._there()
        return {**looked_at(self.draft), "on_disk": bool(self.saved), "is_saved": self._is_saved(), "notes": list(self.notes)}

    def change(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The draft that is sent with changes made in it; raises Faults where one cannot be made."""
        changes = data.get("changes")
        if not isinstance(changes, list) or not all(isinstance(one, dict) for one in changes):
            raise fail("editor", _OLDER)
        self.draft = changed(self._sent(data), changes)
        return looked_at(self.draft)

    def save(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Write what is sent, under another name where ``file`` gives one. Asks, and writes nothing, where something else
        stands there (``changed``, unless ``force``) or it cannot be read yet (``unfinished``, unless that is sent)."""
        draft = self._sent(data)
        words = str(data.get("file", "")).strip()
        if words and words != str(draft.file):
            draft = replace(draft, file=_named(words, draft.file.parent))
        before = self.seen if draft.file == self._there().file else {}
        if not data.get("force") and (there := changed_meanwhile(draft, before)):
            return {"changed": there}
        found = read_so_far(draft.text, str(draft.file), draft.file.parent, draft.folder.texts)
        if found.faults and not data.get("unfinished"):
            return {"unfinished": [str(fault) for fault in found.faults]}
        paths = save(draft, before, bool(found.faults))
        self.show(draft)
        return {"done": f"Saved and read back: {', '.join(map(str, paths))}", "file": str(draft.file)}

    def leave(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Edit nothing any more; what was not saved is gone."""
        self.draft = None
        return {"done": True}

    def _is_saved(self) -> bool:
        """Whether the disk has it as it is: a page that is loaded anew must not take for saved what is not."""
        draft = self._there()
        return bool(self.saved) and all(hash_of(data) == self.seen.get(name) for name, data in due(draft, self.seen).items())

    def _there(self) -> Draft:
        if self.draft is None:
            raise fail("editor", "nothing is being edited on this page; load it anew")
        return self.draft

    def _sent(self, data: Mapping[str, Any]) -> Draft:
        text, tables = data.get("text"), data.get("tables", {})
        if not isinstance(text, str) or not isinstance(tables, dict) or not all(map(_is_table, tables.items())):
            raise fail("editor", _OLDER)
        return Draft(self._there().file, text, tables)


def _is_table(item: tuple[Any, Any]) -> bool:
    """Whether this is the name of a file beside the package file, and its text."""
    name, text = item
    return isinstance(name, str) and isinstance(text, str) and Path(name).name == name and name not in ("", ".", "..")


def _text(data: Mapping[str, Any], name: str) -> str:
    words = data.get(name, "")
    if not isinstance(words, str):
        raise fail("editor", _OLDER)
    return words


def _named(words: str, folder: Path) -> Path:
    """The file that somebody named, in ``folder`` where no other is said; raises Faults for what is no package file."""
    path = Path(words) if Path(words).is_absolute() else folder / words
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise fail(str(path), "a package file's name ends in .yaml")
    if not path.parent.is_dir():
        raise fail(str(path.parent), "there is no such folder")
    return path
