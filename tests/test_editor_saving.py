"""What the editor writes: whole, read back, and never over what somebody else has there without asking."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from overmold.faults import Faults
from overmold.package_file import read_package_file
from overmold.pages import serve
from overmold.pages.edit import Desk
from paths import DEMO


@pytest.fixture
def file(tmp_path: Path) -> Path:
    shutil.copy(DEMO, tmp_path / "mine.yaml")
    shutil.copy(DEMO.parent / "demo_nets.csv", tmp_path)
    return tmp_path / "mine.yaml"


def desk_in(folder: Path, **more: Any) -> Desk:
    return Desk(begin_in=lambda: folder, **more)


def sent(desk: Desk, **changes: str) -> dict[str, Any]:
    look = desk.look({})
    text = look["text"]
    for old, new in changes.items():
        text = text.replace(old, new)
    return {"text": text, "tables": look["tables"]}


def test_only_what_changed_is_written_and_what_is_there_is_known_afterwards(file: Path) -> None:
    desk = desk_in(file.parent)
    desk.open({"file": str(file)})
    assert desk.look({})["is_saved"] is True
    times = {path.name: path.stat().st_mtime_ns for path in file.parent.iterdir()}
    data = sent(desk)
    data["text"] = data["text"].replace("cap: 315 um", "cap: 320 um")
    assert desk.look(data)["is_saved"] is False  # a page that is loaded anew must know
    done = desk.save(data)
    assert done["done"] == f"Saved and read back: {file}"
    assert file.with_name("demo_nets.csv").stat().st_mtime_ns == times["demo_nets.csv"]
    assert desk.look({})["is_saved"] is True
    assert desk.save(data)["done"]  # a second time nobody has to be asked
    assert sorted(path.name for path in file.parent.iterdir()) == ["demo_nets.csv", "mine.yaml"]


def test_a_table_that_somebody_changed_meanwhile_is_asked_about_only_where_it_is_written(file: Path) -> None:
    desk = desk_in(file.parent)
    desk.open({"file": str(file)})
    table = file.with_name("demo_nets.csv")
    data = sent(desk)
    theirs = table.read_text(encoding="utf-8") + "# theirs\n"
    table.write_text(theirs, encoding="utf-8")
    assert desk.save(data)["done"]
    assert table.read_text(encoding="utf-8") == theirs
    desk.open({"file": str(file)})
    data = sent(desk)
    table.write_text(theirs + "# more\n", encoding="utf-8")
    mine = {**data, "tables": {"demo_nets.csv": data["tables"]["demo_nets.csv"] + "# mine\n"}}
    assert desk.save(mine) == {"changed": [str(table)]}
    assert table.read_text(encoding="utf-8") == theirs + "# more\n"
    assert desk.save({**mine, "force": True})["done"]
    assert table.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_new_package_asks_before_it_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "NEW.yaml").write_text("mine\n", encoding="utf-8")
    (tmp_path / "overmold.schema.json").write_text("{}\n", encoding="utf-8")
    desk = desk_in(tmp_path)
    desk.start({"kind": "qfn", "name": "NEW"})
    data = sent(desk)
    assert desk.save(data) == {"changed": [str(tmp_path / "NEW.yaml")]}
    assert (tmp_path / "NEW.yaml").read_text(encoding="utf-8") == "mine\n"
    assert desk.save({**data, "force": True})["done"]
    assert read_package_file(tmp_path / "NEW.yaml").name == "NEW"
    assert (tmp_path / "overmold.schema.json").read_text(encoding="utf-8") == "{}\n"  # it serves every package of a folder
    with pytest.raises(Faults, match="cannot be a package's name"):
        desk.start({"kind": "qfn", "name": "../NEW"})


def test_what_cannot_be_read_is_saved_only_where_somebody_wants_that(file: Path) -> None:
    desk = desk_in(file.parent)
    desk.open({"file": str(file)})
    before = file.read_bytes()
    data = {**sent(desk), "text": "package: P\n"}
    (fault,) = desk.save(data)["unfinished"]
    assert "'carrier' is missing" in fault
    assert file.read_bytes() == before
    assert desk.save({**data, "unfinished": True})["done"]
    assert file.read_text(encoding="utf-8") == "package: P\n"


def test_links_folders_that_are_not_there_and_names_of_no_package_file_are_told(file: Path) -> None:
    other = file.with_name("other.yaml")
    other.symlink_to(file)
    desk = desk_in(file.parent)
    desk.open({"file": str(other)})
    before = file.read_bytes()
    with pytest.raises(Faults, match="is a link; it stays as it is"):
        desk.save(sent(desk))
    assert file.read_bytes() == before
    desk.open({"file": str(file)})
    for name, words in (("no/x.yaml", "there is no such folder"), ("x.txt", r"ends in \.yaml")):
        with pytest.raises(Faults, match=words):
            desk.save({**sent(desk), "file": name})
    assert desk.save({**sent(desk), "file": "copy.yaml"})["file"] == str(file.with_name("copy.yaml"))
    with pytest.raises(Faults, match="is not a package file"):
        desk.open({"file": str(file.with_name("demo_nets.csv"))})
    for odd in ({"text": 1}, {"text": "x", "tables": {"../x": ""}}, {"text": "x", "tables": {"a": 1}}):
        with pytest.raises(Faults, match="load it anew"):
            desk.save(odd)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may do everything is refused nothing")
def test_a_folder_that_cannot_be_written_into_is_told(file: Path) -> None:
    desk = desk_in(file.parent)
    desk.open({"file": str(file)})
    data = sent(desk)
    file.parent.chmod(0o500)
    try:
        with pytest.raises(Faults, match="cannot be written"):
            desk.save({**data, "file": "copy.yaml"})
    finally:
        file.parent.chmod(0o700)


def test_a_page_that_nobody_has_come_to_yet_is_waited_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(file.parent))
    ended: list[float] = []
    start = time.monotonic()

    def run(first_s: float) -> None:
        serve(lambda nonce: "", {}, open_page=lambda one: True, reload_s=0.1, silence_s=0.1, first_s=first_s)
        ended.append(time.monotonic() - start)

    threads = [threading.Thread(target=run, args=(seconds,), daemon=True) for seconds in (0.0, 3.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert ended[0] < 2.5
    assert ended[1] >= 3.0
