"""What every group of keys of a package file is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Group(BaseModel):
    """A group of keys; a key that is not listed is a fault."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
