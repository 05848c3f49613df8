"""Whether people who do not see a page, or do not use a mouse, can use it: axe-core (tests/axe) looks at it in a browser."""

from __future__ import annotations

from typing import Any

from paths import REPOSITORY

_AXE = REPOSITORY / "tests/axe/axe.min.js"
# Of rows that are alike in everything but their words two are enough: axe takes a time that grows with the square of them. The
# others come back afterwards.
_RUN = """async (within) => {
  const seen = new Map(), away = [];
  for (const one of document.querySelectorAll("li, tr, details")) {
    if (!one.isConnected) continue;
    const bare = one.outerHTML.replace(/>[^<]+/g, ">").replace(/ (?!class=|style=)([\\w-]+)="[^"]*"/g, " $1");
    const look = `${one.parentElement.tagName} ${one.parentElement.className} ${bare}`;
    seen.set(look, (seen.get(look) || 0) + 1);
    if (seen.get(look) > 2) {
      away.push([one, document.createComment("")]);
      one.replaceWith(away.at(-1)[1]);
    }
  }
  try {
    return (await axe.run(within, { resultTypes: ["violations"] })).violations;
  } finally {
    for (const [one, mark] of away.reverse()) mark.replaceWith(one);
  }
}"""


def violations(page: Any, within: str = "html") -> list[str]:
    """What axe-core finds wrong with a page, or a part of it, as it is shown now: rule, what it says and the elements."""
    # Evaluated and not linked, for our pages load no script but their own.
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate(_RUN, within)
    return [f"{one['id']}: {one['help']}: {', '.join(str(node['target'][0]) for node in one['nodes'][:5])}" for one in found]
