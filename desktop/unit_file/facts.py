"""What the printed file of a unit says, in words and numbers, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db import calendar, standing
from db.models import Unit
from db.queries import documents, progress, unit_file, units
from db.queries import loans as loan_queries
from db.queries.listing import View, ids, rows_of
from db.rules import standing as rules
from desktop import choices
from desktop.unit_file import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from db.queries.documents import DocumentRow
    from db.queries.unit_file import Entry
    from desktop.fields import Field

    FieldsOf = Callable[[str], tuple[str, Mapping[str, Field]]]

IDENTITY = (
    "person_kind", "legal_national_id", "national_code", "registration_no", "economic_no",
    "sso_workshop_code", "owner", "manager", "mobile", "phone", "county_id", "estate_id",
    "industry_id", "sector", "product", "licence_no", "licence_on", "nominal_capacity",
    "capacity_measure", "group_id", "postal_code", "address",
)  # fmt: skip
FOUND = ("found_state", "stagnant_since", "found_jobs", "found_capacity", "registered_on")
OPEN, REMOVED = "باز", "رفع‌شده"
LONG = 700  # letters of a paragraph, so that none is longer than a page
NARROW = 240  # the same in a narrow column


@dataclass(frozen=True)
class Table:
    """Rows of text; `tones` gives the words of some cells their colour, by (row, column)."""

    heads: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    tones: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitSheet:
    """All that is printed. The photos are documents whose pictures are fetched by who prints."""

    organisation: str
    programme: str
    name: str
    code: str
    stage: str
    stage_tone: str
    as_of: date
    printed_on: date
    identity: Sequence[tuple[str, str]]
    found: Sequence[tuple[str, str]]
    revival: str
    returns: Table
    evidence: Sequence[str]
    note: Sequence[str]  # as many paragraphs
    obstacles: Table
    actions: Table
    loans: Table
    documents: Table
    before: Sequence[DocumentRow]
    after: Sequence[DocumentRow]
    events: Table


def gather(session: Session, unit_id: int, as_of: date | None, fields_of: FieldsOf) -> UnitSheet:
    """All by the end of `as_of` (today if None). Raises NoResultFound for an unknown unit."""
    day = as_of or calendar.today()
    unit = units.get(session, unit_id)
    view = View(as_of=day, archived=unit.archived_on is not None)
    (row,) = rows_of(session, units.SOURCE, [unit_id], view)
    stage = row.stage or "registered"
    plan = progress.programme(session)
    told = unit_file.entries(session, unit_id, day)
    papers = documents.of_unit(session, unit_id, day)
    return UnitSheet(
        organisation=plan.organisation,
        programme=plan.title,
        name=row.name,
        code=fields_of("unit")[1]["code"].text(row),
        stage=choices.UNIT_STAGE.show(stage),
        stage_tone=choices.UNIT_STAGE.tones.get(stage, ""),
        as_of=day,
        printed_on=calendar.today(),
        identity=_pairs(row, IDENTITY, fields_of),
        found=_pairs(row, FOUND, fields_of),
        revival=_revival(row),
        returns=_returns(session, unit_id, day),
        evidence=list(_evidence(session, unit_id, day, told)),
        note=[part for line in row.note.split("\n") for part in _parts(line, LONG)],
        obstacles=_obstacles(told),
        actions=_actions(told, day),
        loans=_loans(session, unit_id, day),
        documents=_documents(papers),
        before=[each for each in reversed(papers) if each.kind == "photo_before"],
        after=[each for each in reversed(papers) if each.kind == "photo_after"],
        events=_events(told),
    )


def _pairs(row: Any, names: Sequence[str], fields_of: FieldsOf) -> list[tuple[str, str]]:
    """Label and value, without those that are not given; a number with its unit of measure."""
    fields = fields_of("unit")[1]
    found = []
    for name in names:
        shown = fields[name].text(row)
        if shown:
            suffix = fields[name].kind.suffix
            found.append((fields[name].label, f"{shown} {suffix}".strip()))
    return found


def _revival(row: Any) -> str:
    if not row.claimed and row.returned_on is None:
        return "بازگشتی به تولید ثبت نشده است."
    if row.missing:
        return (
            f"بازگشت اعلام شده و هنوز شمرده نمی‌شود؛ کم دارد: {choices.MISSING.show(row.missing)}."
        )
    since = calendar.long_jalali(row.returned_on)
    if not row.counted:
        return f"نخستین بازگشت {since} است و در عدد مبنا آمده است."
    lasting = "؛ احیای آن پایدار است" if row.sustained else ""
    return f"نخستین بازگشت {since} است و در شمار احیا آمده است{lasting}."


def _returns(session: Session, unit_id: int, day: date) -> Table:
    rows = []
    for each in units.revivals(session, unit_id):
        if each.returned_on > day:
            continue
        stopped = each.stopped_on if each.stopped_on and each.stopped_on <= day else None
        rows.append(
            (
                words.day(each.returned_on),
                words.people(each.jobs_after),
                words.percent(each.capacity_after),
                words.day(stopped) if stopped else "در حال کار",
                each.stop_reason if stopped else "",
            )
        )
    heads = ("روز بازگشت", "شاغلان", "ظرفیت", "روز توقف", "دلیل توقف")
    tones = {(n, 3): "good" if row[3] == "در حال کار" else "bad" for n, row in enumerate(rows)}
    return Table(heads, (2, 2, 2, 2, 4), rows, tones)


def _evidence(session: Session, unit_id: int, day: date, told: Sequence[Entry]) -> Iterator[str]:
    """The follow-up visits and documents that show activity after a return."""
    facts = standing.facts_of(session.connection(), unit_id)
    if facts is None:
        return
    returns = [each for each in facts.returns if each.returned_on <= day]
    days = {
        shown
        for each in returns
        for shown in rules.evidence_days(facts, each, min(day, each.stopped_on or day))
    }
    for entry in told:
        if entry.day not in days or (entry.facts.get("capacity") or 0) < facts.capacity:
            continue
        visited = entry.event == "visit" and entry.facts["kind"] == "follow_up"
        if (visited and entry.facts["review"] == "accepted") or entry.event == "document":
            word = words.WHAT.show(words.what(entry))
            yield f"{words.day(entry.day)}: {word}، {words.line(entry)}"


def _obstacles(told: Sequence[Entry]) -> Table:
    removed = {entry.record_id: entry for entry in told if entry.event == "obstacle_removed"}
    found = [entry for entry in told if entry.event == "obstacle_found"]
    rows, tones = list[Sequence[str]](), dict[tuple[int, int], str]()
    for entry in sorted(found, key=lambda each: each.record_id in removed):
        facts, end = entry.facts, removed.get(entry.record_id)
        name = facts["kind"] + (" (اصلی)" if facts.get("main") else "")
        how = words.line(end) if end else facts.get("note", "")
        tones[len(rows), 4] = "good" if end else "warn"
        first = (
            name,
            choices.SEVERITY.show(facts["severity"]),
            facts.get("agency", ""),
            words.day(entry.day),
            f"{REMOVED} {words.day(end.day)}" if end else OPEN,
        )
        rows += _continued(first, how.removeprefix(f"{facts['kind']}؛ "), NARROW)
    heads = ("مانع", "شدت", "دستگاه", "شناسایی", "وضعیت", "توضیح")
    return Table(heads, (3, 1.2, 3, 2, 2.2, 4), rows, tones)


def _actions(told: Sequence[Entry], day: date) -> Table:
    ended = {entry.record_id: entry for entry in told if entry.event == "action_done"}
    rows, tones = list[Sequence[str]](), dict[tuple[int, int], str]()
    for entry in told:
        if entry.event != "action_decided":
            continue
        facts, end = entry.facts, ended.get(entry.record_id)
        due = facts.get("due_on")
        if end is not None:
            done = end.facts["result"] == "done"
            state, tone = ("انجام‌شده" if done else "انجام‌نشده"), ("good" if done else "bad")
            state += f" {words.day(end.day)}"
        elif due is not None and due < day:
            state, tone = "دیرشده", "bad"
        else:
            state, tone = "در جریان", "accent"
        tones[len(rows), 4] = tone
        who = facts.get("agency") or facts.get("person") or facts.get("group", "")
        outcome = end.facts.get("outcome", "") if end else ""
        rows.append(
            (
                choices.ACTION_KIND.show(facts["kind"]),
                facts["what"] + (f" — {outcome}" if outcome else ""),
                who,
                words.day(due) if due else "",
                state,
            )
        )
    return Table(("نوع", "چه", "دستگاه یا کس", "مهلت", "وضعیت"), (1.4, 5, 3, 2, 2.4), rows, tones)


def _loans(session: Session, unit_id: int, day: date) -> Table:
    view = View({"unit_id": [unit_id]}, sort="applied_on", as_of=day)
    rows, tones = list[Sequence[str]](), dict[tuple[int, int], str]()
    found = ids(session, loan_queries.SOURCE, view)
    by_id = {row.id: row for row in rows_of(session, loan_queries.SOURCE, list(found), view)}
    for row in (by_id[number] for number in found):
        tones[len(rows), 5] = choices.STAGE.tones.get(row.stage, "")
        approved = row.approved_on is not None and row.approved_on <= day
        rows.append(
            (
                row.bank,
                choices.PURPOSE.show(row.purpose),
                words.rial(row.amount_asked),
                words.rial(row.amount_approved) if approved and row.amount_approved else "",
                words.rial(row.paid) if row.paid else "",
                choices.STAGE.show(row.stage),
                words.day(row.applied_on),
            )
        )
    heads = ("بانک", "برای", "درخواست", "مصوب", "پرداخت‌شده", "مرحله", "روز درخواست")
    return Table(heads, (1.8, 2, 2.6, 2.6, 2.6, 2, 2), rows, tones)


def _documents(papers: Sequence[DocumentRow]) -> Table:
    rows = [
        (
            choices.DOCUMENT_KIND.show(each.kind),
            each.title,
            words.day(each.day) if each.day else "",
            "" if each.heads is None else words.people(each.heads),
            "" if each.capacity is None else words.percent(each.capacity),
            each.sha256[:16],
        )
        for each in papers
    ]
    heads = ("نوع", "عنوان", "روز", "شاغلان", "ظرفیت", "اثر انگشت")
    return Table(heads, (2.4, 5, 2, 1.6, 1.8, 3), rows)


def _events(told: Sequence[Entry]) -> Table:
    rows, tones = list[Sequence[str]](), dict[tuple[int, int], str]()
    for entry in told:
        code = words.what(entry)
        tones[len(rows), 1] = words.WHAT.tones.get(code, "")
        rows += _continued((words.day(entry.day), words.WHAT.show(code)), words.line(entry), LONG)
    return Table(("روز", "رویداد", "شرح"), (2, 3, 10), rows, tones)


def _parts(told: str, most: int) -> list[str]:
    """A text in pieces of at most `most` letters, cut between words where it can be."""
    rest, found = " ".join(told.split()), list[str]()
    while len(rest) > most:
        cut = rest.rfind(" ", most // 2, most)
        cut = most if cut < 0 else cut
        found.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*found, rest] if rest else found


def _continued(first: Sequence[str], told: str, most: int) -> Iterator[Sequence[str]]:
    """A row, and more of them for what is too long for one: a row is never broken."""
    for number, part in enumerate(_parts(told, most) or [""]):
        yield (*(first if not number else [""] * len(first)), part)


def number_of(session: Session, code: str) -> int | None:
    """The id of the unit with this code; None if there is none."""
    return session.scalar(select(Unit.id).where(Unit.code == code))
