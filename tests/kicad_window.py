"""The window of a KiCad on a virtual screen: looked at, clicked into, kept as pictures."""

from __future__ import annotations

import struct
import subprocess
import time
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from waiting import PATIENCE, wait_for

Picture = NDArray[np.uint8]  # (height, width, 3): red, green, blue


class Window:
    """A virtual screen by its display name and its frame buffer; ``album`` is where pictures are kept."""

    def __init__(self, display: str, buffer: Path, album: Path) -> None:
        self.display, self.buffer, self.album = display, buffer, album

    def look(self) -> Picture:
        """What is on the screen now."""
        data = self.buffer.read_bytes()
        head = struct.unpack(">25I", data[:100])
        size, width, height, per_line, colours = head[0], head[4], head[5], head[12], head[19]
        raw = np.frombuffer(data, np.uint8, per_line * height, size + 12 * colours).reshape(height, per_line)
        return raw[:, :4 * width].reshape(height, width, 4)[:, :, 2::-1].copy()  # stored blue, green, red, unused

    def keep(self, name: str) -> None:
        """Keep a picture of the screen."""
        self.album.mkdir(parents=True, exist_ok=True)
        (self.album / f"{name}.png").write_bytes(png(self.look()))

    def do(self, *arguments: object) -> str:
        """Run xdotool; what it says."""
        done = subprocess.run(["xdotool", *map(str, arguments)], env={"DISPLAY": self.display, "PATH": "/usr/bin:/bin"},
                              capture_output=True, text=True, check=False, timeout=PATIENCE)
        return done.stdout.strip()

    def click(self, at: tuple[int, int]) -> None:
        """Click with the left button."""
        self.do("mousemove", *at)
        time.sleep(0.2)
        self.do("click", 1)

    def keys(self, *names: str) -> None:
        """Press keys, one after another."""
        for name in names:
            self.do("key", "--clearmodifiers", name)
            time.sleep(0.15)

    def fill_with(self, title: str) -> None:
        """Let the window with this title fill the screen, so that no button is left out."""
        number = self.window(title)
        self.do("windowmove", number, 0, 0, "windowsize", number, "100%", "100%")

    def find(self, icon: Path, patience: float = PATIENCE) -> tuple[int, int]:
        """Where an icon stands on the screen, as soon as it does."""
        picture = read_png(icon)
        return wait_for(lambda: find_icon(self.look(), picture), f"{icon.name} on the screen", patience, 1.0)

    def window(self, title: str, patience: float = PATIENCE) -> str:
        """The number of the window with this title, as soon as there is one."""
        return wait_for(lambda: self.shown(title), f"a window called {title}", patience)  # type: ignore[no-any-return]

    def shown(self, title: str) -> str:
        """The number of the window with this title that is shown now, "" where there is none."""
        return next(iter(self.do("search", "--onlyvisible", "--name", title).splitlines()[-1:]), "")


def find_icon(screen: Picture, icon: NDArray[np.uint8]) -> tuple[int, int] | None:
    """The middle of the place whose pixels are those of the icon where it is opaque; None where there is none."""
    solid = np.argwhere(icon[:, :, 3] == 255)
    colours = icon[solid[:, 0], solid[:, 1], :3].astype(np.int16)
    height, width = icon.shape[:2]
    # The pixels farthest from the window's grey come first: few places have even one of them, and only those are looked at.
    order = np.argsort(-np.ptp(colours, axis=1), kind="stable")
    (y, x), colour = solid[order[0]], colours[order[0]]
    down, across = screen.shape[0] - height + 1, screen.shape[1] - width + 1
    near = np.abs(screen[y:y + down, x:x + across].astype(np.int16) - colour).max(axis=2) <= 12
    places = np.argwhere(near)
    for index in order[1:]:
        there = screen[places[:, 0] + solid[index, 0], places[:, 1] + solid[index, 1]].astype(np.int16)
        places = places[np.abs(there - colours[index]).max(axis=1) <= 12]
        if not len(places):
            return None
    y, x = places[0]
    return int(x) + width // 2, int(y) + height // 2


def read_png(path: Path) -> NDArray[np.uint8]:
    """A picture of our own: eight bits a channel with transparency, not interlaced, as (height, width, 4)."""
    data, at, packed = path.read_bytes(), 8, b""
    width = height = 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (8, 6), f"{path} is no RGBA picture"
        packed += body if kind == b"IDAT" else b""
        at += length + 12
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + 4 * width)
    made = np.zeros((height + 1, 4 * (width + 1)), np.int64)  # a row above and a pixel before the first, all zero
    for y, row in enumerate(rows):
        _unfilter(int(row[0]), row[1:].astype(np.int64), made[y], made[y + 1])
    return made[1:, 4:].reshape(height, width, 4).astype(np.uint8)


def _unfilter(kind: int, row: NDArray[np.int64], above: NDArray[np.int64], out: NDArray[np.int64]) -> None:
    """Undo one of PNG's five filters (specification, section 9.2)."""
    for i, value in enumerate(row.tolist()):
        left, up, corner = int(out[i]), int(above[i + 4]), int(above[i])
        if kind == 4:
            guess = left + up - corner
            near = [abs(guess - left), abs(guess - up), abs(guess - corner)]
            base = (left, up, corner)[near.index(min(near))]
        else:
            base = (0, left, up, (left + up) // 2)[kind]
        out[i + 4] = (value + base) % 256


def png(picture: Picture) -> bytes:
    """A picture as a PNG file."""
    height, width, _ = picture.shape

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = np.concatenate([np.zeros((height, 1), np.uint8), picture.reshape(height, 3 * width)], axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(rows.tobytes(), 6))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")
