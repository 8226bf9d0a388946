"""``make mutate``: change the project in small ways, and list what no test notices.

    python -m tests.mutating sql --seed 1 --count 160
    python -m tests.mutating seeds --seed 1 --count 60
    python -m tests.mutating python --seed 1 --count 320

What was tried is kept in a folder, so that a run that was ended goes on where it was.
"""

import argparse
import hashlib
import json
import os
import sys
import time
import warnings
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.mutating.mutants import (
    Mutant,
    Outcome,
    Verdict,
    as_table,
    known_equivalent,
    sampled,
)
from tests.mutating.processes import Begin, Processes
from tests.paths import PROJECT_DIR

KINDS = ("sql", "seeds", "python")


def main() -> int:
    """Try mutants of the kinds that are named; fail where fewer are noticed than has to be."""
    parser = argparse.ArgumentParser(prog="mutate", description=__doc__)
    parser.add_argument("kinds", nargs="*", default=KINDS, metavar="|".join(KINDS))
    parser.add_argument("--seed", type=int, default=1, help="decides which mutants are tried")
    parser.add_argument("--count", type=int, help="how many of each kind, without the equivalent")
    parser.add_argument("--work", type=Path, default=PROJECT_DIR / "data" / "mutating")
    parser.add_argument("--only", default="", help="of files whose path holds this")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="at a time")
    options = parser.parse_args()
    work_dir = options.work.absolute()
    work_dir.mkdir(parents=True, exist_ok=True)
    os.environ["JUESUAN_CACHE"] = str(work_dir / "cache")
    warnings.simplefilter("ignore")
    is_enough = True
    for kind in options.kinds:
        mutants, begin, default_count, bar = _prepared(kind, work_dir)
        mutants = [each for each in mutants if options.only in each.path]
        with Processes(options.processes, begin, work_dir) as processes:
            tally = _try_all(
                kind,
                sampled(mutants, options.seed),
                processes,
                options.count or default_count,
                work_dir,
            )
        is_enough &= tally >= bar
    return 0 if is_enough else 1


def _prepared(kind: str, work_dir: Path) -> tuple[list[Mutant], Begin, int, float]:
    """The mutants of a kind, how a process begins, how many are tried, and the share to notice."""
    if kind == "python":
        from tests.mutating import python_trial

        python_trial.measure(work_dir / "python", _state_of_the_project())
        begin = partial(python_trial.begin, work_dir / "python")
        return python_trial.python_files_mutants(), begin, 320, 0.92
    from tests.mutating import sql_trial

    kept = sql_trial.kept_builds(
        work_dir / "sql", _state_of_the_project(is_without_unit_tests=True)
    )
    begin = partial(sql_trial.begin, kept, work_dir / "sql", kind)
    if kind == "seeds":
        return sql_trial.seed_files_mutants(), begin, 60, 0.95
    return sql_trial.sql_files_mutants(), begin, 160, 0.95


def _try_all(
    kind: str, mutants: list[Mutant], processes: Processes, count: int, work_dir: Path
) -> float:
    """Try so many mutants, tell of each, and list the survivors; the share that was noticed."""
    tried = Tried(work_dir / f"{kind}.tried.json")
    begun = time.monotonic()
    noticed = 0
    survivors: list[Mutant] = []
    equivalent = known_equivalent()
    others = (each for each in mutants if each.key not in equivalent)
    with closing(processes.outcomes(others, tried.outcome_of, tried.keep)) as outcomes:
        for mutant, outcome in outcomes:
            if outcome.verdict is Verdict.NOTICED:
                noticed += 1
            elif outcome.verdict is Verdict.SURVIVED:
                survivors.append(mutant)
            if outcome.verdict is not Verdict.INVALID:
                _tell(noticed + len(survivors), mutant, outcome)
            if noticed + len(survivors) >= count:
                break
    share = noticed / max(noticed + len(survivors), 1)
    left_out = sum(each.key in equivalent for each in mutants)
    minutes = (time.monotonic() - begun) / 60
    _say(
        f"\n{kind}: {noticed} of {noticed + len(survivors)} mutants noticed ({share:.1%}), in "
        f"{minutes:.1f} minutes; {left_out} of all {len(mutants)} are known to be equivalent\n"
    )
    if survivors:
        _say("\n".join(as_table(survivors)) + "\n")
    return share


def _tell(number: int, mutant: Mutant, outcome: Outcome) -> None:
    _say(f"{number:4} {outcome.verdict.value:9} {mutant.path}:{mutant.line} {mutant.operator}")
    if outcome.verdict is Verdict.SURVIVED:
        _say(f"     {mutant.before}\n  -> {mutant.after}\n     {outcome.noticed_by}")


class Tried:
    """What was tried before, and what became of it, for this state of the project."""

    def __init__(self, path: Path) -> None:
        """Take up what a run of the same state left."""
        self.path = path
        self.state = _state_of_the_project()
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        self._outcomes: dict[str, list[str]] = (
            kept["outcomes"] if kept.get("state") == self.state else {}
        )

    def outcome_of(self, mutant: Mutant) -> Outcome | None:
        """What became of a mutant before."""
        found = self._outcomes.get(_name_of(mutant))
        return Outcome(Verdict(found[0]), found[1]) if found else None

    def keep(self, mutant: Mutant, outcome: Outcome) -> None:
        """Note what became of a mutant."""
        self._outcomes[_name_of(mutant)] = [outcome.verdict.value, outcome.noticed_by]
        content = json.dumps({"state": self.state, "outcomes": self._outcomes}, indent=1)
        self.path.write_text(content, encoding="utf-8")


def _name_of(mutant: Mutant) -> str:
    return f"{mutant.path}:{mutant.begin}-{mutant.end}:{mutant.becomes}"


def _state_of_the_project(*, is_without_unit_tests: bool = False) -> str:
    """A digest of all that mutants are made of and tried by.

    Args:
        is_without_unit_tests: Leave these out, dbt's and ours: no build is made of them.
    """
    left_out = {"target", "logs", "mutating", *(["unit"] if is_without_unit_tests else [])}
    digest = hashlib.sha256()
    for folder in ("dbt_project", "pipelines", "tests"):
        for path in sorted((PROJECT_DIR / folder).rglob("*")):
            if path.suffix in (".sql", ".yml", ".csv", ".py", ".yaml", ".lark") and not (
                left_out & set(path.parts)
            ):
                content = path.read_bytes()
                if is_without_unit_tests and path.suffix == ".yml":
                    content = content.split(b"\nunit_tests:")[0]
                digest.update(content)
    return digest.hexdigest()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
