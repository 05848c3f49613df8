"""Messages use the trade's English: *expected a length*, *unknown key*, *is not a number*, *not checked*."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from paths import PLUGIN, REPOSITORY, RULES

# "There is no chip" is fine; "U1 is no chip" is not. "no longer", "no more than" and the like compare.
ODD = re.compile(r"\b(?:is|are) due\b|\bput to the test\b|\bnot known here\b|\bis no key\b|\b(?<!there )(?<!There )"
                 r"(?:is|are) no (?!longer|more|less|better|worse|nearer|farther|wider|higher|lower)")
KNOWN = {"not put to the test"}  # the old status in the JSON report, until 0.2


def messages(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string of a module that is no docstring; names in an f-string stand as {}."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in joined for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            parts.add(id(node.body[0].value))  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.lineno, node.value


def test_no_message_is_in_odd_english() -> None:
    odd = [f"{path.relative_to(PLUGIN)}:{line}: {text}" for path in sorted(PLUGIN.rglob("*.py"))
           for line, text in messages(path) if ODD.search(text) and text not in KNOWN]
    assert odd == []


def test_no_page_or_rule_is_in_odd_english() -> None:
    files = [*(REPOSITORY / "docs").glob("*.md"), REPOSITORY / "README.md", *RULES.rglob("*.yaml"), *PLUGIN.rglob("*.html")]
    odd = {path.name: found for path in files if (found := ODD.findall(path.read_text(encoding="utf-8")))}
    assert odd == {}
