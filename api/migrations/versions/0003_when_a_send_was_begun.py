"""A message knows since when nobody has said whether the provider took it, not only that.

What was in a worker's hands at the upgrade may have been taken too: it is looked for from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    asked_at = sa.Column("delivery_asked_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("message", asked_at)
    op.execute(
        "UPDATE message SET delivery_asked_at = CURRENT_TIMESTAMP "
        "WHERE delivery = 'pending' AND (delivery_unanswered OR delivery_until IS NOT NULL)"
    )
    op.drop_column("message", "delivery_unanswered")
