"""The project file (.kicad_pro) that makes a folder open as a KiCad project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

CLEARANCE, EDGE_CLEARANCE = 0.02, 0.05  # mm
SMALLEST_HOLE = 0.0508  # mm: Board Setup refuses whatever is less, and with it everything else that was entered there
# What a substrate maker can do is far finer than KiCad's defaults for printed circuit boards; lengths in mm.
_RULES = {
    "min_clearance": 0.01, "min_connection": 0.0, "min_copper_edge_clearance": EDGE_CLEARANCE, "min_hole_clearance": 0.02,
    "min_hole_to_hole": 0.05, "min_microvia_diameter": 0.05, "min_microvia_drill": 0.025, "min_silk_clearance": 0.0,
    "min_text_height": 0.05, "min_text_thickness": 0.005, "min_through_hole_diameter": SMALLEST_HOLE, "min_track_width": 0.01,
    "min_via_annular_width": 0.01, "min_via_diameter": 0.07, "solder_mask_to_copper_clearance": 0.0,
}
_NET_CLASS = {
    "name": "Default", "priority": 2147483647, "clearance": CLEARANCE, "track_width": 0.025, "via_diameter": 0.1,
    "via_drill": 0.06, "microvia_diameter": 0.08, "microvia_drill": 0.05, "diff_pair_gap": 0.025,
    "diff_pair_via_gap": 0.025, "diff_pair_width": 0.025, "bus_width": 12, "wire_width": 6, "line_style": 0,
    "pcb_color": "rgba(0, 0, 0, 0.000)", "schematic_color": "rgba(0, 0, 0, 0.000)",
}


def project_file(name: str) -> bytes:
    """The project ``name``: design rules and net class of a fine-line substrate, everything else KiCad's default."""
    project: Mapping[str, Any] = {
        "board": {
            "design_settings": {
                "defaults": {"fab_line_width": 0.02, "fab_text_size_h": 0.3, "fab_text_size_v": 0.3,
                             "fab_text_thickness": 0.045},
                "meta": {"version": 2},
                "rules": _RULES,
                "track_widths": [0.0, 0.015, 0.025, 0.05],
                "via_dimensions": [{"diameter": 0.0, "drill": 0.0}, {"diameter": 0.08, "drill": 0.06}],
            },
        },
        "meta": {"filename": f"{name}.kicad_pro", "version": 3},
        "net_settings": {"classes": [_NET_CLASS], "meta": {"version": 4}},
        "pcbnew": {"page_layout_descr_file": ""},
        "text_variables": {},
    }
    return (json.dumps(project, indent=2, ensure_ascii=False) + "\n").encode()
