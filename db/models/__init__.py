"""The records, one a file. Importing this package makes all of them known to SQLAlchemy."""

from __future__ import annotations

from db.models.action import Action
from db.models.agency import Agency
from db.models.bank import Bank
from db.models.base import Base, Findable, Record
from db.models.change import Change
from db.models.county import County
from db.models.document import Content, Document
from db.models.estate import Estate
from db.models.exercise import Award, Exercise, Participation
from db.models.industry import Industry
from db.models.jihadi_group import JihadiGroup
from db.models.loan import Loan
from db.models.obstacle import Obstacle
from db.models.obstacle_kind import ObstacleKind
from db.models.programme import Milestone, Programme
from db.models.report_run import ReportRun
from db.models.revival import Revival
from db.models.standing import Standing
from db.models.tranche import Tranche
from db.models.unit import Unit
from db.models.visit import Visit
from db.models.volunteer import Volunteer

__all__ = [
    "Action",
    "Agency",
    "Award",
    "Bank",
    "Base",
    "Change",
    "Content",
    "County",
    "Document",
    "Estate",
    "Exercise",
    "Findable",
    "Industry",
    "JihadiGroup",
    "Loan",
    "Milestone",
    "Obstacle",
    "ObstacleKind",
    "Participation",
    "Programme",
    "Record",
    "ReportRun",
    "Revival",
    "Standing",
    "Tranche",
    "Unit",
    "Visit",
    "Volunteer",
]
