"""Which packages a button of the toolbar gets: those of its own environment, before those of the distribution.

KiCad starts an entry script with the distribution's packages ahead of the environment that it made for the plugin
(``PYTHONPATH``). An old numpy or protobuf there would win over the one that was installed because the old one will not do.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE_FOLDERS = ("dist-packages", "site-packages")


def own_packages_first() -> None:
    """Move the package folders that lie outside this environment to the end of the search path.

    Behind it they still serve what the environment lacks. What was loaded from them at start (by a ``.pth`` file) is
    forgotten, so that no half of an older package stays. Outside an environment there is nothing to order.
    """
    if sys.prefix == sys.base_prefix:
        return
    foreign = [folder for folder in sys.path if _foreign(folder)]
    sys.path.sort(key=lambda folder: folder in foreign)
    for name, module in list(sys.modules.items()):
        places = [getattr(module, "__file__", None) or "", *_places(module)]
        if any(place.startswith(os.path.join(folder, "")) for place in places for folder in foreign):  # noqa: PTH118
            del sys.modules[name]


def _foreign(folder: str) -> bool:
    inside = os.path.normcase(folder).startswith(os.path.join(os.path.normcase(sys.prefix), ""))  # noqa: PTH118
    return Path(folder).name in _PACKAGE_FOLDERS and not inside


def _places(module: object) -> list[str]:
    """Where a package looks for its modules; a namespace package has no other place."""
    try:
        return [str(place) for place in getattr(module, "__path__", ())]
    except Exception:  # a lazy module of somebody else's may raise anything
        return []
