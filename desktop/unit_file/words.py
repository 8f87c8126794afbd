"""What happened to a unit in words: a coloured word for what it was, and one line about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar, text
from desktop import choices
from desktop.kinds import choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.queries.unit_file import Entry

# The code of the word beside an entry, see `what`.
WHAT = choice(
    {
        "stagnant_since": "آغاز رکود",
        "registered": "ثبت واحد",
        "visit_draft": "پایش (پیش‌نویس)",
        "visit_returned": "پایش (برگشت‌خورده)",
        **choices.VISIT_KIND.choices,
        "obstacle_found": "مانع",
        "obstacle_removed": "رفع مانع",
        "action": "اقدام",
        "resolution": "مصوبه",
        "action_done": "انجام اقدام",
        "action_not_done": "اقدام نافرجام",
        "loan_applied": "درخواست تسهیلات",
        "loan_introduced": "معرفی به بانک",
        "loan_approved": "تصویب تسهیلات",
        "loan_contract": "قرارداد تسهیلات",
        "loan_rejected": "رد تسهیلات",
        "loan_withdrawn": "انصراف از تسهیلات",
        "tranche": "پرداخت تسهیلات",
        "payment": "پرداخت قسط",
        "payment_settles": "تسویهٔ تسهیلات",
        "waiver": "بخشودگی",
        "rescheduling": "امهال",
        "returned": "بازگشت به تولید",
        "stopped": "توقف دوباره",
        "document": "سند",
        "stage": "مرحله",
        "change": "ویرایش",
    },
    {
        "stagnant_since": "bad",
        "registered": "accent",
        "visit_draft": "muted",
        "visit_returned": "bad",
        "obstacle_found": "warn",
        "obstacle_removed": "good",
        "action_done": "good",
        "action_not_done": "bad",
        "loan_approved": "good",
        "loan_rejected": "bad",
        "loan_withdrawn": "bad",
        "tranche": "good",
        "payment_settles": "good",
        "rescheduling": "warn",
        "returned": "good",
        "stopped": "bad",
        "stage": "accent",
        "change": "muted",
    },
)
KIND_WORDS = {
    "unit": "واحد",
    "visit": "پایش",
    "obstacle": "مانع",
    "action": "اقدام",
    "loan": "تسهیلات",
    "revival": "احیا",
    "document": "سند",
    "stage": "مرحله",
}
_MISSING = {
    "jobs": "شاغلان پس از احیا نوشته نشده است",
    "evidence": "گواه فعالیت ندارد",
    "contradicted": "پایش بعدی آن را راکد دیده است",
}


def what(entry: Entry) -> str:
    """The code of its word."""
    facts = entry.facts
    if entry.event == "visit":
        accepted = facts["review"] == "accepted"
        return str(facts["kind"]) if accepted else f"visit_{facts['review']}"
    if entry.event == "action_decided":
        return str(facts["kind"])
    if entry.event == "payment" and facts.get("settles"):
        return "payment_settles"
    if entry.event == "action_done" and facts["result"] != "done":
        return "action_not_done"
    return entry.event


def line(entry: Entry) -> str:
    """One line, without its day and without the word beside it."""
    return _LINES[entry.event](entry.facts)


def rial(amount: int) -> str:
    return f"{text.grouped(amount)} ریال"


def people(count: int) -> str:
    return f"{text.grouped(count)} نفر"


def percent(value: int) -> str:
    return f"{text.grouped(value)} درصد"


def day(value: Any) -> str:
    return calendar.to_persian_date(value)


def _joined(*parts: str, by: str = "؛ ") -> str:
    return by.join(part for part in parts if part)


def _registered(facts: Mapping[str, Any]) -> str:
    capacity = facts["found_capacity"]
    return _joined(
        f"{choices.FOUND_STATE.show(facts['found_state'])} شناخته شد",
        f"شاغلان {people(facts['found_jobs'])}",
        "" if capacity is None else f"ظرفیت {percent(capacity)}",
        by="، ",
    )


def _visit(facts: Mapping[str, Any]) -> str:
    seen = _joined(
        choices.STATE_SEEN.show(facts["state_seen"]),
        f"{people(facts['heads'])} در کار",
        f"ظرفیت {percent(facts['capacity'])}",
        by="، ",
    )
    review = facts["review"]
    kind = "" if review == "accepted" else f"{choices.VISIT_KIND.show(facts['kind'])}: "
    why = f"دلیل برگشت: {facts['return_reason']}" if review == "returned" else ""
    who = facts["group"] or facts["visitors"]
    return _joined(f"{kind}{seen}", why, who, facts["exercise"] or "", facts["findings"])


def _obstacle(facts: Mapping[str, Any]) -> str:
    name = facts["kind"] + (" (مانع اصلی)" if facts.get("main") else "")
    return _joined(
        name,
        f"شدت {choices.SEVERITY.show(facts['severity'])}",
        facts.get("agency", ""),
        facts.get("note", ""),
    )


def _removed(facts: Mapping[str, Any]) -> str:
    by = f"با پیگیری {facts['removed_by']}" if facts.get("removed_by") else ""
    return _joined(facts["kind"], by, facts.get("removal", ""))


def _decided(facts: Mapping[str, Any]) -> str:
    who = facts.get("agency") or facts.get("person") or facts.get("group", "")
    due = f"تا {day(facts['due_on'])}" if facts.get("due_on") else ""
    return _joined(facts["what"], who, due)


def _done(facts: Mapping[str, Any]) -> str:
    return _joined(facts["what"], facts.get("outcome", ""))


def _asked(facts: Mapping[str, Any]) -> str:
    purpose = choices.PURPOSE.show(facts["purpose"])
    return _joined(facts["bank"], purpose, rial(facts["amount_asked"]))


def _approved(facts: Mapping[str, Any]) -> str:
    return _joined(facts["bank"], rial(facts["amount_approved"]))


def _contract(facts: Mapping[str, Any]) -> str:
    number = facts.get("contract_no", "")
    return _joined(_approved(facts), f"شمارهٔ {text.to_persian_digits(number)}" if number else "")


def _tranche(facts: Mapping[str, Any]) -> str:
    return _joined(facts["bank"], f"مرحلهٔ {text.grouped(facts['number'])}", rial(facts["amount"]))


def _payment(facts: Mapping[str, Any]) -> str:
    receipt = text.to_persian_digits(facts.get("receipt_no", ""))
    return _joined(facts["bank"], rial(facts["amount"]), f"رسید {receipt}" if receipt else "")


def _waiver(facts: Mapping[str, Any]) -> str:
    told = f"{rial(facts['amount'])} وجه التزام"
    return _joined(facts["bank"], told, facts.get("reason", ""))


def _rescheduling(facts: Mapping[str, Any]) -> str:
    months = f"{text.grouped(facts['months'])} ماه از {day(facts['first_due_on'])}"
    return _joined(
        facts["bank"], f"اصل {rial(facts['principal'])}", months, facts.get("reason", "")
    )


def _returned(facts: Mapping[str, Any]) -> str:
    jobs, capacity = people(facts["jobs_after"]), percent(facts["capacity_after"])
    return f"شاغلان {jobs}، ظرفیت {capacity}"


def _document(facts: Mapping[str, Any]) -> str:
    capacity, heads = facts["capacity"], facts["heads"]
    return _joined(
        f"{choices.DOCUMENT_KIND.show(facts['kind'])}: «{facts['title']}»",
        "" if heads is None else people(heads),
        "" if capacity is None else f"ظرفیت {percent(capacity)}",
        "روز افزودن" if facts["undated"] else "",
    )


def _stage(facts: Mapping[str, Any]) -> str:
    before, after = (choices.UNIT_STAGE.show(facts[name]) for name in ("before", "stage"))
    why = _MISSING.get(facts["missing"], "")
    return _joined(f"از «{before}» به «{after}»", why)


_LINES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "stagnant_since": lambda facts: "تولید واحد ایستاد",
    "registered": _registered,
    "visit": _visit,
    "obstacle_found": _obstacle,
    "obstacle_removed": _removed,
    "action_decided": _decided,
    "action_done": _done,
    "loan_applied": _asked,
    "loan_introduced": lambda facts: str(facts["bank"]),
    "loan_approved": _approved,
    "loan_contract": _contract,
    "loan_rejected": _asked,
    "loan_withdrawn": _asked,
    "tranche": _tranche,
    "payment": _payment,
    "waiver": _waiver,
    "rescheduling": _rescheduling,
    "returned": _returned,
    "stopped": lambda facts: str(facts.get("stop_reason", "دلیل آن نوشته نشده است")),
    "document": _document,
    "stage": _stage,
}
