"""The editor of a link: one row of another list, found by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit

from db.text import search_key, search_terms
from desktop import theme
from desktop.widgets.editors.finder import Finder, Option
from desktop.widgets.editors.shaped_edit import ShapedEdit
from desktop.widgets.editors.text import one_line
from desktop.widgets.editors.typed_editor import TypedEditor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

GONE = "(در فهرست نیست)"


class LinkEditor(TypedEditor):
    """The value is the id. Text that means no option, or more than one, cannot be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ShapedEdit(one_line), self._resolve, self._label, parent)
        self._options: list[Option] = []
        self._keys: list[str] = []
        self._labels: dict[Any, str] = {}
        self._search: Callable[[str], Iterable[tuple[Any, str]]] | None = None
        self._finder = Finder(self.edit, self._find)
        self._finder.chosen.connect(self._choose)
        self._arrow = self.edit.addAction(
            theme.icon("down"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._arrow.setText("همه گزینه‌ها")
        self._arrow.setToolTip("همه گزینه‌ها")
        self._arrow.triggered.connect(self._show_all)
        self.stack(self.edit)

    def set_options(self, options: Iterable[tuple[Any, str]]) -> None:
        """What can be chosen, in the order to show it; what is chosen stays."""
        self._take(options)
        if self.edit.text() == self._shown:
            self.set_value(self._given)

    def _take(self, options: Iterable[tuple[Any, str]]) -> None:
        kept = {} if self._search is None else self._labels  # what was found once stays readable
        self._options = [Option(*option) for option in options]
        self._keys = [search_key(option.label) for option in self._options]
        self._labels = {**kept, **dict(self._options)}

    def set_search(self, search: Callable[[str], Iterable[tuple[Any, str]]]) -> None:
        """For a list too long to hand over whole: `search` brings the best few of what is typed."""
        self._search = search

    def tidy(self) -> None:
        self._finder.take_lit()
        super().tidy()

    def _label(self, value: Any) -> str:
        return self._labels.get(value, GONE if self._options else "")

    def _find(self, text: str) -> list[Option]:
        if self._search is not None:
            self._take(self._search("" if text == self._shown else text))
            return self._options
        if text == self._shown:
            return self._options  # not being typed: all others are wanted
        terms, whole = search_terms(text), search_key(text)
        found = [
            (not key.startswith(whole), option)
            for option, key in zip(self._options, self._keys, strict=True)
            if all(term in key for term in terms)
        ]
        return [option for _, option in sorted(found, key=lambda pair: pair[0])]

    def _resolve(self, text: str) -> Any:
        key = search_key(text)
        if self._search is not None:
            self._take(self._search(text))
        same = [i for i, other in enumerate(self._keys) if other == key]
        found = [self._options[i] for i in same] or (
            self._options if self._search is not None else self._find(text)
        )
        if len(found) != 1:
            raise ValueError(f"{len(found)} options are called {text!r}")
        return found[0].id

    def _choose(self, option: Option) -> None:
        is_another = option.id != self._given or self.edit.text() != self._shown
        self.set_value(option.id)
        self.edit.end(False)
        if is_another:
            self.edited.emit()

    def _show_all(self) -> None:
        self.edit.setFocus()
        if self._finder.is_open:
            self._finder.close()
            return
        if self._search is not None:
            self._take(self._search(""))
        ids = [option.id for option in self._options]
        self._finder.open(
            self._options, ids.index(self._given) if self._given in self._labels else -1
        )
