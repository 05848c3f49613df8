"""``overmold schema``."""

from __future__ import annotations

import argparse
import json

from ..exits import KEPT
from .common import emit


def run(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of the package file."""
    from ..package_file.schema import json_schema

    emit(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
    return KEPT
