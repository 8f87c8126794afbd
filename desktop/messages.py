"""The Persian sentence of each broken rule and of each trouble of the machine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from db import calendar, text

if TYPE_CHECKING:
    from db.errors import DatabaseProblem, Violation

# {0}, {1} … are the details of the violation: days and numbers come in Persian already.
SENTENCES = {
    "required": "این خانه باید پر شود.",
    "unreadable": "این نوشته خوانده نشد؛ شکل درست آن را بنویسید.",
    "unreadable_day": "این تاریخ درست نیست؛ مانند ۱۴۰۲/۰۷/۱۵ بنویسید.",
    "unreadable_number": "اینجا فقط عدد بنویسید.",
    "unreadable_choice": "از فهرست یکی را برگزینید.",
    "too_long": "این نوشته از {0} نویسه بلندتر است؛ کوتاه‌ترش کنید.",
    "too_small": "کمتر از {0} پذیرفته نیست.",
    "too_large": "بیشتر از {0} پذیرفته نیست؛ رقم‌ها را دوباره ببینید.",
    "day_before_first": "این روز پیش از {0} است.",
    "future": "این روز هنوز نیامده است.",
    # identifiers
    "bad_national_code": "کد ملی درست نیست؛ ده رقم است و رقم آخر آن باید جور باشد.",
    "bad_legal_national_id": "شناسهٔ ملی درست نیست؛ یازده رقم است و رقم آخر آن باید جور باشد.",
    "bad_postal_code": "کد پستی ده رقم است و در پنج رقم نخست آن ۰ و ۲ نمی‌آید.",
    "bad_mobile": "شمارهٔ همراه یازده رقم است و با ۰۹ آغاز می‌شود.",
    "bad_landline": "شمارهٔ ثابت یازده رقم است با کد شهر، مانند ۰۷۱۳۶۲۷۱۲۳۴.",
    "bad_phone": "شمارهٔ تلفن یازده رقم است، با کد شهر یا با ۰۹.",
    "bad_economic_no": "شمارهٔ اقتصادی ۱۱ رقم (حقوقی) یا ۱۴ رقم (حقیقی) است.",
    "bad_sheba": "شبا درست نیست؛ IR و ۲۴ رقم است.",
    "bad_number_text": "اینجا فقط رقم، «/» و «-» می‌آید.",
    "bad_code": "کد را با حرف و رقم لاتین بنویسید.",
    # the programme
    "not_after_baseline": "مهلت باید پس از روز مبنا ({0}) باشد.",
    "after_deadline": "آغاز برنامه نمی‌تواند پس از مهلت ({0}) باشد.",
    "target_reached": "با این مبنا، هدف ({0} واحد) از پیش به دست آمده است؛ هدف را دوباره ببینید.",
    "outside_programme": "این روز باید میان روز مبنا ({0}) و مهلت ({1}) باشد.",
    "day_taken": "برای {0} گام دیگری نوشته شده است.",
    "below_baseline": "از شمار مبنا ({0} واحد) کمتر است.",
    "above_target": "از هدف ({0} واحد) بیشتر است.",
    "below_earlier": "از گام {0} ({1} واحد) کمتر است.",
    # units
    "licence_taken": "این شمارهٔ پروانه برای «{0}» (کد {1}) ثبت شده است.",
    "workshop_taken": "این کد کارگاه برای «{0}» (کد {1}) ثبت شده است.",
    "owner_taken": (
        "این شناسه برای «{0}» (کد {1}) ثبت شده است؛ اگر واحد دیگری از همان مالک است، "
        "شمارهٔ پروانهٔ هر دو را بنویسید."
    ),
    "owner_has_other_unit": "این مالک واحد دیگری هم دارد: «{0}» (کد {1}).",
    "similar_name": "نام بسیار مانند «{0}» (کد {1}) در همین شهرستان است؛ دو بار ثبت نشود.",
    "stagnant_with_capacity": "واحد راکد تولید ندارد؛ آیا نیمه‌راکد نبوده است؟",
    "before_stagnant_since": "ثبت واحد نمی‌تواند پیش از آغاز رکود ({0}) باشد.",
    "after_return": "این واحد در {0} به تولید بازگشته است؛ ثبت آن نمی‌تواند پس از آن باشد.",
    "after_visit": "این واحد در {0} پایش شده است؛ ثبت آن نمی‌تواند پس از آن باشد.",
    "after_obstacle": "مانعی از این واحد در {0} دیده شده است؛ ثبت آن نمی‌تواند پس از آن باشد.",
    "after_action": "برای این واحد در {0} اقدامی شده است؛ ثبت آن نمی‌تواند پس از آن باشد.",
    "due_before_registered": "نخستین پایش نمی‌تواند پیش از ثبت واحد ({0}) باشد.",
    "name_taken": "«{0}» در فهرست هست.",
    # taking back
    "changed_since": "«{0}» پس از آن دگرگون شده است؛ آن را باز کنید و خودتان درست کنید.",
    "cannot_undo": "این کار را نمی‌توان برگرداند.",
    # visits
    "visit_before_registered": "پایش نمی‌تواند پیش از ثبت واحد ({0}) باشد.",
    "visited_that_day": "این واحد در همین روز پایش دیگری دارد؛ دو بار ثبت نشود.",
    "due_not_after_visit": "پایش بعدی باید پس از {0} باشد.",
    "returned_without_reason": "دلیل برگشت را بنویسید تا گروه بداند چه را درست کند.",
    "visit_has_obstacles": "موانعی با این پایش ثبت شده است؛ واحد آن را نمی‌توان عوض کرد.",
    # obstacles
    "found_before_registered": "مانع نمی‌تواند پیش از ثبت واحد ({0}) دیده شده باشد.",
    "removed_before_found": "رفع مانع نمی‌تواند پیش از شناسایی آن ({0}) باشد.",
    "removal_without_day": "روز رفع مانع را بنویسید.",
    "removal_not_told": "بنویسید مانع چگونه رفع شد.",
    "obstacle_has_actions": "برای این مانع اقدام ثبت شده است؛ واحد آن را نمی‌توان عوض کرد.",
    # actions
    "due_before_decided": "سررسید نمی‌تواند پیش از روز تصمیم ({0}) باشد.",
    "done_before_decided": "انجام نمی‌تواند پیش از روز تصمیم ({0}) باشد.",
    "decided_before_registered": "تصمیم نمی‌تواند پیش از ثبت واحد ({0}) باشد.",
    "decided_before_found": "مانع در {0} دیده شده است؛ روز تصمیم را دوباره ببینید.",
    "result_without_day": "روز پایان کار را بنویسید.",
    "day_without_result": "نتیجه را برگزینید: انجام شد یا نشد.",
    "resolution_without_agency": "مصوبه برای کدام دستگاه است؟",
    "nobody_named": "بنویسید چه کسی، چه گروهی یا کدام دستگاه باید انجام دهد.",
    "obstacle_of_other_unit": "این مانع از واحد دیگری است؛ از فهرست یکی را برگزینید.",
    # revival
    "before_registered": "بازگشت نمی‌تواند پیش از ثبت واحد به‌عنوان راکد ({0}) باشد.",
    "stop_before_return": "توقف نمی‌تواند پیش از بازگشت ({0}) باشد.",
    "still_running": "واحد از {0} در حال کار است؛ نخست روز توقف آن را بنویسید.",
    "runs_into_next": "واحد در {0} دوباره بازگشته است؛ توقف باید پیش از آن باشد.",
    "in_baseline": (
        "این روز پیش از مبناست و واحد در عدد مبنا ({0} واحد) شمرده شده است؛ تاکنون {1} واحد از آن "
        "ردیف دارد. اگر مبنا باید از ردیف‌ها شمرده شود، در «برنامه و هدف» برگزینید."
    ),
    # loans
    "stage_before_earlier": "این مرحله نمی‌تواند پیش از مرحلهٔ قبلی ({0}) باشد.",
    "approved_without_amount": "مبلغ مصوب را بنویسید.",
    "amount_without_day": "روز تصویب را بنویسید.",
    "contract_without_approval": "قرارداد پس از تصویب بسته می‌شود؛ روز تصویب را بنویسید.",
    "rejected_and_withdrawn": "تسهیلات یا رد شده است یا انصراف داده‌اند، نه هر دو.",
    "rejected_after_contract": "تسهیلاتی که قرارداد دارد رد نمی‌شود.",
    "approved_below_paid": "تاکنون {0} ریال پرداخت شده است؛ مبلغ مصوب نمی‌تواند کمتر باشد.",
    "paid_without_contract": "پرداخت پس از قرارداد است؛ روز قرارداد را بنویسید.",
    "contract_after_paid": "نخستین پرداخت در {0} بوده است؛ قرارداد نمی‌تواند پس از آن باشد.",
    "ended_after_paid": "بخشی از این تسهیلات پرداخت شده است؛ رد یا انصراف پذیرفته نیست.",
    "grace_too_long": "دورهٔ تنفس باید کوتاه‌تر از مدت بازپرداخت باشد.",
    "applied_before_registered": "درخواست پیش از ثبت واحد ({0}) است؛ روز را دوباره ببینید.",
    "sheba_of_other_bank": "این شبا از بانک دیگری است.",
    "paid_before_contract": "پرداخت نمی‌تواند پیش از قرارداد ({0}) باشد.",
    "paid_after_end": "در {0} از این تسهیلات انصراف داده‌اند؛ پرداخت پذیرفته نیست.",
    "above_approved": "جمع پرداخت‌ها از مبلغ مصوب بیشتر می‌شود؛ {0} ریال مانده است.",
}  # fmt: skip

PROBLEMS = {
    "full": "جای خالی روی دیسک نمانده است؛ چند پرونده را پاک کنید و دوباره ذخیره کنید.",
    "busy": "برنامهٔ دیگری در حال نوشتن در این پرونده است؛ چند لحظه بعد دوباره بکوشید.",
    "read_only": (
        "در این جا اجازهٔ نوشتن نیست؛ پرونده را به پوشهٔ خودتان (مانند Documents) ببرید."
    ),
    "cannot_open": "پرونده باز نشد؛ ببینید پوشهٔ آن در دسترس است و اجازهٔ نوشتن در آن دارید.",
    "not_a_database": "این پروندهٔ احیا نیست؛ پروندهٔ دیگری را برگزینید.",
    "foreign": "این پرونده را برنامهٔ دیگری ساخته است؛ پروندهٔ احیا را برگزینید.",
    "corrupt": (
        "این پرونده ناقص یا آسیب‌دیده است؛ چیزی در آن نوشته نشد. نسخهٔ پشتیبان را باز کنید."
    ),
    "disk": "دیسک پاسخ نداد؛ ببینید دیسک یا شبکه وصل است و دوباره بکوشید.",
    "no_file": "هنوز پرونده‌ای باز نشده است؛ نام آن را با --file بدهید.",
    "missing": "چنین پرونده‌ای نیست؛ شاید جابه‌جا یا پاک شده است.",
    "exists": "پرونده‌ای به این نام هست؛ نام دیگری برگزینید.",
    "no_folder": "چنین پوشه‌ای نیست؛ پوشهٔ دیگری برگزینید.",
    "newer": "این پرونده با نسخهٔ تازه‌تری از احیا ساخته شده است؛ برنامه را تازه کنید.",
    "older": (
        "این پرونده از نسخهٔ پیشین احیاست؛ آن را در پنجرهٔ برنامه باز کنید یا "
        "«ehya migrate» را اجرا کنید."
    ),
    "broken_links": (
        "هنگام به‌روزرسانی، پیوندهای پرونده جور نشد؛ چیزی دگرگون نشد. پرونده را برای سازنده بفرستید."
    ),
    "no_backup": "نسخهٔ پشتیبان ساخته نشد، پس پرونده دست نخورد؛ جای خالی دیسک را ببینید.",
    "file_busy": "این پرونده در برنامهٔ دیگری (شاید اکسل) باز است؛ آن را ببندید و دوباره بکوشید.",
    "too_many_rows": (
        "این فهرست از گنجایش یک برگهٔ اکسل (۱٬۰۴۸٬۵۷۶ ردیف) بزرگ‌تر است؛ با پالایه کوچکش کنید."
    ),
    "in_use": (
        "این پرونده در پنجرهٔ دیگری از احیا باز است؛ همان را به کار ببرید یا نخست ببندیدش."
    ),
}  # fmt: skip


def sentence(violation: Violation) -> str:
    """What stands beside the field."""
    return SENTENCES[violation.code].format(*(_shown(value) for value in violation.detail))


def problem(trouble: DatabaseProblem) -> str:
    """What happened and what to do, in one sentence, with the place where it happened."""
    told = PROBLEMS[trouble.reason]
    # A path is read from the left; bare, it would be turned round in a Persian sentence.
    return f"{told}\n\u2066{trouble.detail}\u2069" if trouble.detail else told


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return calendar.to_persian_date(value)
    if isinstance(value, int):
        return text.grouped(value)
    return text.to_persian_digits(str(value))
