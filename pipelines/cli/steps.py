"""Shows what a command is doing while it does it, event by event.

Knows what is said of each kind of event. Does not know how they follow one another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, singledispatch
from typing import TYPE_CHECKING, cast

from rich.console import Console

from pipelines.acquiring.crawls import SiteResult
from pipelines.domain.messages import say, say_count
from pipelines.exploring.progress import (
    Bars,
    audit_text,
    bars_shown,
    build_progress_text,
    build_text,
    ingestion_text,
    kept_former_text,
    renewal_text,
    show_reading,
)
from pipelines.exploring.rendering.nights import show_site
from pipelines.running.building import BuildProgress
from pipelines.running.nights import Announce, Fetching, describe_site
from pipelines.running.updating import KeptFormer, Renewal, Step
from pipelines.settings import Settings
from pipelines.warehouse.ingesting import IngestSummary, Progress
from pipelines.warehouse.transforming import Transformation

if TYPE_CHECKING:
    from pipelines.auditing.audits import AuditSummary


@dataclass(slots=True)
class Shown:
    """Where events are shown, and how many sites are and were asked."""

    settings: Settings
    console: Console
    bars: Bars
    site_count: int = 0
    asked_count: int = 0

    def say(self, text: str) -> None:
        """Print a line."""
        self.console.print(text, soft_wrap=True)


@contextmanager
def steps_shown(settings: Settings, console: Console) -> Iterator[Announce]:
    """What shows each event that it is called with, until the end of the context."""
    with bars_shown(console) as bars:
        yield partial(_show, shown=Shown(settings, console, bars))


def tell_of_proxy(settings: Settings, console: Console) -> None:
    """Say that a proxy is set and not used, where one is."""
    if settings.unused_proxy:
        told = say(
            "{variable} is set and not used: sites are asked directly, because behind a proxy it "
            "could not be checked that their names lead to public addresses",
            variable=settings.unused_proxy,
        )
        console.print(told, soft_wrap=True)


# What audits is not imported for its summary alone: that takes long.
@singledispatch
def _show(event: object, shown: Shown) -> None:
    shown.say(audit_text(cast("AuditSummary", event)))


@_show.register
def _(event: Fetching, shown: Shown) -> None:
    if not event.site_count:
        shown.say(say("No site is enabled: reading only what lies in the raw directory"))
        return
    tell_of_proxy(shown.settings, shown.console)
    fetching = say_count(
        "Fetching from {count:,} site into {folder}",
        "Fetching from {count:,} sites into {folder}",
        event.site_count,
        folder=shown.settings.store_dir,
    )
    shown.say(fetching)
    shown.site_count = event.site_count
    shown.bars.show(say("Fetching"), 0, event.site_count)


@_show.register
def _(event: SiteResult, shown: Shown) -> None:
    shown.asked_count += 1
    shown.bars.show(say("Fetching"), shown.asked_count, shown.site_count)
    show_site(shown.console, describe_site(event))


@_show.register
def _(event: Progress, shown: Shown) -> None:
    show_reading(shown.console, shown.bars, event)


@_show.register
def _(event: IngestSummary, shown: Shown) -> None:
    shown.say(ingestion_text(event, shown.settings.raw_dir))


@_show.register
def _(event: Step, shown: Shown) -> None:
    shown.bars.show(say("Building") if event is Step.BUILDING else say("Publishing"))
    shown.say(say(event))


@_show.register
def _(event: BuildProgress, shown: Shown) -> None:
    shown.bars.show(say("Building"), event.done, event.total)
    if not shown.bars.are_drawn:
        shown.say(build_progress_text(event.done, event.total))


@_show.register
def _(event: Transformation, shown: Shown) -> None:
    shown.say(
        build_text(event.summary, was_needed=event.was_needed, document_count=event.document_count)
    )


@_show.register
def _(event: Renewal, shown: Shown) -> None:
    shown.say(renewal_text(event.tables))


@_show.register
def _(event: KeptFormer, shown: Shown) -> None:
    shown.say(kept_former_text(event.place))
