"""Every field of a jihadi group and of its members, and what each screen shows, in order."""

from __future__ import annotations

from db.models.jihadi_group import JihadiGroup
from db.models.volunteer import Volunteer
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

MEMBER_NAME = Field.of(Volunteer.name, "نام و نام خانوادگی", kinds.TEXT, 26)
MEMBER_GROUP = Field.of(Volunteer.group_id, "گروه", kinds.link("group"), 28)
MEMBER_SPECIALITY = Field.of(Volunteer.speciality, "تخصص", kinds.TEXT, 22)
MEMBER_PHONE = Field.of(Volunteer.phone, "تلفن", kinds.MOBILE, 14)
MEMBER_NATIONAL_CODE = Field.of(Volunteer.national_code, "کد ملی", kinds.CODE, 13)
MEMBER_JOINED_ON = Field.of(Volunteer.joined_on, "روز پیوستن", kinds.DAY, 12)
MEMBER_NOTE = Field.of(Volunteer.note, "توضیح", kinds.NOTE, 40)
MEMBER_ARCHIVED_ON = Field.of(Volunteer.archived_on, "روز بایگانی", kinds.DAY, 12)
MEMBER_ARCHIVE_REASON = Field.of(Volunteer.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)

MEMBERS = (MEMBER_NAME, MEMBER_SPECIALITY, MEMBER_PHONE, MEMBER_NATIONAL_CODE, MEMBER_JOINED_ON,
           MEMBER_NOTE)  # fmt: skip
MEMBER_FORM = {"": MEMBERS}
VOLUNTEERS = (MEMBER_NAME, MEMBER_GROUP, MEMBER_SPECIALITY, MEMBER_PHONE, MEMBER_NATIONAL_CODE,
              MEMBER_JOINED_ON, MEMBER_NOTE, MEMBER_ARCHIVE_REASON)  # fmt: skip
VOLUNTEER_FORM = {"جهادگر": VOLUNTEERS[:7]}
VOLUNTEER_CARD = VOLUNTEERS[1:7]
