"""Writes documents whose prose states whatever the seed ``stated_cells`` knows a cell for.

Of each kind of document, one states it by the first word that the seed has for it and one by the
last, and neither prints a form; a third prints all forms, beside which little may be stated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tests.integration.dbt.staged import Disclosed, Form, Row, Stated
from tests.integration.dbt.term_documents import NAMED, amount, lines_of, name_of

KINDS = {"final_accounts": "actual", "budget": "budget"}


def documents(forms: Mapping[str, Sequence[str]]) -> Iterator[Disclosed]:
    """The documents.

    Args:
        forms: The forms of each kind of document.
    """
    for kind, role in KINDS.items():
        for name, place in (("first", 0), ("last", -1)):
            stating = Disclosed(
                document_id=f"{kind}, {name}",
                forms=(),
                department=f"虚构县{kind}{name}局",
                kind=kind,
                claims=tuple(_claims(kind, role, place)),
            )
            yield stating
        yield replace(
            stating,
            document_id=f"{kind}, beside forms",
            department=f"虚构县{kind}旁局",
            forms=tuple(
                Form(form, (Row("", "合计", "total", {"nothing": "1.00"}),)) for form in forms[kind]
            ),
        )


def _claims(kind: str, role: str, place: int) -> Iterator[Stated]:
    stated: dict[tuple[str, str, str], Stated] = {}
    for row in lines_of("prose/stated_cells.csv"):
        if row["kind"] not in ("", kind):
            continue
        roles = row["role"].split("|")[place] or role
        whole = row["whole"].split("|")[place]
        key = row["topic"], row["item"], roles
        code = NAMED.get(row["item"], "")
        if whole and (row["topic"], whole, roles) not in stated:
            part_of = f"{row['topic']}.{whole}.{roles}"
            stated[row["topic"], whole, roles] = Stated(part_of, "amount", amount(len(stated) + 1))
        if key not in stated or whole:
            stated[key] = Stated(
                f"{row['topic']}.{row['item']}.{roles}",
                "amount",
                amount(len(stated) + 1),
                label=code and name_of(code),
                code=code,
                whole=(f"{row['topic']}.{whole}.{roles}", "") if whole else None,
            )
    yield from stated.values()
