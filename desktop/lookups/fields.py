"""The fields of the base lists (فهرست‌های پایه), a few for each."""

from __future__ import annotations

from db.models.agency import Agency
from db.models.bank import Bank
from db.models.county import County
from db.models.estate import Estate
from db.models.holiday import Holiday
from db.models.industry import Industry
from db.models.obstacle_kind import ObstacleKind
from desktop import choices, kinds
from desktop.fields import Field

UNITS = Field("units", "واحدها", kinds.COUNT, 10)
OBSTACLES = Field("obstacles", "مانع‌ها", kinds.COUNT, 10)
LOANS = Field("loans", "تسهیلات", kinds.COUNT, 10)

COUNTY_NAME = Field.of(County.name, "شهرستان", kinds.TEXT, 24)
COUNTY_CODE = Field.of(County.code, "کد مرکز آمار", kinds.CODE, 14)
ESTATE_NAME = Field.of(Estate.name, "نام شهرک یا ناحیه", kinds.TEXT, 34)
ESTATE_KIND = Field.of(Estate.kind, "نوع", choices.ESTATE_KIND, 14)
ESTATE_COUNTY = Field.of(Estate.county_id, "شهرستان", kinds.link("county"), 16)
INDUSTRY_NAME = Field.of(Industry.name, "رشتهٔ فعالیت", kinds.TEXT, 60)
INDUSTRY_CODE = Field.of(Industry.code, "کد آیسیک", kinds.CODE, 12)
INDUSTRY_REVISION = Field.of(Industry.revision, "ویرایش آیسیک", kinds.CODE, 12)
OBSTACLE_NAME = Field.of(ObstacleKind.name, "نوع مانع", kinds.TEXT, 40)
OBSTACLE_CODE = Field.of(ObstacleKind.code, "شناسه", kinds.LATIN, 20)
BANK_NAME = Field.of(Bank.name, "بانک", kinds.TEXT, 28)
BANK_CODE = Field.of(Bank.code, "کد در شبا", kinds.CODE, 12)
AGENCY_NAME = Field.of(Agency.name, "دستگاه", kinds.TEXT, 40)
AGENCY_CODE = Field.of(Agency.code, "شناسه", kinds.LATIN, 20)
HOLIDAY_NAME = Field.of(Holiday.name, "مناسبت", kinds.TEXT, 40)
HOLIDAY_DAY = Field.of(Holiday.day, "روز", kinds.DAY, 12)
ARCHIVE_REASON = Field("archive_reason", "دلیل بایگانی", kinds.TEXT, 24)

COUNTY = (COUNTY_NAME, COUNTY_CODE)
ESTATE = (ESTATE_NAME, ESTATE_KIND, ESTATE_COUNTY)
INDUSTRY = (INDUSTRY_NAME, INDUSTRY_CODE, INDUSTRY_REVISION)
OBSTACLE = (OBSTACLE_NAME, OBSTACLE_CODE)
BANK = (BANK_NAME, BANK_CODE)
AGENCY = (AGENCY_NAME, AGENCY_CODE)
HOLIDAY = (HOLIDAY_NAME, HOLIDAY_DAY)
