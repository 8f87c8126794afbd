"""The page of one unit with its field work, returns, loans and history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from db import calendar
from db.commands import units as commands
from db.models.unit import Unit
from db.queries import changes
from db.queries import units as queries
from desktop import choices
from desktop.pages.history_view import HistoryView
from desktop.pages.list_page import refresh_panel
from desktop.pages.record_page import RecordPage
from desktop.units import fields
from desktop.units.field_work import OBSTACLES, Holds, StopBanner
from desktop.units.returns import ReturnsTab
from desktop.widgets.common import button, scrolled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame

DOCUMENTS, REVIVAL = "اسناد", "احیا"


class UnitPage(RecordPage):
    """One unit. What was done in it has tabs once it is stored."""

    SECTIONS = fields.FORM
    NEW_TITLE = "واحد تازه"
    PINNED = (fields.COUNTY, fields.GROUP, fields.REGISTERED_ON)
    SUGGESTED = (Unit.product, Unit.capacity_measure)

    def __init__(
        self,
        frame: Frame,
        record_id: int | None,
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        self._returns: ReturnsTab | None = None
        self._history: HistoryView | None = None
        self._has_tabs = False
        self.holds = Holds(frame)
        self.stop = StopBanner(frame)
        super().__init__(frame, record_id, values, parent)

    def _build(self) -> None:
        super()._build()
        self.under.addWidget(self.stop)
        self.under.addWidget(self.holds)
        self.holds.pressed.connect(lambda: self._show_tab(OBSTACLES))

    def _show_tab(self, title: str) -> None:
        titles = [self.tabs.tabText(place) for place in range(self.tabs.count())]
        self.tabs.setCurrentIndex(titles.index(title))

    def fetch(self, session: Session, record_id: int) -> Unit:
        return queries.get(session, record_id)

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Unit:
        return commands.save_unit(session, self.record_id, values, self.version)

    def new_values(self) -> dict[str, Any]:
        return {"registered_on": calendar.today()}

    def heading(self, record: Any) -> str:
        return f"{record.name}  ({fields.CODE.kind.show(record.code)})"

    def suffix(self, session: Session, record: Any) -> tuple[str, str]:
        stage = queries.stage(session, record.id, self.frame.as_of() or calendar.today())
        return choices.UNIT_STAGE.show(stage), choices.UNIT_STAGE.tones.get(stage, "")

    def beside_state(self) -> Sequence[QWidget]:
        self.why = button("چرا؟", "help")
        self.why.setToolTip("چرا این مرحله، و برای گام بعد چه لازم است")
        self.why.clicked.connect(self.show_why)
        return (self.why,)

    def show_why(self) -> None:
        """The steps behind the stage, in a dialog."""
        from desktop.units.why import WhyDialog

        assert self.record_id is not None
        day = self.frame.as_of() or calendar.today()
        with self.frame.database.read() as session:
            stage = queries.stage(session, self.record_id, day)
            steps = queries.reasons(session, self.record_id, day)
        WhyDialog(self.window(), self.title.text(), stage, steps, day).open()

    def after_load(self) -> None:
        self.why.setVisible(self.record_id is not None)
        self.stop.show_unit(self.record_id)
        self.holds.show_unit(self.record_id)
        if self.record_id is None:
            return
        if not self._has_tabs:
            self._has_tabs = True
            self._add_tabs(self.record_id)
        for place in range(self.tabs.count()):
            refresh_panel(self.tabs.widget(place))
        for part in (self._returns, self._history):
            if part is not None:
                part.refresh()

    @property
    def returns(self) -> ReturnsTab:
        """The tab «احیا»."""
        self.made_tab(REVIVAL)
        assert self._returns is not None
        return self._returns

    def _make_returns(self, unit_id: int) -> QWidget:
        self._returns = ReturnsTab(self.frame, unit_id)
        self._returns.refresh()
        return scrolled(self._returns)

    def _make_history(self, unit_id: int) -> QWidget:
        self._history = HistoryView(self.frame, lambda s: changes.of_unit(s, unit_id))
        self._history.refresh()
        return self._history

    def _add_tabs(self, unit_id: int) -> None:
        of_unit = {"unit_id": [unit_id]}
        for page, title in (("visits", "پایش"), ("obstacles", OBSTACLES), ("actions", "اقدام‌ها")):
            self.add_later(partial(self.frame.panel, page, of_unit), title)
        self.add_later(partial(self._make_returns, unit_id), REVIVAL, ReturnsTab.RECORD)
        for page, title in (
            ("loans", "تسهیلات"), ("documents", DOCUMENTS), ("unit_file", "پرونده"),
        ):  # fmt: skip
            self.add_later(partial(self.frame.panel, page, of_unit), title)
        self.add_later(partial(self._make_history, unit_id), "تاریخچه")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped anywhere on the page is for its documents."""
        self._show_tab(DOCUMENTS)
        self.tabs.currentWidget().event(event)
