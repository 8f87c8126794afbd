"""What goes into a cell: text that stays text, numbers Excel does not change, rows as XML."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.cell.cell import Cell

LONGEST_TEXT: Final = 32_767  # UTF-16 units in a cell; Excel drops the rest without a word
LONGEST_TITLE: Final = 31
EXACT: Final = 10**15  # Excel keeps fifteen digits of a number and makes the others zero

_NO_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_DROPPED = re.compile(f"[{_NO_XML}]")
_LINE_ENDS = re.compile("\r\n?")
_READ_AS_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ODD = re.compile(f"[&<>\r{_NO_XML}]|_x[0-9A-Fa-f]{{4}}_")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_XML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def clean(text: str) -> str:
    """The text as Excel can hold it: what no XML may contain is gone, a cut is seen as «…»."""
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    if len(text) * 2 <= LONGEST_TEXT or _units(text) <= LONGEST_TEXT:
        return text
    cut = text.encode("utf-16-le")[: (LONGEST_TEXT - 1) * 2]
    return cut.decode("utf-16-le", "ignore") + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def escaped(text: str) -> str:
    """Excel reads «_x0041_» in a file as A: its underscore is written as an escape itself."""
    return _READ_AS_ESCAPE.sub("_x005F_", text)


def exact(value: Any) -> Any:
    """A number Excel would change (over fifteen digits) as text; no number (NaN) as nothing."""
    if isinstance(value, int) and abs(value) >= EXACT:
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def put(cell: Cell, value: Any) -> None:
    """Set a value; text is text even when it looks like a formula or an error."""
    value = exact(value)
    if isinstance(value, str):
        cell.value = escaped(clean(value))
        cell.data_type = "s"
    else:
        cell.value = value


def title(text: str, taken: Sequence[str] = ()) -> str:
    """A sheet title Excel accepts, made from any text and unlike those taken."""
    start = " ".join(_NOT_IN_TITLE.sub(" ", clean(text)).split()).strip("' ") or "برگه"
    found, number = _cut(start, ""), 1
    while found.casefold() in {other.casefold() for other in taken} | {"history"}:
        number += 1
        found = _cut(start, f" {number}")
    return found


def _cut(text: str, suffix: str) -> str:
    room = (LONGEST_TITLE - len(suffix)) * 2
    short = text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore")
    return short.rstrip("' ") + suffix


def text_xml(text: str) -> str:
    """The inside of `<is>`: escaped, with its outer spaces and line breaks kept."""
    if _ODD.search(text) or len(text) * 2 > LONGEST_TEXT:
        text = escaped(clean(text)).translate(_XML)
    if text.strip() != text or "\n" in text:
        return f'<t xml:space="preserve">{text}</t>'
    return f"<t>{text}</t>"


def row_writer(styles: Sequence[int]) -> Callable[[int, Sequence[Any]], str]:
    """A function from (row number, values) to the XML of the row; `styles` are cell formats.

    This is the loop that decides how long an export takes: two million cells in a big one.
    """
    starts = [f'<c r="{get_column_letter(n)}' for n in range(1, len(styles) + 1)]
    ends = [f'" s="{style}"' for style in styles]
    columns = list(zip(starts, ends, strict=True))

    def write(number: int, values: Sequence[Any]) -> str:
        parts = [f'<row r="{number}">']
        add = parts.append
        for (start, end), value in zip(columns, values, strict=True):
            kind = type(value)
            if value is None or value == "":
                add(f"{start}{number}{end}/>")
            elif kind is str:
                add(f'{start}{number}{end} t="inlineStr"><is>{text_xml(value)}</is></c>')
            elif kind is int and -EXACT < value < EXACT:
                add(f"{start}{number}{end}><v>{value}</v></c>")
            else:
                add(f"{start}{number}{end}{_other(value)}")
        add("</row>")
        return "".join(parts)

    return write


def _other(value: Any) -> str:
    """The rest of a cell whose value is neither text nor a small whole number."""
    value = exact(value)
    if value is None:
        return "/>"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"><v>{value!r}</v></c>"
    return f' t="inlineStr"><is>{text_xml(str(value))}</is></c>'
