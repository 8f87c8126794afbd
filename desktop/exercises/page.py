"""The list of exercises and festivals; the page of one is imported when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import exercises as commands
from db.queries import exercises as queries
from desktop.exercises import fields
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.widgets.filter_bar import Fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.exercises.record import ExercisePage
    from desktop.widgets.frame import Frame


class ExercisesPage(ListPage):
    """The list of exercises and festivals."""

    WATCHES = frozenset({"exercise", "participation", "award", "visit", "unit", "jihadi_group",
                         "obstacle", "revival", "document"})  # fmt: skip

    def __init__(self, frame: Frame, filters: Mapping[str, Any] | None = None) -> None:
        super().__init__(frame, SPEC, filters)


def make_record(frame: Frame, record_id: int | None, values: Mapping[str, Any]) -> ExercisePage:
    from desktop.exercises.record import ExercisePage

    return ExercisePage(frame, record_id, values)


SPEC = ListSpec(
    page="exercises",
    title="رزمایش و جشنواره",
    new_title="رزمایش تازه",
    icon="exercises",
    empty="هنوز رزمایش یا جشنواره‌ای ثبت نشده است؛ آنچه در پیش است هم ثبت می‌شود.",
    source=queries.SOURCE,
    table=fields.TABLE,
    shown=fields.SHOWN,
    card=fields.CARD,
    name=fields.NAME,
    make_record=make_record,
    archive=commands.archive_exercise,
    restore=commands.restore_exercise,
    filters=(fields.KIND, fields.STARTS_ON),
    fixed=(Fixed("held", "آغازشده تا این روز"),),
    newest_first=True,
    own=(fields.NAME, fields.STARTS_ON, fields.ENDS_ON, fields.OUTCOME),
    sums=(fields.UNITS, fields.VISITS),
)
