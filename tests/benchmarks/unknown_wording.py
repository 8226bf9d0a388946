"""Measures what is left of a document's meaning when its words are none that anybody knows.

Usage: python tests/benchmarks/unknown_wording.py [--trials N] [--seed N] [--jobs N] [--show N]

Every document of the samples and of the shared corpus is read once and disclosed as it is: that is
the baseline, by place. Then words of copies of it are replaced, run by run, by nonsense of the same
length: names of fish that no budget knows. Digits, codes, years, enumerators, punctuation and units
in brackets stay. Row labels, notes below a table and the narrative stay too.

Nonsense trials replace one header cell (on every page that repeats it), one title (above its table
and in the table of contents), the title and all headers of one form, those of the whole document,
or some of them, drawn at random. A fifth of the trials is each. A trial is one column that the
baseline gives a measure, that prints three or more unequal amounts, and whose title or header was
replaced. It is right where each of its figures has its form, section and measure back, wrong where
one has another, and else without a meaning. Wrong meanings of all other columns count as well: of
short ones, of columns nobody touched, of numbers that were no figures, forms of empty tables, and
names of rows.

Leaving one out replaces, in each document of the corpus, what only this one prints among the
corpus (its Word and its PDF file are one document), and in each sample what only its house style
prints among the samples: titles without years and department, headers, and labels of rows that the
catalogue names. That stands for removing these wordings from the catalogue, and is harsher: a
reader may recognise a part of a wording that its catalogue lacks, but never a part of nonsense.

Where words stand is told by the baseline alone: titles by those of its tables, headers by those of
its columns. What the baseline itself gets wrong is not measured here. Ends with 1 if a bar is
missed.
"""

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TypeAlias

from pipelines.domain.disclosure import Disclosure, Figure, FormPrinting
from pipelines.normalising import disclosing
from tests.benchmarks.printed_words import (
    ColumnKey,
    FigureKey,
    Role,
    Source,
    Word,
    column_of,
    fold,
    garble,
    keyed,
    source_of,
)
from tests.forge.samples import samples
from tests.paths import REFERENCE_DIR, SAMPLES_DIR, SHARED_DIR

CORPUS_DIR = SHARED_DIR / "corpus"
SUFFIXES = (".pdf", ".docx", ".html")
LEAST_TRIALS = 5_000
LEAST_RIGHT = 0.8
PROGRESS_EVERY = 250

YEAR = re.compile(r"(?:19|20)\d\d年?度?")
Meaning: TypeAlias = tuple[str, str, str]  # form, section, measure


class Kind(StrEnum):
    """What of a document's words is replaced."""

    HEADER = "one header cell"
    TITLE = "one title"
    FORM = "all words of one form"
    DOCUMENT = "all words of a document"
    SOME = "some words of a document"
    ALONE = "words of this one alone"


TRIED = (Kind.HEADER, Kind.TITLE, Kind.FORM, Kind.DOCUMENT, Kind.SOME)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the trials are drawn from: a document's words, and how much of it counts."""

    path: Path
    population: str
    words: tuple[Word, ...]
    solid: frozenset[ColumnKey]
    counts: Counter[str]
    department: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A copy of a document with some of its words replaced; ``words`` are their numbers."""

    path: Path
    kind: Kind
    words: tuple[int, ...]
    seed: str


@dataclass(slots=True)
class Outcome:
    """What became of one variant, or of many: counts, and what to show of each sort."""

    counts: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[str]] = field(default_factory=dict)

    def add(self, other: "Outcome") -> None:
        """Count another one too."""
        self.counts.update(other.counts)
        for sort, said in other.shown.items():
            self.show(sort, said)

    def show(self, sort: str, said: list[str]) -> None:
        """Keep what is to be shown."""
        self.shown[sort] = self.shown.get(sort, []) + said


def documents() -> list[Path]:
    """The samples and the corpus; says so where one is absent."""
    found = list[Path]()
    for folder in (CORPUS_DIR, SAMPLES_DIR):
        paths = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
        if not paths:
            print(f"skipped: no documents under {folder.name}")
        found += paths
    return found


def meaning_of(figure: Figure) -> Meaning:
    """What a figure is said to be."""
    return figure.form, figure.section, figure.measure


def survey(path: Path) -> Survey:
    """Read a document and tell what trials can be made of it."""
    source = source_of(path)
    kind = source.disclosure.identification.kind
    population = " ".join(
        (
            "corpus" if path.is_relative_to(CORPUS_DIR) else "samples",
            source.document.kind.value,
            kind.value if kind else "neither",
        )
    )
    counts = source.sought + Counter(
        {
            "figures": len(source.figures),
            "columns": len(source.columns),
            "named": len(source.named),
            "solid": len(source.solid),
            "twins": len(source.twins),
        }
    )
    department = fold(source.disclosure.identification.department_name)
    return Survey(path, population, source.words, source.solid, counts, department)


def choices(surveyed: Survey, kind: Kind) -> list[tuple[int, ...]]:
    """All choices of words of one kind."""
    numbers = [number for number, word in enumerate(surveyed.words) if word.role is not Role.LABEL]
    roles = {Kind.HEADER: Role.HEADER, Kind.TITLE: Role.TITLE}
    if kind in roles:
        return [(number,) for number in numbers if surveyed.words[number].role is roles[kind]]
    if kind is Kind.FORM:
        tables = sorted({surveyed.words[number].table for number in numbers})
        return [
            tuple(number for number in numbers if surveyed.words[number].table == table)
            for table in tables
        ]
    return [tuple(numbers)]


def trials_of(surveyed: Survey, words: Iterable[int]) -> int:
    """How many trials a choice of words makes."""
    touched = frozenset[ColumnKey]().union(*(surveyed.words[word].columns for word in words))
    return len(touched & surveyed.solid)


def draw(surveys: Sequence[Survey], trials: int, seed: int) -> list[Variant]:
    """Draw variants until each kind has its share of the trials.

    No choice of words is made again, with other nonsense, before every other one was made.
    """
    drawn = list[Variant]()
    for kind in TRIED:
        rng = random.Random(f"{seed} {kind}")  # noqa: S311 - reproducible, no secrets
        every = [(each, words) for each in surveys for words in choices(each, kind)]
        if not any(trials_of(each, words) for each, words in every):
            continue
        made, rounds = 0, count(1)
        while made * len(TRIED) < trials:
            turn = next(rounds)
            rng.shuffle(every)
            for surveyed, words in every:
                if made * len(TRIED) >= trials:
                    break
                some = thinned(words, rng) if kind is Kind.SOME else words
                made += trials_of(surveyed, some)
                name = f"{seed} {surveyed.path.name} {kind} {turn} {some}"
                drawn.append(Variant(surveyed.path, kind, some, name))
    return drawn


def thinned(words: tuple[int, ...], rng: random.Random) -> tuple[int, ...]:
    """Some of the words, by a chance that is drawn first."""
    chance = rng.uniform(0.1, 0.9)
    return tuple(word for word in words if rng.random() < chance)


def left_out(surveys: Sequence[Survey], seed: int) -> list[Variant]:
    """For each document the variant without what only it, or its house style, prints."""
    styles = {sample.file_name: sample.style_name for sample in samples()}
    printing: defaultdict[tuple[bool, str], set[str]] = defaultdict(set)
    groups = dict[Path, tuple[bool, str]]()
    for each in surveys:
        is_sample = each.path.is_relative_to(SAMPLES_DIR)
        name = styles.get(each.path.name, each.path.stem)
        groups[each.path] = (is_sample, name if is_sample else each.path.stem)
        for word in each.words:
            printing[is_sample, wording(word, each)].add(groups[each.path][1])
    variants = list[Variant]()
    for each in surveys:
        is_sample, _ = groups[each.path]
        alone = tuple(
            number
            for number, word in enumerate(each.words)
            if len(printing[is_sample, wording(word, each)]) == 1
        )
        variants.append(Variant(each.path, Kind.ALONE, alone, f"{seed} {each.path.name} alone"))
    return variants


def wording(word: Word, surveyed: Survey) -> str:
    """A word as others may print it: a title without years and department."""
    if word.role is not Role.TITLE:
        return word.text
    text = YEAR.sub("", word.text)
    return text.replace(surveyed.department, "") if surveyed.department else text


def try_variant(variant: Variant) -> Outcome:
    """Disclose a variant and compare."""
    source = source_of(variant.path)
    words = [source.words[number] for number in variant.words]
    garbled = garble(source.document, words, variant.seed)
    found = disclosing.disclose(garbled, REFERENCE_DIR)
    touched = frozenset[ColumnKey]().union(*(word.columns for word in words))
    named = ", ".join(f"{word.role} {word.text}" for word in words[:3])
    head = f"{variant.path.name}: {variant.kind} ({named}{', …' if len(words) > 3 else ''})"
    outcome = compare(source, found, touched, head)
    judge_rows(
        source, found, {word.text for word in words if word.role is Role.LABEL}, outcome, head
    )
    return outcome


def compare(source: Source, found: Disclosure, touched: frozenset[ColumnKey], head: str) -> Outcome:
    """Compare a variant with its baseline, number for number."""
    outcome = Outcome(Counter({"variants": 1, "figures": len(source.figures)}))
    figures = keyed(found.figures)
    for column in source.columns:
        judge(column, source, figures, outcome, is_touched=column in touched, head=head)
    strangers = [
        figure for key, figure in figures.items() if key not in source.figures and figure.measure
    ]
    outcome.counts["wrong elsewhere"] += len({column_of(figure) for figure in strangers})
    outcome.show("wrong", [example(head, None, figure) for figure in strangers[:1]])
    judge_empty_tables(source, found, outcome, head)
    return outcome


def judge_rows(
    source: Source, found: Disclosure, replaced: set[str], outcome: Outcome, head: str
) -> None:
    """Count the numbers that are still figures, and those of them whose row is still the same.

    A label that was replaced need not be the same. Shows the first of each sort.
    """
    figures = keyed(found.figures)
    shown: dict[str, str] = {}
    for key, figure in source.figures.items():
        now = figures.get(key)
        if now is None:
            shown.setdefault("lost", f"{figure.text} at {where(figure)} of {figure.row.row_label}")
            continue
        outcome.counts["kept"] += 1
        is_same = now.row.row_code == figure.row.row_code and (
            now.row.row_label == figure.row.row_label or fold(figure.row.row_label) in replaced
        )
        outcome.counts["same rows"] += is_same
        if not is_same:
            shown.setdefault("row", f"{row_of(figure)} became {row_of(now)} at {where(figure)}")
        if now.row.line not in ("", figure.row.line):
            outcome.counts["wrong lines"] += 1
            shown.setdefault("line", f"{row_of(figure)} became {row_of(now)} at {where(figure)}")
    for sort, said in shown.items():
        outcome.show(sort, [f"{head}: {said}"])


def row_of(figure: Figure) -> str:
    """A figure's row for people."""
    row = figure.row
    return f"[{' '.join(filter(None, (row.row_code, row.row_label, row.line)))}]"


def judge(
    column: ColumnKey,
    source: Source,
    figures: dict[FigureKey, Figure],
    outcome: Outcome,
    *,
    is_touched: bool,
    head: str,
) -> None:
    """Count whether a column got its meaning back, none, or another."""
    pairs = [(source.figures[key], figures.get(key)) for key in source.columns[column]]
    wrong = [(was, now) for was, now in pairs if now is not None and is_wrong(was, now)]
    is_right = all(now is not None and meaning_of(was) == meaning_of(now) for was, now in pairs)
    verdict = "wrong" if wrong else "right" if is_right else "none"
    outcome.show("wrong", [example(head, was, now) for was, now in wrong[:1]])
    if column not in source.named or not is_touched:
        outcome.counts[f"{verdict} elsewhere"] += 1
        return
    if column not in source.solid:
        outcome.counts[f"{verdict} short"] += 1
        return
    outcome.counts["trials"] += 1
    outcome.counts[verdict] += 1
    if verdict == "right":
        ways = {now.resolved_by.value for _, now in pairs if now is not None}
        outcome.counts[f"by {'+'.join(sorted(ways))}"] += 1
    if column in source.twins:
        outcome.counts["twins"] += 1
        outcome.counts[f"{verdict} twins"] += 1


def is_wrong(was: Figure, now: Figure) -> bool:
    """Whether a figure has another meaning, or its table another form, than in the baseline."""
    is_other_form = bool(now.form and was.form and now.form != was.form)
    return is_other_form or bool(now.measure and meaning_of(now) != meaning_of(was))


def judge_empty_tables(source: Source, found: Disclosure, outcome: Outcome, head: str) -> None:
    """Count tables without figures that are given another form."""
    filled = {column[0] for column in source.columns}
    if len(found.forms) != len(source.disclosure.forms):
        outcome.counts["tables lost or found"] += 1
        return
    for was, now in zip(source.disclosure.forms, found.forms, strict=True):
        if was.table_index not in filled and now.form not in ("", was.form):
            outcome.counts["wrong elsewhere"] += 1
            said = f"{head}: empty table {described(was)} became {now.form}"
            outcome.show("wrong", [said])


def described(printing: FormPrinting) -> str:
    """An empty table for people."""
    return f"{printing.form or 'without form'} ({printing.title})"


def where(figure: Figure) -> str:
    """A figure's place for people."""
    return figure.place.path or f"page {figure.place.page}"


def example(head: str, was: Figure | None, now: Figure) -> str:
    """A wrong meaning for people."""
    before = "/".join(meaning_of(was)) if was else "no figure"
    headers = " > ".join((was or now).column.header_path)
    return (
        f"{head}: {now.text} at {where(now)} under [{fold(headers)}]: "
        f"{before} became {'/'.join(meaning_of(now))} by {now.resolved_by.value or 'nothing'}"
    )


Tally: TypeAlias = dict[tuple[str, str], Outcome]


def run(
    pool: ProcessPoolExecutor, variants: Sequence[Variant], surveys: Sequence[Survey]
) -> tuple[Tally, Tally]:
    """Try all variants; outcomes by kind and population, and by kind and document."""
    surveyed = {each.path: each for each in surveys}
    by_population: Tally = defaultdict(Outcome)
    by_document: Tally = defaultdict(Outcome)
    ordered = sorted(variants, key=lambda variant: str(variant.path))
    futures = [pool.submit(try_variant, variant) for variant in ordered]
    for number, (variant, future) in enumerate(zip(ordered, futures, strict=True), start=1):
        outcome = outcome_of(future, variant, surveyed[variant.path])
        by_population[variant.kind, surveyed[variant.path].population].add(outcome)
        by_document[variant.kind, variant.path.name].add(outcome)
        if number % PROGRESS_EVERY == 0:
            print(f"{number} of {len(ordered)} variants", file=sys.stderr, flush=True)
    return by_population, by_document


def outcome_of(future: "Future[Outcome]", variant: Variant, surveyed: Survey) -> Outcome:
    """A variant's outcome; one that cannot be disclosed at all has lost every figure."""
    error = future.exception()
    if error is None:
        return future.result()
    said = f"{variant.path.name}: {variant.kind}: {type(error).__name__}: {error}"
    trials = trials_of(surveyed, variant.words)
    figures = surveyed.counts["figures"]
    counts = {"variants": 1, "broken": 1, "figures": figures, "trials": trials, "none": trials}
    outcome = Outcome(Counter(counts))
    outcome.show("broken", [said])
    return outcome


def total(tally: Tally, name: str | None = None, position: int = 0) -> Outcome:
    """All outcomes of one kind, or of one population, or all."""
    whole = Outcome()
    for key, outcome in sorted(tally.items()):
        if name is None or key[position] == name:
            whole.add(outcome)
    return whole


def share(part: int, whole: int) -> str:
    """A share in per cent, '–' of nothing; nearly all is not all, and hardly any is not none.

    Examples:
        >>> share(1, 3), share(99_999, 100_000), share(1, 100_000), share(0, 0)
        ('33.33 %', '99.99 %', '0.01 %', '–')
    """
    if part in (0, whole):
        return f"{100 * part / whole:.2f} %" if whole else "–"
    return f"{min(max(100 * part / whole, 0.01), 99.99):.2f} %"


HEADINGS = (
    f"{'':34}{'variants':>9}{'printed':>10}{'lost':>6}{'same row':>10}{'trials':>8}{'right':>10}"
    f"{'none':>10}{'wrong':>7}{'short':>7}{'(wrong)':>8}{'elsewhere:':>12}{'wrong':>6}"
    f"{'none':>6}{'lines':>7}{'broken':>8}"
)


def line(name: str, outcome: Outcome) -> str:
    """An outcome as a row of the table."""
    counts = outcome.counts
    short = sum(counts[f"{verdict} short"] for verdict in ("right", "none", "wrong"))
    return (
        f"{name[:33]:34}{counts['variants']:9}{share(counts['kept'], counts['figures']):>10}"
        f"{counts['figures'] - counts['kept']:6}"
        f"{share(counts['same rows'], counts['kept']):>10}{counts['trials']:8}"
        f"{share(counts['right'], counts['trials']):>10}"
        f"{share(counts['none'], counts['trials']):>10}{counts['wrong']:7}{short:7}"
        f"{counts['wrong short']:8}{counts['wrong elsewhere']:18}{counts['none elsewhere']:6}"
        f"{counts['wrong lines']:7}{counts['broken']:8}"
    )


def ways(outcome: Outcome) -> str:
    """What gave the right columns their meaning, and how columns with a twin fared."""
    counts = outcome.counts
    by = [f"{name} {number}" for name, number in sorted(counts.items()) if name[:3] == "by "]
    return (
        f"right {', '.join(by) or 'none'}; columns that equal another of their table: "
        f"{counts['right twins']} of {counts['twins']} right"
    )


def wrong_of(outcome: Outcome) -> int:
    """All columns and tables with a wrong meaning, and figures in rows with a wrong name."""
    names = ("wrong", "wrong short", "wrong elsewhere", "wrong lines")
    return sum(outcome.counts[name] for name in names)


def print_tally(tally: Tally, show: int) -> None:
    """Print the outcomes by kind and by population, and the first wrong ones of each kind."""
    kinds = [kind for kind in Kind if any(key[0] == kind for key in tally)]
    print(HEADINGS)
    for kind in kinds:
        print(line(kind, total(tally, kind)))
    for population in sorted({key[1] for key in tally}):
        print(line(population, total(tally, population, 1)))
    print(line("all", total(tally)))
    for kind in kinds:
        print(f"{kind}: {ways(total(tally, kind))}")
    for kind in kinds:
        for sort, said in sorted(total(tally, kind).shown.items()):
            for each in said[:show]:
                print(f"  {sort}: {each}")


def print_surveys(surveys: Sequence[Survey]) -> None:
    """Print what the baseline is made of, and how much of its wording was found."""
    print(f"{'document':44}{'figures':>8}{'named':>7}{'3+':>5}{'twins':>7}  headers   titles")
    for each in surveys:
        counts = each.counts
        print(
            f"{each.path.name[:43]:44}{counts['figures']:8}{counts['named']:7}{counts['solid']:5}"
            f"{counts['twins']:7}  {counts['headers found']}/{counts['headers']}"
            f"   {counts['titles found']}/{counts['titles']}"
        )


def met(claim: str, *, is_met: bool) -> bool:
    """Print whether a bar is met."""
    print(f"{'met' if is_met else 'MISSED'}: {claim}")
    return is_met


def bars(tried: Outcome, alone: Outcome, trials: int) -> bool:
    """Print which bars are met; whether all are."""
    counts = tried.counts
    least = min(trials, LEAST_TRIALS)
    return all(
        [
            met(
                f"{counts['kept']} of {counts['figures']} printed numbers are still figures",
                is_met=counts["kept"] == counts["figures"],
            ),
            met(
                f"{share(counts['right'], counts['trials'])} of the trials right, "
                f"at least {LEAST_RIGHT:.0%}",
                is_met=counts["right"] >= LEAST_RIGHT * counts["trials"],
            ),
            met(
                f"{wrong_of(tried)} wrong meanings in {counts['trials']} trials, "
                f"at least {least} of them",
                is_met=not wrong_of(tried) and counts["trials"] >= least,
            ),
            met(
                f"left out: {alone.counts['kept']} of {alone.counts['figures']} printed numbers "
                "are still figures",
                is_met=alone.counts["kept"] == alone.counts["figures"],
            ),
            met(f"left out: {wrong_of(alone)} wrong meanings", is_met=not wrong_of(alone)),
            met(
                f"{counts['broken'] + alone.counts['broken']} documents could not be disclosed",
                is_met=not counts["broken"] + alone.counts["broken"],
            ),
        ]
    )


def unchanged(surveys: Sequence[Survey]) -> list[Variant]:
    """Each document with nothing replaced: whatever differs there, no word made it differ."""
    return [Variant(each.path, Kind.ALONE, (), f"{each.path.name} unchanged") for each in surveys]


def main() -> int:
    """Draw, try, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=LEAST_TRIALS)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=10, help="examples of each sort")
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        surveys = list(pool.map(survey, documents()))
        print_surveys(surveys)
        control = total(run(pool, unchanged(surveys), surveys)[0])
        if control.counts["right elsewhere"] != sum(each.counts["columns"] for each in surveys):
            print("UNCHANGED DOCUMENTS DIFFER", *control.shown.items(), sep="\n")
        variants = draw(surveys, options.trials, options.seed)
        tried, _ = run(pool, variants, surveys)
        alone, by_document = run(pool, left_out(surveys, options.seed), surveys)
    print(f"\nNonsense, {len(variants)} variants, seed {options.seed}")
    print_tally(tried, options.show)
    print("\nLeft out what only one document, or one house style of the samples, prints")
    print_tally(alone, options.show)
    for (_, name), outcome in by_document.items():
        print(line(name, outcome))
    print()
    return 0 if bars(total(tried), total(alone), options.trials) else 1


if __name__ == "__main__":
    sys.exit(main())
