"""Every field of a jihadi group, and which of them each screen shows, in order."""

from __future__ import annotations

from db.models.jihadi_group import JihadiGroup
from desktop import kinds
from desktop.fields import Field

NAME = Field.of(JihadiGroup.name, "نام گروه", kinds.TEXT, 30)
SPECIALITY = Field.of(JihadiGroup.speciality, "تخصص", kinds.TEXT, 24)
LEADER = Field.of(JihadiGroup.leader, "سرگروه", kinds.TEXT, 22)
PHONE = Field.of(JihadiGroup.phone, "تلفن", kinds.MOBILE, 14)
FORMED_ON = Field.of(JihadiGroup.formed_on, "روز تشکیل", kinds.DAY, 12)
COUNTY = Field.of(JihadiGroup.county_id, "شهرستان", kinds.link("county"), 14)
ACTIVE = Field.of(JihadiGroup.active, "فعال", kinds.FLAG, 8)
NOTE = Field.of(JihadiGroup.note, "توضیح", kinds.NOTE, 40)
ARCHIVED_ON = Field.of(JihadiGroup.archived_on, "روز بایگانی", kinds.DAY, 12)
ARCHIVE_REASON = Field.of(JihadiGroup.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)

# Worked out by `db.queries.lookups`
UNITS = Field("units", "واحدها", kinds.COUNT, 10)
REVIVED = Field("revived", "احیاشده", kinds.COUNT, 10)

TABLE = (NAME, SPECIALITY, LEADER, PHONE, COUNTY, UNITS, REVIVED, ACTIVE, FORMED_ON, NOTE,
         ARCHIVE_REASON)  # fmt: skip
FORM = {"گروه": (NAME, SPECIALITY, LEADER, PHONE, COUNTY, FORMED_ON, ACTIVE, NOTE)}
CARD = (SPECIALITY, LEADER, PHONE, COUNTY, UNITS, REVIVED, FORMED_ON, ACTIVE, NOTE)
