"""``python -m core.migrations "What changes"``: drafts the next step from what the tables now are."""

import sys

from alembic import command

from core.migrations.running import HEAD, configuration, migrate
from core.stores.database import SqliteDatabase


def main(message: str) -> None:
    """Write the next step beside the others; read it through before it is committed."""
    database = SqliteDatabase(inline=True)
    database.run_now(migrate)
    number = f"{int(HEAD) + 1:04}"
    database.run_now(
        lambda tx: command.revision(configuration(tx), message, autogenerate=True, rev_id=number)
    )
    database.close()
    sys.stdout.write(f"Read it through, and set HEAD in running.py to {number!r}.\n")


if __name__ == "__main__":
    main(sys.argv[1])
