from datetime import UTC, datetime

AT = datetime(2027, 1, 12, 9, tzinfo=UTC)
SIGNED = datetime(2027, 1, 12, 10, 6, tzinfo=UTC)
