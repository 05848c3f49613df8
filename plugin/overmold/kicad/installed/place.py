"""The plugin's folder: written whole beside its place and renamed into it, and never over anything that is not ours."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ...faults import fail
from .homes import IDENTIFIER, Home
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


def is_current(home: Home, files: Mapping[str, bytes]) -> bool:
    """Whether exactly these files are there already."""
    return not home.plugin.is_symlink() and home.plugin.is_dir() and tree(home.plugin) == dict(files)


def put_files(home: Home, files: Mapping[str, bytes]) -> None:
    """Copy the plugin into its place, in the place of an earlier one; raises Faults, and then nothing has changed."""
    with _beside(home) as beside:
        for name, data in files.items():
            path = beside / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        _swap(beside, home.plugin)


def put_link(home: Home, checkout: Path) -> None:
    """Link the place to a checkout, so that KiCad runs what is edited there; raises Faults."""
    with _beside(home) as beside:
        (beside / "new").symlink_to(checkout, target_is_directory=True)
        _swap(beside, home.plugin)


def take_away(home: Home) -> bool:
    """Remove the plugin and the environment that KiCad made for it; False if it was not there. Raises Faults."""
    refuse_what_is_not_ours(home)
    place = home.plugin
    there = place.exists() or place.is_symlink()
    try:
        if there:
            with _beside(home) as beside:
                place.rename(beside / "old")
        if home.environment.is_dir() and not other_copies(home):
            shutil.rmtree(home.environment)
    except OSError as error:
        raise fail(str(error.filename or place), f"cannot be removed: {error.strerror}; close KiCad and try again") from None
    return there


def _ours(place: Path) -> bool:
    return (place.is_symlink() and not place.exists()) or (place.is_dir() and identifier_in(place) == IDENTIFIER)


@contextmanager
def _beside(home: Home) -> Iterator[Path]:
    """A folder on the same disk that KiCad does not search; gone afterwards, with all that is in it then."""
    plugins = home.plugin.parent
    beside = None
    try:
        plugins.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=plugins.resolve().parent, prefix=".overmold-"))
        yield beside
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(plugins)
        raise fail(where, f"cannot be written: {error.strerror}; nothing was changed in {plugins}") from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)


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
