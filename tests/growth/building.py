"""Builds the marts of the warehouse that the environment names, and prints what the build tells.

Run as a process of its own, which is measured. Knows ``build_marts`` and nothing below it.
"""

import dataclasses
import json

from pipelines.running.updating import build_marts
from pipelines.settings import load_settings


def main() -> None:
    """Build and print."""
    print(json.dumps(dataclasses.asdict(build_marts(load_settings())), default=str))  # noqa: T201


if __name__ == "__main__":
    main()
