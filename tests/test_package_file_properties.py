"""Whatever a file holds, reading it gives a Package or Faults that say where: never anything else."""

import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.faults import Faults
from overmold.package import Package
from overmold.package_file import read_package_text
from overmold.package_file.starter import starter
from test_package_file_wires import WIRED

PACKAGES = Path(__file__).parent / "packages"
FILES = {"demo": (PACKAGES / "demo.yaml").read_bytes(), "starter": starter("X")["X.yaml"].encode(), "wired": WIRED.encode()}
NETS = (PACKAGES / "demo_nets.csv").read_bytes()
INSERTED = [b"\t", b"[", b"}", b":", b"- ", b"*", b"&a ", b"!", b"'", b'"', b"\x00", b"%", b"\xff", b"|", b"{", b",",
            b"#", b"\n---\n", b"9" * 30]
CASES = settings(max_examples=dose(175, 700), deadline=None, suppress_health_check=list(HealthCheck))


def _judge(text, folder=PACKAGES):
    package, faults = None, ()
    try:
        package = read_package_text(text, "p.yaml", folder)
    except Faults as raised:
        faults = raised.faults
    for fault in faults:
        assert fault.file
        assert fault.line >= 1
        assert fault.column >= 1
        assert fault.message.strip()
        assert "\n" not in fault.message
    if package is None:
        assert faults
        return None
    assert isinstance(package, Package)
    if package.balls is not None:
        assert len(package.balls.nets) == len(package.balls.sides) == len(package.balls.sites)
    for chip in package.chips:
        assert chip.bumps is None or len(chip.bumps.nets) == len(chip.bumps.sites)
    return package


def _mutated(data: bytes, seed: int) -> bytes:
    """One to four small accidents, as an editor, a merge or a bad disk makes them."""
    chance = random.Random(seed)
    for _ in range(chance.choice([1, 1, 2, 4])):
        lines = data.split(b"\n")
        i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
        what = chance.randrange(9)
        if what == 0 and data:
            at = chance.randrange(len(data))
            data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]
        elif what == 1:
            data = b"\n".join(lines[:i] + lines[i + 1:])
        elif what == 2:
            data = b"\n".join([*lines[:i], lines[i], *lines[i:]])
        elif what == 3:
            lines[i], lines[j] = lines[j], lines[i]
            data = b"\n".join(lines)
        elif what == 4:
            data = data[:chance.randrange(len(data) + 1)]
        elif what == 5:
            values = [line.partition(b":") for line in lines]
            lines[i], lines[j] = values[i][0] + b":" + values[j][2], values[j][0] + b":" + values[i][2]
            data = b"\n".join(lines)
        elif what == 6:
            at = chance.randrange(len(data) + 1)
            data = data[:at] + chance.choice(INSERTED) + data[at:]
        elif what == 7:
            lines[i] = chance.choice([b" ", b"  "]) + lines[i]
            data = b"\n".join(lines)
        else:
            words = data.split(b" ")
            a, b = chance.randrange(len(words)), chance.randrange(len(words))
            words[a], words[b] = words[b], words[a]
            data = b" ".join(words)
    return data


@CASES
@given(st.sampled_from(sorted(FILES)), st.integers(0, 2**32))
def test_a_mutated_package_file_is_read_or_faulted(name, seed):
    _judge(_mutated(FILES[name], seed), PACKAGES)


def test_a_mutated_netlist_is_read_or_faulted(tmp_path):
    for seed in range(300):
        (tmp_path / "demo_nets.csv").write_bytes(_mutated(NETS, seed))
        _judge(FILES["demo"], tmp_path)


# Random files: sound skeletons with values that are sometimes sound, sometimes of another key, sometimes nonsense.

_sound_length = st.sampled_from(["1 mm", "65 um ± 8 um", "0.3 mm", "60 um .. 70 um", "10 um +2/-1 um", "250 um"])
_odd = st.one_of(
    st.none(), st.booleans(), st.integers(-10**12, 10**12), st.floats(), st.text(max_size=8), st.just([]), st.just({}),
    st.sampled_from(["-1 mm", "1e400 mm", "9" * 400, "NO", "1:30", "±", "5 mm ± 9 mm", "carrier", "U1", "[", "&"]),
    st.lists(st.one_of(st.integers(-3, 3), st.text(max_size=3), _sound_length), max_size=4),
    st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=3),
)


def _or_odd(strategy):
    return st.integers(0, 79).flatmap(lambda dice: _odd if dice == 0 else strategy)


def _group(needed, optional):
    return st.fixed_dictionaries({key: _or_odd(value) for key, value in needed.items()},
                                 optional={key: _or_odd(value) for key, value in optional.items()})


_length = _or_odd(_sound_length)
_pair = st.lists(st.sampled_from(["1 mm", "2 mm", "0.5 mm"]), min_size=2, max_size=2)
_corners = st.one_of(
    st.just([["0 mm", "0 mm"], ["3 mm", "0 mm"], ["0 mm", "3 mm"]]),
    st.lists(st.lists(st.sampled_from(["-2 mm", "0 mm", "1 mm", "3 mm"]), min_size=2, max_size=2), max_size=6))
_name = st.sampled_from(["U1", "U2", "C1", "C2", "R1", "PKG1", "010"])
_selectors = st.lists(st.sampled_from(["A1", "B2:C3", "row A", "columns 2:3", "Z1", ["0 mm", "0 mm", "9 mm", "9 mm"]]),
                      max_size=2)
_grid = _group(
    {"grid": st.lists(st.integers(1, 6), min_size=2, max_size=2), "pitch": st.one_of(st.just("0.8 mm"), _pair)},
    {"offset": _pair, "stagger": st.sampled_from(["checkerboard", "hexagonal rows"]), "rings": st.integers(1, 3),
     "centre": st.just([2, 2]), "corners": st.integers(0, 2), "skip": _selectors, "keep": _selectors, "only": _selectors,
     "names": _group({}, {"first": st.sampled_from(["A1", "C5", "1"]), "corner": st.just("top right"),
                          "prefix": st.just("X")})})
_sites = _group({"at": st.dictionaries(st.sampled_from(["A1", "A2", "010", "a b"]), _pair, max_size=4)}, {"offset": _pair})
_array = st.one_of(st.just({"grid": [3, 3], "pitch": "0.5 mm"}), _grid, _sites,
                   _group({"zones": st.lists(st.one_of(_grid, _sites), max_size=2)}, {"offset": _pair}))
_bumps = _group({"array": _array, "diameter": _length}, {"height": _length, "pad": _length, "alloy": st.just("SAC305")})
_chip = _group({"name": _name, "bonded": st.sampled_from(["flip-chip", "face-up"])},
               {"size": _pair, "outline": _corners, "bumps": _bumps, "at": _pair, "angle": st.just("30 deg"),
                "thickness": _length, "gap": _length, "attach": _length, "pads": _group({"array": _array, "size": _length}, {}),
                "on": st.one_of(_name, st.lists(_name, max_size=3))})
_passive = _group({"name": _name, "size": st.one_of(st.just("0201"), _pair), "at": _pair},
                  {"nets": st.lists(st.sampled_from(["VDD", "NO", "", "010"]), max_size=3), "angle": st.just("90 deg"),
                   "pads": st.lists(_group({"at": _pair, "size": _pair}, {}), max_size=3)})
_angle = st.sampled_from(["0 deg", "90 deg", "33 deg"])
_fingers = _group({"size": _pair}, {
    "ring": _pair, "count": st.lists(st.integers(0, 4), min_size=2, max_size=2), "pitch": _length, "prefix": _name,
    "row": _group({"from": _pair, "to": _pair, "count": st.integers(0, 3)}, {}),
    "arc": _group({"radius": _length, "from": _angle, "to": _angle, "count": st.integers(0, 3)}, {"centre": _pair}),
    "at": st.dictionaries(st.sampled_from(["F1", "F2", "a b"]), _pair, max_size=3), "angle": _angle,
    "nets": st.lists(st.sampled_from(["VDD", ""]), max_size=3), "mask": st.sampled_from(["open", "covered"])})
_end = st.sampled_from(["U1.A1", "U1.A2", "U2.A1", "F1", "F2", "F3", "paddle", "X"])
_wire_data = {"diameter": _length, "loop_height": _length, "tier": st.integers(0, 2),
              "profile": st.sampled_from(["standard", "reverse", "round"])}
_wires = _group({}, {
    "defaults": _group({}, _wire_data), "csv": st.just("none.csv"),
    "list": st.lists(st.one_of(st.lists(_end, min_size=1, max_size=3), _group({"from": _end, "to": _end}, {
        **_wire_data, "at": _pair})), max_size=4),
    "auto": _group({"chips": st.lists(_name, max_size=2), "max_length": _length}, {
        "max_angle": _angle, "tiers": st.integers(0, 2), "tier_step": _length})})
_layer = _group({"layer": st.sampled_from(["mask", "copper", "core"]), "thickness": _length}, {})
_row = st.tuples(st.sampled_from(["VDD", "GND", "", "A B"]), st.sampled_from(["U1.A1", "C1.1", "C1.9", "U9.A1", ""]),
                 st.sampled_from(["A1", "B2", "Z99", ""])).map(list)
_package = _group(
    {"package": st.just("P"), "carrier": _group({"kind": st.just("substrate")}, {
        "size": _pair, "outline": _corners, "stackup": st.lists(_layer, max_size=4),
        "fingers": st.lists(_fingers, max_size=2)})},
    {"chips": st.lists(_chip, max_size=3), "passives": st.lists(_passive, max_size=3),
     "mold": _group({}, {"cap": _length, "outline": st.one_of(st.just("carrier"), _pair, _corners), "filler": _length,
                         "process": _group({}, {"pressure": st.just("10 mmHg"), "temperature": st.just("175 degC")})}),
     "balls": _group({"array": _array, "diameter": _length}, {"standoff": _length, "side": st.just("far side")}),
     "singulation": _group({"method": st.just("saw")}, {"street": _length}), "max_height": _length,
     "netlist": st.lists(_row, max_size=3), "wires": _wires},
)


def _yaml(value):
    """As YAML's flow style, with every text in double quotes (JSON's, which YAML reads) but the harmless ones."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_yaml(str(key))}: {_yaml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(inner) for inner in value) + "]"
    if isinstance(value, str):
        harmless = value.replace(" ", "").replace(".", "").isalnum() and value.isascii()
        quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return value if harmless and value == value.strip() else quoted
    return "" if value is None else str(value)


@CASES
@given(_package)
def test_a_random_package_file_is_read_or_faulted(package):
    text = "".join(f"{key}: {_yaml(value)}\n" for key, value in package.items())
    _judge(text)


@CASES
@given(st.one_of(st.text(), st.binary(), st.text("[]{}:,-&*!|>'\"%@`#? \n\tab12")))
def test_any_text_or_bytes_at_all_are_faulted(text):
    assert _judge(text) is None
