"""The list of units; the page of one is imported when it is opened."""

from __future__ import annotations

from db.queries import units as queries
from desktop.pages.batch import Batch
from desktop.pages.later import later
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.units import fields
from desktop.widgets.filter_bar import Fixed

SPEC = ListSpec(
    page="units",
    title="واحدها",
    new_title="واحد تازه",
    icon="units",
    empty="هنوز واحدی ثبت نشده است؛ نخستین واحد راکد یا نیمه‌راکد را ثبت کنید.",
    source=queries.SOURCE,
    table=fields.TABLE,
    shown=fields.SHOWN,
    card=fields.CARD,
    name=fields.NAME,
    make_record=later("desktop.units.record", "UnitPage"),
    archive=later("db.commands.units", "archive_unit"),
    restore=later("db.commands.units", "restore_unit"),
    filters=(fields.COUNTY, fields.STAGE, fields.INDUSTRY, fields.GROUP, fields.ESTATE,
             fields.MISSING, fields.FOUND_STATE, fields.SECTOR, fields.FIRST_RETURN,
             fields.STOPPED_ON, fields.REGISTERED_ON),
    fixed=(
        Fixed("claimed", "احیای اعلام‌شده، از مبنا به بعد"),
        Fixed("counted", "در شمار احیا"),
        Fixed("unproven", "اعلام‌شده و شمرده‌نشده"),
        Fixed("sustained", "احیای پایدار"),
        Fixed("running", "احیاشده و در حال کار"),
    ),
    batch=(
        Batch(
            "دادن گروه…", "groups", "دادن گروه به {}", fields.GROUP,
            later("db.commands.units", "give_group"),
        ),
        Batch(
            "تعیین نوبت پایش…", "calendar", "تعیین نوبت پایش {}", fields.NEXT_VISIT_ON,
            later("db.commands.visits", "plan"),
        ),
    ),
    own=(fields.NATIONAL_CODE, fields.LEGAL_NATIONAL_ID, fields.REGISTRATION_NO,
         fields.ECONOMIC_NO, fields.SSO_WORKSHOP_CODE, fields.LICENCE_NO, fields.LICENCE_ON),
    sums=(fields.FOUND_JOBS, fields.JOBS_NOW, fields.PAID),
)  # fmt: skip


class UnitsPage(ListPage):
    """The list of units."""

    SPEC = SPEC
    WATCHES = frozenset({"unit", "visit", "obstacle", "action", "revival", "loan", "tranche",
                         "document", "programme", "county", "industry", "estate",
                         "jihadi_group"})  # fmt: skip
