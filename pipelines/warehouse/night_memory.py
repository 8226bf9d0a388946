"""What the last night left, beside the warehouse, for the next one to tell news from old trouble.

Knows the file and its format. Does not know how anything is found or judged. It is no table of the
warehouse, because a night that changes nothing must not touch the warehouse, and what was known
must outlive a warehouse that is made anew.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.acquiring.whole_files import written_whole
from pipelines.domain.night_news import Trouble, TroubleKind
from pipelines.domain.warehouse_place import Warehouse, beside

FORMAT = "night 1"


@dataclass(frozen=True, slots=True)
class DocumentProof:
    """How far a document is proven, and how often it contradicts itself."""

    figures: int
    proven: int
    violations: int


@dataclass(frozen=True, slots=True)
class NightMemory:
    """What a night left.

    Attributes:
        at: When it ended, with its zone.
        troubles: What was wrong, and when a night first found it.
        documents: How far each document was proven, by its id.
    """

    at: datetime
    troubles: Mapping[Trouble, datetime] = field(default_factory=dict)
    documents: Mapping[str, DocumentProof] = field(default_factory=dict)


def memory_of(warehouse: Warehouse) -> Path:
    """The file of a warehouse's last night."""
    return beside(warehouse, ".night.json")


def remember(warehouse: Warehouse, memory: NightMemory) -> None:
    """Put a night's memory in the place of the one before.

    Raises:
        OSError: The file system refuses.
    """
    # A list of numbers a document: there may be a hundred thousand of them.
    stored = {
        "juesuan": FORMAT,
        "at": memory.at.isoformat(),
        "troubles": [
            {**asdict(trouble), "since": since.isoformat()}
            for trouble, since in memory.troubles.items()
        ],
        "documents": {
            document_id: [proof.figures, proof.proven, proof.violations]
            for document_id, proof in memory.documents.items()
        },
    }
    with written_whole(memory_of(warehouse)) as unfinished:
        unfinished.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")


def last_night(warehouse: Warehouse) -> NightMemory | None:
    """What the last night left; None where there was none, or in another version's format."""
    try:
        stored = json.loads(memory_of(warehouse).read_text(encoding="utf-8"))
        if stored["juesuan"] != FORMAT:
            return None
        return NightMemory(
            at=datetime.fromisoformat(stored["at"]),
            troubles=dict(_trouble(each) for each in stored["troubles"]),
            documents={
                document_id: DocumentProof(*numbers)
                for document_id, numbers in stored["documents"].items()
            },
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _trouble(stored: dict[str, Any]) -> tuple[Trouble, datetime]:
    trouble = Trouble(
        TroubleKind(stored["kind"]),
        stored["key"],
        stored["name"],
        stored["department"],
        stored["reason"],
        stored["detail"],
        stored["path"],
        int(stored["row_count"]),
    )
    return trouble, datetime.fromisoformat(stored["since"])
