"""Shows answers in a terminal or a pipe: aligned tables, money with its unit, one line a finding.

Knows how to lay out values for people, Chinese text included. Does not know where they come from.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipelines.domain.file_record import FileStatus
from pipelines.exploring.checks import Check, Term
from pipelines.exploring.comparisons import grouped
from pipelines.exploring.discrepancies import BoundDiscrepancy, Discrepancy
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.explanations import (
    DocumentExplanation,
    FigureExplanation,
    FormState,
    UnusedPrint,
)
from pipelines.exploring.labels import named, names
from pipelines.exploring.printed import ClaimRow, FigureRow
from pipelines.exploring.progress import counted
from pipelines.exploring.prose_doubts import ProseDoubt
from pipelines.exploring.sentences import finding_text, sentence, what_is
from pipelines.exploring.status import QualityRow, WarehouseStatus
from pipelines.exploring.wording_gaps import GapKind, WordingGap
from pipelines.warehouse.diary import DiaryEntry

# Wide enough that nothing wraps where the output is read by a program.
WIDTH_WITHOUT_TERMINAL = 240
WIDE_ENOUGH_FOR_ALL_COLUMNS = 140
WIDE_ENOUGH_FOR_SENTENCES = 200
VANISHED_SHOWN = 10
PROBLEMS_SHOWN = 3
DOCUMENTS_SHOWN = 40
GAPS_SHOWN = 3
NO_TITLE = "(no title)"
NO_WORDS = "(no words)"
# Units that are not yuan, as they are written behind a value.
UNIT_MARKS = {"%": " %", "count": ""}


def plain_console(*, to_stderr: bool = False) -> Console:
    """A console that shows text as it is: no markup, no guesses at what to highlight."""
    console = Console(stderr=to_stderr, markup=False, highlight=False, emoji=False)
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
        console.print("No discrepancies: every identity that could be evaluated holds.")
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
            names().printings(each.culprits) if each.is_located else "",
            _cause_text(each),
            each.place,
            each.check_id,
        )
        for each in discrepancies
    )
    heads = (
        "level", "document", "identity", "what should be, and what is", "likeliest culprit",
        "verdict", "printed at", "!check",
    )  # fmt: skip
    _show_table(console, heads, rows)


def _stack_discrepancy(console: Console, each: BoundDiscrepancy) -> None:
    """Show everything that the table has, in lines that wrap."""
    console.print(f"{named('level', each.level)}: {each.file_name}")
    finding = finding_text(each, names())
    for label, text in (
        ("", f"{_evaluation_text(each.identity_ids, each.scope_key)}: {each.formula}"),
        ("", finding),
        ("found", "" if each.reason and each.reason in finding else each.reason),
        ("culprit" if each.is_located else "candidates", names().printings(each.culprits)),
        ("sentence", each.sentence),
        ("accepted", each.accepted_reason),
        ("verdict", _cause_text(each)),
        ("at", each.place),
        ("check", each.check_id),
    ):
        if text:
            console.print(Padding(Text(f"{label + ': ' if label else ''}{text}"), (0, 0, 0, 2)))


def show_contradictions(
    console: Console,
    discrepancies: Sequence[Discrepancy],
    first: Sequence[BoundDiscrepancy],
) -> None:
    """Show some violations in a line each, and how many discrepancies there are.

    Args:
        console: Where.
        discrepancies: All of them.
        first: The violations to show.
    """
    violations = [each for each in discrepancies if each.is_violation]
    check_count = sum(each.check_count for each in violations)
    counted = f" (in {check_count:,} checks)" if check_count != len(violations) else ""
    console.print(
        f"Contradictions in the documents themselves: {len(violations):,}{counted}; "
        f"oddities that may have a reason: {len(discrepancies) - len(violations):,}"
    )
    for each in first:
        console.print(f"  {discrepancy_text(each)}", soft_wrap=True)
    if len(violations) > len(first):
        console.print(f"  … and {len(violations) - len(first):,} more")


def discrepancy_text(each: BoundDiscrepancy) -> str:
    """A discrepancy in one line: whose, of what, what is wrong, and what it is put down to."""
    evaluation = _evaluation_text(each.identity_id, each.scope_key)
    return f"{each.file_name}: {evaluation}: {finding_text(each, names())} [{_cause_text(each)}]"


def show_status(
    console: Console,
    status: WarehouseStatus,
    runs: Sequence[DiaryEntry] = (),
    *,
    lists_all: bool = False,
) -> None:
    """Show what a warehouse holds and what it could not take in.

    Args:
        console: Where.
        status: What there is to show.
        runs: The latest runs.
        lists_all: Whether every document is listed; else, of many, those in most need of a look.
    """
    show_totals(console, status)
    show_gaps(console, status.gaps)
    show_problem_files(console, status)
    listed = status.documents if lists_all else _neediest(status.documents)
    _show_documents(console, listed)
    if len(listed) < len(status.documents):
        console.print(
            f"  … and {len(status.documents) - len(listed):,} more, less in need of a look: "
            "juesuan status --all"
        )
    show_runs(console, runs)
    _show_trend(console, status.trend)


def show_totals(console: Console, status: WarehouseStatus) -> None:
    """Show the counts: files, documents, figures and identity checks."""
    by_status = dict.fromkeys(FileStatus, 0)
    for file in status.files:
        by_status[file.status] += 1
    console.print(
        f"Files       {len(status.files):,}: "
        + ", ".join(f"{count:,} {named('file_status', name)}" for name, count in by_status.items())
    )
    if not status.has_marts:
        console.print("Marts       not built yet: run 'juesuan run'")
        return
    console.print(
        f"Documents   {len(status.documents):,}, of them {len(status.quarantined):,} quarantined, "
        f"{len(status.unidentified):,} not identified"
    )
    pictures = ""
    if status.picture_page_count:
        pages = counted(status.picture_page_count, "page")
        pictures = f"; besides, {pages} of pictures that nobody read"
    console.print(
        f"Numbers     {status.number_count:,} printed: {status.accounted_count:,} read "
        f"({share_text(status.accounted_count, status.number_count)}), of them "
        f"{status.figure_count:,} figures, the others codes, labels and column numbers{pictures}"
    )
    console.print(f"Prose       {_prose_text(status)}")
    unchecked_count = status.figure_count - status.proven_count - status.disputed_count
    console.print(
        f"Figures     {status.figure_count:,}: {status.named_count:,} named "
        f"({share_text(status.named_count, status.figure_count)}), "
        f"{status.proven_count:,} proven "
        f"({share_text(status.proven_count, status.figure_count)}), "
        f"{unchecked_count:,} unchecked, {status.disputed_count:,} disputed"
    )
    console.print(
        f"Tables      {status.table_count:,}, of them {status.unnamed_table_count:,} with figures "
        "and without a form"
    )
    console.print(f"Identities  {status.tiers.total():,} checks: {_tiers_text(status.tiers)}")


def show_gaps(console: Console, gaps: Sequence[WordingGap]) -> None:
    """Show the titles and headers that nothing could name, a few of each, and how many more."""
    unnamed = [gap for gap in gaps if not gap.is_named]
    lines = [
        f"  {named('wording_gap', kind):<9} {wording or NO_TITLE} ×{count:,}"
        for kind in (GapKind.TITLE, GapKind.HEADER)
        for wording, count in _most_frequent(unnamed, kind)
    ]
    if lines:
        console.print("Not understood:")
    for line in lines:
        console.print(line, soft_wrap=True)
    wordings = {(gap.kind, gap.wording) for gap in unnamed}
    told = {(gap.kind, gap.wording) for gap in gaps} - wordings
    others = []
    if len(wordings) > len(lines):
        others.append(f"{len(wordings) - len(lines):,} more")
    if told:
        others.append(f"{counted(len(told), 'wording')} named by structure or arithmetic alone")
    if others:
        console.print(f"  … and {', '.join(others)}: juesuan wording")


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
        console.print("Every title, header and label was understood by its words.")
        return
    rows = (
        (
            named("wording_gap", gap.kind),
            gap.wording or NO_TITLE,
            named("resolved_by", gap.resolved_by) or "nothing",
            " · ".join(filter(None, (named("form", gap.form), named("measure", gap.measure)))),
            f"{gap.occurrences:,}",
            f"{gap.document_count:,}",
            " ".join(gap.uncovered),
            gap.concept,
            gap.file_name if gap.page is None else f"{gap.file_name} page {gap.page}",
        )
        for gap in gaps
    )
    heads = (
        "!kind", "wording", "named by", "?form, measure", ">times", "?documents", "words to add",
        "?concept", "?for example",
    )  # fmt: skip
    _show_table(console, heads, rows)


def show_prose_doubts(console: Console, doubts: Sequence[ProseDoubt]) -> None:
    """Show the words behind which values are in doubt, or say that there are none."""
    if not doubts:
        console.print("Every value of the prose can be read in one way only.")
        return
    rows = (
        (
            doubt.words or NO_WORDS,
            named("doubt", doubt.reason),
            f"{doubt.occurrences:,}",
            f"{doubt.document_count:,}",
            doubt.printed,
            doubt.sentence,
            doubt.file_name if doubt.page is None else f"{doubt.file_name} page {doubt.page}",
        )
        for doubt in doubts
    )
    heads = (
        "words before", "why in doubt", ">times", "?documents", "for example", "sentence", "?in",
    )  # fmt: skip
    _show_table(console, heads, rows)


def show_problem_files(console: Console, status: WarehouseStatus) -> None:
    """Show one line for each file that became no document, and for each kept out of the facts."""
    for file in status.files:
        if file.status is not FileStatus.READ:
            status_text = named("file_status", file.status)
            console.print(f"{status_text:<11} {file.message} [{file.reason}]", soft_wrap=True)
    for document in status.quarantined:
        console.print(
            f"quarantined {document.file_name}: failing identities not confirmed by a second "
            f"reading; see 'juesuan explain {document.document_id}'",
            soft_wrap=True,
        )
    for document in status.unidentified:
        console.print(
            f"no facts    {document.file_name}: not identified: counts in no fact, because its "
            f"text states {_unstated_text(document)}",
            soft_wrap=True,
        )


def show_vanished(console: Console, paths: Sequence[str]) -> None:
    """Show the files that an earlier run knew and that are gone; their documents stay."""
    for path in paths[:VANISHED_SHOWN]:
        console.print(f"gone        {path}: its document stays in the warehouse", soft_wrap=True)
    if len(paths) > VANISHED_SHOWN:
        console.print(f"gone        … and {len(paths) - VANISHED_SHOWN:,} more files")


def show_document(console: Console, explained: DocumentExplanation) -> None:
    """Show a document: whose it is, its forms, how its identities ended, what was not used."""
    document = explained.document
    console.print(f"{document.file_name}  ({document.document_id})")
    console.print(f"  department  {document.department_name or 'not stated'}")
    console.print(f"  region      {document.region_name or 'unknown'}")
    console.print(f"  year        {_year_text(document.fiscal_year) or 'not stated'}")
    kind = named("document_kind", document.kind) or "not stated"
    console.print(f"  kind        {kind}, scope {named('scope', document.scope)}")
    if document.is_quarantined:
        console.print("  quarantined: its figures are kept out of the facts")
    if not document.is_identified:
        console.print("  not identified: counts in no fact")
    console.print(
        f"  numbers     {document.number_count:,} printed, {_coverage_text(document)} read"
    )
    console.print(f"  prose       {_prose_text(document)}")
    console.print(
        f"  figures     {document.figure_count:,}: {document.named_count:,} named "
        f"({share_text(document.named_count, document.figure_count)}), "
        f"{document.proven_count:,} proven "
        f"({share_text(document.proven_count, document.figure_count)}), "
        f"{document.unchecked_count:,} unchecked, {document.disputed_count:,} disputed"
    )
    if not document.has_forms:
        console.print("  forms       not in this file")
    if document.other_parts:
        console.print(f"  other parts {document.other_parts}", soft_wrap=True)
    if not document.missing_forms_known:
        tables = counted(document.unnamed_table_count, "table")
        console.print(f"  missing     not known: {tables} with figures and without a form")
    elif document.missing_forms:
        console.print(f"  missing     {_forms_text(document.missing_forms)}", soft_wrap=True)
    console.print(f"  identities  {_tiers_text(explained.tiers)}")
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
        "form", "?title", "!unit", "?page", ">figures", ">named", ">proven", ">disputed",
        "?named by", "?declared empty",
    )  # fmt: skip
    _show_table(console, heads, rows)
    show_checks(console, "Identities that fail", explained.failing)
    _show_unused(console, explained.unused)


def show_figure(console: Console, explained: FigureExplanation) -> None:
    """Show a figure: what is printed where, and each identity check it takes part in."""
    figure = explained.figure
    row = f"{figure.row_code} {_path_text(figure.row_path)}".strip()
    no_amount = "none: it counts no money, or nothing says the unit"
    console.print(f"figure {figure.figure_id} is {named('status', figure.status)}")
    for name, text in (
        ("document", f"{figure.file_name}  ({figure.document_id})"),
        ("title", figure.title or "none printed"),
        ("header", _path_text(figure.header_path) or "none printed"),
        ("row", row or "without code or label"),
        ("form", _table_text(figure)),
        ("measure", _measure_text(figure)),
        ("line", named("line", figure.line)),
        ("printed", f"{figure.amount_text} {figure.printed_unit}".strip()),
        ("amount", yuan_text(figure.amount_yuan) or no_amount),
    ):
        if text:
            console.print(f"  {name:<11} {text}", soft_wrap=True)
    console.print(f"  place       {print_place(figure)}")
    if not explained.checks:
        console.print("It takes part in no identity that could be evaluated.")
    show_checks(console, "Identity checks", explained.checks, marked=figure.figure_id)


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
            f"{each.form_count}" if each.has_forms else "not in this file",
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
        "!document", "file", "?department", "!year", "?kind",
        "?forms", "?numbers read", "?prose read", ">figures", ">named", ">proven", ">violations",
    )  # fmt: skip
    _show_table(console, heads, rows)


def show_runs(console: Console, runs: Sequence[DiaryEntry]) -> None:
    """Show the latest runs, newest first, failed ones with what they said."""
    rows = (
        (
            f"{run.started_at:%Y-%m-%d %H:%M:%S}",
            run.command,
            f"{(run.finished_at - run.started_at).total_seconds():.1f} s",
            *(
                _count_text(run, name)
                for name in ("new", "changed", "read", "rejected", "vanished")
            ),
            _ending_text(run),
        )
        for run in runs
    )
    heads = (
        "!latest runs (UTC)", "command", ">took", "?new", "?changed", ">read", ">rejected", "?gone",
        "ended",
    )  # fmt: skip
    _show_table(console, heads, rows)


def _show_trend(console: Console, trend: Sequence[QualityRow]) -> None:
    rows = (
        (
            f"{build.built_at:%Y-%m-%d %H:%M:%S}",
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
        "!latest builds (UTC)", ">documents", ">figures", "?numbers read", "?prose read", ">named",
        ">proven", ">disputed", ">violations",
    )  # fmt: skip
    _show_table(console, heads, rows)


def _count_text(run: DiaryEntry, name: str) -> str:
    return f"{run.counts[name]:,}" if name in run.counts else ""


def _ending_text(run: DiaryEntry) -> str:
    if run.error:
        return f"{run.exit_code}: {run.error.splitlines()[0]}"
    failed = [str(site["site"]) for site in run.sites if site["has_failed"]]
    if failed:
        return f"{run.exit_code}: could not be asked: {', '.join(failed)}"
    nothing_new = run.command != "fetch" and not run.was_needed
    return f"{run.exit_code}{': nothing new' if nothing_new else ''}"


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
        f"{documents.get('new', 0):,} new",
        f"{documents.get('changed', 0):,} changed",
        f"{known:,} known",
    ]
    counts = [
        *(fetched if found_count is None else [f"{found_count:,} found"]),
        *_reasons_text("failed", site["failed"]),
        *_reasons_text("skipped", site["skipped"]),
    ]
    requests = counted(site["requests"], "request")
    took = f"{requests}, {site['bytes'] // 1024:,} KiB, {site['seconds']:.1f} s"
    console.print(f"  {site['site']}: {', '.join(counts)}; {took}", soft_wrap=True)
    for line in filter(None, (site["trouble"], *site["problems"][:PROBLEMS_SHOWN])):
        console.print(f"    {line}", soft_wrap=True)
    if len(site["problems"]) > PROBLEMS_SHOWN:
        console.print("    … and more; all of them are in the manifest")


def _reasons_text(outcome: str, counts: Mapping[str, int]) -> list[str]:
    """How many addresses had an outcome, for each reason."""
    return [
        f"{count:,} {outcome} ({named('not_fetched', reason)})"
        for reason, count in sorted(counts.items())
    ]


def show_findings(
    console: Console, found: Sequence[Mapping[str, Any]], *, has_failed: bool
) -> None:
    """Show what a site has to fetch, one line a document; of one not seen whole no more is said."""
    if not found:
        if not has_failed:
            console.print("    nothing to fetch: no announcement of a budget or final accounts")
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
    _show_table(console, ("announcement", "?kind", "!year", "?department", "address"), rows)


def show_night(console: Console, night: DiaryEntry) -> None:
    """Show the totals of a night, and the sites that could not be asked."""
    counts = night.counts
    if night.sites:
        console.print(
            f"Night       {counted(counts['sites'], 'site')}, {counts['sites_failed']:,} failed; "
            f"{counted(counts['new'], 'document')} new, {counts['changed']:,} changed, "
            f"{counts['gone']:,} gone, {counts['failed']:,} not to be had"
        )
    for site in night.sites:
        if site["has_failed"]:
            why = site["trouble"] or next(iter(site["problems"]), "nothing came from it")
            console.print(f"site failed {site['site']}: {why}", soft_wrap=True)


def show_checks(
    console: Console,
    title: str,
    checks: Sequence[Check],
    marked: str = "",
) -> None:
    """Show checks with their terms, the marked figure or statement pointed out."""
    if not checks:
        return
    console.print(f"{title}:")
    for check in checks:
        identity = identity_text(check.identity_id, check.scope_key)
        console.print(f"  {identity}: {_verdict_text(check)}  [{check.check_id}]", soft_wrap=True)
        for line in filter(None, (_evaluated_text(check), check.reason)):
            console.print(f"    {line}", soft_wrap=True)
        for side in ("left", "right"):
            terms = [term for term in check.terms if term.side == side]
            for term in terms:
                console.print(f"      {side:<5} {_term_text(term, marked)}", soft_wrap=True)


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
    """How a check ended, and what a failing one is put down to."""
    ended = (named("verdict", check.verdict), named("attribution", check.attribution))
    return ", ".join(filter(None, ended))


def _cause_text(each: Discrepancy) -> str:
    """What a discrepancy is put down to, else how its check ended."""
    return named("attribution", each.attribution or "") or named("tier", each.tier)


def _forms_text(forms: str) -> str:
    """Forms of a list, by what they are called."""
    return ", ".join(named("form", form) for form in forms.split(", "))


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
    return f"{sides}, difference {_value_text(check.difference_yuan, check.unit)}"


def _term_text(term: Term, marked: str) -> str:
    sign = "−" if term.sign < 0 else "+"
    here = "  ← this one" if marked and term.figure_id == marked else ""
    place = names().place(" ".join(filter(None, (term.form, term.row, term.measure))))
    printed = f"{term.printed} {term.unit}".rstrip()
    return f"{sign} {printed}  {place}  [{term.figure_id}]{here}"


def _show_unused(console: Console, unused: Sequence[UnusedPrint]) -> None:
    if not unused:
        return
    console.print("Printed, but not used:")
    for each in unused:
        place = _place_text(each.page, each.cell_path)
        printed = " ".join(each.printed.split())
        console.print(
            f"  {named('rejection', each.reason)} at {place}: {printed!r} {each.detail}".rstrip(),
            soft_wrap=True,
        )


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
    return ", ".join(f"{tiers[each]:,} {named('verdict', each)}" for each in found) or "none"


def _coverage_text(document: DocumentState) -> str:
    """The share of its numbers that were read, and the pages of which nobody knows any."""
    share = share_text(document.accounted_count, document.number_count)
    if not document.picture_page_count:
        return share
    return f"{share}, without {counted(document.picture_page_count, 'page')} of pictures"


def _prose_text(counts: DocumentState | WarehouseStatus) -> str:
    """How many numbers of the prose state something, and of how many nobody can say what."""
    if not counts.prose_number_count + counts.prose_furniture_count:
        return "no numbers"
    in_doubt_count = counts.prose_number_count - counts.prose_clear_count
    listed = " (juesuan wording --prose)" if in_doubt_count else ""
    return (
        f"{counted(counts.prose_number_count, 'number')}: {counts.prose_clear_count:,} read "
        f"clearly ({share_text(counts.prose_clear_count, counts.prose_number_count)}), "
        f"{in_doubt_count:,} in doubt{listed}; besides, {counts.prose_furniture_count:,} that "
        "state no value, such as dates and ordinals"
    )


def _unstated_text(document: DocumentState) -> str:
    """What a document does not say of itself."""
    unstated = [
        *([] if document.department_name else ["no department"]),
        *([] if document.fiscal_year is not None else ["no year"]),
    ]
    return " and ".join(unstated) or "no department of a known region"


def _witness_text(form: FormState) -> str:
    """What gave a table its form; what its words lack, where nothing did."""
    return named("resolved_by", form.resolved_by) or form.resolution


def _table_text(figure: FigureRow) -> str:
    """The form of a figure's table and what gave it to it, or why it has none."""
    if not figure.table_form:
        return f"none: {figure.resolution}" if figure.resolution else "none"
    section = named("section", figure.section)
    form = " / ".join(filter(None, (named("form", figure.table_form), section)))
    by = named("resolved_by", figure.table_resolved_by)
    return f"{form}, by {by}{': ' if figure.resolution else ''}{figure.resolution}"


def _measure_text(figure: FigureRow) -> str:
    """What a figure measures and what gave it that, or that nothing did."""
    if not figure.measure:
        return "none: nothing says what it measures"
    by = named("resolved_by", figure.resolved_by)
    return f"{named('measure', figure.measure)}, by {by}"


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
    return f"{place}, box ({box}) in points from the upper left corner"


def _place_text(page: int | None, cell_path: str | None) -> str:
    return cell_path or "unknown place" if page is None else f"page {page}"
