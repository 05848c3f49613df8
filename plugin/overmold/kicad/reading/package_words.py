"""What footprints of libraries are called: packages with leads, balls or bare lands under them, and what else there is."""

from __future__ import annotations

import re

from ...faults import fail

LEADS = re.compile(r"(?i)qfn|dfn|lfcsp|(?:f|d)fpn|(?<![a-z])[vuwxt]{0,2}son(?![a-z])|(?<![a-z])(?:ml[fp][dqp]?|lpcc|llp|"
                    r"power(?:pak|di|flat)|micropak|sot-?\d+|lcc|utlp|t[ds]son|tison|tsnp|qfj|hvson|xson|uson|wson|vson|udfn|tdfn|wdfn|dhvqfn|x1son|x2son|lson)(?![a-z])")
ARRAYS = re.compile(r"(?i)bga|(?<!lf)csp|wlp|flip.?chip|(?<![a-z])fc(?![a-z])|smd.?ball|dsbga")
WAFERS = re.compile(r"(?i)wlcsp|wl-?csp|wlp|dsbga|ucsp|(?<!lf)(?<!fc)(?<!lfb)(?<!ss)csp")
BARE = re.compile(r"(?i)lga|land.?grid")
# Leads that are bent outwards or under, whatever their lands are.
_BENT = re.compile(r"(?i)(?<![a-z])(?:[a-z]{0,3}qfp|[a-z]{0,3}ssop|[a-z]{0,2}sop|soic|so|soj|tsoc|plcc|to-?2\d\d|"
                   r"sot-?(?:23|89|143|223|323|363))(?![a-z])")
# What no package is called: in any words of a footprint, and those that a chip may be described with in its name alone.
_OTHER = re.compile(r"(?i)connector|pin ?header|socket|receptacle|jumper|potentiometer|trimmer|relay|transformer|choke|"
                    r"7.?segment|net.?tie|buzzer|fiducial|test.?point|button")
_OTHER_NAME = re.compile(r"(?i)switch|(?<![a-z])sw_|(?<![a-z])crystal|resonator|oscillator|antenna|hdmi|usb|microsd|"
                         r"edge|battery|motor|shunt|(?<![a-z])r_|(?<![a-z])l_|header|terminal|m\.2_")


def must_be_flat(name: str, words: str, source: str) -> None:
    """Raises Faults where the name is that of a package with bent leads, or the words are those of no package at all."""
    if _BENT.search(name) and not (LEADS.search(name) or BARE.search(name)):
        raise fail(source, "its name is that of a package whose leads are bent (SO, QFP, PLCC, SOT), and it is not one that "
                   "stands on lands under itself")
    other = _OTHER.search(words) or _OTHER_NAME.search(name)
    if other and not any(pattern.search(words) for pattern in (LEADS, BARE, ARRAYS)):
        raise fail(source, f"it is called '{other[0].lower().strip('_')}', and nothing calls it a package")
