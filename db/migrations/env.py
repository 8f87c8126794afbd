"""How Alembic runs our steps: on the connection it is handed, in its transaction."""

from __future__ import annotations

from alembic import context

from db import models

models.load_all()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=models.Base.metadata,
    transactional_ddl=True,  # else a step that fails half-way leaves its first half behind
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
