"""Editors of numbers: typed in any digits, grouped as they are typed, their unit in the field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from db.text import LRM, MINUS, ZWNJ, in_words, read_decimal, to_ascii_digits, to_persian_digits
from desktop.widgets.editors.quiet_text import QuietText
from desktop.widgets.editors.shaped_edit import ShapedEdit
from desktop.widgets.editors.typed_editor import TypedEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

GROUP, DECIMAL, PERCENT = "٬", "٫", "٪"
_GROUPED = re.compile(rf"([-{MINUS}]?)([0-9{GROUP}]*)(?:([{DECIMAL}./])([0-9]*))?")
_PARTING_KEYS = frozenset("٬,، " + ZWNJ)
_SAYABLE = 10**18  # longer than any amount of money; a rule refuses it


def grouped(text: str, suffix: str = "") -> str:
    """A number being typed as it is shown; what is no number stays as typed, to be seen.

    Nothing that is not understood is left out: «۵۰۰ میلیون» must not become 500.
    """
    bare = to_ascii_digits(text).replace(LRM, "").strip()
    bare = bare.removesuffix(suffix).removesuffix("%").removesuffix(PERCENT).strip()
    match = _GROUPED.fullmatch(_without_foreign_groups(bare))
    if match is None:
        return to_persian_digits(text)
    sign, whole, mark, rest = match.groups()
    digits = whole.replace(GROUP, "")
    first = len(digits) % 3
    groups = [digits[:first]] if first else []
    groups += [digits[i : i + 3] for i in range(first, len(digits), 3)]
    shown = (MINUS if sign else "") + GROUP.join(groups)
    return to_persian_digits(shown + (DECIMAL + rest if mark else ""))


def _without_foreign_groups(text: str) -> str:
    """«1,500,000» pasted from elsewhere; but «1,5» may be a decimal, and stays unread."""
    if not _PARTING_KEYS & set(text.replace(GROUP, "")):
        return text
    try:
        read_decimal(text)
    except ValueError:
        return text
    return "".join(char for char in text if char not in _PARTING_KEYS)


def in_toman(rials: int) -> str:
    """«یکصد و پنجاه میلیون تومان» for 1,500,000,000 rials; the rial that make no toman too."""
    toman, rest = divmod(abs(rials), 10)
    parts = [f"{in_words(toman)} تومان"] if toman else []
    if rest or not toman:
        parts.append(f"{in_words(rest)} ریال")
    return ("منفی " if rials < 0 else "") + " و ".join(parts)


class _NumberEdit(ShapedEdit):
    def __init__(self, suffix: str, is_whole: bool) -> None:
        super().__init__(lambda text: grouped(text, suffix), GROUP)
        self._is_whole = is_whole
        self.type_left_to_right()
        self.set_suffix(suffix)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The groups are made by themselves; where a comma may mean a decimal it stays, unread.
        if self._is_whole and event.text() in _PARTING_KEYS:
            event.accept()
            return
        super().keyPressEvent(event)


class NumberEditor(TypedEditor):
    """A count, a percentage, a rate: whether it may have decimals is asked of `read`."""

    def __init__(
        self,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        suffix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        edit = _NumberEdit(suffix or _mark_of(show), not _reads_decimals(read))
        super().__init__(edit, read, show, parent)
        self.stack(edit)


def _mark_of(show: Callable[[Any], str]) -> str:
    return PERCENT if show(0).endswith(PERCENT) else ""


def _reads_decimals(read: Callable[[str], Any]) -> bool:
    try:
        read("1.5")
    except ValueError:
        return False
    return True


class RialEditor(NumberEditor):
    """An amount in rial; under it the same amount in words, in toman."""

    def __init__(
        self,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        suffix: str = "ریال",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(read, show, suffix, parent)
        self.words = QuietText(wraps=True)
        self.stack(self.words)

    def tell(self) -> None:
        words = self._words()
        self.words.say(words)
        self.edit.setAccessibleDescription(words)

    def _words(self) -> str:
        try:
            rials = self.value()
        except ValueError:
            return ""
        return "" if rials is None or abs(rials) >= _SAYABLE else in_toman(rials)
