"""Writes moments for people: in the time of the system, with its zone.

Knows that the warehouse's times are in UTC and do not say so. Does not know what happened.
"""

from datetime import UTC, datetime


def moment_text(moment: datetime) -> str:
    """A moment to the second."""
    return f"{_here(moment):%Y-%m-%d %H:%M:%S %z}"


def day_text(moment: datetime) -> str:
    """The day of a moment."""
    return f"{_here(moment):%Y-%m-%d}"


def _here(moment: datetime) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone()
