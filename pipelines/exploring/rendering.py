"""Shows answers in a terminal or a pipe: aligned tables, money with its unit, one line a finding.

Knows how to lay out values for people, Chinese text included. Does not know where they come from.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipelines.domain.file_record import FileStatus
from pipelines.domain.messages import marked, say, say_count
from pipelines.domain.night_news import StandingTrouble
from pipelines.exploring.checks import Check, Term
from pipelines.exploring.comparisons import grouped
from pipelines.exploring.discrepancies import BoundDiscrepancy, Discrepancy, of_counted
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.explanations import (
    DocumentExplanation,
    FigureExplanation,
    FormState,
    UnusedPrint,
)
from pipelines.exploring.labels import named, names
from pipelines.exploring.moments import moment_text
from pipelines.exploring.printed import ClaimRow, FigureRow
from pipelines.exploring.prose_doubts import ProseDoubt
from pipelines.exploring.sentences import finding_text, sentence, suspects_text, what_is
from pipelines.exploring.status import QualityRow, RepairCounts, WarehouseStatus
from pipelines.exploring.topics import padded, topic_line
from pipelines.exploring.trouble_lines import (
    show_failed_tests,
    show_troubles,
    show_unused_files,
)
from pipelines.exploring.wording_gaps import GapKind, WordingGap
from pipelines.warehouse.diary import DiaryEntry

# Wide enough that nothing wraps where the output is read by a program.
WIDTH_WITHOUT_TERMINAL = 240
WIDE_ENOUGH_FOR_ALL_COLUMNS = 140
WIDE_ENOUGH_FOR_SENTENCES = 200
VANISHED_SHOWN = 10
FIRST_LENGTH = 40
PROBLEMS_SHOWN = 3
DOCUMENTS_SHOWN = 40
GAPS_SHOWN = 3
NO_TITLE = marked("(no title)")
NO_WORDS = marked("(no words)")
# Units that are not yuan, as they are written behind a value.
UNIT_MARKS = {"%": " %", "count": ""}


class _PatientConsole(Console):
    """A console whose reader may leave before the end, as ``head`` does: the work goes on."""

    def on_broken_pipe(self) -> None:
        """Write nothing any more; what is being done is done all the same."""
        self.quiet = True
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), self.file.fileno())


def plain_console(*, to_stderr: bool = False) -> Console:
    """A console that shows text as it is: no markup, no guesses at what to highlight."""
    console = _PatientConsole(stderr=to_stderr, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH_WITHOUT_TERMINAL
    return console


def yuan_text(amount: Decimal | None) -> str:
    """An amount in yuan with thousands separators; '' for None.

    Examples:
        >>> yuan_text(Decimal("3913700.000000"))
        '3,913,700.00 元'
        >>> yuan_text(Decimal("-0.125000"))
        '-0.125 元'
    """
    return "" if amount is None else f"{grouped(amount)} 元"


def _value_text(value: Decimal | None, unit: str) -> str:
    """A side of a comparison in its unit; '' for None."""
    if value is None or unit not in UNIT_MARKS:
        return yuan_text(value)
    whole, point, decimals = format(value, ",f").partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}{point if decimals else ''}{decimals}{UNIT_MARKS[unit]}"


def share_text(part: int, whole: int) -> str:
    """A share in per cent, '–' of nothing; never rounded up to 100 %.

    Examples:
        >>> share_text(1, 3), share_text(1999999, 2000000), share_text(0, 0)
        ('33.3 %', '99.9 %', '–')
    """
    return f"{part * 1000 // whole / 10:.1f} %" if whole else "–"


def show_discrepancies(
    console: Console,
    discrepancies: Sequence[BoundDiscrepancy],
) -> None:
    """Show discrepancies as a table, one above the other where it would not fit, or say none."""
    if not discrepancies:
        console.print(say("No discrepancies: every identity that could be evaluated holds."))
        return
    if console.width < WIDE_ENOUGH_FOR_SENTENCES:
        for each in discrepancies:
            _stack_discrepancy(console, each)
        return
    rows = (
        (
            named("level", each.level),
            each.file_name,
            _evaluation_text(each.identity_id, each.scope_key),
            finding_text(each, names()),
            suspects_text(each.suspects, names()) if each.is_located else "",
            _cause_text(each),
            each.place,
            each.check_id,
        )
        for each in discrepancies
    )
    heads = (
        say("level"), say("document"), say("identity"), say("what should be, and what is"),
        say("likeliest culprit"), say("verdict"), say("printed at"), f"!{say('check')}",
    )  # fmt: skip
    _show_table(console, heads, rows)


def _stack_discrepancy(console: Console, each: BoundDiscrepancy) -> None:
    """Show everything that the table has, in lines that wrap."""
    console.print(f"{named('level', each.level)}: {each.file_name}")
    finding = finding_text(each, names())
    reason = names().reason(each.reason or "")
    for label, text in (
        ("", f"{_evaluation_text(each.identity_ids, each.scope_key)}: {each.formula}"),
        ("", finding),
        (say("found"), "" if reason in finding else reason),
        (
            say("culprit") if each.is_located else say("candidates"),
            suspects_text(each.suspects, names()),
        ),
        (say("sentence"), each.sentence),
        (say("accepted"), each.accepted_reason),
        (say("verdict"), _cause_text(each)),
        (say("at"), each.place),
        (say("check"), each.check_id),
    ):
        if text:
            line = say("{topic}: {text}", topic=label, text=text) if label else text
            console.print(Padding(Text(line), (0, 0, 0, 2)))


def show_contradictions(
    console: Console,
    discrepancies: Sequence[Discrepancy],
    first: Sequence[BoundDiscrepancy],
) -> None:
    """Show some violations in a line each, and how many discrepancies there are.

    Args:
        console: Where.
        discrepancies: All of them, also of documents that facts do not count.
        first: The violations to show.
    """
    counted = of_counted(discrepancies)
    violations = [each for each in counted if each.is_violation]
    console.print(
        say(
            "Contradictions in the documents themselves: {count:,}; oddities that may have a "
            "reason: {oddity_count:,}",
            count=len(violations),
            oddity_count=len(counted) - len(violations),
        )
    )
    for each in first:
        console.print(f"  {discrepancy_text(each)}", soft_wrap=True)
    if len(violations) > len(first):
        console.print(say("  … and {count:,} more", count=len(violations) - len(first)))
    show_uncounted(console, discrepancies)


def show_uncounted(console: Console, discrepancies: Sequence[Discrepancy]) -> None:
    """Show how many contradictions stand in documents that facts do not count, if any do."""
    violations = [each for each in discrepancies if each.is_violation and not each.is_counted]
    if violations:
        console.print(
            say(
                "Besides, {count:,} in further editions and other documents that no fact counts: "
                "juesuan discrepancies --all",
                count=len(violations),
            )
        )


def discrepancy_text(each: BoundDiscrepancy) -> str:
    """A discrepancy in one line: whose, of what, what is wrong, and what it is put down to."""
    evaluation = _evaluation_text(each.identity_id, each.scope_key)
    return say(
        "{file}: {identity}: {finding} [{verdict}]",
        file=each.file_name,
        identity=evaluation,
        finding=finding_text(each, names()),
        verdict=_cause_text(each),
    )


def show_status(
    console: Console,
    status: WarehouseStatus,
    runs: Sequence[DiaryEntry] = (),
    troubles: Sequence[StandingTrouble] = (),
    *,
    lists_all: bool = False,
) -> None:
    """Show what a warehouse holds and what it could not take in.

    Args:
        console: Where.
        status: What there is to show.
        runs: The latest runs.
        troubles: What is wrong.
        lists_all: Whether every document is listed; else, of many, those in most need of a look.
    """
    if status.trend:
        built = moment_text(status.trend[0].built_at)
        console.print(topic_line(say("Built"), built))
    show_totals(console, status)
    show_gaps(console, status.gaps)
    show_troubles(console, troubles)
    show_failed_tests(console, status.failed_tests)
    show_unused_files(console, status)
    listed = status.documents if lists_all else _neediest(status.documents)
    _show_documents(console, listed)
    if len(listed) < len(status.documents):
        console.print(
            say(
                "  … and {count:,} more, less in need of a look: juesuan status --all",
                count=len(status.documents) - len(listed),
            )
        )
    show_runs(console, runs)
    _show_trend(console, status.trend)


def show_totals(console: Console, status: WarehouseStatus) -> None:
    """Show the counts: files, documents, figures and identity checks."""
    by_status = dict.fromkeys(FileStatus, 0)
    for file in status.files:
        by_status[file.status] += 1
    listed = (
        say("{count:,} {status}", count=count, status=named("file_status", name))
        for name, count in by_status.items()
    )
    files = say("{count:,}: {listed}", count=len(status.files), listed=say(", ").join(listed))
    console.print(topic_line(say("Files"), files))
    if not status.has_marts:
        console.print(topic_line(say("Marts"), say("not built yet: run 'juesuan run'")))
        return
    templates = ""
    if status.templates:
        templates = say_count(
            "; besides, {count:,} blank template",
            "; besides, {count:,} blank templates",
            len(status.templates),
        )
    documents = say(
        "{count:,}, of them {quarantined_count:,} quarantined, {unidentified_count:,} not "
        "identified{templates}",
        count=status.document_count,
        quarantined_count=len(status.quarantined),
        unidentified_count=len(status.unidentified),
        templates=templates,
    )
    console.print(topic_line(say("Documents"), documents))
    console.print(topic_line(say("Numbers"), _numbers_text(status)))
    console.print(topic_line(say("Prose"), _prose_text(status)))
    unchecked_count = status.figure_count - status.proven_count - status.disputed_count
    console.print(topic_line(say("Figures"), _figures_text(status, unchecked_count)))
    if status.repairs.doubtful_count:
        console.print(topic_line(say("Pictures"), _repairs_text(status.repairs)))
    tables = say(
        "{count:,}, of them {unnamed_count:,} with figures and without a name",
        count=status.table_count,
        unnamed_count=status.unnamed_table_count,
    )
    console.print(topic_line(say("Tables"), tables))
    identities = say(
        "{count:,} checks: {tiers}", count=status.tiers.total(), tiers=_tiers_text(status.tiers)
    )
    console.print(topic_line(say("Identities"), identities))


def _repairs_text(repairs: RepairCounts) -> str:
    """How many numbers were not read for certain, and what became of them."""
    said = say(
        "{count:,} figures not read for certain, {decided_count:,} of them determined by "
        "identities, {open_count:,} still in doubt",
        count=repairs.doubtful_count,
        decided_count=repairs.decided_count,
        open_count=repairs.doubtful_count - repairs.decided_count,
    )
    if not repairs.too_many_count:
        return said
    return said + say(
        " ({count:,} hang together with too many others)", count=repairs.too_many_count
    )


def _numbers_text(status: WarehouseStatus) -> str:
    """How many numbers are printed, and how many of them were read, and as what."""
    pictures = ""
    if status.picture_page_count:
        pictures = say_count(
            "; besides, {count:,} page of pictures that nobody read",
            "; besides, {count:,} pages of pictures that nobody read",
            status.picture_page_count,
        )
    beyond = ""
    if status.cut_off_count:
        beyond = say_count(
            "; {count:,} text with a number is cut off by the edge of its page",
            "; {count:,} texts with numbers are cut off by the edges of their pages",
            status.cut_off_count,
        )
    return say(
        "{count:,} printed: {read_count:,} read ({share}), of them {figure_count:,} figures, the "
        "others codes, labels and column numbers{pictures}",
        count=status.number_count,
        read_count=status.accounted_count,
        share=share_text(status.accounted_count, status.number_count),
        figure_count=status.figure_count,
        pictures=pictures + beyond,
    )


def _figures_text(counts: DocumentState | WarehouseStatus, unchecked_count: int) -> str:
    """How many figures there are, and how many of them are named, proven and disputed."""
    return say(
        "{count:,}: {named_count:,} named ({named_share}), {proven_count:,} proven "
        "({proven_share}), {unchecked_count:,} unchecked, {disputed_count:,} disputed",
        count=counts.figure_count,
        named_count=counts.named_count,
        named_share=share_text(counts.named_count, counts.figure_count),
        proven_count=counts.proven_count,
        proven_share=share_text(counts.proven_count, counts.figure_count),
        unchecked_count=unchecked_count,
        disputed_count=counts.disputed_count,
    )


def show_gaps(console: Console, gaps: Sequence[WordingGap]) -> None:
    """Show the titles and headers that nothing could name, a few of each, and how many more."""
    unnamed = [gap for gap in gaps if not gap.is_named]
    lines = [
        f"  {padded(named('wording_gap', kind), 10)}{wording or say(NO_TITLE)} ×{count:,}"
        for kind in (GapKind.TITLE, GapKind.HEADER)
        for wording, count in _most_frequent(unnamed, kind)
    ]
    if lines:
        console.print(say("Not understood:"))
    for line in lines:
        console.print(line, soft_wrap=True)
    wordings = {(gap.kind, gap.wording) for gap in unnamed}
    told = {(gap.kind, gap.wording) for gap in gaps} - wordings
    others = []
    if len(wordings) > len(lines):
        others.append(say("{count:,} more", count=len(wordings) - len(lines)))
    if told:
        others.append(
            say_count(
                "{count:,} wording named by structure or arithmetic alone",
                "{count:,} wordings named by structure or arithmetic alone",
                len(told),
            )
        )
    if others:
        console.print(say("  … and {others}: juesuan wording", others=say(", ").join(others)))


def _most_frequent(gaps: Sequence[WordingGap], kind: GapKind) -> list[tuple[str, int]]:
    """The first few wordings of a kind that lack a word or a title, and how often each is."""
    counts: Counter[str] = Counter()
    for gap in gaps:
        if gap.kind is kind and (gap.uncovered or kind is GapKind.TITLE):
            counts[gap.wording] += gap.occurrences
    return counts.most_common(GAPS_SHOWN)


def show_wording(console: Console, gaps: Sequence[WordingGap]) -> None:
    """Show the wordings that did not name what they stand over, or say that there are none."""
    if not gaps:
        console.print(say("Every title, header and label was understood by its words."))
        return
    rows = (
        (
            named("wording_gap", gap.kind),
            gap.wording or say(NO_TITLE),
            named("resolved_by", gap.resolved_by) or say("nothing"),
            " · ".join(filter(None, (named("form", gap.form), named("measure", gap.measure)))),
            f"{gap.occurrences:,}",
            f"{gap.document_count:,}",
            " ".join(gap.uncovered),
            gap.concept,
            _example_text(gap),
        )
        for gap in gaps
    )
    heads = (
        f"!{say('kind')}", say("wording"), say("named by"), f"?{say('form, measure')}",
        f">{say('times')}", f"?{say('documents')}", say("words to add"), f"?{say('concept')}",
        f"?{say('for example')}",
    )  # fmt: skip
    _show_table(console, heads, rows)


def _example_text(example: WordingGap | ProseDoubt) -> str:
    """A place where a wording or a doubt is found."""
    if example.page is None:
        return example.file_name
    return say("{file} page {page}", file=example.file_name, page=example.page)


def show_prose_doubts(console: Console, doubts: Sequence[ProseDoubt]) -> None:
    """Show the words behind which values are in doubt, or say that there are none."""
    if not doubts:
        console.print(say("Every value of the prose can be read in one way only."))
        return
    rows = (
        (
            doubt.words or say(NO_WORDS),
            named("doubt", doubt.reason),
            f"{doubt.occurrences:,}",
            f"{doubt.document_count:,}",
            doubt.printed,
            doubt.sentence,
            _example_text(doubt),
        )
        for doubt in doubts
    )
    heads = (
        say("words before"), say("why in doubt"), f">{say('times')}", f"?{say('documents')}",
        say("for example"), say("sentence"), f"?{say('in')}",
    )  # fmt: skip
    _show_table(console, heads, rows)


def show_vanished(console: Console, paths: Sequence[str]) -> None:
    """Show the files that an earlier run knew and that are gone; their documents stay."""
    for path in paths[:VANISHED_SHOWN]:
        stays = say("{path}: its document stays in the warehouse", path=path)
        console.print(topic_line(say("gone"), stays), soft_wrap=True)
    if len(paths) > VANISHED_SHOWN:
        more = say("… and {count:,} more files", count=len(paths) - VANISHED_SHOWN)
        console.print(topic_line(say("gone"), more))


def show_document(console: Console, explained: DocumentExplanation) -> None:
    """Show a document: whose it is, its forms, how its identities ended, what was not used."""
    document = explained.document
    console.print(f"{document.file_name}  ({document.document_id})")
    if document.file_path not in ("", document.file_name):
        console.print(f"  {topic_line(say('file'), document.file_path)}", soft_wrap=True)
    for topic, said in _document_lines(document):
        line = f"  {topic_line(topic, said) if topic else said}"
        # For programs a line stays one line; a terminal's is broken between words.
        console.print(line, soft_wrap=not console.is_terminal)
    console.print(f"  {topic_line(say('identities'), _tiers_text(explained.tiers))}")
    rows = (
        (
            named("form", form.form) or "–",
            form.title,
            form.printed_unit,
            "" if form.page is None else str(form.page),
            f"{form.figure_count:,}",
            f"{form.named_count:,}",
            f"{form.proven_count:,}",
            f"{form.disputed_count:,}",
            _witness_text(form),
            form.empty_statement,
        )
        for form in explained.forms
    )
    heads = (
        say("form"), f"?{say('title')}", f"!{say('unit')}", f"?{say('page')}",
        f">{say('figures')}", f">{say('named')}", f">{say('proven')}", f">{say('disputed')}",
        f"?{say('named by')}", f"?{say('declared empty')}",
    )  # fmt: skip
    _show_table(console, heads, rows)
    show_checks(console, say("Identities that fail:"), explained.failing)
    show_unused(console, explained.unused)


def _document_lines(document: DocumentState) -> Iterator[tuple[str, str]]:
    """What is said of a document, a line each: what of it, '' where the line says it, and what."""
    unstated = say("not stated")
    yield say("department"), document.department_name or unstated
    yield say("region"), document.region_name or say("unknown")
    yield say("year"), _year_text(document.fiscal_year) or unstated
    kind, scope = named("document_kind", document.kind), named("scope", document.scope)
    yield say("kind"), say("{kind}, scope {scope}", kind=kind or unstated, scope=scope)
    if document.is_quarantined:
        yield "", say("quarantined: its figures are kept out of the facts")
    if document.is_template:
        yield "", say("a blank template, nobody's disclosure: counts in no fact and is not judged")
    elif not document.is_identified:
        yield "", say("not identified: counts in no fact")
    read = say(
        "{count:,} printed, {share} read",
        count=document.number_count,
        share=_coverage_text(document),
    )
    yield say("numbers"), read
    yield say("prose"), _prose_text(document)
    yield say("figures"), _figures_text(document, document.unchecked_count)
    if not document.has_forms:
        yield say("forms"), say("not in this file")
    if document.other_parts:
        yield say("other parts"), document.other_parts
    if not document.missing_forms_known:
        yield (
            say("missing"),
            say_count(
                "not known: {count:,} table with figures and without a name",
                "not known: {count:,} tables with figures and without a name",
                document.unnamed_table_count,
            ),
        )
    elif document.missing_forms:
        yield say("missing"), _forms_text(document.missing_forms)


def show_figure(console: Console, explained: FigureExplanation) -> None:
    """Show a figure: what is printed where, and each identity check it takes part in."""
    figure = explained.figure
    row = f"{figure.row_code} {_path_text(figure.row_path)}".strip()
    no_amount = say("none: it counts no money, or nothing says the unit")
    if figure.is_doubtful:
        no_amount = say("none: it was not read for certain")
    status = named("status", figure.status)
    console.print(say("figure {figure_id} is {status}", figure_id=figure.figure_id, status=status))
    for topic, said in (
        (say("document"), f"{figure.file_name}  ({figure.document_id})"),
        (say("title"), figure.title or say("none printed")),
        (say("header"), _path_text(figure.header_path) or say("none printed")),
        (say("row"), row or say("without code or label")),
        (say("form"), _table_text(figure)),
        (say("measure"), _measure_text(figure)),
        (say("line"), named("line", figure.line)),
        (say("printed"), f"{figure.amount_text} {figure.printed_unit}".strip()),
        (say("amount"), yuan_text(figure.amount_yuan) or no_amount),
        (say("reading"), _reading_text(explained)),
        (say("proof"), _proof_text(figure)),
        (say("prose"), say("states something else") if figure.is_contradicted_by_prose else ""),
    ):
        if said:
            console.print(f"  {topic_line(topic, said)}", soft_wrap=True)
    console.print(f"  {topic_line(say('place'), print_place(figure))}")
    if not explained.checks:
        console.print(say("It takes part in no identity that could be evaluated."))
    show_checks(console, say("Identity checks:"), explained.checks, of_figure=figure.figure_id)


def _proof_text(figure: FigureRow) -> str:
    """How strongly a figure is proven; '' where it is not."""
    if figure.proof is None:
        return ""
    if figure.proof == 0:
        return say("no sum binds it: it equals a copy, or is a nil among nils")
    return say_count(
        "{count:,} independent sum binds it", "{count:,} independent sums bind it", figure.proof
    )


def _reading_text(explained: FigureExplanation) -> str:
    """What was read of a number in doubt, and what decided what it is; '' of all others."""
    repair = explained.repair
    if repair is None:
        return ""
    said = {
        "read": repair.reading_text,
        "taken": repair.amount_text,
        "candidates": say(", ").join(repair.candidates),
        "checks": " ".join(repair.deciding_check_ids),
    }
    if repair.is_confirmed:
        return say(
            "as {read}, not for certain; confirmed by {checks}; it might have been {candidates}",
            **said,
        )
    return say(
        "as {read}; taken for {taken} because of {checks}; it might have been {candidates}", **said
    )


def _neediest(documents: Sequence[DocumentState]) -> Sequence[DocumentState]:
    """All documents where they are few; of many those that are out of the facts or least sound."""
    if len(documents) <= DOCUMENTS_SHOWN:
        return documents
    neediest = sorted(
        documents,
        key=lambda each: (
            not each.is_quarantined,
            each.is_identified,
            -each.violation_count,
            each.proven_count - each.figure_count,
            each.document_id,
        ),
    )
    return neediest[:DOCUMENTS_SHOWN]


def _show_documents(console: Console, documents: Sequence[DocumentState]) -> None:
    rows = (
        (
            each.document_id,
            each.file_name,
            each.department_name,
            _year_text(each.fiscal_year),
            named("document_kind", each.kind),
            f"{each.form_count}" if each.has_forms else say("not in this file"),
            _coverage_text(each),
            share_text(each.prose_clear_count, each.prose_number_count),
            f"{each.figure_count:,}",
            share_text(each.named_count, each.figure_count),
            share_text(each.proven_count, each.figure_count),
            f"{each.violation_count:,}",
        )
        for each in documents
    )
    heads = (
        f"!{say('document id')}", say("file"), f"?{say('department')}", f"!{say('year')}",
        f"?{say('kind')}", f"?{say('forms')}", f"?{say('numbers read')}", f"?{say('prose read')}",
        f">{say('figures')}", f">{say('named')}", f">{say('proven')}", f">{say('contradictions')}",
    )  # fmt: skip
    _show_table(console, heads, rows)


def show_runs(console: Console, runs: Sequence[DiaryEntry]) -> None:
    """Show the latest runs, newest first, failed ones with what they said."""
    rows = (
        (
            moment_text(run.started_at),
            run.command,
            say("{seconds:.1f} s", seconds=(run.finished_at - run.started_at).total_seconds()),
            *(
                _count_text(run, name)
                for name in ("new", "changed", "read", "rejected", "vanished")
            ),
            _ending_text(run),
        )
        for run in runs
    )
    heads = (
        f"!{say('latest runs')}", say("command"), f">{say('took')}", f"?{say('new')}",
        f"?{say('changed')}", f">{say('read')}", f">{say('rejected')}", f"?{say('gone')}",
        say("ended"),
    )  # fmt: skip
    _show_table(console, heads, rows)


def _show_trend(console: Console, trend: Sequence[QualityRow]) -> None:
    rows = (
        (
            moment_text(build.built_at),
            f"{build.document_count:,}",
            f"{build.figure_count:,}",
            share_text(build.accounted_count, build.number_count),
            share_text(build.prose_clear_count, build.prose_number_count),
            share_text(build.named_count, build.figure_count),
            share_text(build.proven_count, build.figure_count),
            f"{build.disputed_count:,}",
            f"{build.violation_count:,}",
        )
        for build in trend
    )
    heads = (
        f"!{say('latest builds')}", f">{say('documents')}", f">{say('figures')}",
        f"?{say('numbers read')}", f"?{say('prose read')}", f">{say('named')}",
        f">{say('proven')}", f">{say('disputed')}", f">{say('contradictions')}",
    )  # fmt: skip
    _show_table(console, heads, rows)


def _count_text(run: DiaryEntry, name: str) -> str:
    return f"{run.counts[name]:,}" if name in run.counts else ""


def _ending_text(run: DiaryEntry) -> str:
    failed = [str(site["site"]) for site in run.sites if site["has_failed"]]
    if run.error:
        why = run.error.splitlines()[0]
    elif failed:
        why = say("could not be asked: {sites}", sites=", ".join(failed))
    elif run.command != "fetch" and not run.was_needed:
        why = say("nothing new")
    else:
        return f"{run.exit_code}"
    return say("{exit_code}: {why}", exit_code=run.exit_code, why=why)


def show_site(console: Console, site: Mapping[str, Any], found_count: int | None = None) -> None:
    """Show in a line or two what came of one site.

    Args:
        console: Where.
        site: What came of it.
        found_count: How many documents there would be to fetch, where nothing was fetched.
    """
    documents = site["documents"]
    known = documents.get("unchanged", 0) + site["not_asked"]
    fetched = [
        say("{count:,} new", count=documents.get("new", 0)),
        say("{count:,} changed", count=documents.get("changed", 0)),
        say("{count:,} known", count=known),
    ]
    counts = [
        *(fetched if found_count is None else [say("{count:,} found", count=found_count)]),
        *_reasons_text(marked("{count:,} failed ({reason})"), site["failed"]),
        *_reasons_text(marked("{count:,} skipped ({reason})"), site["skipped"]),
    ]
    took = say_count(
        "{count:,} request, {kibibytes:,} KiB, {seconds:.1f} s",
        "{count:,} requests, {kibibytes:,} KiB, {seconds:.1f} s",
        site["requests"],
        kibibytes=site["bytes"] // 1024,
        seconds=site["seconds"],
    )
    listed = say(", ").join(counts)
    console.print(
        say("  {site}: {counts}; {took}", site=site["site"], counts=listed, took=took),
        soft_wrap=True,
    )
    for line in filter(None, (site["trouble"], *site["problems"][:PROBLEMS_SHOWN])):
        console.print(f"    {line}", soft_wrap=True)
    if len(site["problems"]) > PROBLEMS_SHOWN:
        console.print(say("    … and more; all of them are in the manifest"))


def _reasons_text(outcome: str, counts: Mapping[str, int]) -> list[str]:
    """How many addresses had an outcome, for each reason."""
    return [
        say(outcome, count=count, reason=named("not_fetched", reason))
        for reason, count in sorted(counts.items())
    ]


def show_findings(
    console: Console, found: Sequence[Mapping[str, Any]], *, has_failed: bool
) -> None:
    """Show what a site has to fetch, one line a document; of one not seen whole no more is said."""
    if not found:
        if not has_failed:
            console.print(
                say("    nothing to fetch: no announcement of a budget or final accounts")
            )
        return
    rows = (
        (
            each["title"],
            named("document_kind", each["kind"]),
            _year_text(each["fiscal_year"]),
            each["department_name"],
            each["url"],
        )
        for each in found
    )
    heads = (
        say("announcement"), f"?{say('kind')}", f"!{say('year')}", f"?{say('department')}",
        say("address"),
    )  # fmt: skip
    _show_table(console, heads, rows)


def show_night(console: Console, night: DiaryEntry) -> None:
    """Show the totals of a night."""
    counts = night.counts
    if night.sites:
        sites = say_count(
            "{count:,} site, {failed:,} failed",
            "{count:,} sites, {failed:,} failed",
            counts["sites"],
            failed=counts["sites_failed"],
        )
        documents = say_count(
            "{count:,} document new, {changed:,} changed, {gone:,} gone, {failed:,} not to be had",
            "{count:,} documents new, {changed:,} changed, {gone:,} gone, {failed:,} not to be had",
            counts["new"],
            changed=counts["changed"],
            gone=counts["gone"],
            failed=counts["failed"],
        )
        told = say("{sites}; {documents}", sites=sites, documents=documents)
        console.print(topic_line(say("Night"), told))


def show_checks(
    console: Console,
    title: str,
    checks: Sequence[Check],
    of_figure: str = "",
) -> None:
    """Show checks with their terms, one figure or statement pointed out."""
    if not checks:
        return
    console.print(title)
    for check in checks:
        identity = identity_text(check.identity_id, check.scope_key)
        ended = say(
            "  {identity}: {verdict}  [{check_id}]",
            identity=identity,
            verdict=_verdict_text(check),
            check_id=check.check_id,
        )
        console.print(ended, soft_wrap=True)
        for line in filter(None, (_evaluated_text(check), names().reason(check.reason))):
            console.print(f"    {line}", soft_wrap=True)
        for side, called in (("left", say("left")), ("right", say("right"))):
            for term in (term for term in check.terms if term.side == side):
                line = f"      {padded(called, 6)}{_term_text(term, of_figure)}"
                console.print(line, soft_wrap=True)


def identity_text(identity_ids: str, scope_key: str) -> str:
    """What a check is of: its identities, what they are called, and where they were evaluated."""
    listed = identity_ids.split(", ")
    called = [named("identity", each).rstrip("。.") for each in listed]
    rules = "; ".join(called) if called != listed else ""
    return " · ".join(filter(None, (identity_ids, rules, names().place(scope_key))))


def _evaluation_text(identity_ids: str, scope_key: str) -> str:
    """Identities and where they were evaluated; what they mean is not said as if it held."""
    return " · ".join(filter(None, (identity_ids, names().place(scope_key))))


def _verdict_text(check: Check) -> str:
    """How a check ended, and what one that must hold and fails is put down to."""
    cause = named("attribution", check.attribution) if check.severity == "hard" else ""
    return say(", ").join(filter(None, (named("verdict", check.verdict), cause)))


def _cause_text(each: Discrepancy) -> str:
    """What a contradiction is put down to; of an oddity, which accuses nobody, how it failed."""
    if each.is_violation:
        return named("attribution", each.attribution or "") or named("tier", each.tier)
    return say("may have a reason") if each.tier == "violation" else named("tier", each.tier)


def _forms_text(forms: str) -> str:
    """Forms of a list, by what they are called."""
    return say(", ").join(named("form", form) for form in forms.split(", "))


def _evaluated_text(check: Check) -> str:
    """What came of a check: both sides with the sign that is true of them, or what is wrong.

    Of a side of which nothing is printed that is said, too; '' without amounts.
    """
    if check.is_failed:
        return sentence(check, names().language)
    left, right = check.left_yuan, check.right_yuan
    if left is None or right is None:
        # Without a relation a side may be there and be no amount.
        return what_is(check, names().language) if check.relation else ""
    sign = check.relation or "="
    if sign == "=" and left != right:
        sign = "≈"
    sides = f"{_value_text(left, check.unit)} {sign} {_value_text(right, check.unit)}"
    difference = _value_text(check.difference_yuan, check.unit)
    return say("{sides}, difference {difference}", sides=sides, difference=difference)


def _term_text(term: Term, of_figure: str) -> str:
    sign = "−" if term.sign < 0 else "+"
    here = say("  ← this one") if of_figure and term.figure_id == of_figure else ""
    place = names().place(" ".join(filter(None, (term.form, term.row, term.measure))))
    printed = f"{term.printed} {term.unit}".rstrip()
    return f"{sign} {printed}  {place}  [{term.figure_id}]{here}"


def show_unused(console: Console, unused: Sequence[UnusedPrint]) -> None:
    """Show what was printed and not used, in the order given; what is harmless is summed up."""
    if not unused:
        return
    console.print(say("Printed, but not used:"))
    for each in unused:
        if each.is_harmless:
            continue
        place = _place_text(each.page, each.cell_path)
        printed = " ".join(each.printed.split())
        told = say(
            "  {reason} at {place}: {printed} {detail}",
            reason=named("rejection", each.reason),
            place=place,
            printed=repr(printed),
            detail=each.detail,
        )
        console.print(told.rstrip(), soft_wrap=True)
    harmless = [each for each in unused if each.is_harmless]
    for reason, of_reason in groupby(harmless, key=lambda each: each.reason):
        console.print(_summed_text(reason, list(of_reason)), soft_wrap=True)


def _summed_text(reason: str, unused: Sequence[UnusedPrint]) -> str:
    """How often something harmless is printed, where, and the first of it."""
    first = unused[0]
    printed = " ".join(first.printed.split())
    if len(printed) > FIRST_LENGTH:
        printed = f"{printed[:FIRST_LENGTH]}…"
    told = say(
        "  {count:,} × {reason}, the first at {place}: {printed}",
        count=len(unused),
        reason=named("rejection", reason),
        place=_place_text(first.page, first.cell_path),
        printed=repr(printed),
    )
    pages = sorted({each.page for each in unused if each.page is not None})
    if len(pages) > 1:
        told = say("{told}; pages {pages}", told=told, pages=", ".join(map(str, pages)))
    return told


def _show_table(console: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Show a table that folds long texts.

    A head that begins with '>' stands over a column of numbers, with '!' over one that must stay
    whole to be copied, with '?' over one that narrow terminals do without.
    """
    is_wide = console.width >= WIDE_ENOUGH_FOR_ALL_COLUMNS
    shown = [position for position, head in enumerate(heads) if is_wide or head[0] != "?"]
    table = Table(box=SIMPLE, pad_edge=False)
    for head in (heads[position] for position in shown):
        table.add_column(
            head.lstrip("!?>"),
            justify="right" if head.startswith(">") else "left",
            no_wrap=head[0] in "!>",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(row[position]) for position in shown))
    if table.row_count:
        console.print(table)


def _tiers_text(tiers: dict[str, int]) -> str:
    listed = names().labels.of_kind("verdict")
    order = {verdict: position for position, verdict in enumerate(listed)}
    found = sorted(filter(tiers.get, tiers), key=lambda verdict: order.get(verdict, len(order)))
    counts = (
        say("{count:,} {verdict}", count=tiers[each], verdict=named("verdict", each))
        for each in found
    )
    return say(", ").join(counts) or say("none")


def _coverage_text(document: DocumentState) -> str:
    """The share of its numbers that were read, and the pages of which nobody knows any."""
    share = share_text(document.accounted_count, document.number_count)
    if document.picture_page_count:
        share = say_count(
            "{share}, without {count:,} page of pictures",
            "{share}, without {count:,} pages of pictures",
            document.picture_page_count,
            share=share,
        )
    if document.cut_off_count:
        share = say_count(
            "{share}, without {count:,} text cut off by the edge",
            "{share}, without {count:,} texts cut off by the edge",
            document.cut_off_count,
            share=share,
        )
    return share


def _prose_text(counts: DocumentState | WarehouseStatus) -> str:
    """How many numbers of the prose state something, and of how many nobody can say what."""
    if not counts.prose_number_count + counts.prose_furniture_count:
        return say("no numbers")
    in_doubt_count = counts.prose_number_count - counts.prose_clear_count
    return say_count(
        "{count:,} number: {clear_count:,} read clearly ({share}), {in_doubt_count:,} in "
        "doubt{listed}; besides, {furniture_count:,} that state no value, such as dates and "
        "ordinals",
        "{count:,} numbers: {clear_count:,} read clearly ({share}), {in_doubt_count:,} in "
        "doubt{listed}; besides, {furniture_count:,} that state no value, such as dates and "
        "ordinals",
        counts.prose_number_count,
        clear_count=counts.prose_clear_count,
        share=share_text(counts.prose_clear_count, counts.prose_number_count),
        in_doubt_count=in_doubt_count,
        listed=say(" (juesuan wording --prose)") if in_doubt_count else "",
        furniture_count=counts.prose_furniture_count,
    )


def _witness_text(form: FormState) -> str:
    """What gave a table its form; what its words lack, where nothing did."""
    return named("resolved_by", form.resolved_by) or form.resolution


def _table_text(figure: FigureRow) -> str:
    """The form of a figure's table and what gave it to it, or why it has none."""
    if not figure.table_form:
        why = figure.resolution
        return say("none: {why}", why=why) if why else say("none")
    section = named("section", figure.section)
    form = " / ".join(filter(None, (named("form", figure.table_form), section)))
    by = named("resolved_by", figure.table_resolved_by)
    if not figure.resolution:
        return say("{name}, by {by}", name=form, by=by)
    return say("{name}, by {by}: {resolution}", name=form, by=by, resolution=figure.resolution)


def _measure_text(figure: FigureRow) -> str:
    """What a figure measures and what gave it that, or that nothing did."""
    if not figure.measure:
        return say("none: nothing says what it measures")
    by = named("resolved_by", figure.resolved_by)
    return say("{name}, by {by}", name=named("measure", figure.measure), by=by)


def _path_text(path: str) -> str:
    """Printed cells or labels of several levels, outermost first."""
    return " / ".join(filter(None, path.split("/")))


def _year_text(fiscal_year: int | None) -> str:
    return "" if fiscal_year is None else str(fiscal_year)


def print_place(figure: FigureRow | ClaimRow) -> str:
    """Where a figure or statement is printed: its page and box, or its path."""
    place = _place_text(figure.page, figure.cell_path)
    corners = (figure.bbox_x0, figure.bbox_top, figure.bbox_x1, figure.bbox_bottom)
    if None in corners:
        return place
    box = ", ".join(f"{corner:.1f}" for corner in corners)
    return say("{place}, box ({box}) in points from the upper left corner", place=place, box=box)


def _place_text(page: int | None, cell_path: str | None) -> str:
    return cell_path or say("unknown place") if page is None else say("page {page}", page=page)
