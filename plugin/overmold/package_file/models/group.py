"""What every group of keys of a package file is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from pydantic import BaseModel, ConfigDict

from .declared import keys_of

if TYPE_CHECKING:
    class _Keys(BaseModel):
        def __init_subclass__(cls, of: Optional[type] = None, under: str = "") -> None: ...

        def __getattr__(self, name: str) -> Any: ...
else:
    class _Declared(type(BaseModel)):
        """Gives a group, behind the keys of its own, those of the declared data of the part that it is ``of``."""

        def __new__(mcs, name, bases, namespace, of=None, under="", **more):
            if of is not None:
                types = namespace.setdefault("__annotations__", {})
                for key, (kind, field) in keys_of(of, under).items():
                    if key not in types:
                        types[key], namespace[key] = kind, field
            return super().__new__(mcs, name, bases, namespace, **more)

    class _Keys(BaseModel, metaclass=_Declared):
        pass


class Group(_Keys):
    """A group of keys; a key that is not listed is a fault.

    ``of``: the kind of part whose declared data are keys of this group; ``under``: of those, the ones of this inner group.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)
