"""Whether people who do not see a page, or do not use a mouse, can use it: axe-core (tests/axe) looks at it in a browser."""

from __future__ import annotations

from typing import Any

from paths import REPOSITORY

_AXE = REPOSITORY / "tests/axe/axe.min.js"


def violations(page: Any, within: str = "html") -> list[str]:
    """What axe-core finds wrong with a page, or a part of it, as it is shown now: rule, what it says and the elements."""
    # Evaluated and not linked, for our pages load no script but their own.
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    run = "(within) => axe.run(within, { resultTypes: ['violations'] }).then((result) => result.violations)"
    found = page.evaluate(run, within)
    return [f"{one['id']}: {one['help']}: {', '.join(str(node['target'][0]) for node in one['nodes'][:5])}" for one in found]
