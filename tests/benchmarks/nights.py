"""Measure nights on a site of loopback, and kill some at random moments.

Usage: ``make bench-nightly``, or ``python tests/benchmarks/nights.py [--kills N] [--seed N]``.
Prints what a first night takes by its phases, and what one without news takes beyond the crawl
itself. Then nights are killed with ``kill -9``, in each home once in each phase, alternately with
their children and without them, and the next night must end with the warehouse that an undisturbed
one makes.
"""

import argparse
import json
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TypeAlias

from tests.portal.nights import (
    Phase,
    kill_night,
    new_home,
    phase_lengths,
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
KILLED_PHASES = (Phase.FETCH, Phase.READ, Phase.LOAD, Phase.BUILD, Phase.PUBLISH)


def processor_seconds() -> float:
    """What all children that have ended took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure_night_without_news(home: Path) -> None:
    """Spend a night and print what it took."""
    started, used = time.monotonic(), processor_seconds()
    night = spend_night(home, "--json", home / "night.json")
    wall, used = time.monotonic() - started, processor_seconds() - used
    told = json.loads((home / "night.json").read_text(encoding="utf-8"))
    crawl = max((site["seconds"] for site in told["sites"]), default=0.0)
    print(
        f"night without news: exit {night.exit_code}, {wall:.1f} s, {wall - crawl:.1f} s of them "
        f"beyond the crawl; {used:.1f} s of processor time",
        flush=True,
    )


def survives(
    home: Path, site: PublishedSite, kills: list[tuple[Phase, float]], wanted: State, turn: int
) -> tuple[bool, list[Phase]]:
    """Kill nights at some moments, spend a whole one, and compare."""
    site.portal.forget()
    died_in = [
        kill_night(home, phase, seconds, with_children=(turn + number) % 2 == 0)
        for number, (phase, seconds) in enumerate(kills)
    ]
    night = spend_night(home)
    state = settled_state(warehouse_of(home))
    differing = [table for table in {*state, *wanted} if state.get(table) != wanted.get(table)]
    same = night.exit_code == 0 and not differing
    whole = not stray_parts(home)
    repeated = sum(count - 1 for path, count in site.portal.sent.items() if path in site.reachable)
    print(
        f"killed in {', '.join(phase.name.lower() for phase in died_in)}: "
        f"{'same warehouse' if same else 'DIFFERENT WAREHOUSE'}, "
        f"{'objects whole' if whole else 'OBJECTS BROKEN'}, {repeated} bodies fetched again",
        flush=True,
    )
    if not same:
        print(differing, night.output, night.complaints, flush=True)
    return same and whole, died_in


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
        lengths = phase_lengths(undisturbed)
        told = ", ".join(f"{phase.name.lower()} {took:.1f} s" for phase, took in lengths.items())
        print(f"first night: {told}", flush=True)
        wanted = settled_state(warehouse_of(undisturbed))
        measure_night_without_news(undisturbed)
        outcomes, died_in = [], Counter[Phase]()
        for turn in range(options.kills // len(KILLED_PHASES)):
            home = new_home(folder / f"home{turn}", site)
            # Every other home is left alone until it has fetched, and disturbed in a later night.
            phases = KILLED_PHASES[turn % 2 :] + KILLED_PHASES[: turn % 2]
            kills = [(phase, chance.uniform(0, lengths[phase])) for phase in phases]
            outcome, died = survives(home, site, kills, wanted, turn)
            outcomes.append(outcome)
            died_in.update(died)
            shutil.rmtree(home)
    print(f"{sum(outcomes)} of {len(outcomes)} homes ended with the undisturbed warehouse")
    print("killed in " + ", ".join(f"{phase.name.lower()} {died_in[phase]}" for phase in Phase))
    shutil.rmtree(folder)
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
