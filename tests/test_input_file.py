"""A file that was named: its bytes, or one fault that says what is wrong with the name."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from overmold.faults import Faults
from overmold.input_file import LARGEST, read_input


def fault(path: Path) -> str:
    with pytest.raises(Faults) as caught:
        read_input(path)
    (one,) = caught.value.faults
    assert one.file == str(path)
    return one.message


def test_a_file_is_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00\xff")
    assert read_input(tmp_path / "a") == b"\x00\xff"


def test_what_is_no_file_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    assert fault(tmp_path / "none") == fault(tmp_path / "a" / "b") == "there is no such file"
    assert fault(tmp_path) == "is a folder; name a file in it"
    assert fault(tmp_path / ("€" * 150)) == "cannot be read: File name too long"
    assert fault(tmp_path / "a\0b") == "cannot be read: no file has such a name"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert fault(tmp_path / "pipe") == "is a pipe or a device; save what it gives as a file"


def test_a_file_of_a_terabyte_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(10**12)
    assert fault(tmp_path / "huge") == f"the file has 1000000 MB; the most that is read is {LARGEST // 10**6} MB"
