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
    checked, pages = 0, []
    for board in boards:
        page = board.with_suffix(".check.html")
        print(f"$ overmold drc {board} --spec {spec} --format html={page}\n", flush=True)
        check = [*command, "drc", str(board), "--spec", spec, "--format", f"html={page}"]
        checked = checked or subprocess.run(check, check=False).returncode
        pages.append(page)
    show("Files", [path for path in files if path.suffix not in (".svg", ".step")])
    show("Pictures", [path for path in files if path.suffix == ".svg"])
    show("Shapes in 3-D, for KiCad's viewer and for mechanical CAD", [path for path in files if path.suffix == ".step"])
    if boards:
        project = boards[0].with_suffix(".kicad_pro")
        print(f"\nOpen {project} in KiCad 9 or 10, or change {spec} and run `make demo` again.")
        print(f"The whole report as a page: {', '.join(map(str, pages))}")
    return checked


def show(title: str, paths: list[Path]) -> None:
    """A heading and one path a line."""
    print(f"\n{title}:")
    for path in paths:
        print(f"  {path}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
