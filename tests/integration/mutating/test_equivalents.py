"""What is listed as equivalent is still a mutant: a line that moved on would hide nothing."""

from tests.mutating.mutants import known_equivalent
from tests.mutating.python_mutants import python_mutants
from tests.mutating.seed_mutants import seed_mutants
from tests.mutating.sql_mutants import sql_mutants
from tests.paths import PROJECT_DIR

MUTANTS = {".sql": sql_mutants, ".csv": seed_mutants, ".py": python_mutants}


def test_every_equivalent_is_a_mutant_still():
    listed = known_equivalent()
    there = {
        mutant.key
        for path in {path for path, *_ in listed}
        for mutant in MUTANTS[PROJECT_DIR.joinpath(path).suffix](
            path, PROJECT_DIR.joinpath(path).read_text(encoding="utf-8")
        )
    }
    assert [key for key in listed if key not in there] == []
