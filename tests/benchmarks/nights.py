"""Measure nights on a site of loopback, and kill some at random moments.

Usage: ``make bench-nightly``, or ``python tests/benchmarks/nights.py [--kills N] [--seed N]``.
Prints what a first night and one without news take, and beyond the crawl itself. Then nights are
killed with ``kill -9``, five in a row in each home, and the next one must end with the warehouse
that an undisturbed night makes.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TypeAlias

from tests.portal.nights import (
    kill_night,
    new_home,
    readable_site,
    settled_state,
    spend_night,
    stray_parts,
    warehouse_of,
)
from tests.portal.server import serving
from tests.portal.sites import PublishedSite

State: TypeAlias = dict[str, list[tuple[object, ...]]]

DOCUMENTS = 8
KILLS_IN_A_ROW = 5


def measured_night(label: str, home: Path) -> float:
    """Spend a night and print what it took."""
    started = time.monotonic()
    night = spend_night(home, "--json", home / "night.json")
    wall = time.monotonic() - started
    told = json.loads((home / "night.json").read_text(encoding="utf-8"))
    crawl = max((site["seconds"] for site in told["sites"]), default=0.0)
    print(
        f"{label}: exit {night.exit_code}, {wall:.1f} s, of them {crawl:.1f} s in the crawl; "
        f"{told['counts']['new']} new, {told['counts']['read']} read",
        flush=True,
    )
    return wall


def survives(home: Path, site: PublishedSite, moments: list[float], wanted: State) -> bool:
    """Kill nights at some moments, spend a whole one, and compare."""
    site.portal.forget()
    killed = [kill_night(home, moment) for moment in moments]
    night = spend_night(home)
    state = settled_state(warehouse_of(home))
    differing = [table for table in {*state, *wanted} if state.get(table) != wanted.get(table)]
    same = night.exit_code == 0 and not differing
    whole = not stray_parts(home)
    repeated = sum(count - 1 for path, count in site.portal.sent.items() if path in site.reachable)
    print(
        f"killed {sum(killed)} nights at {', '.join(f'{moment:.1f}' for moment in moments)} s: "
        f"{'same warehouse' if same else 'DIFFERENT WAREHOUSE'}, "
        f"{'objects whole' if whole else 'OBJECTS BROKEN'}, {repeated} bodies fetched again",
        flush=True,
    )
    if not same:
        print(differing, night.output, night.complaints)
    return same and whole


def main() -> int:
    """Measure, then kill."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - moments, no secrets
    folder = Path(tempfile.mkdtemp(prefix="nights-"))
    site = readable_site(DOCUMENTS)
    with serving(site.portal):
        undisturbed = new_home(folder / "undisturbed", site)
        whole_night = measured_night("first night       ", undisturbed)
        wanted = settled_state(warehouse_of(undisturbed))
        measured_night("night without news", undisturbed)
        outcomes = []
        for number in range(options.kills // KILLS_IN_A_ROW):
            home = new_home(folder / f"home{number}", site)
            moments = [chance.uniform(0.2, whole_night) for _ in range(KILLS_IN_A_ROW)]
            outcomes.append(survives(home, site, moments, wanted))
            shutil.rmtree(home)
    print(f"{sum(outcomes)} of {len(outcomes)} homes ended with the undisturbed warehouse")
    shutil.rmtree(folder)
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
