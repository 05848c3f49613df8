"""Overmold: design rules in the third dimension for moulded flip-chip packages in KiCad.

For programs: ``read`` a package file, board or footprint, ``check`` the package, ``build`` its KiCad files; ``load_deck``
loads the rules of a house or a team. An input that cannot be read raises ``Faults``. All else in here may change.

    import overmold
    package = overmold.read("fccsp.yaml")
    print(overmold.check(package).errors)
    overmold.build(package, "out")
"""

from __future__ import annotations

from importlib import import_module as _import

__version__ = "0.1.0"  # stated here; pyproject.toml reads it, and a test holds metadata.json and the rest to it
__all__ = ["Fault", "Faults", "Package", "Result", "build", "check", "load_deck", "read"]


def __getattr__(name):  # type: ignore[no-untyped-def]  # the types stand in __init__.pyi
    """Load the API when somebody asks for it: ``overmold --version`` need not wait for numpy and shapely."""
    if name in __all__:
        # By its name as a text, for no floor may lean on this one, which every module stands in.
        return getattr(_import(".api", __name__), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def __dir__():  # type: ignore[no-untyped-def]
    return sorted({*globals(), *__all__})
