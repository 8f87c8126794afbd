"""Every field of an obstacle, and which of them each screen shows, in order."""

from __future__ import annotations

from db.models.obstacle import Obstacle
from desktop import choices, kinds
from desktop.fields import Field

UNIT = Field.of(Obstacle.unit_id, "واحد", kinds.link("unit"), 26)
KIND = Field.of(Obstacle.kind_id, "نوع مانع", kinds.link("obstacle_kind"), 26)
SEVERITY = Field.of(Obstacle.severity, "شدت", choices.SEVERITY, 9)
MAIN = Field.of(Obstacle.main, "مانع اصلی", kinds.FLAG, 8)
AGENCY = Field.of(Obstacle.agency_id, "دستگاه مربوط", kinds.link("agency"), 22)
GROUP = Field.of(Obstacle.group_id, "گروه پیگیر", kinds.link("group"), 24)
FOUND_ON = Field.of(Obstacle.found_on, "روز شناسایی", kinds.DAY, 12)
REMOVED_ON = Field.of(Obstacle.removed_on, "روز رفع", kinds.DAY, 12)
REMOVED_BY = Field.of(Obstacle.removed_by, "چه کسی رفع کرد", kinds.TEXT, 20)
REMOVAL = Field.of(Obstacle.removal, "چگونه رفع شد", kinds.TEXT, 28)
NOTE = Field.of(Obstacle.note, "توضیح", kinds.NOTE, 40)
ARCHIVED_ON = Field.of(Obstacle.archived_on, "روز بایگانی", kinds.DAY, 12)
ARCHIVE_REASON = Field.of(Obstacle.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)

# Worked out by `db.queries.obstacles`
UNIT_CODE = Field("unit_code", "کد واحد", kinds.CODE, 10)
COUNTY = Field("county", "شهرستان", kinds.TEXT, 14)
COUNTY_CHOICE = Field("county_id", "شهرستان", kinds.link("county"), 14, required=True)
STATE = Field("state", "وضعیت", choices.OBSTACLE_STATE, 10)

SHOWN = (UNIT, COUNTY, KIND, SEVERITY, MAIN, STATE, AGENCY, FOUND_ON, REMOVED_ON, GROUP)
TABLE = (*SHOWN, REMOVED_BY, REMOVAL, NOTE, UNIT_CODE, ARCHIVED_ON, ARCHIVE_REASON)
FORM = {
    "مانع": (UNIT, KIND, SEVERITY, AGENCY, GROUP, FOUND_ON, MAIN, NOTE),
    "رفع مانع": (REMOVED_ON, REMOVED_BY, REMOVAL),
}
REPORT = (UNIT, UNIT_CODE, COUNTY, KIND, SEVERITY, MAIN, STATE, AGENCY, FOUND_ON, REMOVED_ON,
          REMOVED_BY, REMOVAL, GROUP)  # fmt: skip
CARD = (KIND, SEVERITY, MAIN, STATE, COUNTY, AGENCY, GROUP, FOUND_ON, REMOVED_ON, REMOVED_BY,
        REMOVAL, NOTE)  # fmt: skip

FOUND_TABLE = (KIND, SEVERITY, MAIN, AGENCY, STATE, NOTE)  # what one visit found
FOUND_FORM = {"": (KIND, SEVERITY, MAIN, AGENCY, NOTE)}
