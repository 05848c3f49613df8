"""The plugin's folder: written whole beside its place and renamed into it, and never over anything that is not ours."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from errno import EACCES
from pathlib import Path

from ...faults import fail
from ...output_folder.lock import locked, under_way
from .homes import IDENTIFIER, Home
from .own import MEMORY, keep, names_as_json, own_files
from .payload import tree


def refuse_what_is_not_ours(home: Home) -> None:
    """Raise Faults where the plugin's place is taken by something else, or where KiCad would never look at ours."""
    place = home.plugin
    if (place.exists() or place.is_symlink()) and not _ours(place):
        raise fail(str(place), "was not put there by Overmold, and stays as it is; move it away and run this again")


def other_copies(home: Home) -> list[Path]:
    """Folders that hold this plugin a second time: KiCad takes the first it finds, those of its manager before all others."""
    found: list[Path] = []
    for top in (home.documents / "3rdparty/plugins", home.plugin.parent):
        # KiCad looks into every folder below, and through links, which rglob does not.
        found += sorted({path.parent for pattern in ("*/plugin.json", "**/plugin.json") for path in top.glob(pattern)})
    return [folder for folder in found if folder != home.plugin and identifier_in(folder) == IDENTIFIER]


def identifier_in(folder: Path) -> str:
    """What the plugin.json in a folder says it is; "" where it cannot be read."""
    try:
        return str(json.loads((folder / "plugin.json").read_text(encoding="utf-8"))["identifier"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def put(home: Home, files: Mapping[str, bytes]) -> Generator[tuple[str, ...], None, None]:
    """Copy the plugin into its place: all is prepared at the first step, put there at the second. A generator of two steps.

    Each yields what in the folder is somebody's own and is kept, by the path that it then has inside. Raises Faults, and
    then, or when it is closed before the second step, nothing has changed.
    """
    with _beside(home) as beside:
        own = own_files(home.plugin)
        for name, data in {**files, MEMORY: names_as_json(files)}.items():
            path = beside / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        kept = keep(home.plugin, own, beside / "new", files)
        yield kept
        _swap(beside, home.plugin)
        yield kept


def put_link(home: Home, checkout: Path) -> Generator[tuple[str, ...], None, None]:
    """Link the place to a checkout, so that KiCad runs what is edited there; in two steps, as ``put``. Raises Faults."""
    with _beside(home) as beside:
        own = own_files(home.plugin)
        if own:
            raise fail(str(home.plugin), f"holds files of your own, which a link would hide: {', '.join(own[:5])}; move them "
                                         "away and run this again")
        (beside / "new").symlink_to(checkout, target_is_directory=True)
        yield ()
        _swap(beside, home.plugin)
        yield ()


def is_current(home: Home, files: Mapping[str, bytes]) -> bool:
    """Whether exactly these files are there already, beside what is somebody's own."""
    if home.plugin.is_symlink() or not home.plugin.is_dir():
        return False
    own = own_files(home.plugin)
    return {name: data for name, data in tree(home.plugin).items() if name not in own} == dict(files)


def take_away(home: Home) -> tuple[bool, tuple[str, ...]]:
    """Remove the plugin and the environment that KiCad made for it: whether it was there, and what of it stays. Raises Faults.

    What stays is somebody's own, by its path inside the plugin's folder.
    """
    refuse_what_is_not_ours(home)
    place = home.plugin
    if place.parent.is_dir():
        with _beside(home):  # what a killed run has left is mended first
            pass
    there = place.exists() or place.is_symlink()
    try:
        kept = own_files(place)
        if there:
            with _beside(home) as beside:
                if kept:
                    kept = keep(place, kept, beside / "new", {})
                    (beside / "new" / MEMORY).write_bytes(names_as_json(()))
                    _swap(beside, place)
                else:
                    place.rename(beside / "old")
        if home.environment.is_dir() and not other_copies(home):
            shutil.rmtree(home.environment)
    except OSError as error:
        raise fail(str(error.filename or place), f"cannot be removed: {error.strerror}; close KiCad and try again") from None
    return there, kept


def _ours(place: Path) -> bool:
    return (place.is_symlink() and not place.exists()) or (
        place.is_dir() and (identifier_in(place) == IDENTIFIER or (place / MEMORY).is_file()))


@contextmanager
def _beside(home: Home) -> Iterator[Path]:
    """A folder on the same disk that KiCad does not search; gone afterwards, with all that is in it then."""
    plugins = home.plugin.parent
    try:
        plugins.mkdir(parents=True, exist_ok=True)
        folder = plugins.resolve().parent
        with locked(folder, on_stale=lambda stale: _bring_back(stale, home.plugin)), under_way(folder) as beside:
            if not os.access(plugins, os.W_OK | os.X_OK):
                raise PermissionError(EACCES, os.strerror(EACCES), str(plugins))
            yield beside
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(plugins)
        raise fail(where, f"cannot be written: {error.strerror}; nothing was changed in {plugins}") from None


def _bring_back(stale: Path, place: Path) -> None:
    """A run was killed after it had taken the plugin out of its place, and before it had put another there."""
    if (stale / "old").is_dir() and not place.exists() and not place.is_symlink() and _ours(stale / "old"):
        (stale / "old").rename(place)


def _swap(beside: Path, place: Path) -> None:
    """Rename what is new into its place; what was there comes back if that fails."""
    old = beside / "old"
    there = place.exists() or place.is_symlink()
    if there:
        place.rename(old)
    try:
        (beside / "new").rename(place)
    except OSError:
        if there:
            old.rename(place)
        raise
