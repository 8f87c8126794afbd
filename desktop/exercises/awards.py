"""The awards of a festival, chosen from the league table beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import text
from db.commands import exercises as commands
from db.models.exercise import Award
from db.queries import exercises, league
from desktop import choices
from desktop.exercises import fields
from desktop.pages.league_view import LeagueView
from desktop.pages.part_editor import PartDialog, PartEditor
from desktop.theme import SPACE
from desktop.widgets.common import Card, button
from desktop.widgets.period_bar import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame

FIRST = 3
LEAST_HEIGHT = 320


class AwardsTab(QWidget):
    """What was given stays as it was on that day, whatever the table says later."""

    def __init__(self, frame: Frame, exercise_id: int, year: int) -> None:
        super().__init__()
        self.frame, self.exercise_id = frame, exercise_id
        self.given = Awards(frame, exercise_id)
        self.league = LeagueView(frame, Period("year", year))
        self.first = button("افزودن سه گروه نخست", "star")
        card = Card("جدول رتبه‌بندی")
        card.head.addWidget(self.first)
        self.league.setMinimumHeight(LEAST_HEIGHT)
        card.body.addWidget(self.league)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self.given)
        column.addWidget(card, 1)
        self.first.clicked.connect(self.add_first)

    def refresh(self) -> None:
        self.given.refresh()
        self.league.refresh()

    def add_first(self) -> None:
        """Ranks one to three of the measure and period shown; equals share a rank."""
        measure = self.league.measure
        first = {line.id: line for line in league.first_ranks(self.league.lines, measure, FIRST)}
        if not first:
            self.frame.toast("در این دوره با این سنجه کاری ثبت نشده است.", "warn")
            return
        count = text.grouped(len(first))
        self.frame.steps.do(
            f"جایزهٔ {count} گروه",
            lambda session, ids: commands.award_first(
                session, self.exercise_id, [first[number] for number in ids], measure
            ),
            list(first),
            lambda: self.frame.toast(
                f"جایزهٔ {count} گروه با سنجهٔ «{choices.MEASURE.show(measure)}» ثبت شد.", undo=True
            ),
        )


class Awards(PartEditor):
    """Rank, title, group, and for how much of what."""

    RECORD = "award"
    TITLE = "جوایز"
    NEW = "جایزهٔ تازه"
    HINT = "رتبه و عدد چنان می‌ماند که روز دادن جایزه بوده است."
    TABLE = fields.AWARD_TABLE
    FORM = fields.AWARD_FORM
    SUGGESTED = (Award.title,)

    def fetch(self, session: Session) -> Sequence[Any]:
        return exercises.awards(session, self.owner_id)

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check_prize(session, self.owner_id, record_id, values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Award:
        return commands.save_award(session, self.owner_id, record_id, values, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.archive_award(session, record_id, reason)

    def new_values(self) -> dict[str, Any]:
        return {"rank": 1, "measure": "", "value": 0}

    def open(self, record: Any) -> PartDialog:
        award = None
        if record is not None:
            with self.frame.database.read() as session:
                award = session.get_one(Award, record.id)
        dialog = PartDialog(self, award)
        dialog.open()
        return dialog
