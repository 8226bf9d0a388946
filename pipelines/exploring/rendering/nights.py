"""Shows what came of runs and nights: of each site, of all of them, and of earlier ones.

Knows how to lay out counts. Does not know how documents are fetched.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from pipelines.domain.messages import marked, say, say_count
from pipelines.exploring.labels import named
from pipelines.exploring.moments import moment_text
from pipelines.exploring.rendering.consoles import show_table
from pipelines.exploring.rendering.topics import topic_line
from pipelines.exploring.rendering.values import year_text
from pipelines.warehouse.diary import DiaryEntry

VANISHED_SHOWN = 10
PROBLEMS_SHOWN = 3


def show_vanished(console: Console, paths: Sequence[str]) -> None:
    """Show the files that an earlier run knew and that are gone; their documents stay."""
    for path in paths[:VANISHED_SHOWN]:
        stays = say("{path}: its document stays in the warehouse", path=path)
        console.print(topic_line(say("gone"), stays), soft_wrap=True)
    if len(paths) > VANISHED_SHOWN:
        more = say("… and {count:,} more files", count=len(paths) - VANISHED_SHOWN)
        console.print(topic_line(say("gone"), more))


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
    show_table(console, heads, rows)


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
            year_text(each["fiscal_year"]),
            each["department_name"],
            each["url"],
        )
        for each in found
    )
    heads = (
        say("announcement"), f"?{say('kind')}", f"!{say('year')}", f"?{say('department')}",
        say("address"),
    )  # fmt: skip
    show_table(console, heads, rows)


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
