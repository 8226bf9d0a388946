"""Measure `juesuan run` on the sample documents: first run, and a second with nothing new.

Usage: ``make bench``, or ``python tests/benchmarks/measure_runs.py [RAW_DIR]``. Prints wall and
processor time and the peak memory of the largest single process, worker processes included.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES_DIR = Path(__file__).resolve().parents[2] / "data" / "raw" / "samples"


def measure(label: str, command: list[str | Path]) -> None:
    """Run a command and print what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    finished = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sys.stdout.write(
        f"{label}: exit {finished.returncode}, {wall:.1f} s wall, {processor:.1f} s processor, "
        f"largest process so far {after.ru_maxrss / 1024:,.0f} MiB\n"
    )


def main() -> None:
    """Measure a first and a second run into a fresh warehouse."""
    raw_dir = sys.argv[1] if len(sys.argv) > 1 else SAMPLES_DIR
    with tempfile.TemporaryDirectory() as folder:
        juesuan = Path(sys.executable).with_name("juesuan")
        run = [juesuan, "run", "--raw", raw_dir, "--warehouse", Path(folder) / "bench.duckdb"]
        measure("first run ", run)
        measure("second run", run)


if __name__ == "__main__":
    main()
