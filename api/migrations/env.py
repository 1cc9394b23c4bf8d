"""What Alembic runs: the migrations, over the connection that `api/migrate.py` hands in."""

from alembic import context

import api.audit.models
import api.conversation.models
import api.desk.models  # noqa: F401 - the tables register themselves
from api.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
