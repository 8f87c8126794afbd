"""What the due calendar and the call list show, in order; all of it worked out by their queries."""

from __future__ import annotations

from desktop import choices, kinds
from desktop.fields import Field

UNIT = Field("unit", "واحد", kinds.TEXT, 24)
UNIT_CODE = Field("unit_code", "کد واحد", kinds.CODE, 10)
COUNTY = Field("county", "شهرستان", kinds.TEXT, 12)
GROUP = Field("group", "گروه جهادی", kinds.TEXT, 22)
OWNER = Field("owner", "مالک", kinds.TEXT, 18)
MANAGER = Field("manager", "مدیر", kinds.TEXT, 18)
MOBILE = Field("mobile", "همراه", kinds.MOBILE, 16)
PHONE = Field("phone", "تلفن", kinds.LANDLINE, 16)
BANK = Field("bank", "بانک", kinds.TEXT, 18)
BRANCH = Field("branch", "شعبه", kinds.TEXT, 18)
CONTRACT_NO = Field("contract_no", "شمارهٔ قرارداد", kinds.REFERENCE, 16)
LOAN_CLASS = Field("loan_class", "طبقه", choices.LOAN_CLASS, 14)
CALL_STATE = Field("call_state", "تماس", choices.CALL_STATE, 16)
LAST_CALL = Field("last_call", "آخرین تماس", kinds.DAY, 12)
SPOKE_TO = Field("spoke_to", "گفت‌وگو با", kinds.TEXT, 18)
AGAIN_ON = Field("again_on", "تماس دوباره", kinds.DAY, 12)
LATE = Field("late", "دیرکرد", kinds.DAYS, 9)

# Of an instalment
NUMBER = Field("number", "قسط", kinds.ORDINAL, 6)
DUE_ON = Field("due_on", "سررسید", kinds.DAY, 12)
CLOSED = Field("closed", "تعطیلی", kinds.TEXT, 12)
PRINCIPAL = Field("principal", "اصل", kinds.RIAL, 18)
PROFIT = Field("profit", "سود یا کارمزد", kinds.RIAL, 16)
TOTAL = Field("total", "مبلغ قسط", kinds.RIAL, 18)
LEFT = Field("left", "مانده", kinds.RIAL, 17)

# Of a loan that is behind
OLDEST_DUE_ON = Field("oldest_due_on", "قدیمی‌ترین قسط", kinds.DAY, 12)
INSTALMENTS = Field("instalments", "قسط گذشته", kinds.COUNT, 9)
OVERDUE = Field("overdue", "معوقه", kinds.RIAL, 17)
UNPAID = Field("unpaid", "ماندهٔ اصل و سود", kinds.RIAL, 20)
CALL_NOTE = Field("call_note", "توضیح تماس", kinds.NOTE, 30)
PENALTY = Field("penalty", "وجه التزام", kinds.RIAL, 16)  # in what is printed or exported

# What they are filtered by
WINDOW = Field("window", "دوره", choices.DUE_WINDOW, required=True)
BANK_CHOICE = Field("bank_id", "بانک", kinds.link("bank"), required=True)
GROUP_CHOICE = Field("group_id", "گروه جهادی", kinds.link("group"))
COUNTY_CHOICE = Field("county_id", "شهرستان", kinds.link("county"), required=True)
BANKS = Field("banks", "بانک در سررسید", choices.BANKS, required=True)

SHOWN = (UNIT, DUE_ON, CLOSED, LEFT, LATE, LOAN_CLASS, MOBILE, PHONE, BANK, NUMBER, CALL_STATE)
TABLE = (*SHOWN, TOTAL, PRINCIPAL, PROFIT, OWNER, MANAGER, COUNTY, GROUP, BRANCH, CONTRACT_NO,
         LAST_CALL, SPOKE_TO, AGAIN_ON, UNIT_CODE)  # fmt: skip
CARD = (DUE_ON, CLOSED, NUMBER, LEFT, LATE, LOAN_CLASS, MANAGER, OWNER, MOBILE, PHONE, BANK,
        CONTRACT_NO, LAST_CALL, AGAIN_ON)  # fmt: skip
REPORT = (UNIT, UNIT_CODE, COUNTY, GROUP, OWNER, MANAGER, MOBILE, PHONE, BANK, BRANCH, CONTRACT_NO,
          NUMBER, DUE_ON, CLOSED, PRINCIPAL, PROFIT, TOTAL, LEFT, LATE, LOAN_CLASS, LAST_CALL,
          AGAIN_ON)  # fmt: skip

CALL_SHOWN = (UNIT, CALL_STATE, OVERDUE, LATE, MANAGER, MOBILE, PHONE, LOAN_CLASS, INSTALMENTS,
              AGAIN_ON, BANK)  # fmt: skip
CALL_TABLE = (*CALL_SHOWN, OLDEST_DUE_ON, UNPAID, LAST_CALL, SPOKE_TO, CALL_NOTE, OWNER, COUNTY,
              GROUP, BRANCH, CONTRACT_NO, UNIT_CODE)  # fmt: skip
CALL_CARD = (OVERDUE, INSTALMENTS, OLDEST_DUE_ON, LATE, LOAN_CLASS, MANAGER, OWNER, MOBILE, PHONE,
             BANK, CONTRACT_NO, LAST_CALL, SPOKE_TO, AGAIN_ON, CALL_NOTE)  # fmt: skip
CALL_REPORT = (UNIT, UNIT_CODE, COUNTY, GROUP, OWNER, MANAGER, MOBILE, PHONE, BANK, BRANCH,
               CONTRACT_NO, INSTALMENTS, OLDEST_DUE_ON, LATE, LOAN_CLASS, OVERDUE, UNPAID,
               CALL_STATE, LAST_CALL, SPOKE_TO, AGAIN_ON, CALL_NOTE)  # fmt: skip
