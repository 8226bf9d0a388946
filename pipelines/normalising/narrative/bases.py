"""What is compared with: last year's, a budget, or either on a restated basis.

Knows roles and years. Does not know what is compared.
"""

from collections.abc import Mapping

from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.focus import Base, Focus, Thing
from pipelines.normalising.narrative.lexicon import YEAR
from pipelines.normalising.narrative.naming import BUDGET_ROLES, FUND_NAMES, role_of_kind
from pipelines.normalising.narrative.phrases import Phrase

# What a quantity is once it is told on a basis that its other statements are not told on.
RESTATED = "restated"


def restated(role: str) -> str:
    """The role of the same quantity on a restated basis, which no unrestated one compares with.

    >>> [restated(role) for role in ("prior_final", "opening_budget", "actual")]
    ['prior_restated', 'budget_restated', 'restated']
    """
    if role.endswith(RESTATED):
        return role
    if role.startswith("prior"):
        return f"prior_{RESTATED}"
    return f"budget_{RESTATED}" if role in BUDGET_ROLES else RESTATED


def role_against(role: str, base: Base) -> str:
    """The role of what is compared with a base: outturns with outturns, budgets with budgets.

    >>> role_against("budget", Base("prior_final"))
    'actual'
    """
    if base.role.endswith(RESTATED):
        return RESTATED
    if base.role in ("prior_final", *BUDGET_ROLES) and role in BUDGET_ROLES:
        return "actual"
    return role


def read_base(phrase: Phrase, focus: Focus, around: Around) -> Base:
    """What the words of a comparison compare with."""
    narrative = around.narrative
    said = [around.wording.roles[str(token)] for token in phrase.of("ROLE")]
    role = next((each for each in reversed(said) if each != "spending"), "")
    role = role or _role_in_name("".join(phrase.of("SUBJECT")))
    year = next((int(YEAR.findall(token)[0]) for token in phrase.of("YEAR")), None)
    own = narrative.fiscal_year
    is_before = (
        bool(phrase.of("LAST"))
        or phrase.word == "同比"
        or (phrase.word.type == "FROM" and not role and not phrase.of("YEAR"))
        or (year is not None and (own is None or year < own))
    )
    if is_before and year is None:
        year = narrative.year_before
    shifts: Mapping[str, str] = around.wording.entry["a_year_before"]
    if is_before:
        role = shifts.get(role, role) or narrative.prior_role
    text = around.printed(phrase.begin, phrase.end)
    base = Base(role_of_kind(role, around) or "budget", year if is_before else None, text)
    return on_its_basis(base, phrase, focus, around)


def older_base(base: Base, around: Around) -> str:
    """Why a comparison is none with the year before, '' where it is.

    >>> from pipelines.normalising.narrative.examples import said
    >>> said("“三公”经费", "公务接待费2万元，比2019年减少1万元。")[-1]
    'three_public.reception.actual change 1 prior_final ?'
    """
    own = around.narrative.fiscal_year
    is_older = base.year is not None and own is not None and base.year < own - 1
    return "of another year" if is_older else ""


def _role_in_name(words: str) -> str:
    """The role that the name of what is compared with says: 比2023年收支预算总数."""
    bare = FUND_NAMES.sub("", words)
    if "预算" in bare:
        return "budget"
    return "actual" if "决算" in bare else ""


def on_its_basis(base: Base, phrase: Phrase, focus: Focus, around: Around) -> Base:
    """A base as it is compared with where the segment has restated the basis."""
    if focus.restated is None:
        return base
    return Base(restated(base.role), base.year, around.printed(focus.restated, phrase.end))


def role_here(role: str, thing: Thing, focus: Focus, around: Around) -> str:
    """The role of an amount; a second one of a thing may be told on another basis."""
    if focus.restated is None:
        return role
    is_told = any(
        (claim.topic, claim.item, claim.role) == (thing.topic, thing.item, role)
        and claim.item_label == thing.label
        for claim in around.narrative.claims
        if claim.paragraph_index == around.paragraph.index
    )
    return restated(role) if role.startswith("prior") or is_told else role
