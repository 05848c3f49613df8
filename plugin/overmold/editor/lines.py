"""A value of a package file as one line of YAML that reads back as the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..marked_yaml.edit import flow


def line(value: Any) -> str:
    """``value``, its scalars the texts that stand in the file, as one line; whole numbers without quotes."""
    return flow(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,8}", value):
        return int(value)
    return "" if value is None else value
