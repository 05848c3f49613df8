"""What the plugin consists of, wherever this overmold came from: a checkout, a wheel, or the plugin itself."""

from __future__ import annotations

from pathlib import Path

from ...faults import fail
from ...rule import rules_folder

LEFT_OUT = {"__pycache__", ".mypy_cache", ".ruff_cache"}
_PACKAGE = Path(__file__).resolve().parents[2]
_TOOLBAR = _PACKAGE / "toolbar"  # where a wheel carries what stands beside the package in a checkout


def plugin_files() -> dict[str, bytes]:
    """Every file of the plugin by its path inside the plugin's folder, rules and licence included; raises Faults."""
    try:
        if _TOOLBAR.is_dir():
            package = {name: data for name, data in tree(_PACKAGE).items() if not name.startswith("toolbar/")}
            files = tree(_TOOLBAR)
        else:
            package, files = tree(_PACKAGE), tree(checkout())
        # The rules stand at the top of the repository for people; the plugin carries them inside the Python package.
        rules = {f"rules/{name}": data for name, data in tree(rules_folder()).items()}
        licence = _PACKAGE.parents[1] / "LICENSE"
        if "LICENSE" not in files and licence.is_file():
            files["LICENSE"] = licence.read_bytes()
    except OSError as error:
        raise fail(str(error.filename or _PACKAGE), f"cannot be read: {error.strerror}") from None
    return {**files, **{f"overmold/{name}": data for name, data in {**package, **rules}.items()}}


def checkout() -> Path:
    """The folder that KiCad can run as it stands; raises Faults where this overmold is none."""
    folder = _PACKAGE.parent
    if _TOOLBAR.is_dir() or not (folder / "plugin.json").is_file():
        raise fail(str(_PACKAGE), "is not a checkout of Overmold, so there is nothing to link to; install without --link")
    return folder


def tree(folder: Path, ending: str = "") -> dict[str, bytes]:
    """Every file under a folder with this ending, by its path inside; without caches and hidden files."""
    found = {}
    for path in sorted(folder.rglob("*" + ending)):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part in LEFT_OUT or part.startswith(".") for part in inside.parts):
            found[inside.as_posix()] = path.read_bytes()
    return found
