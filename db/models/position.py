"""How a loan's repayment stood from one day to another: worked out, and kept by `db.repaid`."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, index
from db.types import Day, Id, Rial


class Position(Base):
    """By the end of each day from `since` until the day before `until`; amounts in whole rial.

    `principal` and `profit` are unpaid, due or not; those `repaid_…`, the penalties paid and
    waived and the credit are sums up to then. `oldest_due_on` is the due day of the oldest
    instalment that is not paid, of which `oldest_paid` is paid; it is empty when nothing is left.
    Instalments are settled in order: those before it are paid, those after it are not.
    `rescheduled` tells that of a new schedule nothing is paid yet, which is never current.

    With `standing` one of the copies of what could be derived; `ehya check` proves it.
    """

    __tablename__ = "position"
    INDEXES = (
        index("ix_position_loan", "loan_id", "until", "since", "oldest_due_on", "oldest_paid",
              "principal", "profit", "repaid_principal", "repaid_profit", "rescheduled", "id"),
        index("ix_position_day", "until", "since", "oldest_due_on", "loan_id", "oldest_paid",
              "principal", "profit", "repaid_principal", "repaid_profit", "rescheduled", "id"),
    )  # fmt: skip

    id: Mapped[Id]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id", ondelete="CASCADE"))
    since: Mapped[Day]
    until: Mapped[Day]
    principal: Mapped[Rial]
    profit: Mapped[Rial]
    repaid_principal: Mapped[Rial]
    repaid_profit: Mapped[Rial]
    penalty_paid: Mapped[Rial]
    penalty_waived: Mapped[Rial]
    credit: Mapped[Rial]
    oldest_due_on: Mapped[Day | None]
    oldest_paid: Mapped[Rial]
    rescheduled: Mapped[bool]
