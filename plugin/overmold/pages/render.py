"""Pages from templates. jinja2 is imported when the first page is made: whatever KiCad is told goes first."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from .host import BUTTON, Host
from .log import log_file

if TYPE_CHECKING:
    import jinja2

_TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)


def render(template: str, nonce: str = "", host: Host = BUTTON, **values: Any) -> str:
    """The page that ``templates/<template>.html`` makes of ``values``, all of it in one file.

    ``nonce`` is that of the server that shows it, and ``host`` whose that is; without one the page has no script and stands
    for itself.
    """
    return _environment().get_template(f"{template}.html").render(
        nonce=nonce, live=bool(nonce), host=host, version=__version__, log=str(log_file()), **values)
