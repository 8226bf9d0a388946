"""What a phrase is about, and which quantity of it.

Knows topics, items and roles. Does not know what is said of them.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from lark import Token

from pipelines.domain.disclosure import (
    Direction,
    DocumentKind,
    NarrativeParagraph,
    Part,
    Reading,
)
from pipelines.normalising.narrative.context import (
    FUND_TOPICS,
    GENERAL_TOPICS,
    HELD_TOPICS,
    Narrative,
    State,
    Thing,
    is_total,
    item_level,
    phrase_role_is_default,
)
from pipelines.normalising.narrative.labels import clean_label, label_before
from pipelines.normalising.narrative.lexicon import (
    VALUES,
    Folded,
    Lexicon,
    Phrase,
    Subject,
    any_of,
    lexicon_of,
)
from pipelines.normalising.narrative.printed import count_unit
from pipelines.normalising.narrative.stating import Stating

_ITEM_PART = re.compile(r"\((?P<code>\d*)(?P<level>[类款项])\)")
_YEAR_SAID = re.compile(r"(?:19|20)\d{2}年度?")
FUND_NAMES = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算|财政拨款")
_LISTS_OF_CLASSES = ("basic.class", "project.class", "basic.total", "expenditure.economic")
# Sections on all money, whoever it is from.
_OF_ALL_MONEY = ("income_expenditure", "expenditure")
# Totals that are parts of greater ones.
_PARTS_OF_TOTALS = {
    "income.total": "income_expenditure.income_total",
    "expenditure.total": "income_expenditure.expenditure_total",
}
# Balances stand before a total as what is added to it: 加上年结转收入总计.
_BALANCES = ("income.opening_balance", "income.surplus_used", "expenditure.closing_balance")


def _side(thing: Thing) -> str:
    """Whether a thing is received or spent, '' where both or neither."""
    topic, _, item = thing.name.partition(".")
    side = item.removesuffix("_total") if topic == "income_expenditure" else topic
    return side if side in ("income", "expenditure") else ""


class Naming(Stating):
    """Tells what phrases name."""

    def __init__(
        self, narrative: Narrative, state: State, paragraph: NarrativeParagraph, folded: Folded
    ) -> None:
        super().__init__(narrative, state, paragraph, folded)
        self._lexicon = self._lexicon_here()

    def _lexicon_here(self) -> Lexicon:
        headings = self._narrative.headings
        scope = list(headings.scopes.get(self._topic, ()))
        for topic, words in headings.opens.items():
            if topic not in scope and any(word in self._folded.text for word in words):
                scope.append(topic)
        scope.append("economic_class")
        return lexicon_of(tuple(scope))

    def _thing(self, phrase: Phrase) -> Thing | None:
        """The thing that a phrase names, None where it names a role only or nothing known."""
        named = phrase.of("SUBJECT", "ITEM")
        if not named:
            return None
        token = named[-1]
        if token.type == "ITEM":
            return self._item_thing(token)
        return self._subject_thing(token, is_led=phrase.tokens[0] is not token)

    def _item_thing(self, token: Token) -> Thing:
        parts = list(_ITEM_PART.finditer(token))
        codes = re.findall(r"2[0-3]\d(?:\d{2}){0,2}", token)
        topic = self._topic_of_parts()
        begin, end = token.start_pos or 0, token.end_pos or 0
        label = "".join(self._folded.printed(begin, end).split()).strip("“”\"'")
        return Thing(
            name=f"{topic}.{item_level(parts, codes)}",
            label=label if parts else re.sub(r"[\d-]+|[(（]\d+[)）]", "", label),
            code="".join(part["code"] for part in parts) if parts else codes[-1],
            fund=self._topic if self._topic in FUND_TOPICS else "",
        )

    def _subject_thing(self, token: Token, *, is_led: bool) -> Thing | None:
        key = self._lexicon.subject(token)
        if key is None:
            return None
        subject = self._wording.subjects[key]
        current = self._state.current
        if str(token) in subject.echoes and self._is_like(current, subject):
            return current
        if self._is_another_thing(token, subject, is_led=is_led):
            return None
        if subject.topic == "function_class":
            return Thing(f"{self._topic_of_parts()}.class", label=str(token))
        if subject.topic == "bare_fund":
            return self._fund_of_whole(subject)
        if subject.is_label:
            return self._economic_class(token, subject)
        if subject.is_relative:
            return self._relative(subject, str(token))
        label = self._state.project if subject.topic == "project" else ""
        label = str(token) if subject.topic == "organisation" else label
        body = self._state.body if subject.topic == "staffing" else ""
        fund = subject.fund or self._fund_in(str(token))
        return Thing(subject.name, label=label, group=body, fund=fund, subject=subject)

    def _is_another_thing(self, token: Token, subject: Subject, *, is_led: bool) -> bool:
        """Tell whether the words before make it another thing than its subject."""
        alone = str(token) in subject.weak or str(token) in subject.unglued
        return self._is_disguised(token, subject) or (
            alone and not is_led and self._is_glued(token)
        )

    def _topic_of_parts(self) -> str:
        """What 类, 款 and 项 are parts of: one fund's expenditure, all funds', or all money."""
        if self._topic in FUND_TOPICS:
            return self._topic
        return "appropriation" if self._topic.startswith("appropriation") else "expenditure"

    @staticmethod
    def _is_like(thing: Thing | None, subject: Subject) -> bool:
        """Tell whether what was named before is received, or counted, as a subject is."""
        if thing is None or thing.subject is None or thing.topic != subject.topic:
            return False
        return thing.name.partition(".")[2].startswith(("reception", "foreign"))

    def _fund_of_whole(self, subject: Subject) -> Thing | None:
        """The part of a whole that one fund pays for: 收入10万元，其中：一般公共预算8万元."""
        whole = self._state.whole
        if whole is None:
            return None
        topic = whole.thing.topic
        own = {"income_expenditure": "income", "income": "income"}.get(topic, topic)
        key = f"{own}.{subject.item}"
        known = self._wording.subjects.get(key)
        return Thing(key, fund=subject.item, subject=known) if known else None

    @staticmethod
    def _fund_in(words: str) -> str:
        if words.startswith("一般公共预算"):
            return "general_budget"
        if words.startswith("政府性基金"):
            return "government_fund"
        return "state_capital" if words.startswith("国有资本") else ""

    def _is_glued(self, token: Token) -> bool:
        """Tell whether other words stand right before a word that is common elsewhere too."""
        bare = self._bare_before(token)
        return bool(bare) and not bare.isdigit()

    def _bare_before(self, token: Token) -> str:
        """What stands right before a word in its clause, without words that say nothing."""
        before = self._folded.text[self._state.clause : token.start_pos]
        neutral = sorted(self._wording.entry["neutral"], key=len, reverse=True)
        # What stands before the year is whose: 某局2024年决算总计.
        return clean_label(_YEAR_SAID.split(before)[-1], neutral)

    def _is_disguised(self, token: Token, subject: Subject) -> bool:
        """Tell whether the word before makes it another thing: 人均接待费."""
        before = self._folded.text[self._sentence_begin : token.start_pos]
        words = list(self._wording.entry["disguises"])
        if subject.topic in GENERAL_TOPICS:
            words.extend(self._wording.entry["funds"])
        return before.endswith(tuple(words)) or (
            subject.topic in (*GENERAL_TOPICS, "appropriation")
            and is_total(Thing(subject.name))
            and self._is_qualified(token)
        )

    def _is_qualified(self, token: Token) -> bool:
        """Tell whether the words before a total say whose or which part it is: 其他资金收入总计."""
        return bool(re.search(any_of(self._wording.entry["qualifiers"]), self._bare_before(token)))

    def _economic_class(self, token: Token, subject: Subject) -> Thing | None:
        whole = self._state.whole
        if str(token) in subject.weak and not self._lists_classes():
            return None
        topic = "project" if whole and whole.thing.name.endswith(".project") else "basic"
        if self._paragraph.part is Part.NARRATIVE and self._topic in _OF_ALL_MONEY:
            return Thing("expenditure.economic", label=str(token))
        return Thing(f"{topic}.class", label=str(token))

    def _lists_classes(self) -> bool:
        """Tell whether a class of the economic classification was named before."""
        current, whole = self._state.current, self._state.whole
        return any(
            thing is not None and thing.name in _LISTS_OF_CLASSES
            for thing in (current, whole.thing if whole else None)
        )

    def _relative(self, subject: Subject, words: str) -> Thing | None:
        group = self._state.group
        if group is None or group.subject is None:
            return None
        if "amount" in subject.values and "amount" in group.subject.values:
            return replace(group, fund=self._fund_in(words.removeprefix("涉及")))
        if not subject.counts:
            return None
        return replace(group, label=words) if subject.is_named else group

    def _role(self, phrase: Phrase, thing: Thing | None) -> str:
        """The role that a phrase's words give, else the list's, else the document's."""
        said = [self._wording.roles[str(token)] for token in phrase.of("ROLE")]
        strong = [role for role in said if role != "spending"]
        if thing and thing.subject and thing.subject.role:
            strong.append(thing.subject.role)
        is_performance = thing is not None and thing.topic == "performance"
        words = "" if is_performance else FUND_NAMES.sub("", "".join(phrase.of("SUBJECT")))
        if not strong and words.endswith(
            ("预算", "预算数", "预算收入", "预算支出", "总预算", "预算金额", "预算总额")
        ):
            strong = ["budget"]
        if words.startswith("年初预算"):
            strong = ["opening_budget"]
        if thing and thing.topic in HELD_TOPICS and "planned" not in strong:
            strong = []
        role = strong[-1] if strong else self._unsaid_role(thing, said)
        return self._executed(self._in_year(role, thing))

    def _executed(self, role: str) -> str:
        """What 执行数 is: the outturn in final accounts, that of the year before in a budget."""
        if role != "execution":
            return role
        return "prior_execution" if self._narrative.kind is DocumentKind.BUDGET else "actual"

    def _unsaid_role(self, thing: Thing | None, said: list[str]) -> str:
        state = self._state
        if thing and thing.topic in HELD_TOPICS:
            return "planned" if state.is_planned or state.list_role == "planned" else "held"
        if state.list_role and not said:
            return state.list_role
        return "budget" if self._narrative.kind is DocumentKind.BUDGET else "actual"

    def _in_year(self, role: str, thing: Thing | None) -> str:
        year, own = self._state.year, self._narrative.fiscal_year
        if year is None or own is None or (thing and thing.topic in (*HELD_TOPICS, "performance")):
            return role
        shifts: Mapping[str, str] = self._wording.entry["a_year_before"]
        return shifts.get(role, role) if year == own - 1 else role

    def _as_meant(self, phrase: Phrase, thing: Thing, *, is_named: bool) -> Thing:
        """The thing that a word means after what stands before it."""
        thing = self._scored_before(self._compounded(phrase, thing))
        is_project = thing.subject is not None and thing.subject.name == "performance.project"
        if is_project and self._state.project:
            thing = replace(thing, label=self._state.project)
            if phrase.of("MONEY"):
                return Thing("project.total", label=self._state.project)
        if self._state.awarded is not None and thing.name == "procurement.total":
            return self._state.awarded
        if is_named and self._project_name(phrase, thing):
            return replace(thing, label=self._state.project)
        return thing

    def _compounded(self, phrase: Phrase, thing: Thing) -> Thing:
        """What 三公经费总支出 is: the thing named first, not the sum of all expenditure."""
        previous = self._phrases[self._position - 1] if self._position else None
        if (
            previous is None
            or previous.name != "mentioned"
            or previous.end != phrase.begin
            or thing.topic not in GENERAL_TOPICS
        ):
            return thing
        first = self._thing(previous)
        if first is None or (first.topic in GENERAL_TOPICS and not self._is_part_of(first, thing)):
            return thing
        return first

    @staticmethod
    def _is_part_of(first: Thing, thing: Thing) -> bool:
        """Tell whether what was named first makes a total its own: 专户管理资金收入预算总计."""
        if is_total(first) or not is_total(thing):
            return False
        return thing.name == "income_expenditure.total" or first.name not in _BALANCES

    def _is_of_another_side(self, phrase: Phrase, thing: Thing) -> bool:
        """Tell whether income is said to be spent: 专户管理资金支出预算总计5万元."""
        previous = self._phrases[self._position - 1] if self._position else None
        if previous is not None and previous.name == "mentioned" and previous.end == phrase.begin:
            first = self._thing(previous)
            sides = (_side(first), _side(thing)) if first is not None else ("", "")
            return "" not in sides and sides[0] != sides[1] and is_total(thing)
        if thing.topic != "income" or is_total(thing):
            return False
        end = phrase.of("SUBJECT")[-1].end_pos
        return any(t.startswith("支出") for t in phrase.of("ROLE") if t.start_pos == end)

    def _scored_before(self, thing: Thing) -> Thing:
        """What a score is of: 项目支出绩效评价 in 项目支出绩效评价自评为95分."""
        previous = self._phrases[self._position - 1] if self._position else None
        current = self._state.current
        if (
            previous is not None
            and previous.name == "mentioned"
            and current is not None
            and current.subject is not None
            and "score" in current.subject.values
            and thing.topic == "performance"
        ):
            return current
        return thing

    def _project_name(self, phrase: Phrase, thing: Thing) -> bool:
        """Take the project's name that stands before 财政拨款收入 in a list of projects."""
        if thing.topic != "project" or self._topic != "project_list":
            return False
        if thing.name == "project.income":
            named = phrase.of("SUBJECT")[0].start_pos or 0
            label = label_before(self._folded, self._state.clause, named)
            if label:
                self._state.project = label
        return True

    def _belongs_elsewhere(self) -> bool:
        """Tell whether a role is another thing's: 差旅费支出5万元, or what an unread thing cost."""
        claims, last = self._narrative.claims, self._state.last
        if last is not None and claims[last].reading is Reading.AMBIGUOUS:
            return True
        previous = self._phrases[self._position - 1] if self._position else None
        if previous is None or previous.tokens[-1].type not in ("TEXT", "UP", "DOWN"):
            return False
        neutral = sorted(self._wording.entry["neutral"], key=len, reverse=True)
        return len(clean_label(previous.tokens[-1], neutral)) > 1

    def _spoken_of(self) -> Thing | None:
        """What a phrase without a subject is about."""
        state = self._state
        if state.item is not None and (state.current is None or state.current == state.item):
            return state.item
        return state.current

    def _set_current(self, thing: Thing, role: str, *, is_named: bool) -> None:
        state = self._state
        state.is_unread = state.is_unread and not is_named
        if is_named and thing != state.current:
            state.has_direction = False
            if not state.whole and state.current is not None and not self._compares_next():
                state.base = None
        if thing.name.endswith((".item", ".class", ".subclass")) and thing.topic in (
            *FUND_TOPICS,
            "appropriation",
            "expenditure",
        ):
            state.item = thing
        state.current, state.role = thing, role
        state.is_planned = state.is_planned or role == "planned"
        subject = thing.subject
        if subject and subject.values and thing.topic == "performance" and not subject.is_relative:
            state.group = thing
        within = state.whole is not None and _PARTS_OF_TOTALS.get(thing.name) == (
            state.whole.thing.name
        )
        if state.whole and is_named and is_total(thing) and not within:
            state.whole, state.list_role = None, ""
        if state.whole and not phrase_role_is_default(role, thing):
            state.list_role = role

    def _compares_next(self) -> bool:
        """Tell whether a comparison stands before, and no value since: 与上年相比，收入增加…."""
        for phrase in reversed(self._phrases[: self._position]):
            if phrase.name == "baseline" or phrase.of("RESTATED"):
                return True
            if phrase.name in ("stated", "moved", "loose", "told_each"):
                return False
        return False

    def _is_weak(self, phrase: Phrase) -> bool:
        return any(
            (key := self._lexicon.subject(token)) is not None
            and str(token) in self._wording.subjects[key].weak
            for token in phrase.of("SUBJECT")
        )

    def _counts_for(self, thing: Thing, value: Token) -> bool:
        if value.type != "COUNT" or thing.subject is None:
            return False
        return count_unit(value) in thing.subject.counts

    def _resumes(self, thing: Thing, phrase: Phrase) -> bool:
        """Tell whether a thing named after a reason is the section's own and no more a reason."""
        state = self._state
        if thing.topic != self._topic or state.clause <= state.reason:
            return False
        return self._verb_before(phrase.begin) is None

    def _verb_before(self, position: int) -> Token | None:
        """The verb that the clause of a place begins with: 减少 in 减少人员经费5万元."""
        begin = self._state.clause
        words = (*self._wording.entry["before_moved"], *self._wording.entry["neutral"])
        leading = sorted(words, key=len, reverse=True)
        for phrase in self._phrases:
            if phrase.begin < self._state.clause or phrase.end > position:
                continue
            if phrase.name == "baseline":
                begin = phrase.end
            elif phrase.name == "moved" and not any(t.type in VALUES for t in phrase.tokens):
                bare = clean_label(self._folded.text[begin : phrase.begin], leading)
                return None if bare else phrase.tokens[0]
        return None

    def _direction(self, word: Token) -> Direction:
        return {"UP": Direction.INCREASE, "DOWN": Direction.DECREASE}.get(
            word.type, Direction.UNSAID
        )
