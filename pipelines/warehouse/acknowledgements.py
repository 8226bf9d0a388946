"""Who said of which trouble that it is known, beside the warehouse.

Knows a file of lines of JSON that is only ever appended to, so that it also tells who took back
what. Does not know what is in trouble. It is no table of the warehouse, which is replaced as a
whole and may be made anew.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.acquiring.whole_files import append_line
from pipelines.domain.night_news import Acknowledgement, Trouble, TroubleKind
from pipelines.domain.warehouse_place import Warehouse, beside


@dataclass(frozen=True, slots=True)
class AcknowledgedTrouble:
    """A trouble that somebody knows of.

    Attributes:
        trouble: The trouble, as it was when he said so.
        acknowledgement: Who, when and why.
    """

    trouble: Trouble
    acknowledgement: Acknowledgement


def acknowledgements_of(warehouse: Warehouse) -> Path:
    """The file of a warehouse's acknowledgements."""
    return beside(warehouse, ".acknowledged.jsonl")


def write_acknowledgement(warehouse: Warehouse, trouble: Trouble, said: Acknowledgement) -> None:
    """Note that a trouble is known.

    Raises:
        OSError: The file system refuses.
    """
    _write(warehouse, trouble, said, is_undone=False)


def undo_acknowledgement(warehouse: Warehouse, trouble: Trouble, said: Acknowledgement) -> None:
    """Note that a trouble is no longer to be taken for known, and who says so.

    Raises:
        OSError: The file system refuses.
    """
    _write(warehouse, trouble, said, is_undone=True)


def acknowledged(warehouse: Warehouse) -> dict[tuple[str, str, str], AcknowledgedTrouble]:
    """What is known, by its identity, in the order in which it was said.

    A line that a crash cut short is passed over.
    """
    path = acknowledgements_of(warehouse)
    known: dict[tuple[str, str, str], AcknowledgedTrouble] = {}
    if not path.exists():
        return known
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        read = _read(line)
        if read is None:
            continue
        said, is_undone = read
        known.pop(said.trouble.identity, None)
        if not is_undone:
            known[said.trouble.identity] = said
    return known


def _write(
    warehouse: Warehouse, trouble: Trouble, said: Acknowledgement, *, is_undone: bool
) -> None:
    stored = {
        "juesuan": "undone" if is_undone else "acknowledged",
        "at": said.at.isoformat(),
        "who": said.who,
        "note": said.note,
        "kind": trouble.kind,
        "key": trouble.key,
        "reason": trouble.reason,
        "name": trouble.name,
    }
    append_line(acknowledgements_of(warehouse), json.dumps(stored, ensure_ascii=False))


def _read(line: str) -> tuple[AcknowledgedTrouble, bool] | None:
    try:
        stored = json.loads(line)
        trouble = Trouble(
            TroubleKind(stored["kind"]), stored["key"], stored["name"], reason=stored["reason"]
        )
        said = Acknowledgement(datetime.fromisoformat(stored["at"]), stored["who"], stored["note"])
        return AcknowledgedTrouble(trouble, said), stored["juesuan"] == "undone"
    except (ValueError, TypeError, KeyError):
        return None
