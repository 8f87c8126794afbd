"""The history of a record as it is read: who, when, what, from what to what."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import calendar, text
from db.queries import changes, lookups
from desktop import kinds
from desktop.choices import OPERATION
from desktop.fields import Field
from desktop.widgets.common import EmptyState
from desktop.widgets.inner_table import Few
from desktop.widgets.table_view import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.models.change import Change
    from desktop.widgets.frame import Frame
