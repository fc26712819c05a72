"""What the database itself refuses: to change the log of what people did, or to delete from it before its time.

No page and no slip in our code can, and whoever has the database's address must at least mean to.
"""

from typing import Any

from sqlalchemy import Connection, Table, event

_SQLITE = (
    """CREATE TRIGGER IF NOT EXISTS auditentry_stays BEFORE UPDATE ON auditentry
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS auditentry_is_kept BEFORE DELETE ON auditentry
    WHEN OLD.keep_until >= date('now')
    BEGIN SELECT RAISE(ABORT, 'the log is kept until its time'); END""",
)
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND OLD.keep_until < CURRENT_DATE THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'the log is never changed, and kept until its time';
    END $$""",
    "DROP TRIGGER IF EXISTS auditentry_guard ON auditentry",
    """CREATE TRIGGER auditentry_guard BEFORE UPDATE OR DELETE ON auditentry
    FOR EACH ROW EXECUTE FUNCTION auditentry_refuse()""",
    "DROP TRIGGER IF EXISTS auditentry_whole ON auditentry",
    """CREATE TRIGGER auditentry_whole BEFORE TRUNCATE ON auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION auditentry_refuse()""",
)


def guard_log(table: Table) -> None:
    """Has the triggers made whenever the table is, in the same transaction."""
    event.listen(table, "after_create", _guard)


def _guard(_table: Table, connection: Connection, **_options: Any) -> None:
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[connection.dialect.name]:
        connection.exec_driver_sql(statement)
