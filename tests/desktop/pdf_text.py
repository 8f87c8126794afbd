"""The words of a PDF that Qt has written, a line at a time, from the left."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GLYPH = re.compile(r"([-.\d]+) ([-.\d]+) Td <([0-9A-F]+)> Tj")


def lines(path: Path) -> list[str]:
    """Each piece of text of one letter form; its signs by their place on the page."""
    data = path.read_bytes()
    objects = {
        int(found[1]): found[2]
        for found in re.finditer(rb"(\d+) 0 obj\n(.*?)endobj", data, re.DOTALL)
    }
    streams = {number: _unpacked(body) for number, body in objects.items()}
    letters = {name: _letters(streams[cmap]) for name, cmap in _fonts(objects)}
    return [line for text in streams.values() for line in _lines(text, letters)]


def _unpacked(body: bytes) -> str:
    found = re.search(rb"stream\r?\n(.*?)endstream", body, re.DOTALL)
    if found is None:
        return ""
    if b"/Filter" not in body[: found.start()]:
        return found[1].decode("latin-1")
    try:
        return zlib.decompress(found[1]).decode("latin-1")
    except zlib.error:
        return ""


def _fonts(objects: dict[int, bytes]) -> Iterator[tuple[str, int]]:
    """The name of each font, and the object that says which letters its glyphs are."""
    for body in objects.values():
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", body):
            cmap = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
            if cmap is not None:
                yield name.decode(), int(cmap[1])


def _letters(cmap: str) -> dict[int, str]:
    found = {}
    for first, last, to in re.findall(r"<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>", cmap):
        for offset in range(int(last, 16) - int(first, 16) + 1):
            found[int(first, 16) + offset] = chr(int(to[:4], 16) + offset)
    for first, _last, some in re.findall(r"<([0-9A-F]+)> <([0-9A-F]+)> \[([^\]]*)\]", cmap):
        for offset, to in enumerate(re.findall(r"<([0-9A-F]+)>", some)):
            found[int(first, 16) + offset] = chr(int(to[:4], 16))
    return found


def _lines(text: str, letters: dict[str, dict[int, str]]) -> Iterator[str]:
    for font, block in re.findall(r"BT\n/(F\d+) .*?\n(.*?)ET", text, re.DOTALL):
        place, signs = 0.0, list[tuple[float, str]]()
        for across, _down, glyph in _GLYPH.findall(block):
            place += float(across)
            signs.append((place, letters[font].get(int(glyph, 16), "?")))
        yield "".join(sign for _, sign in sorted(signs))
