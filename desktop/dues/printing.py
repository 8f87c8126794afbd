"""The call list on A4: what is printed, and how it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from db import calendar, text
from db.queries import progress as programmes
from desktop.dues import fields, penalties
from desktop.paper.layout import Paper, isolated
from desktop.paper.printing import Printed
from desktop.paper.sheet import Around, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from db.database import Database
    from desktop.dues.penalties import WithPenalty
    from desktop.progress import Progress

TITLE: Final = "فهرست تماس"
HINT: Final = "مبلغ‌ها به ریال است"
POINTS: Final = 7.5  # of the letters: a dozen loans on a page
# head → width, as shares of the page
COLUMNS: Final = {
    "ردیف": 6, "واحد و شهرستان": 25, "طرف تماس": 15, "تلفن": 12, "بانک و قرارداد": 20,
    "قسط گذشته": 13, "طبقه": 11, "معوقه": 14, "وجه التزام": 12, "آخرین تماس": 14, "نتیجه": 15,
}  # fmt: skip
CLASS: Final = list(COLUMNS).index("طبقه")


@dataclass(frozen=True)
class CallSheet:
    """What is on the paper, read from the file."""

    rows: Sequence[WithPenalty]
    filters: Sequence[str]
    organisation: str
    programme: str
    as_of: date
    printed_on: date


def printed(
    database: Database,
    rows: Sequence[Any],
    as_of: date,
    filters: Sequence[str],
    progress: Progress,
) -> Printed:
    """Rows of the call list, ready for paper; `filters` in words. Raises DatabaseProblem."""
    told = penalties.told(database.read, list(rows), as_of, progress)
    with database.read() as session:
        plan = programmes.programme(session)
    sheet = CallSheet(told, filters, plan.organisation, plan.title, as_of, calendar.today())
    day = calendar.to_jalali(as_of).replace("/", "-")
    return Printed(f"{TITLE} {day}", partial(lay_out, sheet))


def lay_out(of: CallSheet) -> Sheet:
    """A line for each loan, the sums under them."""
    paper = Paper(landscape=True)
    owed = sum(row.overdue for row in of.rows)
    paper.paragraph(
        f"{text.grouped(len(of.rows))} تسهیلات، {text.grouped(owed)} ریال قسط پرداخت‌نشده از روزهای "
        "گذشته",
        10.5, bold=True,
    )  # fmt: skip
    paper.paragraph("؛ ".join([*of.filters, HINT]), 8.5, "muted")
    lines = [_line(number, row) for number, row in enumerate(of.rows, start=1)]
    tones = {(len(of.rows), column): "text" for column in range(len(COLUMNS))} | {
        (place, CLASS): fields.LOAN_CLASS.kind.tones[row.loan_class]  # type: ignore[attr-defined]
        for place, row in enumerate(of.rows)
    }
    paper.table(list(COLUMNS), list(COLUMNS.values()), [*lines, _sums(of.rows)], tones, POINTS)
    around = Around(
        of.organisation, of.programme, TITLE, of.as_of, of.printed_on,
        f"{text.grouped(len(of.rows))} تسهیلات",
    )  # fmt: skip
    return Sheet(TITLE, paper, around)


def _line(number: int, row: Any) -> list[str]:
    again = fields.AGAIN_ON.text(row)
    behind = f"{fields.INSTALMENTS.text(row)} قسط، {fields.LATE.text(row)} روز"
    return [
        text.grouped(number),
        _lines(row.unit, row.county),
        row.manager or row.owner,
        _lines(fields.MOBILE.text(row), fields.PHONE.text(row)),
        _lines(row.bank, isolated(fields.CONTRACT_NO.text(row))),
        _lines(behind, f"از {fields.OLDEST_DUE_ON.text(row)}") if row.late else "",
        fields.LOAN_CLASS.text(row),
        fields.OVERDUE.text(row),
        fields.PENALTY.text(row),
        _lines(fields.LAST_CALL.text(row), f"قرار {again}" if again else row.spoke_to or ""),
        "",
    ]


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _sums(rows: Sequence[WithPenalty]) -> list[str]:
    sums = {
        "واحد و شهرستان": "جمع",
        "قسط گذشته": text.grouped(sum(row.instalments for row in rows)),
        "معوقه": text.grouped(sum(row.overdue for row in rows)),
        "وجه التزام": text.grouped(sum(row.penalty for row in rows)),
    }
    return [sums.get(head, "") for head in COLUMNS]
