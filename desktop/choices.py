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
LOAN_CLASS = choice(
    {
        "current": "جاری",
        "past_due": "سررسید گذشته",
        "overdue": "معوق",
        "doubtful": "مشکوک‌الوصول",
    },
    {"current": "good", "past_due": "warn", "overdue": "bad", "doubtful": "bad"},
)
DUE_WINDOW = choice(
    {"overdue": "گذشته", "this_week": "این هفته", "this_month": "این ماه"},
)
CALL_STATE = choice(
    {
        "today": "تماس امروز",
        "never": "بی‌تماس",
        "called": "تماس گرفته‌شده",
        "later": "قرار بعدی",
    },
    {"today": "bad", "never": "warn", "called": "muted", "later": "good"},
)
BANKS = choice({"closed": "تعطیل", "open": "باز"})
AGE = choice(
    {
        "on_time": "بی‌دیرکرد",
        "upto_1": "تا ۱ ماه",
        "upto_2": "۱ تا ۲ ماه",
        "rescheduled": "امهالی، بی‌پرداخت",
        "upto_3": "۲ تا ۳ ماه",
        "upto_6": "۳ تا ۶ ماه",
        "upto_9": "۶ تا ۹ ماه",
        "upto_12": "۹ تا ۱۲ ماه",
        "upto_18": "۱۲ تا ۱۸ ماه",
        "upto_24": "۱۸ تا ۲۴ ماه",
        "upto_36": "۲۴ تا ۳۶ ماه",
        "over_36": "بیش از ۳۶ ماه",
    },
    {
        "on_time": "good",
        "rescheduled": "warn",
        "upto_3": "warn",
        "upto_6": "warn",
        "upto_9": "bad",
        "upto_12": "bad",
        "upto_18": "bad",
        "upto_24": "bad",
        "upto_36": "bad",
        "over_36": "bad",
    },
)
VISIT_KIND = choice(
    {
        "monitoring": "پایش",
        "shallow_diagnosis": "عارضه‌یابی سطحی",
        "deep_diagnosis": "عارضه‌یابی عمیق",
        "follow_up": "پایش پس از احیا",
    }
)
STATE_SEEN = choice(
    {"stagnant": "راکد", "semi_stagnant": "نیمه‌راکد", "active": "فعال"},
    {"stagnant": "bad", "semi_stagnant": "warn", "active": "good"},
)
REVIEW = choice(
    {"draft": "پیش‌نویس", "accepted": "پذیرفته", "returned": "برگشت‌خورده"},
    {"draft": "warn", "accepted": "good", "returned": "bad"},
)
SEVERITY = choice(
    {"low": "کم", "medium": "میانه", "high": "زیاد"},
    {"low": "muted", "medium": "warn", "high": "bad"},
)
OBSTACLE_STATE = choice({"open": "باز", "removed": "رفع‌شده"}, {"open": "warn", "removed": "good"})
ACTION_KIND = choice({"action": "اقدام", "resolution": "مصوبه"})
RESULT = choice(
    {"open": "باز", "done": "انجام‌شده", "not_done": "انجام‌نشده"},
    {"open": "accent", "done": "good", "not_done": "muted"},
)
ACTION_STATE = choice(
    {"late": "دیرشده", "open": "باز", "done": "انجام‌شده", "not_done": "انجام‌نشده"},
    {"late": "bad", "open": "accent", "done": "good", "not_done": "muted"},
)
TASK_KIND = choice(
    {
        "action": "اقدام",
        "resolution": "مصوبه",
        "visit": "پایش بعدی",
        "first_visit": "نخستین پایش",
        "loan": "تسهیلات",
        "call": "تماس دوباره",
        "instalment": "پیگیری قسط",
    }
)
ESTATE_KIND = choice({"estate": "شهرک صنعتی", "zone": "ناحیهٔ صنعتی"})
DOCUMENT_KIND = choice(
    {
        "licence": "پروانه",
        "insured_list": "فهرست بیمه‌شدگان",
        "photo_before": "عکس پیش از احیا",
        "photo_after": "عکس پس از احیا",
        "letter": "نامه",
        "minutes": "صورت‌جلسه",
        "other": "سند دیگر",
    }
)
OPERATION = choice(
    {"insert": "ثبت", "update": "ویرایش", "delete": "حذف", "bulk": "ثبت گروهی"},
    {"insert": "good", "delete": "bad"},
)
EXERCISE_KIND = choice({"exercise": "رزمایش", "festival": "جشنواره"})
MEASURE = choice(
    {
        "": "بی‌سنجه",
        "revived": "واحدهای احیاشده",
        "jobs": "اشتغال تازه",
        "visits": "پایش‌های پذیرفته",
        "obstacles": "مانع‌های رفع‌شده",
        "units": "واحدهای ثبت‌شده",
    }
)
