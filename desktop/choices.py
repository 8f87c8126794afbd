"""The fixed choices of the domain: each code with its Persian word and its tone."""

from __future__ import annotations

from desktop.kinds import choice

PERSON_KIND = choice({"legal": "حقوقی", "natural": "حقیقی"})
SECTOR = choice({"industry": "صنعت", "mine": "معدن", "farming": "کشاورزی", "tourism": "گردشگری"})
FOUND_STATE = choice(
    {"stagnant": "راکد", "semi_stagnant": "نیمه‌راکد"}, {"stagnant": "bad", "semi_stagnant": "warn"}
)
UNIT_STAGE = choice(
    {
        "registered": "ثبت‌شده",
        "visited": "پایش‌شده",
        "diagnosed": "عارضه‌یابی‌شده",
        "in_support": "در حمایت",
        "claimed": "احیای اعلام‌شده",
        "counted": "احیای شمرده‌شده",
        "sustained": "احیای پایدار",
        "stopped": "بازایستاده",
        "archived": "بایگانی",
    },
    {
        "registered": "muted",
        "visited": "muted",
        "diagnosed": "warn",
        "in_support": "accent",
        "claimed": "warn",
        "counted": "good",
        "sustained": "good",
        "stopped": "bad",
        "archived": "muted",
    },
)
MISSING = choice(
    {
        "jobs": "شاغلان پس از احیا",
        "evidence": "گواه فعالیت",
        "contradicted": "پایش بعدی، واحد را راکد دیده است",
    },
    {"jobs": "warn", "evidence": "warn", "contradicted": "bad"},
)
BASELINE_KIND = choice({"number": "عدد مبنا", "records": "ردیف‌های ثبت‌شده"})
CONTRACT = choice({"qarz": "قرض‌الحسنه", "exchange": "عقد مبادله‌ای"})
PURPOSE = choice({"working_capital": "سرمایه در گردش", "fixed_capital": "سرمایهٔ ثابت"})
METHOD = choice(
    {
        "qarz_11_plus_1": "قرض‌الحسنه ۱۱+۱",
        "annuity": "فرمول جدید (قسط مساوی)",
        "flat_2400": "فرمول ۲۴۰۰",
    }
)
GRACE_PROFIT = choice(
    {
        "separate": "پایان دورهٔ تنفس",
        "spread": "پخش بر قسط‌ها",
        "capitalised": "افزوده به اصل",
    }
)
STAGE = choice(
    {
        "applied": "درخواست",
        "introduced": "معرفی به بانک",
        "approved": "تصویب",
        "contract": "قرارداد",
        "paying": "پرداخت مرحله‌ای",
        "paid_out": "پرداخت‌شده",
        "rejected": "ردشده",
        "withdrawn": "انصراف",
    },
    {
        "applied": "muted",
        "introduced": "muted",
        "approved": "warn",
        "contract": "warn",
        "paying": "accent",
        "paid_out": "good",
        "rejected": "bad",
        "withdrawn": "bad",
    },
)
ESTATE_KIND = choice({"estate": "شهرک صنعتی", "zone": "ناحیهٔ صنعتی"})
OPERATION = choice(
    {"insert": "ثبت", "update": "ویرایش", "delete": "حذف", "bulk": "ثبت گروهی"},
    {"insert": "good", "delete": "bad"},
)
