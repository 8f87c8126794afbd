"""The two lists of the due calendar: unpaid instalments, and the loans to be called about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QKeySequence

from db import calendar
from db.queries import dues
from desktop import theme
from desktop.dues import fields
from desktop.exchange.export import export_list
from desktop.pages.batch import BatchBar
from desktop.pages.list_rows import ListRows
from desktop.pages.list_spec import RowsSpec
from desktop.pages.row_acts import RowActs
from desktop.theme import SPACE
from desktop.widgets.common import button
from desktop.widgets.filter_bar import Fixed
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from desktop.paper.printing import Printed
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame

CALLED: Final = "تماس گرفته شد"
CALL_KEYS: Final = "Ctrl+N"
CHOOSE_FIRST: Final = "نخست ردیفی را برگزینید که با آن تماس گرفته‌اید."
MOST_PRINTED: Final = 1_000
TOO_MANY: Final = (
    "این فهرست {0} ردیف دارد و تا {1} ردیف چاپ می‌شود؛ با پالایه کوچکش کنید یا چند ردیف برگزینید."
)
_FILTERS = (
    fields.BANK_CHOICE, fields.COUNTY_CHOICE, fields.GROUP_CHOICE, fields.LOAN_CLASS,
    fields.CALL_STATE,
)  # fmt: skip
_AGAIN = Fixed("again", "تماس امروز")

INSTALMENTS = RowsSpec(
    page="dues",
    title="سررسیدها",
    icon="dues",
    empty="قسط پرداخت‌نشده‌ای نیست.",
    source=dues.SOURCE,
    table=fields.TABLE,
    shown=fields.SHOWN,
    card=fields.CARD,
    name=fields.UNIT,
    filters=(fields.WINDOW, fields.DUE_ON, *_FILTERS, fields.BANKS),
    fixed=(_AGAIN, Fixed("first", "نخستین قسط هر تسهیلات")),
    sums=(fields.LEFT,),
    word="قسط",
)
CALLS = RowsSpec(
    page="dues/calls",
    title="فهرست تماس",
    icon="phone",
    empty="کسی نیست که باید با او تماس گرفت: نه قسط گذشته‌ای، نه قرار تماسی برای امروز.",
    source=dues.CALLS,
    table=fields.CALL_TABLE,
    shown=fields.CALL_SHOWN,
    card=fields.CALL_CARD,
    name=fields.UNIT,
    filters=(*_FILTERS, fields.OLDEST_DUE_ON, fields.AGAIN_ON, fields.LAST_CALL),
    fixed=(_AGAIN, Fixed("behind", "با قسط گذشته")),
    sums=(fields.OVERDUE,),
)


class CallActs(RowActs):
    """One thing can be done with the chosen rows: to note that they were called about."""

    def __init__(self, page: DueRows) -> None:
        super().__init__(page)
        self._rows = page
        self.live = BatchBar([(CALLED, "phone", page.call)])
        self.bars = (self.live,)

    def fill_menu(self, menu: QMenu) -> None:
        if not self.chosen():
            return
        menu.addSeparator()
        made = menu.addAction(theme.icon("phone"), CALLED)
        made.setShortcut(QKeySequence(CALL_KEYS))
        made.setShortcutVisibleInContextMenu(True)
        made.triggered.connect(self._rows.call)


class DueRows(ListRows):
    """A row opens the page of its loan."""

    def _make_acts(self) -> RowActs:
        return CallActs(self)

    def _build(self) -> None:
        super()._build()
        column = self.list.layout()
        assert column is not None
        column.setContentsMargins(0, SPACE[1], 0, 0)  # it stands under tabs
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        super()._connect()
        called = button(CALLED, "phone")
        called.clicked.connect(self.call)
        self.card.add_act(called)
        self.table.opened.connect(
            lambda row: self.frame.go(Door("loans", record=self.loan_of(row), returns=True))
        )

    def loan_of(self, row: Any) -> int:
        """The loan a row is of."""
        return int(row.loan_id)

    def chosen_rows(self) -> list[Any]:
        """The chosen rows in their order; the current one if no others are."""
        places = self.table.selected_positions()
        if len(places) > 1:
            found = (self.table.rows.row_at(place) for place in places)
            return [row for row in found if row is not None]
        row = self.table.current()
        return [] if row is None else [row]

    def call(self) -> None:
        """«تماس گرفته شد»: of the chosen rows, each loan once."""
        rows = {self.loan_of(row): row for row in self.chosen_rows()}
        if not rows:
            self.frame.toast(CHOOSE_FIRST, "")
            return
        from desktop.dues.call_dialog import CallDialog  # with every editor of a form

        dialog = CallDialog(self.window(), self.frame, list(rows.values()))
        if dialog.exec():
            dialog.save(list(rows))


class InstalmentRows(DueRows):
    """Unpaid instalments, by their due days."""

    SPEC = INSTALMENTS


class CallRows(DueRows):
    """The loans to be called about; printed, and exported with their penalties."""

    SPEC = CALLS

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        from desktop.paper.printing import PrintButton

        self.print = PrintButton(frame, "چاپ", self._to_print)
        self.bar.add_widget(self.print)

    def loan_of(self, row: Any) -> int:
        return int(row.id)

    def _filter_words(self) -> list[str]:
        words = [self.bar.words(name) for name in self.view.filters]
        return [f"جستجو: {self.view.search}", *words] if self.view.search else words

    def export(self) -> None:
        from desktop.dues.penalties import PenaltyListing

        as_of = self.frame.as_of() or calendar.today()
        listing = PenaltyListing(self.listing, self.frame.database.read, as_of)
        shown = (*self.table.visible_fields(), fields.PENALTY)
        export_list(self, self.frame, self.SPEC.title, shown, listing, self._filter_words())

    def _to_print(self) -> Callable[[Progress], Printed] | None:
        """The chosen rows if there are several, else all of them."""
        from desktop.dues.printing import printed

        places = self.table.selected_positions()
        count = len(places) if len(places) > 1 else len(self.listing)
        if count > MOST_PRINTED:
            from db.text import grouped

            self.frame.toast(TOO_MANY.format(grouped(count), grouped(MOST_PRINTED)), "warn")
            return None
        chosen = self.chosen_rows() if len(places) > 1 else None
        listing, database, words = self.listing, self.frame.database, self._filter_words()
        as_of = self.frame.as_of() or calendar.today()

        def read(progress: Progress) -> Printed:
            rows = list(listing.every_row()) if chosen is None else chosen
            return printed(database, rows, as_of, words, progress)

        return read
