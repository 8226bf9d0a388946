"""Stable keys for what is printed in a document.

Knows what makes a figure or a claim the same one when a document is read again. Does not know
the values, which may change with a better reading while the key must not.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipelines.domain.disclosure import Claim, Disclosure, FormRow

KEY_LENGTH = 16
RowPosition = tuple[int, int, int]


def figure_ids(disclosure: Disclosure) -> list[str]:
    """The key of each figure, in the figures' order.

    A row is known by its code, or else its label, and by how many rows above it on the same form
    and side carry the same: rows inserted elsewhere leave the key alone. A table without a form is
    known by its title, a number without a measure by its column's header.
    """
    titles = {form.table_index: form.title for form in disclosure.forms}
    names = _row_names(disclosure.rows, titles)
    return _unique_keys(
        disclosure.document_id,
        (
            (
                *names[_position(figure.row)],
                figure.measure or f"header {'/'.join(figure.column.header_path)}",
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


def _row_name(row: FormRow) -> str:
    return f"code {row.row_code}" if row.row_code else f"label {row.row_label}"


def _position(row: FormRow) -> RowPosition:
    """Where a row stands in its document: blocks side by side have rows of their own."""
    return row.table_index, row.block, row.row_index


def _side_name(row: FormRow, titles: Mapping[int, str]) -> tuple[str, str]:
    """What names the form and side that a row belongs to."""
    form = row.form or f"title {titles[row.table_index]}"
    return form, row.section or ("" if row.form else f"block {row.block}")


def _row_names(
    rows: Sequence[FormRow], titles: Mapping[int, str]
) -> dict[RowPosition, tuple[str, ...]]:
    """What names each row, and how many of that name stand above it on the same form and side."""
    seen: Counter[tuple[str, ...]] = Counter()
    names: dict[RowPosition, tuple[str, ...]] = {}
    for row in sorted(rows, key=_position):
        name = (*_side_name(row, titles), _row_name(row))
        names[_position(row)] = (*name, str(seen[name]))
        seen[name] += 1
    return names


def _unique_keys(document_id: str, things: Iterable[tuple[str, ...]]) -> list[str]:
    seen: dict[str, int] = {}
    keys = []
    for parts in things:
        name = "\x1f".join(parts)
        repeated = seen.get(name, 0)
        seen[name] = repeated + 1
        text = f"{document_id}\x1f{name}\x1f{repeated}"
        keys.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH])
    return keys
