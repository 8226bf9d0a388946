"""Measures how much of the prose of tests/golden/strangers is read right.

Usage: python tests/benchmarks/strangers_prose.py [--show right|wrong|doubted|lost]
"""

import argparse

from tests.golden.strangers import Verdict, batches, judge_batch


def main() -> None:
    """Print one line for each batch, and what is asked to be shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=Verdict, choices=list(Verdict))
    shown = parser.parse_args().show
    for batch in batches():
        tally, judged = judge_batch(batch)
        told = ", ".join(f"{tally.verdicts[each]:,} {each}" for each in Verdict)
        print(
            f"batch {batch}: {tally.verdicts.total():,} statements: {tally.right:.1f} % right, "
            f"{tally.precision:.1f} % of the clear claims ({told}, {tally.extra} more)"
        )
        for each in judged:
            if each.verdict is shown:
                at = f"{each.statement.passage}:{each.statement.line}"
                print(f"  {at} {each.statement.value_text}: {'; '.join(each.reasons)}")


if __name__ == "__main__":
    main()
