"""The records, one a file. Importing this package makes all of them known to SQLAlchemy."""

from __future__ import annotations

from db.models.bank import Bank
from db.models.base import Base, Findable, Record
from db.models.change import Change
from db.models.county import County
from db.models.estate import Estate
from db.models.industry import Industry
from db.models.jihadi_group import JihadiGroup
from db.models.loan import Loan
from db.models.obstacle_kind import ObstacleKind
from db.models.programme import Milestone, Programme
from db.models.report_run import ReportRun
from db.models.revival import Revival
from db.models.tranche import Tranche
from db.models.unit import Unit

__all__ = [
    "Bank",
    "Base",
    "Change",
    "County",
    "Estate",
    "Findable",
    "Industry",
    "JihadiGroup",
    "Loan",
    "Milestone",
    "ObstacleKind",
    "Programme",
    "Record",
    "ReportRun",
    "Revival",
    "Tranche",
    "Unit",
]
