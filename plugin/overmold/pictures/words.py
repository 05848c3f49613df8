"""How wide words are, where no font can be asked: widths of DejaVu Sans, the widest of the fonts that pictures name."""

from __future__ import annotations

from collections.abc import Sequence

SIZES = {"title": 17.0, "note": 12.0, "small": 10.0, "net": 9.0}
SIZE = 13.0
LINE = 17.0  # pixels from one line of words to the next
ASCENT, DESCENT = 0.94, 0.25  # of the size, above and below the baseline
_BOLD = 1.13
_WIDTHS = {
    letter: width for width, letters in (
        (0.3, "'ijlIJ"), (0.345, " ,./:;\\|"), (0.42, "!()[]-ftr"), (0.56, 'csz?*_`"'),
        (0.64, "0123456789abdeghknopquvxy$EFLPS{}µ"), (0.70, "ABCKRTVXYZ"), (0.79, "DGHNOQU&"), (0.84, "w+#<>=~^±×"),
        (1.0, "mMW%@…"),
    ) for letter in letters
}
_WIDEST = 1.05  # of letters that are in no row


def width_of(words: str, kind: str = "") -> float:
    """Pixels that a line of words takes, never less than it does."""
    em = sum(_WIDTHS.get(letter, _WIDEST) for letter in words)
    return em * SIZES.get(kind, SIZE) * (_BOLD if kind == "title" else 1.0)


def fitted(words: str, room: float, kind: str = "") -> str:
    """The words, or as many letters of them as fit into ``room`` pixels and an ellipsis; "" where not even three do."""
    if width_of(words, kind) <= room:
        return words
    kept = words[:int(room)]
    while len(kept) > 2 and width_of(kept + "…", kind) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…" if len(kept) > 2 else ""


def wrapped(names: Sequence[str], room: float, lines: int, kind: str = "") -> list[str]:
    """Names separated by commas on at most so many lines; the last says how many more there are."""
    written = [""]
    for number, name in enumerate(names):
        more = f" and {len(names) - number} more"
        piece = fitted(name, room / 2, kind) + ("," if number + 1 < len(names) else "")
        longer = f"{written[-1]} {piece}".strip()
        is_last = len(written) == lines
        if width_of(longer + (more if is_last else ""), kind) <= room:
            written[-1] = longer
        elif is_last:
            written[-1] = written[-1].rstrip(",") + more
            break
        else:
            written.append(piece)
    return written


def spread(wanted: Sequence[float], gap: float, least: float) -> list[float]:
    """Positions in the order of ``wanted`` (which rises), each as near to the wanted one as leaves ``gap`` between
    neighbours, and none below ``least``."""
    return spread_by(wanted, [gap] * len(wanted), least - gap / 2)


def spread_by(wanted: Sequence[float], tall: Sequence[float], least: float) -> list[float]:
    """As ``spread``, for things of different heights ``tall`` given by their middles, which do not meet; none begins over
    ``least``."""
    blocks: list[list[float]] = []  # mean shift of a run of neighbours that touch, and how many they are
    offsets, offset = [], 0.0
    for height in tall:
        offsets.append(offset + height / 2)
        offset += height
    for place, own in zip(wanted, offsets):
        blocks.append([place - own, 1.0])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (mean, count), (other, others) = blocks[-2], blocks.pop()
            blocks[-1] = [(mean * count + other * others) / (count + others), count + others]
    means = [mean for mean, count in blocks for _ in range(int(count))]
    return [max(mean, least) + own for mean, own in zip(means, offsets)]
