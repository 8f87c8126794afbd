"""Every field of a document, and those its form shows."""

from __future__ import annotations

from db.models.document import Document
from desktop import choices, kinds
from desktop.fields import Field

KIND = Field.of(Document.kind, "نوع سند", choices.DOCUMENT_KIND, 18)
TITLE = Field.of(Document.title, "عنوان", kinds.TEXT, 40)
FILE_NAME = Field.of(Document.file_name, "نام پرونده", kinds.TEXT, 30)
MEDIA_TYPE = Field.of(Document.media_type, "گونهٔ پرونده", kinds.LATIN, 24)
SHA256 = Field.of(Document.sha256, "اثر انگشت پرونده", kinds.LATIN, 40)
DAY = Field.of(Document.day, "روزی که سند نشان می‌دهد", kinds.DAY, 12)
HEADS = Field.of(Document.heads, "شاغلان در آن روز", kinds.PEOPLE, 12)
CAPACITY = Field.of(Document.capacity, "ظرفیت در آن روز", kinds.CAPACITY, 12)

FORM = {"": (TITLE, KIND, DAY, HEADS, CAPACITY)}
FORM_OF_MANY = {"": (KIND, DAY, HEADS, CAPACITY)}  # each keeps its own file's name as its title
