"""Measures the audit: is what is wrong noticed, is it blamed on the right figures, and how fast.

Usage: python tests/benchmarks/audit.py [--trials N] [--documents N] [--seed N] [DIR ...]

Every document under the folders (by default the samples, all of them one population, and the
shared corpus, each document one) is read once. Then copies of it are staged with one mistake each
(tests/benchmarks/audit_trials.py), and all copies are evaluated in one build. No file is
rewritten: reading is not what is measured here.

What fails in the copy with nothing changed is no merit of the audit: only checks that fail besides
count as detection, and only culprits that would repair one of them as answers. It is a false alarm
unless a person found the contradiction too or it was planted. An answer is right where it names
nothing but what was changed, and wrong where it names a figure that was not; where a code was
changed, any figure is wrong, and the code has to be named.

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
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import duckdb

from pipelines.auditing.audits import audit, locate_in_documents
from pipelines.auditing.location import Culprit, Fault
from pipelines.normalising.versions import current_reader_version
from pipelines.settings import exposed_to_dbt, load_settings
from pipelines.warehouse.executors.contract import Limits
from pipelines.warehouse.executors.worker_processes import WorkerProcesses
from pipelines.warehouse.form_catalogue import store_form_catalogue
from pipelines.warehouse.ingesting import disclosure_reader, ingest
from tests.benchmarks.audit_trials import Mistake, Trial, draw_trials, stage
from tests.forge.samples import samples
from tests.paths import PROJECT_DIR, SAMPLES_DIR, SHARED_DIR

FINDINGS = PROJECT_DIR / "tests" / "golden" / "narrative" / "findings.csv"
# Defects that came with the corpus and the identity that finds each.
KNOWN_DEFECTS = {"nar_basic", "template_residue", "placeholder_residue"}
REPORTED = (100, 250, 500, 1000)
DOCUMENTS_AT_A_TIME = 50

# What auditing asks, and what is measured beside.
AUDITED = (
    *("+int_equations__signed", "+int_equations__blank", "+int_amounts__bound"),
    *("+int_figures__doubted", "+int_figures__judged"),
)
FIRST_FEW = 3

IN_AN_IDENTITY = """
    select distinct guilty.trial
    from guilty
    inner join intermediate.int_identity_terms__resolved as terms
        on guilty.trial = terms.document_id and guilty.figure_id = terms.figure_id
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
# A code is named by what says why a check fails or could not be evaluated.
NAMED_CODES = """
    select distinct trials.trial
    from trials
    inner join intermediate.int_identity_checks__attributed as checks
        on trials.trial = checks.document_id and contains(checks.reason, trials.row_code)
    where checks.tier in ('violation', 'not_evaluable')
"""
WRONG_YET_PROVEN = """
    select distinct guilty.trial
    from guilty
    inner join intermediate.int_figures__judged as judged
        on guilty.trial = judged.document_id and guilty.figure_id = judged.figure_id
    where judged.status = 'proven'
"""
FILE_NAMES = """
    select trials.trial, trials.document_id, documents.file_name
    from trials
    inner join source.staging.documents as documents
        on trials.document_id = documents.document_id
"""


MISTAKES = tuple(each for each in Mistake if each is not Mistake.NOTHING)


@dataclass(slots=True)
class Score:
    """What became of a population's trials with one kind of mistake."""

    name: str
    mistake: Mistake
    trials: int = 0
    bound: int = 0
    detected: int = 0
    unique: int = 0
    among_first: int = 0
    by_chance: float = 0.0
    wrong: int = 0
    proven: int = 0
    known: int = 0
    false_alarms: int = 0
    build_seconds: float = 0.0
    locate_seconds: float = 0.0
    slowest: float = 0.0
    identities: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def line(self) -> str:
        """The score as a row of the table."""
        return (
            f"{self.name[:20]:20} {self.mistake:11}"
            f"{self.trials:7}{self.bound:7}{self.known:7}{self.false_alarms:7}"
            f"{share(self.detected, self.bound):>10}{share(self.unique, self.detected):>9}"
            f"{share(self.unique + self.by_chance, self.detected):>9}"
            f"{share(self.among_first, self.detected):>9}{share(self.wrong, self.detected):>9}"
            f"{share(self.proven, self.detected):>9}"
            f"{self.build_seconds / (self.trials + 1) * 1000:9.0f}"
            f"{self.locate_seconds / max(self.detected, 1) * 1000:9.0f}{self.slowest * 1000:9.0f}"
        )

    def add(self, other: "Score") -> None:
        """Count another population's trials too."""
        for name in (
            *("trials", "bound", "detected", "unique", "among_first", "by_chance"),
            *("wrong", "proven", "known", "false_alarms", "build_seconds", "locate_seconds"),
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)


Scores: TypeAlias = Mapping[Mistake, Score]


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
        executor=WorkerProcesses(
            settings.jobs, Limits(settings.document_seconds, settings.document_bytes)
        ),
        on_progress=lambda _: None,
        reader=disclosure_reader(settings.reference_dir),
        reader_version=current_reader_version(settings.reference_dir),
        work_dir=warehouse.parent,
    )
    return warehouse


def staged(
    warehouse: Path, copies: Path, documents: Sequence[str], count: int, rng: random.Random
) -> list[Trial]:
    """Draw trials and stage them."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        trials = draw_trials(connection, documents, count, rng)
    stage(warehouse, copies, trials)
    return trials


def evaluate(database: Path, work: Path) -> float:
    """Have dbt evaluate all identities; return how long that took."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    project = str(PROJECT_DIR / "dbt_project")
    with duckdb.connect(str(database)) as connection:
        store_form_catalogue(connection)
    began = time.perf_counter()
    with exposed_to_dbt(database, {}):
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


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the identities say of copies.

    Attributes:
        trials: The copies by name.
        files: Which document and file each is of.
        clean: The copy with nothing changed, by document.
        failing: What fails in each copy: the check, by identity and scope.
        bound: Copies of which something that was changed takes part in an identity.
        coded: Copies of which the wrong code is named.
        proven: Copies of which something wrong is proven.
    """

    trials: Mapping[str, Trial]
    files: Mapping[str, tuple[str, str]]
    clean: Mapping[str, str]
    failing: Mapping[str, Mapping[tuple[str, str], str]]
    bound: frozenset[str]
    coded: frozenset[str]
    proven: frozenset[str]

    def new(self, name: str) -> set[str]:
        """The checks that fail because of what was changed."""
        before = self.failing[self.clean[self.trials[name].document_id]]
        return {check for place, check in self.failing[name].items() if place not in before}

    @property
    def detected(self) -> list[str]:
        """Copies in which something is said to be wrong."""
        return [
            name
            for name, trial in self.trials.items()
            if trial.mistake is not Mistake.NOTHING
            and (name in self.coded or (name in self.bound and self.new(name)))
        ]


def evaluation_of(
    connection: duckdb.DuckDBPyConnection, source: Path, trials: Sequence[Trial]
) -> Evaluation:
    """What the identities say of copies that dbt has evaluated."""
    connection.execute(f"attach '{source}' as source (read_only)")
    connection.execute("create or replace table guilty (trial varchar, figure_id varchar)")
    guilty = [(each.name, key) for each in trials for key in each.guilty]
    connection.executemany("insert into guilty values (?, ?)", guilty)
    bound, coded, proven = (
        frozenset(trial for (trial,) in connection.execute(query).fetchall())
        for query in (IN_AN_IDENTITY, NAMED_CODES, WRONG_YET_PROVEN)
    )
    failing: dict[str, dict[tuple[str, str], str]] = {each.name: {} for each in trials}
    for trial, check, identity, scope in connection.execute(FAILING).fetchall():
        failing[trial][identity, scope] = check
    return Evaluation(
        {each.name: each for each in trials},
        {trial: (key, name) for trial, key, name in connection.execute(FILE_NAMES).fetchall()},
        {each.document_id: each.name for each in trials if each.mistake is Mistake.NOTHING},
        failing,
        bound | {each.name for each in trials if each.code},
        coded,
        proven,
    )


def judge(database: Path, source: Path, trials: Sequence[Trial], scores: Scores) -> None:
    """Count what was noticed and whether it was blamed on the right figures."""
    with duckdb.connect(str(database)) as connection:
        evaluation = evaluation_of(connection, source, trials)
        for identity, *counts in connection.execute(OUTCOMES).fetchall():
            scores[Mistake.DIGIT].identities[identity].update(
                dict(zip(("evaluated", "held"), counts, strict=True))
            )
        count_false_alarms(evaluation, scores[Mistake.DIGIT])
        count_noticed(evaluation, scores)
        blamed_anyway = {
            document_id: {
                culprit.key.removeprefix(name)
                for _, faults, _ in locate_in_documents(connection, [name])
                for culprit in answers_of(faults)
            }
            for document_id, name in evaluation.clean.items()
        }
        for names in batches(evaluation.detected, DOCUMENTS_AT_A_TIME):
            last = time.process_time()
            for name, faults, _ in locate_in_documents(connection, names):
                trial, new = evaluation.trials[name], evaluation.new(name)
                score = scores[trial.mistake]
                now = time.process_time()
                # The first one of each batch waits for all of them to be fetched.
                score.slowest = max(score.slowest, now - last if name != names[0] else 0)
                score.locate_seconds += now - last
                found = Blamed(
                    tuple(each for each in faults if new & {*each.failing}),
                    frozenset(new),
                    frozenset(name + key for key in blamed_anyway[trial.document_id]),
                )
                blame(found, trial, score, is_named=name in evaluation.coded)
                last = time.process_time()


def count_false_alarms(evaluation: Evaluation, score: Score) -> None:
    """Count what fails in the copies with nothing changed."""
    known = known_contradictions()
    for name in evaluation.clean.values():
        for identity, _ in evaluation.failing[name]:
            listed = is_known(known, evaluation.files[name][1], identity)
            score.known += listed
            score.false_alarms += not listed
            score.identities[identity]["known" if listed else "false"] += 1


def count_noticed(evaluation: Evaluation, scores: Scores) -> None:
    """Count the copies, and those in which something is said to be wrong."""
    for name, trial in evaluation.trials.items():
        if trial.mistake is not Mistake.NOTHING:
            count_caught(evaluation.failing[name], evaluation.new(name), scores[trial.mistake])
            scores[trial.mistake].trials += 1
            scores[trial.mistake].bound += name in evaluation.bound
    for name in evaluation.detected:
        score = scores[evaluation.trials[name].mistake]
        score.detected += 1
        score.proven += name in evaluation.proven


def count_caught(failing: dict[tuple[str, str], str], new: set[str], score: Score) -> None:
    """Count each identity of which a check fails that held before."""
    for identity in {place[0] for place, check in failing.items() if check in new}:
        score.identities[identity]["caught"] += 1


@dataclass(frozen=True, slots=True)
class Blamed:
    """What the audit says of a copy.

    Attributes:
        faults: Those of what was changed.
        new: The checks that fail because of it.
        anyway: Figures that are blamed where nothing was changed, too.
    """

    faults: tuple[Fault, ...]
    new: frozenset[str]
    anyway: frozenset[str]


def answers_of(faults: Iterable[Fault]) -> list[Culprit]:
    """The figures that are better explanations than all others."""
    return [
        culprit
        for fault in faults
        if fault.is_located
        for culprit in fault.explanations[0].culprits
    ]


def blame(found: Blamed, trial: Trial, score: Score, *, is_named: bool) -> None:
    """Count whether what is guilty is the answer, one of the first, or one of equals."""
    guilty, faults = trial.guilty, found.faults
    named = {each.key for each in answers_of(faults) if found.new & {*each.repairs}}
    answers = named - (found.anyway - guilty)
    first = {
        culprit.key
        for fault in faults
        for explanation in fault.explanations[:FIRST_FEW]
        for culprit in explanation.culprits
    }
    score.wrong += bool(answers - guilty)
    if trial.code:
        score.unique += is_named and not answers
        score.among_first += is_named
        return
    score.unique += bool(answers) and answers <= guilty
    score.among_first += bool(guilty & first)
    equals = [
        [explanation for rank, _, explanation in fault.ranked() if rank == 1] for fault in faults
    ]
    score.by_chance += sum(
        1 / len(each)
        for each in equals
        if len(each) > 1 and any(culprit.key in guilty for one in each for culprit in one.culprits)
    )


def batches(items: Sequence[str], size: int) -> list[Sequence[str]]:
    """So many items at a time."""
    return [items[first : first + size] for first in range(0, len(items), size)]


def audit_one(warehouse: Path, work: Path, kind: str, rng: random.Random) -> None:
    """Audit one document of a kind, if any, with one digit changed; print how long it takes."""
    database = work / "one.duckdb"
    shutil.copy(warehouse, database)
    with duckdb.connect(str(database)) as connection:
        documents = connection.execute(
            "select document_id from staging.documents where file_kind = ? order by 1", [kind]
        ).fetchall()
        if not documents:
            return
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
        summary = audit(database, work / "raw", WorkerProcesses(1, limits))
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
    trials = staged(warehouse, copies, documents, count // len(MISTAKES), rng)
    began = time.perf_counter()
    evaluate(copies, work)
    print(
        f"{len(trials)} documents evaluated in {time.perf_counter() - began:.0f} s, "
        f"this process at {resident_mib():.0f} MiB"
    )
    began, done = time.perf_counter(), 0
    with duckdb.connect(str(copies), read_only=True) as connection:
        for names in batches([each.name for each in trials], DOCUMENTS_AT_A_TIME):
            done += sum(1 for _ in locate_in_documents(connection, names))
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


def print_heading() -> None:
    """Print the names of the columns."""
    print(
        f"{'population':20} {'mistake':11}"
        f"{'trials':>7}{'bound':>7}{'known':>7}{'false':>7}{'detected':>10}"
        f"{'unique':>9}{'at best':>9}{'first 3':>9}{'wrong':>9}{'proven':>9}"
        f"{'build':>9}{'locate':>9}{'slowest':>9}",
        flush=True,
    )


def measure(
    warehouse: Path, population: str, documents: Sequence[str], arguments: argparse.Namespace
) -> list[Score]:
    """Draw, stage, evaluate and judge the trials of one population, and print what came of them."""
    rng = random.Random(arguments.seed)  # noqa: S311 - reproducible, nothing is secret
    copies = warehouse.with_name("copies.duckdb")
    copies.unlink(missing_ok=True)
    trials = staged(warehouse, copies, documents, arguments.trials, rng)
    found = {mistake: Score(population, mistake) for mistake in MISTAKES}
    seconds = evaluate(copies, warehouse.parent)
    for score in found.values():
        score.build_seconds = seconds / len(found)
    judge(copies, warehouse, trials, found)
    for score in found.values():
        print(score.line(), flush=True)
    return list(found.values())


def print_totals(scores: Sequence[Score]) -> None:
    """Print what became of each kind of mistake, over all populations."""
    for mistake in MISTAKES:
        total = Score("all", mistake)
        for score in scores:
            if score.mistake is mistake:
                total.add(score)
        print(total.line(), flush=True)


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
        # What is one quantity is asked of the identities as they are.
        evaluate(warehouse, work)
        print(
            f"{arguments.trials} trials a population and kind, seed {arguments.seed}; "
            "milliseconds a copy"
        )
        print_heading()
        for population, documents in populations(warehouse, folders):
            scores.extend(measure(warehouse, population, documents, arguments))
        print_totals(scores)
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
