"""Names the Debian packages whose libraries Qt needs and does not find on this system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

# Under Qt's folder of the PySide6 wheel: what the program loads, and its way to a screen.
PROGRAM = [
    "lib/libQt6PrintSupport.so.6",
    "lib/libQt6Svg.so.6",
    "plugins/platforms/libqoffscreen.so",
]
X11 = [
    "plugins/platforms/libqxcb.so",
    "plugins/xcbglintegrations/libqxcb-glx-integration.so",
    "plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
]
WAYLAND = ["plugins/platforms/libqwayland.so"]

# Packages whose name does not follow from the library's.
IRREGULAR = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}


def missing_libraries(ldd_output: str) -> list[str]:
    """The libraries that ldd could not find, each once; Qt's own come with the wheel."""
    found = re.findall(r"^\s*(\S+) => not found", ldd_output, flags=re.MULTILINE)
    return sorted({name for name in found if not name.startswith("libQt6")})


def debian_package(library: str) -> str:
    """Debian's name for a library's package: libEGL.so.1 is in libegl1, libX11.so.6 in libx11-6."""
    if library in IRREGULAR:
        return IRREGULAR[library]
    name, _, version = library.partition(".so.")
    dash = "-" if name[-1].isdigit() else ""
    return f"{name}{dash}{version}".lower().replace("_", "-")


def libraries_of_qt(purpose: str) -> list[Path]:
    """The files of the installed wheel that must load: for a window or for no screen at all."""
    wheel = find_spec("PySide6")
    if wheel is None or wheel.origin is None:
        return []
    wanted = list(PROGRAM)
    if purpose == "window":
        wanted += X11
        if os.environ.get("WAYLAND_DISPLAY"):
            wanted += WAYLAND
    qt = Path(wheel.origin).parent / "Qt"
    return [qt / name for name in wanted if (qt / name).exists()]


def main() -> None:
    """Prints the packages in one line; nothing where all is there, or where there is no ldd."""
    files = libraries_of_qt(sys.argv[1] if len(sys.argv) > 1 else "window")
    ldd = shutil.which("ldd")
    if ldd is None or not files:
        return
    told = subprocess.run([ldd, *files], capture_output=True, text=True, check=False).stdout
    packages = sorted({debian_package(library) for library in missing_libraries(told)})
    if packages:
        sys.stdout.write(" ".join(packages) + "\n")


if __name__ == "__main__":
    main()
