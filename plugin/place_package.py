"""The toolbar button 'Place package': put a package file's parts into the open board."""

from __future__ import annotations

import sys

from overmold.search_path import own_packages_first

own_packages_first()

from overmold.buttons import place_package

sys.exit(place_package())
