"""Text findings: what is certainly wrong with the words themselves.

Knows placeholders, leftovers of the template, lost units, a fund denied in another fund's section
or beside it, and a name written otherwise than the document itself writes it; all but the last two
are data in data/findings.yaml. Wrong years are found in ``year_findings``. Does not judge any
number.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.domain.disclosure import (
    Claim,
    ClaimKind,
    DocumentKind,
    FormPrinting,
    NarrativeParagraph,
    Part,
    TextFinding,
)
from pipelines.domain.place import Place
from pipelines.normalising.narrative.lexicon import Folded, fold, load_data
from pipelines.normalising.narrative.year_findings import find_wrong_years
from pipelines.recognising.wording import squash

_SENTENCE = re.compile(r"[^。!?]+[。!?]?")
_DENIAL = re.compile(r"[无未没不]")
_RATES = frozenset({ClaimKind.GROWTH, ClaimKind.SHARE, ClaimKind.COMPLETION})
_DIVISION = re.compile(r".+?(?:省|市|州|盟|区|县|旗)")
_TITLED = r"(?=(?:20\d{2})年度?(?:部门|单位)?(?:决算|预算))"


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole of data/findings.yaml, compiled."""

    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]
    wrong_fund: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    denied_half: re.Pattern[str]
    joint_funds: re.Pattern[str]
    counted: tuple[str, ...]
    interchangeable: str


@cache
def load_rules() -> Rules:
    """Load the rules that ship with the package."""
    entry = load_data("findings")
    return Rules(
        patterns=tuple(
            (kind, rule, re.compile(pattern))
            for kind in ("placeholder", "template_residue")
            for rule, pattern in entry[kind].items()
        ),
        wrong_fund={
            topic: (tuple(words["own"]), tuple(words["other"]))
            for topic, words in entry["wrong_fund"].items()
        },
        denied_half=re.compile(entry["denied_half"]),
        joint_funds=re.compile(entry["joint_funds"]),
        counted=tuple(entry["counted_without_unit"]),
        interchangeable="".join(entry["interchangeable"]),
    )


def find_text_findings(
    paragraphs: Sequence[NarrativeParagraph],
    claims: Iterable[Claim],
    forms: Sequence[FormPrinting],
    department_name: str,
    kind: DocumentKind | None = None,
    fiscal_year: int | None = None,
) -> tuple[TextFinding, ...]:
    """Find what is wrong with the words, in reading order.

    Args:
        paragraphs: The narrative, with its outline.
        claims: Its claims.
        forms: The forms: what is printed below them counts too.
        department_name: The body as the document names it, '' where it does not.
        kind: Final accounts or budget; no year is wrong where nobody knows.
        fiscal_year: The document's year; no other is wrong where nobody knows it.
    """
    rules = load_rules()
    found = [
        *(each for p in paragraphs for each in _in_paragraph(p, rules, department_name)),
        *(each for claim in claims for each in _in_claim(claim, rules)),
        *find_wrong_years(paragraphs, forms, kind, fiscal_year),
    ]
    found.sort(key=lambda finding: finding.paragraph_index)
    return (*found, *(each for form in forms for each in _in_form(form, rules)))


def _in_paragraph(paragraph: NarrativeParagraph, rules: Rules, name: str) -> Iterator[TextFinding]:
    folded = fold(paragraph.text)
    for sentence in _SENTENCE.finditer(folded.text):
        for kind, rule, pattern in rules.patterns:
            for match in pattern.finditer(sentence[0]):
                if kind == "template_residue" and paragraph.part is Part.DEFINITIONS:
                    continue
                begin = sentence.start() + match.start()
                printed = folded.printed(begin, begin + len(match[0]))
                yield _finding(kind, rule, printed, "", folded, sentence, paragraph)
        yield from _wrong_fund(paragraph, rules, folded, sentence)
        yield from _wrong_name(paragraph, rules, folded, sentence, squash(name))


def _finding(
    kind: str,
    rule: str,
    printed: str,
    expected: str,
    folded: Folded,
    sentence: re.Match[str],
    paragraph: NarrativeParagraph,
) -> TextFinding:
    return TextFinding(
        kind=kind,
        rule=rule,
        printed=printed,
        expected=expected,
        sentence=folded.printed(sentence.start(), sentence.end()).strip(),
        paragraph_index=paragraph.index,
        place=paragraph.place,
    )


def _wrong_fund(
    paragraph: NarrativeParagraph, rules: Rules, folded: Folded, sentence: re.Match[str]
) -> Iterator[TextFinding]:
    if paragraph.is_heading or paragraph.topic not in rules.wrong_fund:
        return
    own, other = rules.wrong_fund[paragraph.topic]
    named = next((word for word in other if word in sentence[0]), "")
    if not named or not _DENIAL.search(sentence[0]) or _names(paragraph, other):
        return
    if not any(word in folded.text for word in own):
        rule = "other_fund"
    elif _halves_name_two(sentence[0], own, other, rules):
        rule = "two_funds"
    else:
        return
    begin = sentence.start() + sentence[0].index(named)
    printed = folded.printed(begin, begin + len(named))
    yield _finding("wrong_fund", rule, printed, own[0], folded, sentence, paragraph)


def _names(paragraph: NarrativeParagraph, funds: tuple[str, ...]) -> bool:
    heading = paragraph.section_path[-1]  # what has a topic stands under the heading that tells it
    return any(fund in heading for fund in funds)


def _halves_name_two(
    sentence: str, own: tuple[str, ...], other: tuple[str, ...], rules: Rules
) -> bool:
    """Tell 没有A收入，也没有使用B安排的支出: the halves of one denial, of two funds."""
    if rules.joint_funds.search(sentence):
        return False
    halves = [(half["fund"], half["side"]) for half in rules.denied_half.finditer(sentence)]
    of_own = {side for fund, side in halves if any(word in fund for word in own)}
    of_other = {side for fund, side in halves if any(word in fund for word in other)}
    return len(of_own) == len(of_other) == 1 and of_own != of_other


def _wrong_name(
    paragraph: NarrativeParagraph,
    rules: Rules,
    folded: Folded,
    sentence: re.Match[str],
    name: str,
) -> Iterator[TextFinding]:
    for rule, pattern in _name_patterns(name, rules.interchangeable):
        for match in re.finditer(pattern, sentence[0]):
            if match[0] != name:
                begin = sentence.start() + match.start()
                printed = folded.printed(begin, begin + len(match[0]))
                yield _finding("name_mismatch", rule, printed, name, folded, sentence, paragraph)


@cache
def _name_patterns(name: str, interchangeable: str) -> tuple[tuple[str, str], ...]:
    if len(name) < 6 or re.search(r"X{2}|×{2}", name):
        return ()
    patterns: list[tuple[str, str]] = []
    if any(word in name for word in interchangeable):
        alternatives = (
            f"[{interchangeable}]" if char in interchangeable else re.escape(char) for char in name
        )
        patterns.append(("interchanged_word", "".join(alternatives)))
    divisions = _DIVISION.findall(name)
    organ = name[len("".join(divisions)) :]
    if len(divisions) > 1 and organ:
        parent = re.escape(f"{divisions[0]}{organ}")
        patterns.append(("name_of_the_parent", f"{parent}{_TITLED}"))
    return tuple(patterns)


def _in_claim(claim: Claim, rules: Rules) -> Iterator[TextFinding]:
    if not claim.is_unit_missing:
        return
    expected = _expected_unit(claim, rules)
    if expected is None:
        return
    yield TextFinding(
        kind="unit_missing",
        rule=f"{claim.kind}_without_unit",
        printed=f"{claim.value_text}{claim.unit}",
        expected=expected,
        sentence=claim.sentence,
        paragraph_index=claim.paragraph_index,
        place=claim.place,
    )


def _expected_unit(claim: Claim, rules: Rules) -> str | None:
    """What is missing behind a number, '' where that is open; None where nothing surely is."""
    if claim.kind in _RATES:
        return f"{claim.value_text}%"
    if claim.kind is ClaimKind.COUNT:
        return "" if not claim.unit and claim.item_label.endswith(rules.counted) else None
    if not claim.unit:
        needs_one = claim.value != 0 and "万元" in claim.sentence
        return f"{claim.value_text}万元" if needs_one else None
    # 0.39万 is a slip where the sentence writes 万元 else; where it always writes 万, a habit.
    full = len(re.findall(r"\d\s*万\s*元", claim.sentence))
    short = len(re.findall(r"\d\s*万(?!\s*元)", claim.sentence))
    return f"{claim.value_text}{claim.unit}元" if full >= short else None


def _in_form(form: FormPrinting, rules: Rules) -> Iterator[TextFinding]:
    for text in (form.note_text, form.empty_statement):
        folded = fold(text)
        for kind, rule, pattern in rules.patterns:
            for match in pattern.finditer(folded.text):
                yield TextFinding(
                    kind=kind,
                    rule=rule,
                    printed=folded.printed(*match.span()),
                    expected="",
                    sentence=text,
                    paragraph_index=-1,
                    place=Place(page=form.place.page, path=form.place.path),
                )
                break
