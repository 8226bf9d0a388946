"""Stable keys for what is printed in a document.

Knows what makes a figure or a claim the same one when a document is read again. Does not know
the values, which may change with a better reading while the key must not.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable

from pipelines.domain.disclosure import Claim, Disclosure, Figure, FormRow

KEY_LENGTH = 16
RowPosition = tuple[str, str, int]


def figure_ids(disclosure: Disclosure) -> list[str]:
    """The key of each figure, in the figures' order.

    A row is known by its code, or else its label, and by how many rows above it in the same
    form and section carry the same: rows inserted elsewhere leave the key alone.
    """
    occurrences = _row_occurrences(disclosure)
    return _unique_keys(
        disclosure.document_id,
        (
            (
                figure.form,
                figure.section,
                _row_name(figure.row_code, figure.row_label),
                str(occurrences[figure.form, figure.section, figure.row_index]),
                figure.measure,
            )
            for figure in disclosure.figures
        ),
    )


def claim_ids(disclosure: Disclosure) -> list[str]:
    """The key of each claim, in the claims' order: what is claimed of what, the n-th time."""
    return _unique_keys(disclosure.document_id, map(_claim_parts, disclosure.claims))


def _claim_parts(claim: Claim) -> tuple[str, ...]:
    labels = (claim.item_label, claim.group_label)
    return ("/".join(claim.section_path), claim.subject, *labels, claim.kind, claim.base)


def _row_name(code: str, label: str) -> str:
    return f"code {code}" if code else f"label {label}"


def _row_occurrences(disclosure: Disclosure) -> dict[RowPosition, int]:
    """How many rows of the same name stand above each row of the same form and section."""
    printed: tuple[FormRow | Figure, ...] = (*disclosure.rows, *disclosure.figures)
    names = {
        (row.form, row.section, row.row_index): _row_name(row.row_code, row.row_label)
        for row in printed
    }
    seen: Counter[tuple[str, str, str]] = Counter()
    occurrences = {}
    for position in sorted(names):
        form, section, _ = position
        occurrences[position] = seen[form, section, names[position]]
        seen[form, section, names[position]] += 1
    return occurrences


def _unique_keys(document_id: str, things: Iterable[tuple[str, ...]]) -> list[str]:
    seen: Counter[tuple[str, ...]] = Counter()
    keys = []
    for parts in things:
        repeated = seen[parts]
        seen[parts] += 1
        text = "\x1f".join((document_id, *parts, str(repeated)))
        keys.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH])
    return keys
