"""The list of visits; the page of one is imported when it is opened."""

from __future__ import annotations

from db.commands import visits as commands
from db.queries import visits as queries
from desktop.pages.later import later
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.visits import fields
from desktop.widgets.filter_bar import Fixed

SPEC = ListSpec(
    page="visits",
    title="پایش",
    new_title="پایش تازه",
    icon="visits",
    empty="هنوز پایشی ثبت نشده است؛ نخستین بازدید گروه‌ها را ثبت کنید.",
    source=queries.SOURCE,
    table=fields.TABLE,
    shown=fields.SHOWN,
    card=fields.CARD,
    name=fields.UNIT,
    make_record=later("desktop.visits.record", "VisitPage"),
    archive=commands.archive_visit,
    restore=commands.restore_visit,
    filters=(fields.GROUP, fields.COUNTY_CHOICE, fields.KIND, fields.STATE_SEEN, fields.REVIEW,
             fields.DAY, fields.NEXT_DUE_ON, fields.EXERCISE),
    fixed=(Fixed("due", "سررسیدشده"), Fixed("awaited", "در انتظار پایش بعدی")),
    own=(fields.REVIEW, fields.RETURN_REASON, fields.NEXT_DUE_ON),
    newest_first=True,
)  # fmt: skip


class VisitsPage(ListPage):
    """The list of visits."""

    SPEC = SPEC
    WATCHES = frozenset({"visit", "obstacle", "unit", "revival", "jihadi_group", "exercise",
                         "county", "programme"})  # fmt: skip
