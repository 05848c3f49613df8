"""Write everything in the repository that is made from something else in it:  make_generated.py  (`make generated`).

The page of rules and their snapshot, the reference of keys and of fields, the floors in docs/architecture.md, the pictures in
docs, the claim charts of the examples and the footprint libraries. tests/test_generated.py says when it is due.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE / "plugin"), str(HERE / "scripts"), str(HERE / "footprints")]

from generate import FOLDERS, library_files

from make_reference import fields_page, keys_page
from make_rules_page import page as rules_page
from overmold.check import check
from overmold.claims import claim_chart
from overmold.drawings.bonding import bonding_diagram
from overmold.drawings.outline import outline_drawing
from overmold.output_file import write_atomically
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pictures.ball_map import ball_map
from overmold.pictures.judged import judgement
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.pictures.window import gap_window
from overmold.report.chart import chart_text
from overmold.rule import Deck, load_deck, snapshot_text
from overmold.study import assumptions_of

EXAMPLES = HERE / "examples"
FOOTPRINTS = HERE / "footprints"
PICTURES = {"demo.section": HERE / "tests/packages/demo.yaml", "stack.section": EXAMPLES / "flip_face-up_flip_stack.yaml",
            "demo.window": HERE / "tests/packages/demo.yaml", "bga.ball-map": EXAMPLES / "fcbga-484_lidless.yaml",
            "qfn.plan": EXAMPLES / "qfn-32_stack.yaml", "bga.outline": EXAMPLES / "fccsp-196.yaml",
            "qfn.bonding": EXAMPLES / "qfn-32_stack.yaml"}


def layers(contract: str) -> str:
    """The layers of an import contract of pyproject.toml, from the ground up."""
    text = (HERE / "pyproject.toml").read_text(encoding="utf-8").split(f'name = "{contract}"')[1]
    rows = re.findall(r'"([^"]+)"', text.split("layers = [")[1].split("]")[0])
    return " < ".join(re.sub(r"[()]", "", row) for row in reversed(rows))


def architecture() -> str:
    """docs/architecture.md, its two lines of floors as the contracts have them."""
    text = (HERE / "docs/architecture.md").read_text(encoding="utf-8")
    house, kicad = layers("Each floor imports only from below"), layers("Inside kicad, too, each room imports only from below")
    text = re.sub(r"(?<=writes this line:\n\n).*", f"    {house}", text)
    return re.sub(r"(?<=Inside `kicad`: ).*", f"`{kicad}`.", text)


def drawn(kind: str, package: Package, deck: Deck) -> str:
    """A picture for the docs, as ``overmold draw`` draws it."""
    judged = judgement(check(package, deck))
    return {"section": lambda: section(package, judged), "plan": lambda: plan(package, judged.marks),
            "ball-map": lambda: ball_map(package, marks=judged.marks),
            "outline": lambda: outline_drawing(package), "bonding": lambda: bonding_diagram(package, deck.rules),
            "window": lambda: gap_window(package, deck.rules, assumptions_of("")) or ""}[kind]()


def generated() -> dict[Path, bytes]:
    """Every generated file with what it should hold; raises Faults where one of its sources cannot be read."""
    files = {HERE / "rules/README.md": rules_page(), HERE / "rules/snapshot.json": snapshot_text(),
             HERE / "docs/keys.md": keys_page(), HERE / "docs/board-fields.md": fields_page(),
             HERE / "docs/architecture.md": architecture()}
    deck = load_deck(examples=False)
    for name, source in PICTURES.items():
        files[HERE / f"docs/{name}.svg"] = drawn(name.partition(".")[2], read_package_file(source), deck)
    for path in sorted(EXAMPLES.glob("*.yaml")):
        package = read_package_file(path)
        # Without the chart's own heading, which names the file as it was named on the command line.
        chart = chart_text(package, claim_chart(check(package, deck))).partition("\n\n")[2]
        files[path.with_suffix(".claims.txt")] = f"{package.name}\n\n{chart}"
    return {**{path: text.encode() for path, text in files.items()},
            **{FOOTPRINTS / name: data for name, data in library_files().items()}}


def due() -> list[Path]:
    """What differs from what it should hold, and what nothing generates any more."""
    files = generated()
    return [path for path, data in files.items() if not path.is_file() or path.read_bytes() != data] + [
        path for name in FOLDERS for path in sorted((FOOTPRINTS / name).glob("*")) if path not in files]


def main() -> None:
    """Bring all of it up to date, and name what was."""
    files = generated()
    for path in due():
        if path in files:
            path.parent.mkdir(exist_ok=True)
            write_atomically(path, files[path])
        else:
            path.unlink()
        print(path.relative_to(HERE))


if __name__ == "__main__":
    main()
