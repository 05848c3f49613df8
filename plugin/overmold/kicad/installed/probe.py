"""Run by the plugin's own Python, as a script:  probe.py REQUIREMENT...  prints what of it can be imported.

One JSON object: for each distribution its version, or why it cannot be had. The search path is the one the buttons have.
"""

from __future__ import annotations

import importlib
import json
import runpy
import sys
from importlib import metadata
from pathlib import Path


def found(name: str) -> dict[str, str]:
    """The version of a distribution of which every top-level package can be imported, or the error."""
    try:
        distribution = metadata.distribution(name)
        for module in sorted(modules(distribution)):
            importlib.import_module(module)
        return {"version": distribution.version}
    except Exception as error:  # whatever a foreign package does when it is imported
        return {"error": f"{type(error).__name__}: {error}"}


def modules(distribution: metadata.Distribution) -> set[str]:
    """The public packages and modules of a distribution."""
    parts = [path.parts for path in distribution.files or []]
    packages = {one[0] for one in parts if len(one) == 2 and one[1] == "__init__.py"}
    singles = {one[0][:-3] for one in parts if len(one) == 1 and one[0].endswith(".py")}
    return {name for name in packages | singles if not name.startswith("_")}


if __name__ == "__main__":
    # By its file: nothing else of the Python that asks shall come onto the path of the one that is asked.
    del sys.path[0]
    own_packages_first = runpy.run_path(str(Path(__file__).resolve().parents[2] / "search_path.py"))["own_packages_first"]
    own_packages_first()
    sys.stdout.write(json.dumps({name: found(name) for name in sys.argv[1:]}) + "\n")
