"""``python -m overmold`` is the ``overmold`` command."""

import sys

from .cli import main

sys.exit(main())
