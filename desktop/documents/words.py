"""A document in words: what it is, of which day, how large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import text
from db.file_bytes import MEBIBYTE
from desktop.documents import fields

if TYPE_CHECKING:
    from db.queries.documents import DocumentRow

LOSSES = {
    "counted": ("این سند گواه احیای شمرده‌شدهٔ این واحد است؛ با بایگانی آن واحد دیگر شمرده نمی‌شود."),
    "sustained": (
        "این سند گواه پایداری احیای این واحد است؛ با بایگانی آن احیای واحد دیگر پایدار نیست."
    ),
}
LOST = {
    "counted": "واحد دیگر در شمار احیا نیست: گواه فعالیت آن بایگانی شد.",
    "sustained": "احیای واحد دیگر پایدار نیست: گواه پایداری آن بایگانی شد.",
}


def size(count: int) -> str:
    """Bytes as one says them: «۲٫۳ مگابایت»."""
    if count < 1024:
        return f"{text.grouped(count)} بایت"
    if count < MEBIBYTE:
        return f"{text.grouped(round(count / 1024))} کیلوبایت"
    tenths = round(count * 10 / MEBIBYTE)
    rest = f"٫{text.to_persian_digits(str(tenths % 10))}" if tenths % 10 else ""
    return f"{text.grouped(tenths // 10)}{rest} مگابایت"


def second_line(row: DocumentRow) -> str:
    """«فهرست بیمه‌شدگان · ۱۴۰۲/۰۶/۳۱ · ۱۴ نفر · ظرفیت ۶۲ درصد · ۲٫۳ مگابایت»."""
    parts = [fields.KIND.text(row)]
    if row.day is not None:
        parts.append(fields.DAY.text(row))
    if row.heads is not None:
        parts.append(f"{text.grouped(row.heads)} نفر")
    if row.capacity is not None:
        parts.append(f"ظرفیت {text.grouped(row.capacity)} درصد")
    parts.append(size(row.size))
    if row.archived_on is not None:
        parts.append(f"بایگانی: {row.archive_reason}")
    return "  ·  ".join(parts)


def spoken(row: DocumentRow) -> str:
    return f"{row.title}، {second_line(row).replace('  ·  ', '، ')}"
