"""What a new file comes filled with: counties of Fars, industries, obstacles, banks, agencies…"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from db.models import Agency, Bank, County, Estate, Industry, ObstacleKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# By the Statistical Centre's codes; the one of جویم (1402) is a guess.
COUNTIES: Final = (
    ("701", "آباده"),
    ("702", "استهبان"),
    ("703", "اقلید"),
    ("704", "جهرم"),
    ("705", "داراب"),
    ("706", "سپیدان"),
    ("707", "شیراز"),
    ("708", "فسا"),
    ("709", "فیروزآباد"),
    ("710", "کازرون"),
    ("711", "لارستان"),
    ("712", "مرودشت"),
    ("713", "ممسنی"),
    ("714", "نی‌ریز"),
    ("715", "لامرد"),
    ("716", "بوانات"),
    ("717", "ارسنجان"),
    ("718", "خرم‌بید"),
    ("719", "زرین‌دشت"),
    ("720", "قیر و کارزین"),
    ("721", "مهر"),
    ("722", "فراشبند"),
    ("723", "پاسارگاد"),
    ("724", "خنج"),
    ("725", "سروستان"),
    ("726", "رستم"),
    ("727", "گراش"),
    ("728", "کوار"),
    ("729", "خرامه"),
    ("730", "زرقان"),
    ("731", "بیضا"),
    ("732", "سرچهان"),
    ("733", "کوه‌چنار"),
    ("734", "خفر"),
    ("735", "بختگان"),
    ("736", "اوز"),
    ("737", "جویم"),
)

# (name, kind, county); no county where the sources leave it open. No official list was found, so
# the user adds what is missing.
ESTATES: Final = (
    ("شهرک صنعتی بزرگ شیراز", "estate", "شیراز"),
    ("شهرک صنعتی کازرون", "estate", "کازرون"),
    ("ناحیه صنعتی شهید مصلحیان", "zone", "کازرون"),
    ("ناحیه صنعتی چنارشاهیجان", "zone", ""),
    ("ناحیه صنعتی جره و بالاده", "zone", "کازرون"),
    ("شهرک صنعتی داراب", "estate", "داراب"),
    ("شهرک صنعتی آباده", "estate", "آباده"),
    ("شهرک صنعتی ایزدخواست", "estate", "آباده"),
    ("شهرک صنعتی سورمق", "estate", "آباده"),
    ("شهرک صنعتی روزبدان", "estate", "فیروزآباد"),
    ("شهرک صنعتی میمند", "estate", "فیروزآباد"),
    ("شهرک صنعتی قیر و کارزین", "estate", "قیر و کارزین"),
    ("شهرک صنعتی فراشبند", "estate", "فراشبند"),
    ("شهرک صنعتی فتح‌آباد", "estate", "مرودشت"),
    ("ناحیه صنعتی بیرم", "zone", ""),
)

# Divisions of ISIC revision 4, sections B (mining) and C (manufacturing).
INDUSTRIES: Final = (
    ("05", "استخراج زغال‌سنگ و زغال قهوه‌ای"),
    ("06", "استخراج نفت خام و گاز طبیعی"),
    ("07", "استخراج کانه‌های فلزی"),
    ("08", "استخراج سایر معادن"),
    ("09", "فعالیت‌های خدمات پشتیبانی استخراج معدن"),
    ("10", "تولید فراورده‌های غذایی"),
    ("11", "تولید انواع آشامیدنی‌ها"),
    ("12", "تولید فراورده‌های توتون و تنباکو"),
    ("13", "تولید منسوجات"),
    ("14", "تولید پوشاک"),
    ("15", "تولید چرم و فراورده‌های وابسته"),
    ("16", "تولید چوب و فراورده‌های چوب و چوب‌پنبه به‌جز مبلمان؛ ساخت کالا از حصیر و مواد حصیربافی"),
    ("17", "تولید کاغذ و فراورده‌های کاغذی"),
    ("18", "چاپ و تکثیر رسانه‌های ضبط‌شده"),
    ("19", "تولید کک و فراورده‌های حاصل از پالایش نفت"),
    ("20", "تولید مواد شیمیایی و فراورده‌های شیمیایی"),
    ("21", "تولید داروها و فراورده‌های دارویی شیمیایی و گیاهی"),
    ("22", "تولید فراورده‌های لاستیکی و پلاستیکی"),
    ("23", "تولید سایر فراورده‌های معدنی غیرفلزی"),
    ("24", "تولید فلزات پایه"),
    ("25", "تولید محصولات فلزی ساخته‌شده به‌جز ماشین‌آلات و تجهیزات"),
    ("26", "ساخت محصولات رایانه‌ای، الکترونیکی و نوری"),
    ("27", "تولید تجهیزات برقی"),
    ("28", "تولید ماشین‌آلات و تجهیزات طبقه‌بندی‌نشده در جای دیگر"),
    ("29", "تولید وسایل نقلیه موتوری، تریلر و نیم‌تریلر"),
    ("30", "تولید سایر تجهیزات حمل‌ونقل"),
    ("31", "تولید مبلمان"),
    ("32", "تولید سایر مصنوعات طبقه‌بندی‌نشده در جای دیگر"),
    ("33", "تعمیر و نصب ماشین‌آلات و تجهیزات"),
)

OBSTACLES: Final = (
    ("liquidity", "نقدینگی و سرمایه در گردش"),
    ("bank_debt", "بدهی و معوقات بانکی، تملک وثیقه"),
    ("raw_material", "مواد اولیه"),
    ("market", "بازار و فروش"),
    ("machinery", "فرسودگی ماشین‌آلات و قطعات"),
    ("technology", "فناوری و دانش فنی"),
    ("management", "مدیریت"),
    ("ownership", "اختلاف شرکا، مالکیت، ورثه"),
    ("legal", "حقوقی و قضایی"),
    ("tax", "مالیات"),
    ("social_insurance", "بیمه تأمین اجتماعی"),
    ("energy", "قطعی برق و گاز، آب"),
    ("permits", "مجوزها و استاندارد"),
    ("environment", "محیط زیست"),
    ("land_infrastructure", "زمین و زیرساخت شهرک"),
    ("labour", "نیروی کار"),
    ("sanctions_import", "تحریم، ثبت سفارش، ارز و گمرک"),
    ("other", "سایر"),
)

# The code is the bank's three digits in a Sheba; 010 is the central bank, which lends to no unit.
BANKS: Final = (
    ("011", "بانک صنعت و معدن"),
    ("012", "بانک ملت"),
    ("013", "بانک رفاه کارگران"),
    ("014", "بانک مسکن"),
    ("015", "بانک سپه"),
    ("016", "بانک کشاورزی"),
    ("017", "بانک ملی ایران"),
    ("018", "بانک تجارت"),
    ("019", "بانک صادرات ایران"),
    ("020", "بانک توسعه صادرات ایران"),
    ("021", "پست‌بانک ایران"),
    ("022", "بانک توسعه تعاون"),
    ("053", "بانک کارآفرین"),
    ("054", "بانک پارسیان"),
    ("055", "بانک اقتصاد نوین"),
    ("056", "بانک سامان"),
    ("057", "بانک پاسارگاد"),
    ("059", "بانک سینا"),
    ("060", "بانک قرض‌الحسنه مهر ایران"),
    ("061", "بانک شهر"),
    ("062", "بانک آینده"),
    ("064", "بانک گردشگری"),
    ("066", "بانک دی"),
    ("069", "بانک ایران زمین"),
    ("070", "بانک قرض‌الحسنه رسالت"),
    ("078", "بانک خاورمیانه"),
)


# Those whose word the resolutions of the facilitation headquarters wait for.
AGENCIES: Final = (
    ("smt", "سازمان صنعت، معدن و تجارت"),
    ("estates_company", "شرکت شهرک‌های صنعتی"),
    ("facilitation_hq", "ستاد تسهیل و رفع موانع تولید"),
    ("bank", "بانک عامل"),
    ("tax", "ادارهٔ کل امور مالیاتی"),
    ("social_security", "سازمان تأمین اجتماعی"),
    ("customs", "گمرک"),
    ("power", "شرکت توزیع برق"),
    ("gas", "شرکت گاز"),
    ("water", "شرکت آب و فاضلاب"),
    ("environment", "ادارهٔ کل حفاظت محیط زیست"),
    ("standard", "ادارهٔ کل استاندارد"),
    ("labour", "ادارهٔ کل تعاون، کار و رفاه اجتماعی"),
    ("justice", "دادگستری"),
)


def fill(session: Session) -> None:
    """Add every list, and flush: an estate needs the number its county was given."""
    counties = {name: County(name=name, code=code) for code, name in COUNTIES}
    session.add_all(counties.values())
    session.flush()
    session.add_all(
        Estate(name=name, kind=kind, county_id=counties[county].id if county else None)
        for name, kind, county in ESTATES
    )
    session.add_all(Industry(name=name, code=code) for code, name in INDUSTRIES)
    session.add_all(ObstacleKind(name=name, code=code) for code, name in OBSTACLES)
    session.add_all(Bank(name=name, code=code) for code, name in BANKS)
    add_new(session)
    session.flush()


def add_new(session: Session) -> None:
    """The lists that a file made before them lacks."""
    if not session.scalar(select(func.count()).select_from(Agency)):
        session.add_all(Agency(name=name, code=code) for code, name in AGENCIES)
