"""The base lists: counties, estates, industries, obstacle kinds, agencies, banks, holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db.commands import lookups as commands
from db.queries import changes
from db.queries.lookups import MODELS, SOURCES
from desktop.lookups import fields
from desktop.pages.history_view import HistoryView
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.pages.record_page import RecordPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.base import Record
    from desktop.drafts import Draft
    from desktop.fields import Field
    from desktop.widgets.frame import Frame

# source → title, new, own fields, what uses it
LISTS: dict[str, tuple[str, str, tuple[Field, ...], tuple[Field, ...]]] = {
    "county": ("شهرستان‌ها", "شهرستان تازه", fields.COUNTY, (fields.UNITS,)),
    "estate": ("شهرک‌ها و ناحیه‌ها", "شهرک تازه", fields.ESTATE, (fields.UNITS,)),
    "industry": ("رشته‌های فعالیت", "رشتهٔ تازه", fields.INDUSTRY, (fields.UNITS,)),
    "obstacle_kind": ("نوع‌های مانع", "مانع تازه", fields.OBSTACLE, (fields.OBSTACLES,)),
    "agency": ("دستگاه‌ها", "دستگاه تازه", fields.AGENCY, (fields.OBSTACLES,)),
    "bank": ("بانک‌ها", "بانک تازه", fields.BANK, (fields.LOANS,)),
    "holiday": ("تعطیل‌های رسمی", "تعطیل تازه", fields.HOLIDAY, ()),
}


def record_page(source: str) -> type[RecordPage]:
    """The page of one row of a base list."""
    title, new, own, _ = LISTS[source]
    model = MODELS[source]

    class LookupPage(RecordPage):
        SECTIONS: Mapping[str, Sequence[Field]] = {title: own}
        NEW_TITLE = new
        FORM_TAB = "مشخصات"

        def fetch(self, session: Session, record_id: int) -> Record:
            return session.get_one(model, record_id)

        def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
            return commands.check(session, model, self.record_id, values)

        def save_record(self, session: Session, values: dict[str, Any]) -> Record:
            return commands.save(session, model, self.record_id, values, self.version)

        def after_load(self) -> None:
            number = self.record_id
            if number is not None and self.tabs.count() == 1:
                made = HistoryView(
                    self.frame, lambda s: changes.of_record(s, model.__tablename__, number)
                )
                self.tabs.addTab(made, "تاریخچه")
            if isinstance(history := self.tabs.widget(1), HistoryView):
                history.refresh()

    return LookupPage


def spec(source: str) -> ListSpec:
    title, new, own, used = LISTS[source]
    model = MODELS[source]
    return ListSpec(
        page=f"lookups/{source}",
        title=title,
        new_title=new,
        icon="lists",
        empty="این فهرست خالی است.",
        source=SOURCES[source],
        table=(*own, *used, fields.ARCHIVE_REASON),
        shown=(*own, *used),
        card=(*own[1:], *used),
        name=own[0],
        make_record=record_page(source),
        archive=lambda session, ids, reason: commands.archive(session, model, ids, reason),
        own=own,
        restore=lambda session, number: commands.restore(session, model, number),
    )


def list_page(source: str) -> type[ListPage]:
    """The list of one of them."""

    class LookupList(ListPage):
        SPEC = spec(source)

    return LookupList


class LookupsPage(QWidget):
    """A tab for each list; the frame speaks to the one that is shown."""

    WATCHES = frozenset({"county", "estate", "industry", "obstacle_kind", "bank", "agency",
                         "holiday", "unit", "loan", "obstacle"})  # fmt: skip

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._shown: QWidget | None = None
        for source, (title, *_) in LISTS.items():
            self.tabs.addTab(list_page(source)(frame), title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.tabs.setProperty("role", "pages")
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _: self._changed())

    @property
    def current(self) -> ListPage:
        page = self.tabs.currentWidget()
        assert isinstance(page, ListPage)
        return page

    def start(self) -> None:
        self._changed()

    def _changed(self) -> None:
        """Fetch a list when it is looked at; go back to one that holds unsaved work."""
        before = self._shown
        if isinstance(before, ListPage) and before is not self.current and not before.can_leave():
            self.tabs.setCurrentWidget(before)
            return
        if isinstance(before, ListPage) and before is not self.current:
            before.close_record()
        self._shown = self.current
        self.current.start()

    def refresh(self) -> None:
        self.current.refresh()

    def new(self) -> None:
        self.current.new()

    def can_leave(self) -> bool:
        return self.current.can_leave()

    def resume(self, draft: Draft) -> None:
        """What was left unfinished in one of the lists."""
        sources = list(LISTS)
        source = draft.place.page.partition("/")[2]
        if source in sources:
            self.tabs.setCurrentIndex(sources.index(source))
            self.current.resume(draft)

    def in_form(self) -> bool:
        return self.current.in_form()

    def export(self) -> None:
        self.current.export()
