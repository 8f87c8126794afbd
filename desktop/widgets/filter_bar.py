"""The bar over a list: the search, and a chip for each filter in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from db import calendar, text
from desktop import theme
from desktop.kinds import Choice, Link
from desktop.theme import SPACE
from desktop.widgets.common import chip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from desktop.fields import Field
    from desktop.widgets.pick_dialog import PickDialog, RangeDialog

    Options = Callable[[str], Sequence[tuple[Any, str]]]

WAIT_MS = 60  # keys that come faster than this are searched together
GIVEN, NOT_GIVEN = "ثبت‌شده", "ثبت‌نشده"


class Fixed(NamedTuple):
    """A filter that only a figure sets («پرداخت شده»): it can be taken off, not put on."""

    name: str
    label: str


class FilterBar(QWidget):
    """`changed` when the user searches or filters; the page asks for `search` and `filters`."""

    changed = Signal()

    def __init__(self, fields: Sequence[Field], fixed: Sequence[Fixed], options: Options) -> None:
        super().__init__()
        self._fields = {field.name: field for field in fields}
        self._fixed = {each.name: each for each in fixed}
        self._options = options
        self.filters: dict[str, Any] = {}
        self.search_edit = QLineEdit()
        self._chips = QHBoxLayout()
        self._add = chip("پالایه", "filter", checkable=False)
        self._timer = QTimer(self)
        self._build()

    def _build(self) -> None:
        self.search_edit.setObjectName("search")
        self.search_edit.setPlaceholderText("جستجو (Ctrl+F)")
        self.search_edit.setAccessibleName("جستجو در فهرست")
        self.search_edit.setClearButtonEnabled(True)
        self.search_edit.setMaxLength(200)
        self.search_edit.setMinimumWidth(260)
        self.search_edit.addAction(
            theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.changed)
        self.search_edit.textEdited.connect(lambda _text: self._timer.start())
        # The clear button does not count as editing for textEdited.
        self.search_edit.textChanged.connect(lambda text: text or self._timer.start())
        menu = QMenu(self)
        for field in self._fields.values():
            action = QAction(field.label, menu)
            action.triggered.connect(lambda _checked, name=field.name: self.ask(name))
            menu.addAction(action)
        self._add.setMenu(menu)
        if not self._fields:
            self._add.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.search_edit)
        row.addWidget(self._add)
        row.addLayout(self._chips)
        row.addStretch(1)
        self._chips.setSpacing(SPACE[1])

    @property
    def search(self) -> str:
        return self.search_edit.text()

    def show_view(self, search: str, filters: Mapping[str, Any]) -> None:
        """Set both without telling anyone."""
        self.search_edit.setText(search)  # not with blocked signals: the clear button needs them
        self._timer.stop()
        self.filters = dict(filters)
        self._show_chips()

    def add_widget(self, widget: QWidget) -> None:
        """A button of the page at the far end of the bar."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)

    def ask(self, name: str) -> None:
        """Let the user say what to filter a column by."""
        from desktop.widgets.pick_dialog import PickDialog, RangeDialog  # every editor with them

        field = self._fields[name]
        dialog: PickDialog | RangeDialog
        if field.kind.editor == "day":
            dialog = RangeDialog(self, field.label, self.filters.get(name))
        else:
            dialog = PickDialog(self, field.label, self._choices(field), self.filters.get(name))
        if dialog.exec():
            self._set(name, dialog.chosen())

    def _set(self, name: str, value: Any) -> None:
        if value is None:
            self.filters.pop(name, None)
        else:
            self.filters[name] = value
        self._show_chips()
        self.changed.emit()

    def _choices(self, field: Field) -> list[tuple[Any, str]]:
        if isinstance(field.kind, Choice):
            return list(field.kind.choices.items())
        assert isinstance(field.kind, Link)
        given = list(self._options(field.kind.source))
        return given if field.required else [*given, (None, NOT_GIVEN)]

    def _show_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for name in self.filters:
            made = chip(self.words(name), "close", checkable=False)
            made.setToolTip("برداشتن این پالایه")
            made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            made.clicked.connect(lambda _checked, n=name: self._set(n, None))
            self._chips.addWidget(made)

    def words(self, name: str) -> str:
        """A filter in words: «شهرستان: شیراز، فسا»."""
        value = self.filters[name]
        if name in self._fixed:
            return self._fixed[name].label
        field = self._fields.get(name)
        if field is None:
            return "برگزیده"
        if field.kind.editor == "day":
            return f"{field.label}: {range_words(value)}"
        words = dict(self._choices(field)) | {None: NOT_GIVEN}
        named = [words.get(each, "؟") for each in value]
        shown = "، ".join(named[:2]) + _more(named)
        return f"{field.label}: {shown}"


def _more(named: Sequence[str]) -> str:
    return f" و {text.grouped(len(named) - 2)} دیگر" if len(named) > 2 else ""


def range_words(value: Sequence[str | date | None]) -> str:
    """«۱۴۰۲/۰۱/۰۱ تا ۱۴۰۲/۰۳/۳۱», or one side of it; days as ISO text."""
    first, last = (
        calendar.to_persian_date(date.fromisoformat(v) if isinstance(v, str) else v) if v else ""
        for v in value
    )
    if first and last:
        return first if first == last else f"{first} تا {last}"
    if not first and not last:
        return GIVEN
    return f"از {first}" if first else f"تا {last}"
