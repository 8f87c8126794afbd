"""Every field of an action or a resolution, and which of them each screen shows, in order."""

from __future__ import annotations

from db.models.action import Action
from desktop import choices, kinds
from desktop.fields import Field

UNIT = Field.of(Action.unit_id, "واحد", kinds.link("unit"), 28)
OBSTACLE = Field.of(Action.obstacle_id, "برای رفع", kinds.link("obstacle"), 22)
KIND = Field.of(Action.kind, "نوع", choices.ACTION_KIND, 9)
WHAT = Field.of(Action.what, "چه باید کرد", kinds.TEXT, 34)
AGENCY = Field.of(Action.agency_id, "دستگاه", kinds.link("agency"), 20)
PERSON = Field.of(Action.person, "مسئول", kinds.TEXT, 18)
GROUP = Field.of(Action.group_id, "گروه جهادی", kinds.link("group"), 22)
DECIDED_ON = Field.of(Action.decided_on, "روز تصمیم", kinds.DAY, 12)
DUE_ON = Field.of(Action.due_on, "سررسید", kinds.DAY, 12)
DONE_ON = Field.of(Action.done_on, "روز پایان", kinds.DAY, 12)
RESULT = Field.of(Action.result, "نتیجه", choices.RESULT, 12)
OUTCOME = Field.of(Action.outcome, "چه شد", kinds.TEXT, 26)
NOTE = Field.of(Action.note, "توضیح", kinds.NOTE, 40)
ARCHIVED_ON = Field.of(Action.archived_on, "روز بایگانی", kinds.DAY, 12)
ARCHIVE_REASON = Field.of(Action.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)

# Worked out by `db.queries.actions`
UNIT_CODE = Field("unit_code", "کد واحد", kinds.CODE, 10)
COUNTY = Field("county", "شهرستان", kinds.TEXT, 14)
COUNTY_CHOICE = Field("county_id", "شهرستان", kinds.link("county"), 14, required=True)
STATE = Field("state", "وضعیت", choices.ACTION_STATE, 12)

SHOWN = (WHAT, UNIT, COUNTY, KIND, STATE, DUE_ON, AGENCY, PERSON, GROUP, DECIDED_ON)
TABLE = (*SHOWN, OBSTACLE, DONE_ON, OUTCOME, NOTE, UNIT_CODE, ARCHIVED_ON, ARCHIVE_REASON)
FORM = {
    "اقدام": (UNIT, OBSTACLE, KIND, WHAT, AGENCY, PERSON, GROUP, DECIDED_ON, DUE_ON),
    "نتیجه": (RESULT, DONE_ON, OUTCOME, NOTE),
}
REPORT = (WHAT, UNIT, UNIT_CODE, COUNTY, KIND, STATE, OBSTACLE, AGENCY, PERSON, GROUP, DECIDED_ON,
          DUE_ON, DONE_ON, OUTCOME)  # fmt: skip
CARD = (UNIT, COUNTY, KIND, STATE, OBSTACLE, AGENCY, PERSON, GROUP, DECIDED_ON, DUE_ON, DONE_ON,
        OUTCOME, NOTE)  # fmt: skip

# One task of «کارهای من», whatever record it is of.
TASK_KIND = Field("kind", "کار", choices.TASK_KIND, 13)
TASK_WHAT = Field("what", "شرح", kinds.TEXT, 34)
TASK_UNIT = Field("unit", "واحد", kinds.TEXT, 28)
TASK_DUE_ON = Field("due_on", "سررسید", kinds.DAY, 12)
TASK_WAITS = Field("waits", "مانده", kinds.TEXT, 16)
TASK_COUNTY = Field("county", "شهرستان", kinds.TEXT, 14)
TASK_GROUP = Field("group", "گروه", kinds.TEXT, 24)
TASKS = (TASK_KIND, TASK_UNIT, TASK_WHAT, TASK_DUE_ON, TASK_WAITS, TASK_COUNTY, TASK_GROUP)
GROUP_CHOICE = Field("group_id", "گروه جهادی", kinds.link("group"), 22, required=True)
