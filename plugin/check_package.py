"""The toolbar button 'Check package': judge the open board and show the verdicts in the browser."""

from __future__ import annotations

import sys

from overmold.search_path import own_packages_first

own_packages_first()

from overmold.buttons import check_package

sys.exit(check_package())
