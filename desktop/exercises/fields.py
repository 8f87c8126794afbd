"""Every field of an exercise or festival, and which of them each screen shows, in order."""

from __future__ import annotations

from db.models.exercise import Award, Exercise, Participation
from desktop import choices, kinds
from desktop.fields import Field

NAME = Field.of(Exercise.name, "نام", kinds.TEXT, 33)
KIND = Field.of(Exercise.kind, "نوع", choices.EXERCISE_KIND, 11)
STARTS_ON = Field.of(Exercise.starts_on, "از روز", kinds.DAY, 12)
ENDS_ON = Field.of(Exercise.ends_on, "تا روز", kinds.DAY, 12)
PLACE = Field.of(Exercise.place, "جا", kinds.TEXT, 15)
OUTCOME = Field.of(Exercise.outcome, "نتیجه", kinds.NOTE, 40)
ARCHIVED_ON = Field.of(Exercise.archived_on, "روز بایگانی", kinds.DAY, 12)
ARCHIVE_REASON = Field.of(Exercise.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)

# Worked out by `db.queries.exercises`
GROUPS = Field("groups", "گروه‌ها", kinds.COUNT, 9)
UNITS = Field("units", "واحدها", kinds.COUNT, 9)
VISITS = Field("visits", "پایش‌ها", kinds.COUNT, 9)
AWARDS = Field("awards", "جایزه‌ها", kinds.COUNT, 9)

SHOWN = (NAME, KIND, STARTS_ON, ENDS_ON, PLACE, GROUPS, UNITS, VISITS)
TABLE = (*SHOWN, AWARDS, OUTCOME, ARCHIVE_REASON)
FORM = {"رزمایش یا جشنواره": (NAME, KIND, STARTS_ON, ENDS_ON, PLACE, OUTCOME)}
CARD = (KIND, STARTS_ON, ENDS_ON, PLACE, GROUPS, UNITS, VISITS, AWARDS, OUTCOME)

PART_GROUP = Field.of(Participation.group_id, "گروه", kinds.link("group"), 32)
PART_NOTE = Field.of(Participation.note, "توضیح", kinds.TEXT, 30)
PART_COUNTY = Field("county", "شهرستان", kinds.TEXT, 14)
PART_VISITS = Field("visits", "پایش‌های آن", kinds.COUNT, 11)
PART_ARCHIVED_ON = Field.of(Participation.archived_on, "روز بایگانی", kinds.DAY, 12)
PART_ARCHIVE_REASON = Field.of(Participation.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)
PART_TABLE = (PART_GROUP, PART_COUNTY, PART_VISITS, PART_NOTE)
PART_FORM = {"": (PART_NOTE,)}

SEEN_UNIT = Field("unit", "واحد", kinds.TEXT, 27)
SEEN_CODE = Field("code", "کد", kinds.CODE, 9)
SEEN_COUNTY = Field("county", "شهرستان", kinds.TEXT, 12)
SEEN_GROUP = Field("group", "گروه", kinds.TEXT, 24)
SEEN_DAY = Field("day", "روز پایش", kinds.DAY, 13)
SEEN_KIND = Field("kind", "نوع", choices.VISIT_KIND, 17)
SEEN_STATE = Field("state_seen", "وضعیت", choices.STATE_SEEN, 10)
SEEN_REVIEW = Field("review", "بررسی", choices.REVIEW, 11)
SEEN = (SEEN_UNIT, SEEN_CODE, SEEN_COUNTY, SEEN_GROUP, SEEN_DAY, SEEN_KIND, SEEN_STATE,
        SEEN_REVIEW)  # fmt: skip

RANK = Field.of(Award.rank, "رتبه", kinds.COUNT, 7)
TITLE = Field.of(Award.title, "عنوان", kinds.TEXT, 20)
AWARD_GROUP = Field.of(Award.group_id, "گروه", kinds.link("group"), 30)
MEASURE = Field.of(Award.measure, "سنجه", choices.MEASURE, 18)
VALUE = Field.of(Award.value, "عدد آن", kinds.COUNT, 9)
AWARD_ARCHIVED_ON = Field.of(Award.archived_on, "روز بایگانی", kinds.DAY, 12)
AWARD_ARCHIVE_REASON = Field.of(Award.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)
AWARD_TABLE = (RANK, TITLE, AWARD_GROUP, MEASURE, VALUE)
AWARD_FORM = {"": (AWARD_GROUP, RANK, TITLE, MEASURE, VALUE)}
