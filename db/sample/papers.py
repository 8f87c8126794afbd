"""The files themselves: licences and lists as Persian text, photographs a hundred points wide."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from db.calendar import long_jalali, month_of, month_title
from db.text import grouped, to_persian_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from db.sample.units import Row

WIDTH: Final = 96
HEIGHT: Final = 64
_SKY, _GROUND, _WALL, _ROOF, _DARK, _LIT, _SMOKE = range(7)
_COLOURS: Final = (
    (176, 205, 228), (150, 130, 100), (205, 200, 190), (120, 110, 105), (60, 62, 66),
    (250, 214, 110), (225, 228, 232),
)  # fmt: skip


class File(NamedTuple):
    """A file, and what it shows of which day: heads at work, capacity in percent."""

    kind: str
    title: str
    file_name: str
    media_type: str
    data: bytes
    day: date | None
    heads: int | None = None
    capacity: int | None = None


def licence(unit: Row) -> File:
    lines = (
        "پروانه بهره‌برداری",
        f"شماره: {to_persian_digits(unit['licence_no'])}",
        f"تاریخ: {long_jalali(unit['licence_on'])}",
        f"نام واحد: {unit['name']}",
        f"دارنده: {unit['owner']}",
        f"محصول: {unit['product']}",
        f"ظرفیت: {grouped(int(unit['nominal_capacity']))} {unit['capacity_measure']}",
        f"نشانی: {unit['address']}",
    )
    return _text("licence", "پروانه بهره‌برداری", f"پروانه {unit['code']}.txt", lines,
                 unit["licence_on"])  # fmt: skip


def insured_list(unit: Row, names: Sequence[str], day: date) -> File:
    """The workers of a month, as social security has them."""
    title = f"فهرست بیمه‌شدگان {month_title(month_of(day))}"
    numbered = (f"{grouped(place)}. {name}" for place, name in enumerate(names, 1))
    lines = (title, f"کارگاه: {unit['name']}", f"شمار بیمه‌شدگان: {grouped(len(names))}", *numbered)
    file = _text("insured_list", title, f"بیمه {unit['code']}.txt", lines, day)
    return file._replace(heads=len(names))


def statistics(unit: Row, day: date, heads: int, capacity: int) -> File:
    """The production of a month: the paper that shows a return without a visit."""
    title = f"آمار تولید {month_title(month_of(day))}"
    made = int(unit["nominal_capacity"]) * capacity // 1200  # a month's part of the percent
    lines = (
        title,
        f"واحد: {unit['name']}",
        f"محصول: {unit['product']}",
        f"تولید ماه: {grouped(made)} {unit['capacity_measure'].removesuffix(' در سال')}",
        f"درصد از ظرفیت پروانه: {grouped(capacity)}",
        f"شمار کارکنان: {grouped(heads)}",
    )
    file = _text("other", title, f"آمار {unit['code']}.txt", lines, day)
    return file._replace(heads=heads, capacity=capacity)


def photograph(visit: Row, *, lit: bool) -> File:
    """The works by day, its windows dark or lit."""
    kind, when = ("photo_after", "پس") if lit else ("photo_before", "پیش")
    shift = visit["id"] % 24
    return File(kind, f"سالن تولید {when} از احیا", f"عکس {visit['id']}.png", "image/png",
                _png(shift, lit=lit), visit["day"])  # fmt: skip


def _text(kind: str, title: str, name: str, lines: Iterable[str], day: date) -> File:
    # The mark tells an old Windows editor that this is no Arabic code page.
    data = "\r\n".join(lines).encode("utf-8-sig")
    return File(kind, title, name, "text/plain", data, day)


def _png(shift: int, *, lit: bool) -> bytes:
    """A picture of a palette of seven colours, packed as the format wants it."""
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = bytes(value for colour in _COLOURS for value in colour)
    rows = b"".join(
        b"\0" + bytes(_point(x, y, shift, lit=lit) for x in range(WIDTH)) for y in range(HEIGHT)
    )
    chunks = (
        (b"IHDR", head),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunks(chunks))


def _chunks(parts: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for name, data in parts:
        yield (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )


def _point(x: int, y: int, shift: int, *, lit: bool) -> int:
    """The colour of a point: sky, ground, a hall with its saw-tooth roof, windows and chimney."""
    x -= shift
    if y >= 54:
        return _GROUND
    if 4 <= x < 64 and y >= 30:
        is_window = 36 <= y < 44 and x % 12 >= 5
        return (_LIT if lit else _DARK) if is_window else _WALL
    if 4 <= x < 64 and y >= 30 - x % 16 * 5 // 8:
        return _ROOF
    if 56 <= x < 61 and y >= 12:
        return _ROOF
    is_smoke = lit and (x - 62 - (12 - y)) ** 2 + (y - 7) ** 2 * 3 < 40
    return _SMOKE if is_smoke else _SKY
