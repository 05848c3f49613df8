"""Pack the archives for KiCad's Plugin and Content Manager:  package.py FOLDER [--offline [linux|macos|windows ...]]

The plugin goes as plugins/, the footprints as footprints/ of a second package: KiCad reloads its library tables only
after a package of type library. With --offline there is one more of the plugin, for this system or for those named, that
carries what the plugin needs and is set up without a network. Same checkout (and same zlib), same bytes.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE / "plugin"), str(HERE / "footprints")]

from generate import IDENTIFIER

import wheelhouse
from overmold.kicad.installed.payload import plugin_files, tree

EPOCH = (1980, 1, 1, 0, 0, 0)


def main(folder: str, *words: str) -> None:
    """Write the archives and name them."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    systems = words[1:] or (wheelhouse.own_system(),) if words[:1] == ("--offline",) else ()
    if (words and not systems) or not set(systems) <= set(wheelhouse.SYSTEMS):
        raise SystemExit(__doc__)
    plugin = json.loads((HERE / "metadata.json").read_text(encoding="utf-8"))
    write(target, plugin, {"plugins": plugin_files()})
    write(target, library_metadata(plugin), {"footprints": tree(HERE / "footprints", ".kicad_mod"),
                                             "3dmodels": tree(HERE / "footprints", ".step")})
    for system in systems:
        write_offline(target, plugin, system)


def write_offline(target: Path, plugin: dict[str, Any], system: str) -> None:
    """The plugin with its wheels; raises SystemExit where these cannot be had."""
    files = plugin_files()
    with tempfile.TemporaryDirectory() as folder:
        found = wheelhouse.wheels(system, HERE / "plugin/requirements.txt", Path(folder))
    files["requirements.txt"] = wheelhouse.HEAD.encode() + files["requirements.txt"]
    files.update({f"{wheelhouse.FOLDER}/{name}": data for name, data in found.items()})
    version = {**plugin["versions"][0], "platforms": [system]}
    write(target, {**plugin, "versions": [version]}, {"plugins": files}, f"-offline-{system}")


def library_metadata(plugin: dict[str, Any]) -> dict[str, Any]:
    """What the library package says of itself; whatever does not differ is taken from the plugin's."""
    version = {key: value for key, value in plugin["versions"][0].items() if key != "runtime"}
    return {
        **plugin,
        "name": "Overmold footprints",
        "description": "Land patterns of moulded BGA, CSP, QFN, DFN and LGA packages with 3-D models, made from package files",
        "description_full": "The library overmold: land patterns for customers' boards with models in 3-D; and "
        "overmold_carriers: carriers to begin a package's own board from. Each is generated from a short package file that "
        "names its dimensions. They work without the plugin Overmold, which builds and checks such packages.",
        "identifier": IDENTIFIER,
        "type": "library",
        "category": "general",
        "versions": [version],
    }


def write(folder: Path, metadata: dict[str, Any], tops: dict[str, dict[str, bytes]], suffix: str = "") -> None:
    """One archive with these files by top folder, its members sorted and dated alike; printed with its size."""
    own = {"LICENSE": (HERE / "LICENSE").read_bytes()}
    files = {f"{top}/{name}": data for top, its in tops.items() for name, data in {**its, **own}.items()}
    size = sum(map(len, files.values()))
    metadata["versions"][0]["install_size"] = size
    files = {
        **files,
        "metadata.json": (json.dumps(metadata, indent=2, ensure_ascii=False) + "\n").encode(),
        "resources/icon.png": (HERE / "resources/icon.png").read_bytes(),
    }
    path = folder / f"{metadata['identifier']}-{metadata['versions'][0]['version']}{suffix}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix: Windows would write another byte here
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    print(f"{path}  {len(files)} files, {path.stat().st_size / 1000:.0f} kB, {size / 1000:.0f} kB installed")


if __name__ == "__main__":
    main(*sys.argv[1:])
