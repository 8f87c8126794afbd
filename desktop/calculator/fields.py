"""What the calculator asks: names as `db.rules.schedule.check_terms` has them."""

from __future__ import annotations

from desktop import choices, kinds
from desktop.fields import Field

PRINCIPAL = Field("principal", "مبلغ تسهیلات", kinds.RIAL, 20, required=True)
METHOD = Field("method", "روش قسط‌بندی", choices.METHOD, 20, required=True)
RATE = Field("rate", "نرخ سالانه", kinds.RATE, 10, required=True)
MONTHS = Field("months", "مدت بازپرداخت", kinds.MONTHS, 10, required=True)
GRACE_MONTHS = Field("grace_months", "دورهٔ تنفس", kinds.MONTHS, 10, empty=0)
GRACE_PROFIT = Field("grace_profit", "سود دورهٔ تنفس", choices.GRACE_PROFIT, 16, required=True)
FIRST_DUE = Field("first_due", "روز نخستین قسط", kinds.DAY, 12, required=True)
FORM = {"": (PRINCIPAL, METHOD, RATE, MONTHS, FIRST_DUE, GRACE_MONTHS, GRACE_PROFIT)}
