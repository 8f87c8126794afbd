"""Every field of a unit and of its return, and which of them each screen shows, in order."""

from __future__ import annotations

from db.models.revival import Revival
from db.models.unit import Unit
from desktop import choices, kinds
from desktop.fields import Field

CODE = Field.of(Unit.code, "کد واحد", kinds.CODE, 10)
NAME = Field.of(Unit.name, "نام واحد", kinds.TEXT, 32)
PERSON_KIND = Field.of(Unit.person_kind, "نوع شخص", choices.PERSON_KIND, 10)
NATIONAL_CODE = Field.of(Unit.national_code, "کد ملی مالک", kinds.CODE, 13)
LEGAL_NATIONAL_ID = Field.of(Unit.legal_national_id, "شناسهٔ ملی", kinds.CODE, 14)
REGISTRATION_NO = Field.of(Unit.registration_no, "شمارهٔ ثبت", kinds.REFERENCE, 12)
ECONOMIC_NO = Field.of(Unit.economic_no, "شمارهٔ اقتصادی", kinds.CODE, 16)
SSO_WORKSHOP_CODE = Field.of(Unit.sso_workshop_code, "کد کارگاه بیمه", kinds.CODE, 14)
OWNER = Field.of(Unit.owner, "مالک", kinds.TEXT, 22)
MANAGER = Field.of(Unit.manager, "مدیر", kinds.TEXT, 22)
MOBILE = Field.of(Unit.mobile, "تلفن همراه", kinds.MOBILE, 14)
PHONE = Field.of(Unit.phone, "تلفن ثابت", kinds.LANDLINE, 14)
COUNTY = Field.of(Unit.county_id, "شهرستان", kinds.link("county"), 14)
ESTATE = Field.of(Unit.estate_id, "شهرک یا ناحیه", kinds.link("estate"), 22)
ADDRESS = Field.of(Unit.address, "نشانی", kinds.TEXT, 40)
POSTAL_CODE = Field.of(Unit.postal_code, "کد پستی", kinds.CODE, 13)
LATITUDE = Field.of(Unit.latitude, "عرض جغرافیایی", kinds.DEGREES, 13)
LONGITUDE = Field.of(Unit.longitude, "طول جغرافیایی", kinds.DEGREES, 13)
INDUSTRY = Field.of(Unit.industry_id, "رشتهٔ فعالیت", kinds.link("industry"), 30)
PRODUCT = Field.of(Unit.product, "محصول", kinds.TEXT, 24)
SECTOR = Field.of(Unit.sector, "بخش", choices.SECTOR, 10)
LICENCE_NO = Field.of(Unit.licence_no, "شمارهٔ پروانه", kinds.REFERENCE, 16)
LICENCE_ON = Field.of(Unit.licence_on, "روز پروانه", kinds.DAY, 12)
NOMINAL_CAPACITY = Field.of(Unit.nominal_capacity, "ظرفیت اسمی سالانه", kinds.MEASURE, 16)
CAPACITY_MEASURE = Field.of(Unit.capacity_measure, "یکای ظرفیت", kinds.TEXT, 12)
FOUND_STATE = Field.of(Unit.found_state, "وضعیت هنگام شناسایی", choices.FOUND_STATE, 14)
STAGNANT_SINCE = Field.of(Unit.stagnant_since, "راکد از", kinds.DAY, 12)
FOUND_JOBS = Field.of(Unit.found_jobs, "شاغلان هنگام شناسایی", kinds.PEOPLE, 12)
FOUND_CAPACITY = Field.of(Unit.found_capacity, "ظرفیت هنگام شناسایی", kinds.CAPACITY, 12)
GROUP = Field.of(Unit.group_id, "گروه جهادی", kinds.link("group"), 24)
REGISTERED_ON = Field.of(Unit.registered_on, "روز ثبت", kinds.DAY, 12)
FIRST_VISIT_DUE_ON = Field.of(Unit.first_visit_due_on, "سررسید نخستین پایش", kinds.DAY, 14)
NOTE = Field.of(Unit.note, "توضیح", kinds.NOTE, 40)
ARCHIVED_ON = Field.of(Unit.archived_on, "روز بایگانی", kinds.DAY, 12)
ARCHIVE_REASON = Field.of(Unit.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)

# Worked out by `db.queries.units`
STAGE = Field("stage", "مرحله", choices.UNIT_STAGE, 16)
MISSING = Field("missing", "کمبود احیا", choices.MISSING, 18)
FIRST_RETURN = Field("returned_on", "نخستین بازگشت", kinds.DAY, 12)
JOBS_NOW = Field("jobs_after", "شاغلان پس از احیا", kinds.PEOPLE, 12)
CAPACITY_NOW = Field("capacity_after", "ظرفیت پس از احیا", kinds.CAPACITY, 12)
STOPPED_ON = Field("stopped_on", "روز توقف دوباره", kinds.DAY, 12)
LOANS = Field("loans", "شمار تسهیلات", kinds.COUNT, 10)
PAID = Field("paid", "تسهیلات پرداخت‌شده (ریال)", kinds.RIAL, 22)
CLAIMED = Field("claimed", "احیای اعلام‌شده", kinds.FLAG, 10)
COUNTED = Field("counted", "در شمار احیا", kinds.FLAG, 10)
SUSTAINED = Field("sustained", "احیای پایدار", kinds.FLAG, 10)
STOPPED = Field("stopped", "بازایستاده", kinds.FLAG, 10)
NEXT_VISIT_ON = Field("next_visit_on", "نوبت پایش بعدی", kinds.DAY, 12)  # asked for several
JOBS_CREATED = Field("jobs_created", "اشتغال ایجادشده", kinds.PEOPLE, 12)

SHOWN = (CODE, NAME, COUNTY, INDUSTRY, STAGE, FOUND_JOBS, FIRST_RETURN, JOBS_NOW, GROUP, PAID)
TABLE = (
    *SHOWN, MISSING, FOUND_STATE, STAGNANT_SINCE, FOUND_CAPACITY, CAPACITY_NOW, STOPPED_ON, LOANS,
    OWNER, MANAGER, MOBILE, PHONE, PERSON_KIND, NATIONAL_CODE, LEGAL_NATIONAL_ID, REGISTRATION_NO,
    ECONOMIC_NO, SSO_WORKSHOP_CODE, ESTATE, ADDRESS, POSTAL_CODE, PRODUCT, SECTOR, LICENCE_NO,
    LICENCE_ON, NOMINAL_CAPACITY, CAPACITY_MEASURE, LATITUDE, LONGITUDE, REGISTERED_ON,
    FIRST_VISIT_DUE_ON, NOTE, ARCHIVED_ON, ARCHIVE_REASON,
)  # fmt: skip
FORM = {
    "واحد": (NAME, INDUSTRY, PRODUCT, SECTOR, COUNTY, ESTATE, GROUP, REGISTERED_ON,
             FIRST_VISIT_DUE_ON),
    "وضعیت هنگام شناسایی": (FOUND_STATE, STAGNANT_SINCE, FOUND_JOBS, FOUND_CAPACITY),
    "مالک و تماس": (
        PERSON_KIND, LEGAL_NATIONAL_ID, NATIONAL_CODE, OWNER, MANAGER, MOBILE, PHONE, POSTAL_CODE,
        ADDRESS,
    ),
    "پروانه و ظرفیت": (LICENCE_NO, LICENCE_ON, NOMINAL_CAPACITY, CAPACITY_MEASURE),
    "شناسه‌های دیگر": (REGISTRATION_NO, ECONOMIC_NO, SSO_WORKSHOP_CODE, LATITUDE, LONGITUDE, NOTE),
}  # fmt: skip
CARD = (STAGE, MISSING, COUNTY, INDUSTRY, OWNER, MOBILE, FOUND_STATE, FOUND_JOBS, FIRST_RETURN,
        JOBS_NOW, STOPPED_ON, LOANS, PAID, GROUP)  # fmt: skip
REPORT = (
    CODE, NAME, COUNTY, INDUSTRY, FOUND_STATE, FOUND_JOBS, REGISTERED_ON, STAGE, FIRST_RETURN,
    JOBS_NOW, CAPACITY_NOW, CLAIMED, COUNTED, SUSTAINED, STOPPED, MISSING, JOBS_CREATED, GROUP,
    LOANS, PAID,
)  # fmt: skip

RETURNED_ON = Field.of(Revival.returned_on, "روز بازگشت به تولید", kinds.DAY, 12)
JOBS_AFTER = Field.of(Revival.jobs_after, "شاغلان پس از بازگشت", kinds.PEOPLE, 12)
CAPACITY_AFTER = Field.of(Revival.capacity_after, "ظرفیت پس از بازگشت", kinds.CAPACITY, 12)
RETURN_STOPPED_ON = Field.of(Revival.stopped_on, "روز توقف دوباره", kinds.DAY, 12)
STOP_REASON = Field.of(Revival.stop_reason, "دلیل توقف", kinds.TEXT, 24)
RETURN_NOTE = Field.of(Revival.note, "توضیح بازگشت", kinds.NOTE, 40)
REVIVAL_TABLE = (RETURNED_ON, JOBS_AFTER, CAPACITY_AFTER, RETURN_STOPPED_ON, STOP_REASON,
                 RETURN_NOTE)  # fmt: skip
REVIVAL_FORM = {
    "": (RETURNED_ON, JOBS_AFTER, CAPACITY_AFTER, RETURN_STOPPED_ON, STOP_REASON, RETURN_NOTE)
}
