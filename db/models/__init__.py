"""The records, one a file, each read when it is first asked for: a start needs a few of them.

SQLAlchemy knows a record from then on. What is about all of them calls `load_all` before: a
write, which orders its rows by the links between their tables, and whoever reads the metadata.
"""

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.models.action import Action
    from db.models.agency import Agency
    from db.models.bank import Bank
    from db.models.base import Base, Findable, Record
    from db.models.call import Call
    from db.models.change import Change
    from db.models.correction import Correction
    from db.models.county import County
    from db.models.document import Content, Document
    from db.models.estate import Estate
    from db.models.exercise import Award, Exercise, Participation
    from db.models.holiday import Holiday
    from db.models.industry import Industry
    from db.models.instalment import Instalment
    from db.models.jihadi_group import JihadiGroup
    from db.models.loan import Loan
    from db.models.obstacle import Obstacle
    from db.models.obstacle_kind import ObstacleKind
    from db.models.payment import Payment
    from db.models.position import Position
    from db.models.programme import Milestone, Programme
    from db.models.report_run import ReportRun
    from db.models.rescheduling import Rescheduling
    from db.models.revival import Revival
    from db.models.standing import Standing
    from db.models.tranche import Tranche
    from db.models.unit import Unit
    from db.models.visit import Visit
    from db.models.volunteer import Volunteer
    from db.models.waiver import Waiver

__all__ = [
    "Action",
    "Agency",
    "Award",
    "Bank",
    "Base",
    "Call",
    "Change",
    "Content",
    "Correction",
    "County",
    "Document",
    "Estate",
    "Exercise",
    "Findable",
    "Holiday",
    "Industry",
    "Instalment",
    "JihadiGroup",
    "Loan",
    "Milestone",
    "Obstacle",
    "ObstacleKind",
    "Participation",
    "Payment",
    "Position",
    "Programme",
    "Record",
    "ReportRun",
    "Rescheduling",
    "Revival",
    "Standing",
    "Tranche",
    "Unit",
    "Visit",
    "Volunteer",
    "Waiver",
    "add_indexes",
    "load_all",
]
_NOT_BY_NAME = {
    "Award": "exercise",
    "Content": "document",
    "Findable": "base",
    "Milestone": "programme",
    "Participation": "exercise",
    "Record": "base",
}


def load_all() -> None:
    """Make every record known to SQLAlchemy."""
    for name in __all__:
        if name not in globals():
            _read(name)


def add_indexes() -> None:
    """Make the indexes known too, once: only who compares the schema asks for them."""
    load_all()
    for mapper in _read("Base").registry.mappers:
        table = mapper.local_table
        known = {each.name for each in table.indexes}
        for late in mapper.class_.INDEXES:
            if late.name not in known:
                late.add_to(table)


def _read(name: str) -> Any:
    """«JihadiGroup» is in `jihadi_group`."""
    if name not in __all__:
        raise AttributeError(f"no record {name!r}")
    file = _NOT_BY_NAME.get(name) or re.sub(r"\B[A-Z]", r"_\g<0>", name).lower()
    found = globals()[name] = getattr(import_module(f"{__name__}.{file}"), name)
    return found


if not TYPE_CHECKING:  # a type checker has seen them above, and so tells a wrong name
    __getattr__ = _read
