"""Make plugin/overmold/pages/vendor/three.min.js anew: what of three.js the page of a check uses, in one file.

    python scripts/make_three.py

Needs node and npm. The versions are pinned here; the file that is kept in the repository names its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

THREE, ESBUILD = "0.180.0", "0.25.10"
HERE = Path(__file__).parent
VENDOR = HERE.parent / "plugin/overmold/pages/vendor"


def main() -> int:
    """Fetch both packages into a folder of their own, pack, and put file and licence where the page finds them."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text(json.dumps({"private": True}), encoding="utf-8")
        shutil.copy(HERE / "three_entry.js", folder)
        wanted = [f"three@{THREE}", f"esbuild@{ESBUILD}"]
        subprocess.run([npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *wanted], cwd=folder, check=True)
        packed = folder / "three.min.js"
        banner = f"/* three.js {THREE}, copyright its authors, MIT: see LICENSE. Packed by scripts/make_three.py. */"
        esbuild = str(folder / "node_modules/.bin/esbuild")
        subprocess.run([esbuild, "three_entry.js", "--bundle", "--minify", "--format=iife",
                        "--target=es2022", "--global-name=three", "--legal-comments=none", f"--banner:js={banner}",
                        f"--outfile={packed}"], cwd=folder, check=True)
        if "</script" in packed.read_text(encoding="utf-8").lower():
            print("the packed file would end the element of the page that it stands in", file=sys.stderr)
            return 1
        VENDOR.mkdir(exist_ok=True)
        shutil.copy(packed, VENDOR)
        shutil.copy(folder / "node_modules/three/LICENSE", VENDOR)
    print(f"{VENDOR / 'three.min.js'}: {(VENDOR / 'three.min.js').stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
