"""Measures the audit: is every wrong digit noticed, is it blamed on the right figure, and how fast.

Usage: python tests/benchmarks/audit.py [--trials N] [--seed N] [DIR ...]

Every document under the folders (by default the samples, all of them one population, and the
shared corpus, each document one) is read once. Then copies of it are staged in which one digit of
one figure is another one, by at least 0.05 万元, and all copies are evaluated in one build. No file
is rewritten: reading is not what is measured here.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.auditing.audits import locate_in_documents
from pipelines.settings import exposed_to_dbt, load_settings
from pipelines.warehouse.ingesting import disclosure_reader, ingest
from pipelines.warehouse.isolated_reading import Limits
from tests.paths import PROJECT_DIR, SAMPLES_DIR, SHARED_DIR

LEAST_CHANGE = Decimal("0.05")
WAN_YUAN = Decimal(10_000)
YUAN = {"元": Decimal(1), "千元": Decimal(1_000), "万元": WAN_YUAN, "亿元": Decimal(10) ** 8}
CLEAN = "clean"
COPIED = ("documents", "forms", "form_columns", "form_rows", "furniture", "paragraphs")
AUDITED = "+int_identity_checks__attributed"
FIRST_FEW = 3

IN_AN_IDENTITY = """
    select distinct trials.trial
    from trials
    inner join intermediate.int_identity_terms__resolved as terms
        on trials.trial = terms.document_id and trials.trial || trials.figure_id = terms.figure_id
    inner join intermediate.int_identity_checks__attributed as checks
        on
            terms.document_id = checks.document_id
            and terms.identity_id = checks.identity_id
            and terms.scope_key = checks.scope_key
    where
        terms.side <> 'when_zero'
        and checks.severity = 'hard'
        and checks.tier not in ('not_applicable', 'not_evaluable')
"""
OUTCOMES = """
    select
        identity_id,
        count(*) filter (where is_clean and is_evaluated),
        count(*) filter (where is_clean and is_held),
        count(distinct document_id) filter (where not is_clean and tier = 'violation'),
        count(*) filter (where is_clean and tier = 'violation')
    from (
        select
            *,
            starts_with(document_id, 'clean') as is_clean,
            tier not in ('not_applicable', 'not_evaluable') as is_evaluated,
            tier in ('exact', 'rounding_likely', 'rounding_possible') as is_held
        from intermediate.int_identity_checks__attributed
        where severity = 'hard'
    )
    group by identity_id
"""
DETECTED = """
    select distinct document_id from intermediate.int_identity_checks__attributed
    where severity = 'hard' and tier = 'violation' order by document_id
"""


@dataclass(slots=True)
class Score:
    """What became of a population's trials."""

    name: str
    trials: int = 0
    bound: int = 0
    detected: int = 0
    unique: int = 0
    among_first: int = 0
    wrongly_unique: int = 0
    false_alarms: int = 0
    build_seconds: float = 0.0
    locate_seconds: float = 0.0
    slowest: float = 0.0
    identities: dict[str, Counter[str]] = field(default_factory=dict)

    def line(self) -> str:
        """The score as a row of the table."""
        return (
            f"{self.name[:40]:40}{self.trials:7}{self.bound:7}{self.false_alarms:7}"
            f"{share(self.detected, self.bound):>10}{share(self.unique, self.detected):>9}"
            f"{share(self.among_first, self.detected):>9}{self.wrongly_unique:7}"
            f"{self.build_seconds / (self.trials + 1) * 1000:9.0f}"
            f"{self.locate_seconds / max(self.detected, 1) * 1000:9.0f}{self.slowest * 1000:9.0f}"
        )


def share(part: int, whole: int) -> str:
    """A share in per cent with one decimal, '–' of nothing."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def read(folders: Iterable[Path], work: Path) -> Path:
    """Read every document under the folders into one warehouse's staging tables."""
    raw_dir, warehouse = work / "raw", work / "read.duckdb"
    raw_dir.mkdir()
    for folder in folders:
        for path in (path for path in sorted(folder.rglob("*")) if path.is_file()):
            target = raw_dir / path.relative_to(folder.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(path)
    settings = load_settings()
    ingest(
        raw_dir,
        warehouse,
        jobs=settings.jobs,
        limits=Limits(settings.document_seconds, settings.document_bytes),
        on_progress=lambda _: None,
        reader=disclosure_reader(settings.reference_dir),
    )
    return warehouse


def draw_trials(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[str], count: int, rng: random.Random
) -> list[tuple[str, str, str, str, Decimal]]:
    """Trials as rows: trial, document, figure, the number it prints and the same in yuan."""
    figures = connection.execute(
        """
        select document_id, figure_id, amount_text, printed_unit from source.staging.figures
        where document_id = any(?) order by all
        """,
        [list(documents)],
    ).fetchall()
    rows = [
        (f"{CLEAN}{number:04}", document_id, "", "", Decimal(0))
        for number, document_id in enumerate(documents)
    ]
    while len(rows) < len(documents) + count:
        document_id, figure_id, text, unit = rng.choice(figures)
        at = rng.choice([at for at, letter in enumerate(text) if letter.isdigit()])
        digit = rng.choice([digit for digit in "0123456789" if digit != text[at]])
        changed = text[:at] + digit + text[at + 1 :]
        yuan = yuan_of(changed, unit)
        if abs(yuan - yuan_of(text, unit)) >= LEAST_CHANGE * WAN_YUAN:
            rows.append((f"trial{len(rows):05}", document_id, figure_id, changed, yuan))
    return rows


def yuan_of(text: str, unit: str) -> Decimal:
    """A printed number in yuan."""
    return Decimal(text.replace(",", "").replace("−", "-")) * YUAN[unit]


def stage(
    source: Path, target: Path, documents: Sequence[str], count: int, rng: random.Random
) -> dict[str, str]:
    """Stage a copy of a document for each trial; return the guilty figure of each."""
    with duckdb.connect(str(target)) as connection:
        schema = PROJECT_DIR / "pipelines" / "warehouse" / "staging.sql"
        connection.execute(schema.read_text(encoding="utf-8"))
        connection.execute(f"attach '{source}' as source (read_only)")
        rows = draw_trials(connection, documents, count, rng)
        connection.execute(
            "create table trials (trial varchar, document_id varchar, figure_id varchar, "
            "printed varchar, yuan decimal(24, 6))"
        )
        connection.executemany("insert into trials values (?, ?, ?, ?, ?)", rows)
        for table in COPIED:
            connection.execute(
                f"""
                insert into staging.{table}
                select staged.* replace (trials.trial as document_id)
                from source.staging.{table} as staged
                inner join trials on staged.document_id = trials.document_id
                """
            )
        connection.execute(
            """
            insert into staging.claims
            select
                staged.* replace (
                    trials.trial as document_id, trials.trial || staged.claim_id as claim_id
                )
            from source.staging.claims as staged
            inner join trials on staged.document_id = trials.document_id
            """
        )
        connection.execute(
            """
            insert into staging.figures
            select
                staged.* replace (
                    trials.trial as document_id,
                    trials.trial || staged.figure_id as figure_id,
                    if(staged.figure_id = trials.figure_id, trials.printed, staged.amount_text)
                        as amount_text,
                    if(staged.figure_id = trials.figure_id, trials.yuan, staged.amount_yuan)
                        as amount_yuan
                )
            from source.staging.figures as staged
            inner join trials on staged.document_id = trials.document_id
            """
        )
    return {trial: trial + figure_id for trial, _, figure_id, _, _ in rows if figure_id}


def evaluate(database: Path, work: Path) -> float:
    """Have dbt evaluate all identities; return how long that took."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    project = str(PROJECT_DIR / "dbt_project")
    began = time.perf_counter()
    with exposed_to_dbt(database):
        answer = dbtRunner().invoke(
            [
                "build",
                *("--project-dir", project, "--profiles-dir", project),
                *("--target-path", str(work / "target"), "--log-path", str(work / "logs")),
                *("--log-level", "none", "--select", AUDITED),
                *("--exclude-resource-types", "test", "unit_test"),
            ]
        )
    DuckDBConnectionManager.close_all_connections()
    if not answer.success:
        raise SystemExit(f"dbt failed: {answer.exception or answer.result}")
    return time.perf_counter() - began


def judge(database: Path, guilty: dict[str, str], score: Score) -> None:
    """Count what was noticed and whether it was blamed on the right figure."""
    with duckdb.connect(str(database), read_only=True) as connection:
        bound = {trial for (trial,) in connection.execute(IN_AN_IDENTITY).fetchall()}
        alarmed = [document for (document,) in connection.execute(DETECTED).fetchall()]
        for identity, *counts in connection.execute(OUTCOMES).fetchall():
            score.identities[identity] = Counter(
                dict(zip(("evaluated", "held", "caught", "false"), counts, strict=True))
            )
        score.false_alarms += sum(document.startswith(CLEAN) for document in alarmed)
        detected = [document for document in alarmed if document in bound]
        began = time.perf_counter()
        last = None
        for trial, faults, _ in locate_in_documents(connection, detected):
            now = time.perf_counter()
            # The first one waits for all to be fetched.
            score.slowest, last = max(score.slowest, now - (last or now)), now
            answers = {
                culprit.key
                for fault in faults
                if fault.is_located
                for culprit in fault.explanations[0].culprits
            }
            first = {
                culprit.key
                for fault in faults
                for explanation in fault.explanations[:FIRST_FEW]
                for culprit in explanation.culprits
            }
            score.unique += answers == {guilty[trial]}
            score.wrongly_unique += bool(answers) and guilty[trial] not in answers
            score.among_first += guilty[trial] in first
        score.locate_seconds = time.perf_counter() - began
    score.trials += len(guilty)
    score.bound += len(bound)
    score.detected += len(detected)


def populations(warehouse: Path, folders: Sequence[Path]) -> list[tuple[str, list[str]]]:
    """Documents that are measured together: the samples as one, others each on its own."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            """
            select distinct documents.document_id, files.file_path
            from staging.documents as documents
            inner join staging.files as files on documents.sha256 = files.sha256
            semi join staging.figures as figures on documents.document_id = figures.document_id
            where files.status = 'read'
            order by files.file_path
            """
        ).fetchall()
    together = {folder.name for folder in folders if folder == SAMPLES_DIR}
    grouped: dict[str, list[str]] = {}
    for document_id, file_path in found:
        folder, _, _ = file_path.partition("/")
        name = folder if folder in together else Path(file_path).stem + Path(file_path).suffix
        grouped.setdefault(name, []).append(document_id)
    return list(grouped.items())


def sound_documents(warehouse: Path, work: Path) -> set[str]:
    """Documents that do not contradict themselves to begin with."""
    evaluate(warehouse, work)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        contradicting = {document for (document,) in connection.execute(DETECTED).fetchall()}
        everything = connection.execute("select document_id from staging.documents").fetchall()
    return {document for (document,) in everything} - contradicting


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20261122)
    arguments = parser.parse_args()
    folders = arguments.folders or [SAMPLES_DIR, SHARED_DIR / "corpus"]
    folders = [folder.resolve() for folder in folders if folder.is_dir()]
    scores: list[Score] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        warehouse = read(folders, work)
        sound = sound_documents(warehouse, work)
        print(f"{arguments.trials} trials a population, seed {arguments.seed}; milliseconds a copy")
        print(
            f"{'population':40}{'trials':>7}{'bound':>7}{'false':>7}{'detected':>10}{'unique':>9}"
            f"{'first 3':>9}{'wrong':>7}{'build':>9}{'locate':>9}{'slowest':>9}"
        )
        for population, documents in populations(warehouse, folders):
            measured = [document for document in documents if document in sound]
            if not measured:
                continue
            rng = random.Random(arguments.seed)  # noqa: S311 - reproducible, nothing is secret
            copies = work / "copies.duckdb"
            copies.unlink(missing_ok=True)
            guilty = stage(warehouse, copies, measured, arguments.trials, rng)
            score = Score(population, build_seconds=evaluate(copies, work))
            judge(copies, guilty, score)
            scores.append(score)
            print(score.line(), flush=True)
    print_identities(scores)
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"largest memory {mebibytes} MiB; Python {sys.version.partition(' ')[0]}")


def print_identities(scores: Sequence[Score]) -> None:
    """Print what became of each hard identity, over all populations."""
    totals: dict[str, Counter[str]] = {}
    for score in scores:
        for identity, counts in score.identities.items():
            totals.setdefault(identity, Counter()).update(counts)
    print(f"\n{'identity':28}{'evaluated':>10}{'held':>8}{'caught':>8}{'false':>7}")
    for identity, counts in sorted(totals.items()):
        print(
            f"{identity:28}{counts['evaluated']:10}{counts['held']:8}{counts['caught']:8}"
            f"{counts['false']:7}"
        )


if __name__ == "__main__":
    main()
