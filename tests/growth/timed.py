"""Runs a command and writes what it took into a file: ``python timed.py RESULT COMMAND...``.

A process of its own, and a small one: what a child is said to have had in memory at most includes
what the process that started it had. Knows the standard library only.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

SECONDS_BETWEEN_LOOKS = 0.2
KIBIBYTE = 1024
# Places of fields in /proc/PID/stat, counted from behind the name.
PARENT, RESIDENT_PAGES = 1, 21


def resident_bytes(process: int) -> int:
    """What a process and all that it started, directly or not, have in memory now."""
    parents, sizes = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has just ended
            continue
        # The name may hold anything, brackets too; what follows it is numbers.
        fields = text.rpartition(")")[2].split()
        parents[int(status.parent.name)] = int(fields[PARENT])
        sizes[int(status.parent.name)] = int(fields[RESIDENT_PAGES])
    family, grown = {process}, True
    while grown:
        children = {child for child, parent in parents.items() if parent in family}
        grown = not children <= family
        family |= children
    return sum(sizes.get(member, 0) for member in family) * os.sysconf("SC_PAGE_SIZE")


def look(process: int, together: list[int], over: Event) -> None:
    """Note the most memory that is seen, now and then, until it is over."""
    while not over.wait(SECONDS_BETWEEN_LOOKS):
        together.append(resident_bytes(process))


def main() -> int:
    """Run, and write."""
    result, *command = sys.argv[1:]
    began = time.monotonic()
    process = subprocess.Popen(command)
    together = [0]
    over = Event()
    looking = Thread(target=look, args=(process.pid, together, over))
    looking.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    over.set()
    looking.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    taken = {
        "exit_code": process.returncode,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "wall_seconds": wall,
        "peak_bytes": max(used.ru_maxrss * KIBIBYTE, *together),
    }
    Path(result).write_text(json.dumps(taken), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
