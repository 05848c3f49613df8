"""What `make demo` shows:  demo.py SPEC FOLDER  builds a package, checks what was built, says where everything is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main(spec: str, folder: str) -> int:
    """Exit code of the first step that fails; 0 if the package was built and keeps every rule."""
    command = [sys.executable, "-m", "overmold"]
    build = [*command, "build", spec, "-o", folder, "--force"]
    built = subprocess.run(build, stdout=subprocess.PIPE, text=True, check=False)
    if built.returncode:
        return built.returncode
    files = [Path(line) for line in built.stdout.splitlines()]
    boards = [path for path in files if path.suffix == ".kicad_pcb"]
    checked = 0
    for board in boards:
        print(f"$ overmold drc {board} --spec {spec}\n", flush=True)
        checked = checked or subprocess.run([*command, "drc", str(board), "--spec", spec], check=False).returncode
    show("Files", [path for path in files if path.suffix != ".svg"])
    show("Pictures", [path for path in files if path.suffix == ".svg"])
    if boards:
        project = boards[0].with_suffix(".kicad_pro")
        print(f"\nOpen {project} in KiCad 9 or 10, or change {spec} and run `make demo` again.")
    return checked


def show(title: str, paths: list[Path]) -> None:
    """A heading and one path a line."""
    print(f"\n{title}:")
    for path in paths:
        print(f"  {path}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
