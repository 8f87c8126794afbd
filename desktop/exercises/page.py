"""The list of exercises and festivals; the page of one is imported when it is opened."""

from __future__ import annotations

from db.commands import exercises as commands
from db.queries import exercises as queries
from desktop.exercises import fields
from desktop.pages.later import later
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.widgets.filter_bar import Fixed

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
    make_record=later("desktop.exercises.record", "ExercisePage"),
    archive=commands.archive_exercise,
    restore=commands.restore_exercise,
    filters=(fields.KIND, fields.STARTS_ON),
    fixed=(Fixed("held", "آغازشده تا این روز"),),
    newest_first=True,
    own=(fields.NAME, fields.STARTS_ON, fields.ENDS_ON, fields.OUTCOME),
    sums=(fields.UNITS, fields.VISITS),
)


class ExercisesPage(ListPage):
    """The list of exercises and festivals."""

    SPEC = SPEC
    WATCHES = frozenset({"exercise", "participation", "award", "visit", "unit", "jihadi_group",
                         "obstacle", "revival", "document"})  # fmt: skip
