"""Measures the audit: is every wrong digit noticed, is it blamed on the right figure, and how fast.

Usage: python tests/benchmarks/audit.py [--trials N] [--documents N] [--seed N] [DIR ...]

Every document under the folders (by default the samples, all of them one population, and the
shared corpus, each document one) is read once. Then copies of it are staged in which one digit of
one figure is another one, by at least 0.05 万元, and all copies are evaluated in one build. No file
is rewritten: reading is not what is measured here.

What fails in the copy with nothing changed is no merit of the audit: only checks that fail besides
count as detection, and only culprits that would repair one of them as answers. It is a false alarm
unless a person found the contradiction too or it was planted.

Then one document is audited as a run does it, without and with a second reading, and N copies in
one go, with the memory that this process holds on the way.
"""

import argparse
import csv
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.auditing.audits import audit, locate_in_documents
from pipelines.auditing.location import Fault
from pipelines.settings import exposed_to_dbt, load_settings
from pipelines.warehouse.form_catalogue import store_form_catalogue
from pipelines.warehouse.ingesting import disclosure_reader, ingest
from pipelines.warehouse.isolated_reading import Limits
from tests.forge.samples import samples
from tests.paths import PROJECT_DIR, SAMPLES_DIR, SHARED_DIR

FINDINGS = PROJECT_DIR / "tests" / "golden" / "narrative" / "findings.csv"
# Defects that came with the corpus and the identity that finds each.
KNOWN_DEFECTS = {"nar_basic", "template_residue", "placeholder_residue"}
REPORTED = (100, 250, 500, 1000)
DOCUMENTS_AT_A_TIME = 50

LEAST_CHANGE = Decimal("0.05")
WAN_YUAN = Decimal(10_000)
YUAN = {"元": Decimal(1), "千元": Decimal(1_000), "万元": WAN_YUAN, "亿元": Decimal(10) ** 8}
CLEAN = "clean"
COPIED = ("documents", "forms", "form_columns", "form_rows", "furniture", "paragraphs")
AUDITED = ("+int_equations__signed", "+int_amounts__bound")
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
        count(*) filter (where is_clean and is_held)
    from (
        select
            *,
            starts_with(document_id, 'clean') as is_clean
        from intermediate.int_identity_checks__attributed
        where severity = 'hard'
    )
    group by identity_id
"""
FAILING = """
    select document_id, check_id, identity_id, scope_key
    from intermediate.int_identity_checks__attributed
    where severity = 'hard' and tier = 'violation'
    order by document_id, check_id
"""
FILE_NAMES = """
    select trials.trial, trials.document_id, documents.file_name
    from trials
    inner join source.staging.documents as documents
        on trials.document_id = documents.document_id
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
    by_chance: float = 0.0
    wrongly_unique: int = 0
    known: int = 0
    false_alarms: int = 0
    build_seconds: float = 0.0
    locate_seconds: float = 0.0
    slowest: float = 0.0
    identities: dict[str, Counter[str]] = field(default_factory=dict)

    def line(self) -> str:
        """The score as a row of the table."""
        return (
            f"{self.name[:40]:40}{self.trials:7}{self.bound:7}{self.known:7}{self.false_alarms:7}"
            f"{share(self.detected, self.bound):>10}{share(self.unique, self.detected):>9}"
            f"{share(self.unique + self.by_chance, self.detected):>9}"
            f"{share(self.among_first, self.detected):>9}{self.wrongly_unique:7}"
            f"{self.build_seconds / (self.trials + 1) * 1000:9.0f}"
            f"{self.locate_seconds / max(self.detected, 1) * 1000:9.0f}{self.slowest * 1000:9.0f}"
        )

    def add(self, other: "Score") -> None:
        """Count another population's trials too."""
        for name in (
            *("trials", "bound", "detected", "unique", "among_first", "by_chance"),
            *("wrongly_unique", "known", "false_alarms", "build_seconds", "locate_seconds"),
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)


def share(part: float, whole: int) -> str:
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
        where document_id = any(?) and form <> '' and printed_unit <> '' order by all
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
    with duckdb.connect(str(database)) as connection:
        store_form_catalogue(connection)
    began = time.perf_counter()
    with exposed_to_dbt(database):
        answer = dbtRunner().invoke(
            [
                "build",
                *("--project-dir", project, "--profiles-dir", project),
                *("--target-path", str(work / "target"), "--log-path", str(work / "logs")),
                *("--log-level", "none", "--select", *AUDITED),
                *("--exclude-resource-types", "test", "unit_test"),
            ]
        )
    DuckDBConnectionManager.close_all_connections()
    if not answer.success:
        raise SystemExit(f"dbt failed: {answer.exception or answer.result}")
    return time.perf_counter() - began


def known_contradictions() -> set[tuple[str, str]]:
    """Files, without suffix, and identities that a person found to fail in them or planted."""
    with FINDINGS.open(encoding="utf-8-sig", newline="") as lines:
        found = {(row["file"], row["identity_id"]) for row in csv.DictReader(lines)}
    planted = {(Path(each.file_name).stem, "") for each in samples() if each.plant}
    return found | planted


def is_known(known: set[tuple[str, str]], file_name: str, identity: str) -> bool:
    """Whether a document is known to contradict itself there."""
    stem = Path(file_name).stem
    is_forged = any(Path(each.file_name).stem == stem for each in samples())
    came_along = not is_forged and identity in KNOWN_DEFECTS
    return came_along or bool({(stem, identity), (stem, "")} & known)


def judge(database: Path, source: Path, guilty: dict[str, str], score: Score) -> None:
    """Count what was noticed and whether it was blamed on the right figure."""
    known = known_contradictions()
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        bound = {trial for (trial,) in connection.execute(IN_AN_IDENTITY).fetchall()}
        files = {trial: row for trial, *row in connection.execute(FILE_NAMES).fetchall()}
        clean = {row[0]: trial for trial, row in files.items() if trial not in guilty}
        failing: dict[str, dict[tuple[str, str], str]] = {trial: {} for trial in files}
        for trial, check, *place in connection.execute(FAILING).fetchall():
            failing[trial][tuple(place)] = check
        for identity, *counts in connection.execute(OUTCOMES).fetchall():
            score.identities[identity] = Counter(
                dict(zip(("evaluated", "held"), counts, strict=True))
            )
        for trial in clean.values():
            for identity, _ in failing[trial]:
                listed = is_known(known, files[trial][1], identity)
                score.known += listed
                score.false_alarms += not listed
                score.identities[identity]["known" if listed else "false"] += 1
        new = {
            trial: {
                check
                for place, check in failing[trial].items()
                if place not in failing[clean[files[trial][0]]]
            }
            for trial in guilty
        }
        detected = sorted(trial for trial in bound if new[trial])
        for trial in guilty:
            count_caught(failing[trial], new[trial], score)
        for trials in batches(detected, DOCUMENTS_AT_A_TIME):
            began = last = time.process_time()
            for trial, faults, _ in locate_in_documents(connection, trials):
                now = time.process_time()
                # The first one of each batch waits for all of them to be fetched.
                score.slowest, last = max(score.slowest, now - last if last > began else 0), now
                blame(
                    [each for each in faults if new[trial] & {*each.failing}],
                    new[trial],
                    guilty[trial],
                    score,
                )
            score.locate_seconds += time.process_time() - began
    score.trials += len(guilty)
    score.bound += len(bound)
    score.detected += len(detected)


def count_caught(failing: dict[tuple[str, str], str], new: set[str], score: Score) -> None:
    """Count each identity of which a check fails that held before."""
    for identity in {place[0] for place, check in failing.items() if check in new}:
        score.identities[identity]["caught"] += 1


def blame(faults: list[Fault], new: set[str], guilty: str, score: Score) -> None:
    """Count whether the guilty figure is the answer, one of the first, or one of equals."""
    answers = {
        culprit.key
        for fault in faults
        if fault.is_located
        for culprit in fault.explanations[0].culprits
        if new & {*culprit.repairs}
    }
    first = {
        culprit.key
        for fault in faults
        for explanation in fault.explanations[:FIRST_FEW]
        for culprit in explanation.culprits
    }
    score.unique += answers == {guilty}
    score.wrongly_unique += bool(answers) and guilty not in answers
    score.among_first += guilty in first
    equals = [
        [explanation for rank, _, explanation in fault.ranked() if rank == 1] for fault in faults
    ]
    score.by_chance += sum(
        1 / len(each)
        for each in equals
        if len(each) > 1 and any(culprit.key == guilty for one in each for culprit in one.culprits)
    )


def batches(items: Sequence[str], size: int) -> list[Sequence[str]]:
    """So many items at a time."""
    return [items[first : first + size] for first in range(0, len(items), size)]


def audit_one(warehouse: Path, work: Path, kind: str, rng: random.Random) -> None:
    """Audit one document with one digit changed as a run does, and print how long that takes."""
    database = work / "one.duckdb"
    shutil.copy(warehouse, database)
    with duckdb.connect(str(database)) as connection:
        documents = connection.execute(
            "select document_id from staging.documents where file_kind = ? order by 1", [kind]
        ).fetchall()
        ((document_id,),) = rng.sample(documents, 1)
        connection.execute(
            """
            update staging.figures set amount_yuan = amount_yuan + 70000 where figure_id = (
                select figure_id from staging.figures
                where document_id = $document and form <> '' and line = 'total' and amount_yuan > 0
                order by figure_id limit 1
            )
            """,
            {"document": document_id},
        )
        for table in ("documents", "figures"):
            connection.execute(f"delete from staging.{table} where document_id <> ?", [document_id])
    evaluate(database, work)
    settings = load_settings()
    limits = Limits(settings.document_seconds, settings.document_bytes)
    for number in ("first", "again"):
        with duckdb.connect(str(database)) as connection:
            connection.execute("delete from staging.audited_documents")
        began, processor = time.perf_counter(), time.process_time()
        summary = audit(database, work / "raw", jobs=1, limits=limits)
        print(
            f"audit of one {kind}, {number}: {time.perf_counter() - began:.2f} s, of the processor "
            f"{time.process_time() - processor:.2f} s in this process; "
            f"{len(summary.audited)} audited, {len(summary.read_again)} read a second time"
        )


def audit_many(warehouse: Path, work: Path, count: int, rng: random.Random) -> None:
    """Evaluate and locate in many copies of the samples, and print time and memory on the way."""
    (_, documents), *_ = [
        each for each in populations(warehouse, [SAMPLES_DIR]) if each[0] == SAMPLES_DIR.name
    ]
    copies = work / "many.duckdb"
    guilty = stage(warehouse, copies, documents, count, rng)
    began = time.perf_counter()
    evaluate(copies, work)
    print(
        f"{count} documents evaluated in {time.perf_counter() - began:.0f} s, "
        f"this process at {resident_mib():.0f} MiB"
    )
    began, done = time.perf_counter(), 0
    with duckdb.connect(str(copies), read_only=True) as connection:
        for trials in batches(sorted(guilty), DOCUMENTS_AT_A_TIME):
            done += sum(1 for _ in locate_in_documents(connection, trials))
            if done in REPORTED:
                print(
                    f"{done} located after {time.perf_counter() - began:.0f} s, "
                    f"{resident_mib():.0f} MiB",
                    flush=True,
                )


def resident_mib() -> float:
    """The memory that this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--documents", type=int, default=1000, help="audited in one go; 0: none")
    parser.add_argument("--seed", type=int, default=20261122)
    arguments = parser.parse_args()
    folders = arguments.folders or [SAMPLES_DIR, SHARED_DIR / "corpus"]
    folders = [folder.resolve() for folder in folders if folder.is_dir()]
    scores: list[Score] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        warehouse = read(folders, work)
        print(f"{arguments.trials} trials a population, seed {arguments.seed}; milliseconds a copy")
        print(
            f"{'population':40}{'trials':>7}{'bound':>7}{'known':>7}{'false':>7}{'detected':>10}"
            f"{'unique':>9}{'at best':>9}{'first 3':>9}{'wrong':>7}"
            f"{'build':>9}{'locate':>9}{'slowest':>9}"
        )
        for population, documents in populations(warehouse, folders):
            rng = random.Random(arguments.seed)  # noqa: S311 - reproducible, nothing is secret
            copies = work / "copies.duckdb"
            copies.unlink(missing_ok=True)
            guilty = stage(warehouse, copies, documents, arguments.trials, rng)
            score = Score(population, build_seconds=evaluate(copies, work))
            judge(copies, warehouse, guilty, score)
            scores.append(score)
            print(score.line(), flush=True)
        total = Score("all")
        for score in scores:
            total.add(score)
        print(total.line(), flush=True)
        rng = random.Random(arguments.seed)  # noqa: S311 - reproducible, nothing is secret
        for kind in ("docx", "pdf"):
            audit_one(warehouse, work, kind, rng)
        if arguments.documents:
            audit_many(warehouse, work, arguments.documents, rng)
    print_identities(scores)
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"largest memory {mebibytes} MiB; Python {sys.version.partition(' ')[0]}")


def print_identities(scores: Sequence[Score]) -> None:
    """Print what became of each hard identity, over all populations."""
    totals: dict[str, Counter[str]] = {}
    for score in scores:
        for identity, counts in score.identities.items():
            totals.setdefault(identity, Counter()).update(counts)
    columns = ("evaluated", "held", "known", "caught", "false")
    print(f"\n{'identity':28}" + "".join(f"{column:>10}" for column in columns))
    for identity, counts in sorted(totals.items()):
        print(f"{identity:28}" + "".join(f"{counts[column]:10}" for column in columns))


if __name__ == "__main__":
    main()
