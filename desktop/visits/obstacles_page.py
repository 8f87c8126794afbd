"""The list of obstacles; the page of one is imported when it is opened."""

from __future__ import annotations

from db.commands import obstacles as commands
from db.queries import obstacles as queries
from desktop.pages.later import later
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.visits import obstacle_fields as fields
from desktop.widgets.filter_bar import Fixed

SPEC = ListSpec(
    page="obstacles",
    title="موانع",
    new_title="مانع تازه",
    icon="obstacle",
    empty="هنوز مانعی ثبت نشده است؛ موانع هر واحد در صفحهٔ عارضه‌یابی آن نوشته می‌شود.",
    source=queries.SOURCE,
    table=fields.TABLE,
    shown=fields.SHOWN,
    card=fields.CARD,
    name=fields.UNIT,
    make_record=later("desktop.visits.obstacle_record", "ObstaclePage"),
    archive=commands.archive_obstacle,
    restore=commands.restore_obstacle,
    filters=(fields.STATE, fields.KIND, fields.AGENCY, fields.SEVERITY, fields.COUNTY_CHOICE,
             fields.GROUP, fields.FOUND_ON, fields.REMOVED_ON),
    fixed=(Fixed("main", "مانع اصلی"),),
    own=(fields.REMOVED_ON, fields.REMOVED_BY, fields.REMOVAL, fields.MAIN),
    newest_first=True,
)  # fmt: skip


class ObstaclesPage(ListPage):
    """The list of obstacles."""

    SPEC = SPEC
    WATCHES = frozenset({"obstacle", "action", "unit", "visit", "obstacle_kind", "agency",
                         "jihadi_group", "county"})  # fmt: skip
