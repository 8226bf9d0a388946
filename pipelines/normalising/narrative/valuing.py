"""Values by their sort, and those that no known thing stands before.

Knows indicators, reasons, projects and named funds. Does not know comparisons.
"""

import re
from dataclasses import replace

from lark import Token

from pipelines.domain.disclosure import ClaimKind, Direction, DocumentKind
from pipelines.normalising.narrative.context import (
    COUNTED_TOPICS,
    ENUMERATED,
    EVENT_TOPICS,
    EVENTS,
    RESTATED,
    Base,
    Thing,
)
from pipelines.normalising.narrative.labels import clean_label, label_before
from pipelines.normalising.narrative.lexicon import NUMBER, Phrase, any_of, scaled
from pipelines.normalising.narrative.naming import Naming
from pipelines.normalising.narrative.printed import count_unit, read_number, unit_of

_PROJECT_UNITS = ("个", "项")
_APPROXIMATE = ("以上", "以下", "左右", "以内", "多", "余", "的")
_REGION = re.compile(r"^(?:全|我|本)(?:省|市|县|区|州|镇|乡|街道)")
_CHANGED = re.compile(
    rf"(?:有所)?(?:增加|减少|增长|下降|降低|上升|提高)了?(?:额|幅)?(?:为|约)?(?:{NUMBER}[万亿]?元)?$"
)


class Valuing(Naming):
    """Gives values to what they are of."""

    def _value(self, value: Token, thing: Thing, role: str, unit: str = "", note: str = "") -> None:
        """State one value of a thing, whose sort may tell which item of it is meant."""
        if value.type == "BLANK":
            return
        note = note or self._other_bodys(thing)
        if value.type == "COUNT":
            self._count(value, thing, role, note)
            return
        subject = thing.subject
        sort = {"MONEY": "amount", "SCORE": "score"}.get(value.type, "")
        if subject and sort and sort in subject.values:
            thing = thing.item(subject.values[sort])
            self._state.current = replace(thing, subject=subject)
        elif value.type == "MONEY" and self._is_count_only(thing) and self._is_paid(thing):
            thing = self._state.paid or thing
        elif sort == "score" or (value.type == "MONEY" and self._is_count_only(thing)):
            note = note or "this is not said in such a unit"
        if value.type == "MONEY" and not note:
            self._state.paid = thing
        if value.type == "PERCENT" and thing.topic != "performance":
            note = note or "nothing says what it is a part of"
        self._append_value(thing, role, None, value, fallback_unit=unit, note=note)

    def _other_bodys(self, thing: Thing) -> str:
        """Why a value is not of the thing as such: it is part of, or pays for, something else."""
        whole = self._state.whole
        if self._state.is_foreign and thing.topic not in COUNTED_TOPICS:
            return "a part of what is not known"
        if whole and whole.thing.topic == "expenditure" and thing.topic == "income":
            return "pays for what is listed"
        if whole and whole.thing.topic == "operating_cost" and thing.topic != "operating_cost":
            return "the operating cost's part of it"
        return ""

    def _is_paid(self, thing: Thing) -> bool:
        """Tell whether what was counted is what was paid for before: 接待2批，共支出5万元."""
        paid = self._state.paid
        return paid is not None and paid.subject is not None and paid.subject == thing.subject

    @staticmethod
    def _is_count_only(thing: Thing) -> bool:
        if thing.subject is None or thing.topic == "performance":
            return thing.topic in COUNTED_TOPICS
        item = thing.name.partition(".")[2]
        return thing.topic in COUNTED_TOPICS or item in thing.subject.counts.values()

    def _count(self, value: Token, thing: Thing, role: str, note: str = "") -> None:
        unit = count_unit(value)
        counts = thing.subject.counts if thing.subject else {}
        if unit in counts:
            named = thing.item(counts[unit])
            self._append_value(named, role, None, value, note=note)
            self._state.current = replace(named, subject=thing.subject)
            return
        known = thing.subject is None or thing.topic in COUNTED_TOPICS
        if not known and self._topic in self._narrative.headings.indicators:
            label = label_before(self._folded, self._state.clause, value.start_pos or 0)
            self._indicator(value, label)
            return
        self._append_value(
            thing, role, None, value, note=note or ("" if known else "not counted in this unit")
        )

    def _unknown(self, values: list[Token]) -> None:
        """Read values that no known thing stands before."""
        for value in values:
            if value.type == "BLANK":
                continue
            label = label_before(self._folded, self._state.clause, value.start_pos or 0)
            if self._reversed_count(value):
                continue
            if self._fund_result(value, label) or self._project_part(value, label):
                continue
            whole = self._state.whole
            if (
                self._topic in self._narrative.headings.indicators
                or (whole is not None and whole.thing.topic == "performance")
                or (self._topic == "project_list" and value.type != "MONEY")
            ):
                self._indicator(value, label)
            elif label and value.type == "MONEY" and self._is_list_of_items():
                self._listed_item(value, label)
            elif self._state.current is not None or label:
                self._ambiguous(value, "no known thing stands before it")

    def _reversed_count(self, value: Token) -> bool:
        """Read 5个项目开展了部门评价, where the number stands before what it counts."""
        if value.type != "COUNT":
            return False
        current, unit = self._state.current, count_unit(value)
        after = self._folded.text[value.end_pos or 0 :]
        is_event = current is not None and current.topic in EVENT_TOPICS
        if current and is_event and after.startswith(EVENTS) and self._counts_for(current, value):
            self._value(value, current, self._unsaid_role(current, []))
            return True
        is_project = unit in _PROJECT_UNITS and re.match(self._wording.entry["projects"], after)
        if not is_project and not self._named_next(value):
            return False
        for following in self._phrases[self._position + 1 : self._position + 6]:
            if following.of("SEP", "STOP") or following.name not in ("mark", "mentioned"):
                return False
            thing = self._thing(following)
            if (
                thing
                and thing.subject
                and (thing.topic == "staffing" or self._counts_for(thing, value))
            ):
                self._value(value, thing, self._role(Phrase("naming", ()), thing))
                return True
        return False

    def _named_next(self, value: Token) -> bool:
        """Tell whether the thing counted stands right behind the number: 0次节庆活动."""
        rest = self._phrases[self._position + 1 : self._position + 2]
        thing = self._thing(rest[0]) if rest and rest[0].begin == value.end_pos else None
        return thing is not None and thing.topic in (*EVENT_TOPICS, "staffing")

    def _fund_result(self, value: Token, label: str) -> bool:
        """Read what a social insurance fund took in, paid out and has left."""
        if value.type != "MONEY" or self._topic not in (
            *self._narrative.headings.indicators,
            "execution",
        ):
            return False
        match = re.fullmatch(
            r"(?P<fund>.*基金)?(?P<what>收入|支出|(?:累计|当期|滚存|当年)?结余)", label
        )
        if match is None or not (match["fund"] or self._state.fund_label):
            return False
        item = {"收入": "fund_income", "支出": "fund_outlay"}.get(match["what"], "fund_balance")
        self._state.fund_label = match["fund"] or self._state.fund_label
        thing = Thing(f"performance.{item}", label=self._state.fund_label)
        self._value(value, thing, "actual")
        return True

    def _project_part(self, value: Token, label: str) -> bool:
        state = self._state
        if self._topic != "project_list" or not label:
            return False
        if value.type != "MONEY":
            return False
        thing = Thing("project.part", label=label, group=state.project)
        self._value(value, thing, self._unsaid_role(thing, []))
        return True

    def _is_list_of_items(self) -> bool:
        """Tell whether this is a line of a budget's list: 3.水体安排540.86万元."""
        is_budget = self._narrative.kind is DocumentKind.BUDGET
        is_line = bool(ENUMERATED.match(self._folded.text))
        return is_budget and is_line and self._topic == "expenditure"

    def _listed_item(self, value: Token, label: str) -> None:
        thing = Thing("expenditure.item", label=re.sub(r"(?:预算)?安排$", "", label))
        self._value(value, thing, self._unsaid_role(thing, []))

    def _indicator(self, value: Token, label: str) -> None:
        if value.type == "COUNT" and not self._counts_something(value):
            return
        label = self._counted_label(value, label)
        label = "" if label in _APPROXIMATE else label
        previous = self._phrases[self._position - 1] if self._position else None
        moved = previous is not None and previous.name == "moved"
        role = "planned" if self._topic == "measures" else "actual"
        note = "" if label else "nothing names what is counted"
        thing = Thing("performance.indicator", label=label)
        people = any(word in label for word in self._wording.entry["counted_things"])
        if value.type == "MONEY" and not unit_of(value) and people:
            number = read_number(value, "")
            self._append(
                thing,
                role,
                ClaimKind.COUNT,
                value_text=self._folded.printed(*self._number_span(value)),
                value=number.value,
                scale=number.scale,
                unit=number.unit,
                unit_missing=True,
            )
        elif value.type == "NUMBER":
            self._bare_number(value, thing, role)
        elif not moved:
            self._value(value, thing, role, note=note)

    def _counted_label(self, value: Token, label: str) -> str:
        """The name of what is counted, which stands before the number or right behind it."""
        classified = (
            value.type == "COUNT" and count_unit(value) in self._wording.entry["classifiers"]
        )
        if label and not classified and not _REGION.fullmatch(label):
            return label
        following = self._folded.text[value.end_pos or 0 : self._sentence_end]
        named = re.match(r"[^，,、。;:()\d]*(?:\([^()\d]*\))?", following)
        behind = clean_label(named[0] if named else "", _APPROXIMATE)[:24]
        if not behind:
            return label
        region = _REGION.match(label)
        return f"{region[0] if region else ''}{behind}"

    def _bare_number(self, value: Token, thing: Thing, role: str) -> None:
        """Read a number that ends its clause without a unit."""
        after = self._folded.text[value.end_pos or 0 : (value.end_pos or 0) + 1]
        before = self._folded.text[self._sentence_begin : value.start_pos]
        if any(word in before for word in self._wording.entry["addresses"]):
            return
        if after in "，,。;、" and thing.label:
            self._append(
                thing,
                role,
                ClaimKind.COUNT,
                value_text=self._text(value),
                value=scaled(value)[0],
                unit_missing=True,
            )

    def _in_reason(self, phrase: Phrase, values: list[Token]) -> None:
        """Read the amounts that a reason names."""
        state = self._state
        explained = state.current.name if state.current else ""
        if explained and state.explained and state.explained.role.endswith(RESTATED):
            explained = f"{explained}.{RESTATED}"
        for value in values:
            if value.type in ("BLANK", "NUMBER") or (
                value.type == "COUNT" and not self._counts_something(value)
            ):
                continue
            begin = self._state.clause
            verb = phrase.tokens[0] if phrase.name == "moved" else None
            if verb is None and value.type in ("MONEY", "COUNT"):
                verb = self._verb_before(value.start_pos or 0)
                begin = verb.end_pos or 0 if verb else begin
            direction = self._direction(verb) if verb else Direction.UNSAID
            kind: ClaimKind | None = None
            if verb is not None:
                kind = ClaimKind.GROWTH if value.type == "PERCENT" else ClaimKind.CHANGE
            elif value.type == "PERCENT":
                kind = ClaimKind.RATE
            note = "a level and not a change" if self._is_level(value) else ""
            self._append_value(
                Thing("reasons.variance", label=self._reason_label(value, begin)),
                "actual",
                None if note else kind,
                value,
                direction=Direction.UNSAID if note else direction,
                base=Base(explained),
                note=note,
            )
        self._note_fund(phrase)

    def _is_level(self, value: Token) -> bool:
        """Tell whether an amount is what something was or became: 由5万元减少到3万元."""
        begin = max(self._state.clause, self._state.reason)
        before = self._folded.text[begin : value.start_pos]
        return bool(re.search(any_of(self._wording.entry["level"]), before))

    def _reason_label(self, value: Token, begin: int) -> str:
        """What a reason says moved: the words before the number, or the clause before."""
        text = self._folded.text
        before = text[begin : value.start_pos]
        moved = re.split(r"[较比与](?=上|去|年初|\d{4}年)", before)[0]
        label = clean_label(_CHANGED.sub("", moved), ())
        if label or self._state.clause <= self._state.reason:
            return label
        earlier = re.split(
            r"[，,、;。:]", text[self._state.reason : self._state.clause].rstrip("，,、")
        )
        return _CHANGED.sub("", earlier[-1])

    def _note_fund(self, phrase: Phrase) -> None:
        funds = phrase.of("FUND")
        values = [token for token in phrase.tokens if token.type == "MONEY"]
        if funds and values:
            self._named_fund(funds[0], values[-1])

    def _named_fund(self, fund: Token, value: Token) -> None:
        words = re.fullmatch(r"，?为(?:(?P<year>\d{4})年度?)?(?P<name>.*)", str(fund))
        if words is None:
            return
        thing = Thing("funds.named", label=words["name"])
        year = int(words["year"]) if words["year"] else None
        self._append_value(thing, "actual", None, value, year=year)
