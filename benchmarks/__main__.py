"""Run every benchmark and print one table; exit code 1 if a row is not reached.  python -m benchmarks [NAME...]"""

from __future__ import annotations

import importlib
import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COLUMNS = ("what", "peer", "ours", "peer's", "ratio", "to reach", "")


def main(names: list[str]) -> int:
    """Each module runs in a process of its own, so that no benchmark inherits another's memory or imports."""
    names = names or sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    rows: list[dict[str, Any]] = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "benchmarks", "--rows", name]
        done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode == 0:
            rows += json.loads(done.stdout.splitlines()[-1])
        else:
            rows.append({"what": f"benchmarks/{name}.py", "to_reach": "to run at all", "ok": False})
    print(f"\nPython {platform.python_version()}, {platform.machine()}\n")
    print_table([[cell(row, column) for column in COLUMNS] for row in rows])
    for row in rows:
        if row.get("note"):
            print(f"\n{row['what']}: {row['note']}")
    return 0 if all(row["ok"] for row in rows) else 1


def cell(row: dict[str, Any], column: str) -> str:
    """One cell of the table as text; `-` where there is nothing to say."""
    if column in ("ours", "peer's"):
        return seconds(row.get("ours_s" if column == "ours" else "peer_s"), row.get("peer_killed") and column != "ours")
    if column == "ratio":
        ratio = row.get("ratio")
        return "-" if ratio is None else ("> " if row.get("peer_killed") else "") + f"{ratio:.3g} x"
    if column == "":
        return "ok" if row["ok"] else "NOT"
    value = row.get(column.replace(" ", "_"))
    if column == "to reach" and isinstance(value, (int, float)):
        return f"{value:g} x"
    return "-" if value is None else str(value)


def seconds(value: float | None, killed: bool | None) -> str:
    """A time with three digits; `> ` before the time of a peer that was stopped at its limit."""
    if value is None:
        return "-"
    words = f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"
    return "> " + words if killed else words


def print_table(rows: list[list[str]]) -> None:
    """Columns as wide as their widest cell, numbers to the right."""
    rows = [list(COLUMNS), *rows]
    widths = [max(len(row[k]) for row in rows) for k in range(len(COLUMNS))]
    for number, row in enumerate(rows):
        cells = [text.rjust(width) if 2 <= k <= 4 else text.ljust(width)
                 for k, (text, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rows"]:
        print(json.dumps(importlib.import_module(f"benchmarks.{sys.argv[2]}").run()))
    else:
        sys.exit(main(sys.argv[1:]))
