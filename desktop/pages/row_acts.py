"""The chosen rows of a list, and the bar of what is done to several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu

    from desktop.pages.batch import BatchBar
    from desktop.pages.list_rows import ListRows


class RowActs:
    """A subclass says what can be done; by itself nothing."""

    bars: Sequence[BatchBar] = ()

    def __init__(self, page: ListRows) -> None:
        self._page, self._frame = page, page.frame

    def chosen(self) -> list[int]:
        """The ids of the chosen rows in their order; the current one if no others are."""
        if self._page.record is not None:
            return []
        places = self._page.table.selected_positions()
        if len(places) > 1:
            return [self._page.listing.ids[place] for place in places]
        row = self._page.table.current()
        return [] if row is None else [row.id]

    def words(self, ids: Sequence[int]) -> str:
        """«پارس نخ», or «۳ واحد»."""
        if len(ids) == 1:
            return f"«{self._page.SPEC.name.text(self._page.table.current())}»"
        return self.count_words(len(ids))

    def count_words(self, count: int) -> str:
        spec = self._page.SPEC
        word = spec.word or self._frame.fields_of(spec.source.record.__tablename__)[0]
        return f"{text.grouped(count)} {word}"

    def bar(self) -> BatchBar | None:
        """The one that stands while several rows are chosen."""
        return next(iter(self.bars), None)

    def show(self, count: int) -> None:
        """The bar of what can be done with several rows, while several are chosen."""
        shown = self.bar()
        for bar in self.bars:
            bar.setVisible(count > 1 and bar is shown)
        if count > 1 and shown is not None:
            shown.label.setText(f"{self.count_words(count)} برگزیده")

    def fill_menu(self, menu: QMenu) -> None:
        """What the table offers beside opening and copying."""
