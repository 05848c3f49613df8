"""Pages from templates. jinja2 is imported when the first page is made: whatever KiCad is told goes first."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..pictures.svg import STYLE
from .compiled import compiled_before
from .host import BUTTON, Host
from .log import log_file

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Own:
    """A style or script of ours, without a word from any file; ``hash`` is how a policy names it."""

    text: Markup
    hash: str


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, optimized=False, bytecode_cache=compiled_before())


def render(template: str, nonce: str = "", scripts: Sequence[Own] = (), host: Host = BUTTON,
           **values: Any) -> str:
    """The page that ``templates/<template>.html`` makes of ``values``, all of it in one file.

    ``nonce`` is that of the server that shows it, and ``host`` whose that is. Without one the page stands for itself: it has a
    policy that lets nothing run but ``scripts``, and nothing load.
    """
    return _environment().get_template(f"{template}.html").render(
        nonce=nonce, live=bool(nonce), host=host, version=__version__, log=str(log_file()), style=own("style.css"),
        scripts=scripts, **values)


def fragment(panel: str, **values: Any) -> Markup:
    """What ``templates/panels/<panel>.html`` makes of ``values``, in which nothing is markup unless it was made so here."""
    from markupsafe import Markup

    return Markup(_environment().get_template(f"panels/{panel}.html").render(**values))


@lru_cache(maxsize=8)
def own(template: str) -> Own:
    """The style or script that a template and those that it includes make."""
    from markupsafe import Markup

    known = _environment()
    of_panels = {kind: [one for one in known.list_templates([kind]) if one.startswith("panels/")] for kind in ("js", "css")}
    return _named(known.get_template(template).render(panels=of_panels, picture_style=Markup(STYLE)))


@lru_cache(maxsize=1)
def three() -> Own:
    """three.js, as ``scripts/make_three.py`` has packed what of it the page uses."""
    return _named((Path(__file__).parent / "vendor/three.min.js").read_text(encoding="utf-8"))


def _named(text: str) -> Own:
    from markupsafe import Markup

    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Own(Markup(text), f"sha256-{digest}")


def in_script(data: Any) -> Markup:
    """Data as JSON that can stand in an element of the page, whatever words are in it."""
    from markupsafe import Markup

    words = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return Markup(words.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
