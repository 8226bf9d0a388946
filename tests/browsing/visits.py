"""Visits pages in a browser, and tells how long they took.

Knows what browsers tell of a page: navigation timing, paint, resources. Does not know the pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from playwright.sync_api import APIResponse, Browser, Page, Response

from tests.browsing.exploring import Explorer
from tests.growth.measuring import MeasuringError

WIDE = {"width": 1280, "height": 900}
# Answers once something of the page was painted.
TIMING = """
    () => new Promise(resolve => {
        new PerformanceObserver(painted => {
            const first = painted.getEntriesByName('first-contentful-paint')[0];
            if (!first) return;
            resolve({
                shown: first.startTime,
                navigation: performance.getEntriesByType('navigation')[0].toJSON(),
                resources: performance.getEntriesByType('resource').map(each => each.toJSON()),
            });
        }).observe({type: 'paint', buffered: true});
    })
"""
LONGEST, ALL = "longest", "queries"
OK = 200

Told: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stop:
    """A page to visit.

    Attributes:
        path: Of the page, with parameters.
        leads_to: A path that it must link to, '' where any page will do.
        picture: What leads to the picture of a printed page on it, '' where there is none.
    """

    path: str
    leads_to: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """How long one page took, in milliseconds, in the browser; None where nothing tells it.

    Attributes:
        path: Of the page, with parameters.
        answered: From asking for the page to the last byte of its HTML.
        shown: From the visitor's wish to the first text or picture on the screen.
        complete: To the last of what the page needs: styles, charts, pictures.
        processor: Processor time of the server for all of that; the kernel counts it in tens.
        longest: The longest of the server's questions to the warehouse, for the page or for what
            the page needs.
        all_queries: All of them together.
        picture: From asking for the picture of a printed page to its last byte.
        byte_count: Of the HTML as it travelled.
        peak_bytes: The most that the server has had in memory until then.
    """

    path: str
    answered: float
    shown: float
    complete: float
    processor: float
    longest: float | None
    all_queries: float | None
    picture: float | None
    byte_count: int
    peak_bytes: int


def visit(browser: Browser, running: Explorer, stop: Stop) -> Visit:
    """Visit a page with a browser that has seen nothing of it, and keeps nothing of the visit.

    Raises:
        MeasuringError: There is no such page, or not what must be on it.
        playwright.sync_api.Error: The browser cannot show it.
    """
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    try:
        return visit_in(context.new_page(), running, stop)
    finally:
        context.close()


def visit_in(page: Page, running: Explorer, stop: Stop) -> Visit:
    """Visit a page in a tab, with whatever its browser keeps of earlier visits; see ``visit``."""
    before = running.processor_milliseconds
    insist_on_success(page.goto(running.address + stop.path, wait_until="load"), stop.path)
    if stop.leads_to and not page.locator(f'a[href^="{stop.leads_to}"]').count():
        raise MeasuringError(f"{stop.path} does not lead to {stop.leads_to}")
    seen = _seen_picture(page, stop.picture) if stop.picture else ""
    told: Told = page.evaluate(TIMING)
    navigation, resources = told["navigation"], told["resources"]
    asked = [each for part in (navigation, *resources) for each in part["serverTiming"]]
    pictures = [float(each["duration"]) for each in resources if each["name"] == seen]
    return Visit(
        path=stop.path,
        answered=navigation["responseEnd"] - navigation["requestStart"],
        shown=told["shown"],
        complete=max([navigation["loadEventEnd"], *(each["responseEnd"] for each in resources)]),
        processor=running.processor_milliseconds - before,
        longest=max(_durations(asked, LONGEST), default=None),
        all_queries=sum(_durations(asked, ALL)) if asked else None,
        picture=max(pictures, default=None),
        byte_count=navigation["encodedBodySize"],
        peak_bytes=running.peak_bytes,
    )


def _durations(asked: Sequence[Told], name: str) -> list[float]:
    return [float(each["duration"]) for each in asked if each["name"] == name]


def insist_on_success(response: Response | APIResponse | None, path: str) -> None:
    """Make sure that a response is what was asked for.

    Raises:
        MeasuringError: It is not.
    """
    if response is None or response.status != OK:
        raise MeasuringError(f"{path} answers {response.status if response else 'nothing'}")


def _seen_picture(page: Page, selector: str) -> str:
    """The address of a picture that can be seen, once it can."""
    picture = page.locator(selector).first
    if not picture.count():
        raise MeasuringError(f"{page.url} shows no picture of the printed page")
    picture.scroll_into_view_if_needed()
    width, address = picture.evaluate(
        "async it => { await it.decode(); return [it.naturalWidth, it.currentSrc]; }"
    )
    if not width:
        raise MeasuringError(f"{address} is not a picture")
    return str(address)
