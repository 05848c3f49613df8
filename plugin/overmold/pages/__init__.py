"""Local pages in the browser: how the toolbar buttons talk with people, for no window toolkit has wheels everywhere.

``serve`` shows one page and runs its actions until the page is closed; ``render`` makes the page from a template. A page's
script calls ``act(name, data)``, which answers what the action of that name returns; faults are shown by themselves.
"""

from .log import log_file, write_error, write_log
from .render import render
from .server import Action, serve

__all__ = ["Action", "log_file", "render", "serve", "write_error", "write_log"]
