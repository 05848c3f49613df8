"""The toolbar button 'Package from selection': write what the selected footprints are as a package file."""

from __future__ import annotations

import sys

from overmold.search_path import own_packages_first

own_packages_first()

from overmold.buttons import package_from_selection

sys.exit(package_from_selection())
