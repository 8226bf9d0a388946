"""Every path and knob of the pipeline, and the only module that touches the environment.

Knows defaults, the ``JUESUAN_`` variables and how dbt is told where the warehouse is. Does not
know what any of the settings is used for, and reads nothing at import time.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipelines.domain.errors import ExplainedError
from pipelines.domain.languages import Language, language_of_locale
from pipelines.domain.messages import Text
from pipelines.domain.warehouse_place import LAKE_PREFIX, Lake, ObjectStore, Warehouse
from pipelines.domain.webhook import ChatProgram, Webhook, program_at

MEBIBYTE = 1024 * 1024
# What can keep a lake's catalogue: of several machines, and of the processes of one.
CATALOGUES = ("postgres", "sqlite")
OBJECT_STORES = ("s3://",)
PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


PREFIX = "JUESUAN_"
# Every setting, and what dbt is told, which people set where they call dbt themselves.
VARIABLES = frozenset(
    f"{PREFIX}{name}"
    for name in (
        *("HOME", "RAW", "WAREHOUSE", "LAKE_DATA", "LAKE_DAYS", "DBT_PROJECT", "JOBS", "EXECUTOR"),
        *("RAY_ADDRESS", "DOCUMENT_SECONDS", "DOCUMENT_MEBIBYTES", "ARCHIVE_MEBIBYTES", "SPILL"),
        *("BUILD_DOCUMENTS", "BUILD_MEBIBYTES", "CACHE", "SITES", "MIRROR", "CONTACT", "WEBHOOK"),
        *("WEBHOOK_FORMAT", "WEBHOOK_SECRET", "KEEP_SUPERSEDED_DAYS", "DIARY_MEBIBYTES", "LANG"),
        *("FETCH_MINUTES", "FETCH_REQUESTS", "FETCH_MEBIBYTES", "FETCH_SITES_AT_ONCE"),
        *("WAREHOUSE_PATH", "DUCKDB_MEMORY_LIMIT", "DUCKDB_TEMP_DIRECTORY"),
    )
)


class SettingsError(ExplainedError):
    """A ``JUESUAN_`` variable holds something that cannot be used."""


class Executor(StrEnum):
    """Who reads documents."""

    PROCESSES = "processes"
    RAY = "ray"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much of the machine may be used.

    Attributes:
        raw_dir: Where the documents lie (``JUESUAN_RAW``).
        warehouse: The DuckDB file, or a lake (``JUESUAN_WAREHOUSE``); where a lake's files are
            (``JUESUAN_LAKE_DATA``), and by Amazon's own variables how its object store is reached.
        lake_days: How long states of a lake can be read that others followed
            (``JUESUAN_LAKE_DAYS``).
        dbt_project_dir: The dbt project (``JUESUAN_DBT_PROJECT``).
        jobs: Number of reading processes (``JUESUAN_JOBS``).
        executor: Who reads documents: processes of this machine, or a Ray cluster
            (``JUESUAN_EXECUTOR``).
        ray_address: Where the head of that cluster is, ``auto`` for the one that this machine
            belongs to (``JUESUAN_RAY_ADDRESS``, else Ray's own ``RAY_ADDRESS``).
        document_seconds: Time limit for reading one document (``JUESUAN_DOCUMENT_SECONDS``).
        build_documents: Documents whose marts are built together
            (``JUESUAN_BUILD_DOCUMENTS``): what a build needs grows with them, not with all.
        build_bytes: Memory that DuckDB may use while it builds or exports
            (``JUESUAN_BUILD_MEBIBYTES``).
        spill_dir: Folder for what does not fit into that memory, None for one beside the
            warehouse (``JUESUAN_SPILL``).
        cache_dir: Folder of the account's for what can be made anew, None for none
            (``JUESUAN_CACHE``).
        archive_bytes: How much an archive may unpack to (``JUESUAN_ARCHIVE_MEBIBYTES``).
        document_bytes: Memory limit of one reading or crawling process
            (``JUESUAN_DOCUMENT_MEBIBYTES``).
        sites_dir: Folder of the operator's own sites, None for none (``JUESUAN_SITES``).
        mirror: Object store that keeps a copy of what was fetched, '' for none, as fsspec
            writes addresses (``JUESUAN_MIRROR``).
        contact: Whom a site's keeper may write to; part of the user agent (``JUESUAN_CONTACT``).
        webhook: Where people are told what went wrong, None for nowhere (``JUESUAN_WEBHOOK``, with
            ``JUESUAN_WEBHOOK_FORMAT`` and ``JUESUAN_WEBHOOK_SECRET``).
        keep_superseded_days: How long fetched contents are kept that no address shows any more, 0
            for good (``JUESUAN_KEEP_SUPERSEDED_DAYS``).
        diary_bytes: How long the diary may grow before it is put away
            (``JUESUAN_DIARY_MEBIBYTES``).
        fetch_minutes: Time for fetching all sites (``JUESUAN_FETCH_MINUTES``).
        fetch_requests: Requests for the same (``JUESUAN_FETCH_REQUESTS``).
        fetch_mebibytes: Bytes for the same (``JUESUAN_FETCH_MEBIBYTES``).
        fetch_sites_at_once: Sites crawled at the same time (``JUESUAN_FETCH_SITES_AT_ONCE``).
        language: Language of answers and messages (``JUESUAN_LANG``, else the system's locale).
        is_language_chosen: Whether ``JUESUAN_LANG`` says so, rather than the locale.
        unused_proxy: Name of the variable that sets a proxy, '' where none does; sites are asked
            without one.
        unknown_variables: Names of ``JUESUAN_`` variables that are no settings.
    """

    raw_dir: Path
    warehouse: Warehouse
    lake_days: int
    dbt_project_dir: Path
    jobs: int
    executor: Executor
    ray_address: str
    document_seconds: int
    document_bytes: int
    archive_bytes: int
    build_documents: int
    build_bytes: int
    spill_dir: Path | None
    cache_dir: Path | None
    sites_dir: Path | None
    mirror: str
    contact: str
    webhook: Webhook | None
    keep_superseded_days: int
    diary_bytes: int
    fetch_minutes: int
    fetch_requests: int
    fetch_mebibytes: int
    fetch_sites_at_once: int
    language: Language
    is_language_chosen: bool
    unused_proxy: str
    unknown_variables: tuple[str, ...]

    @property
    def store_dir(self) -> Path:
        """Folder of what was fetched, in the raw directory, so that a run finds it there."""
        return self.raw_dir / "fetched"

    @property
    def user_agent(self) -> str:
        """As whom sites are asked."""
        # Imported here because it takes as long as the rest of a command's start.
        from importlib.metadata import version

        about = "reads published budgets and final accounts"
        contact = f"; {self.contact}" if self.contact else ""
        return f"juesuan/{version('juesuan')} ({about}{contact})"

    @property
    def reference_dir(self) -> Path:
        """Folder of the reference lists, which are seeds of the dbt project."""
        return self.dbt_project_dir / "seeds" / "reference"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; relative paths start at ``JUESUAN_HOME``, or else where one stands.

    Args:
        environment: The variables to read, None for those of this process.

    Raises:
        SettingsError: A number is not a whole number of at least 1, the language or the executor is
            neither of the two, a lake has no catalogue or no data, or the webhook is no address or
            of no known format.
    """
    variables = os.environ if environment is None else environment
    home = _home(variables)
    return Settings(
        raw_dir=home / variables.get("JUESUAN_RAW", "data/raw"),
        warehouse=_warehouse(variables, home),
        lake_days=_whole_number(variables, "JUESUAN_LAKE_DAYS", 7),
        dbt_project_dir=home / variables.get("JUESUAN_DBT_PROJECT", _shipped_dbt_project()),
        jobs=_whole_number(variables, "JUESUAN_JOBS", _available_processors()),
        executor=_executor(variables),
        ray_address=variables.get("JUESUAN_RAY_ADDRESS") or variables.get("RAY_ADDRESS") or "auto",
        document_seconds=_whole_number(variables, "JUESUAN_DOCUMENT_SECONDS", 120),
        document_bytes=_whole_number(variables, "JUESUAN_DOCUMENT_MEBIBYTES", 2048) * MEBIBYTE,
        archive_bytes=_whole_number(variables, "JUESUAN_ARCHIVE_MEBIBYTES", 2048) * MEBIBYTE,
        build_documents=_whole_number(variables, "JUESUAN_BUILD_DOCUMENTS", 1000),
        build_bytes=_whole_number(variables, "JUESUAN_BUILD_MEBIBYTES", 2048) * MEBIBYTE,
        spill_dir=home / variables["JUESUAN_SPILL"] if variables.get("JUESUAN_SPILL") else None,
        cache_dir=_cache_dir(variables, home),
        sites_dir=home / variables["JUESUAN_SITES"] if variables.get("JUESUAN_SITES") else None,
        mirror=variables.get("JUESUAN_MIRROR", ""),
        contact=variables.get("JUESUAN_CONTACT", ""),
        webhook=_webhook(variables),
        keep_superseded_days=_whole_number(variables, "JUESUAN_KEEP_SUPERSEDED_DAYS", 0),
        diary_bytes=_whole_number(variables, "JUESUAN_DIARY_MEBIBYTES", 8) * MEBIBYTE,
        fetch_minutes=_whole_number(variables, "JUESUAN_FETCH_MINUTES", 240),
        fetch_requests=_whole_number(variables, "JUESUAN_FETCH_REQUESTS", 500_000),
        fetch_mebibytes=_whole_number(variables, "JUESUAN_FETCH_MEBIBYTES", 65_536),
        fetch_sites_at_once=_whole_number(variables, "JUESUAN_FETCH_SITES_AT_ONCE", 4),
        language=_language(variables),
        is_language_chosen=bool(variables.get("JUESUAN_LANG")),
        unused_proxy=next((name for name in PROXIES if variables.get(name)), ""),
        unknown_variables=tuple(
            sorted(name for name in variables if name.startswith(PREFIX) and name not in VARIABLES)
        ),
    )


def no_setting(variable: str) -> Text:
    """Say that a variable is no setting, and which setting its name is most like.

    Examples:
        >>> no_setting("JUESUAN_RAW_DIR").fields["setting"]
        'JUESUAN_RAW'
    """
    # Imported here because hardly any command needs it.
    from difflib import get_close_matches

    (nearest,) = get_close_matches(variable, sorted(VARIABLES), n=1, cutoff=0.0)
    return Text(
        "{variable} is not a setting and has no effect; did you mean {setting}?",
        {"variable": variable, "setting": nearest},
    )


def chosen_language(environment: Mapping[str, str] | None = None) -> Language:
    """The language of the settings, without the rest of them.

    One that cannot be understood is said to be wrong where all settings are read.
    """
    variables = os.environ if environment is None else environment
    try:
        return _language(variables)
    except SettingsError:
        return language_of_locale(variables)


@contextmanager
def exposed_to_dbt(warehouse: Warehouse, options: Mapping[str, str]) -> Iterator[None]:
    """Tell dbt, which reads nothing but the environment, where the warehouse is.

    Args:
        warehouse: The database that dbt shall build.
        options: DuckDB's ``memory_limit`` and ``temp_directory``.
    """
    path = f"{LAKE_PREFIX}{warehouse.catalogue}" if isinstance(warehouse, Lake) else warehouse
    told = {
        "JUESUAN_WAREHOUSE_PATH": str(path if isinstance(path, str) else path.absolute()),
        **{f"JUESUAN_DUCKDB_{name.upper()}": value for name, value in options.items()},
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _language(variables: Mapping[str, str]) -> Language:
    wanted = variables.get("JUESUAN_LANG", "")
    if not wanted:
        return language_of_locale(variables)
    try:
        return Language(wanted.lower().replace("-", "_").partition("_")[0])
    except ValueError:
        raise SettingsError(
            "JUESUAN_LANG is {wanted!r}: it may be 'zh' or 'en'",
            wanted=wanted,
        ) from None


def named_lake(name: str) -> Lake:
    """The lake whose catalogue an address names, with the rest from the variables of this process.

    Args:
        name: ``ducklake:`` and where the catalogue is.

    Raises:
        SettingsError: The catalogue is of no kind that several can use, or no files are named.
    """
    return _lake(name, os.environ, _home(os.environ))


def exposed_lake() -> Lake:
    """The lake that ``exposed_to_dbt`` told of, for what dbt calls in this process."""
    return named_lake(os.environ["JUESUAN_WAREHOUSE_PATH"])


def _home(variables: Mapping[str, str]) -> Path:
    return Path(variables.get("JUESUAN_HOME") or Path.cwd()).absolute()


def _lake(named: str, variables: Mapping[str, str], home: Path) -> Lake:
    kind, _, where = named.removeprefix(LAKE_PREFIX).partition(":")
    data = variables.get("JUESUAN_LAKE_DATA", "").strip()
    if kind not in CATALOGUES or not where:
        raise SettingsError(
            "JUESUAN_WAREHOUSE names a lake without a catalogue: it may be "
            "'ducklake:postgres:dbname=… host=…', or 'ducklake:sqlite:FILE' on one machine",
        )
    if not data:
        raise SettingsError(
            "JUESUAN_LAKE_DATA has to say where the lake's files are: a folder, or "
            "s3://BUCKET/PREFIX",
        )
    is_in_store = data.startswith(OBJECT_STORES)
    return Lake(
        catalogue=f"{kind}:{home / where if kind == 'sqlite' else where}",
        data=data if is_in_store else str(home / data),
        folder=home / "data" / "warehouse",
        store=_object_store(variables) if is_in_store else None,
    )


def _warehouse(variables: Mapping[str, str], home: Path) -> Warehouse:
    named = variables.get("JUESUAN_WAREHOUSE", "").strip()
    if named.startswith(LAKE_PREFIX):
        return _lake(named, variables, home)
    return home / (named or "data/warehouse/juesuan.duckdb")


def _object_store(variables: Mapping[str, str]) -> ObjectStore:
    """How an object store is reached, by the variables that Amazon's programs have for it."""
    return ObjectStore(
        key_id=variables.get("AWS_ACCESS_KEY_ID", ""),
        secret=variables.get("AWS_SECRET_ACCESS_KEY", ""),
        session_token=variables.get("AWS_SESSION_TOKEN", ""),
        region=variables.get("AWS_REGION") or variables.get("AWS_DEFAULT_REGION") or "us-east-1",
        endpoint=variables.get("AWS_ENDPOINT_URL_S3") or variables.get("AWS_ENDPOINT_URL") or "",
    )


def _executor(variables: Mapping[str, str]) -> Executor:
    wanted = variables.get("JUESUAN_EXECUTOR", "").strip()
    try:
        return Executor(wanted.lower()) if wanted else Executor.PROCESSES
    except ValueError:
        raise SettingsError(
            "JUESUAN_EXECUTOR is {wanted!r}: it may be 'processes' (of this machine) or 'ray'",
            wanted=wanted,
        ) from None


def _webhook(variables: Mapping[str, str]) -> Webhook | None:
    address = variables.get("JUESUAN_WEBHOOK", "").strip()
    if not address:
        return None
    try:
        program = program_at(address)
    except ValueError:
        # What was set may be a secret in the wrong place: it is not repeated.
        raise SettingsError(
            "JUESUAN_WEBHOOK is no web address: it has to begin with http:// or https:// "
            "and a host",
        ) from None
    wanted = variables.get("JUESUAN_WEBHOOK_FORMAT", "").strip().lower()
    try:
        program = ChatProgram(wanted) if wanted else program
    except ValueError:
        known = ", ".join(ChatProgram)
        raise SettingsError(
            "JUESUAN_WEBHOOK_FORMAT is {wanted!r}: it may be one of {known}",
            wanted=wanted,
            known=known,
        ) from None
    return Webhook(address, program, variables.get("JUESUAN_WEBHOOK_SECRET", "").strip())


def _cache_dir(variables: Mapping[str, str], home: Path) -> Path | None:
    """The folder that is named, or else where programs keep what they can make anew."""
    if "JUESUAN_CACHE" in variables:
        named = variables["JUESUAN_CACHE"]
        return home / named if named else None
    of_account = variables.get("XDG_CACHE_HOME", ""), f"{variables.get('HOME', '')}/.cache"
    # As the specification of the first has it: a relative path is none.
    usable = (Path(each) for each in of_account if Path(each).is_absolute() and each != "/.cache")
    folder = next(usable, None)
    return folder / "juesuan" if folder else None


def _shipped_dbt_project() -> Path:
    return Path(__file__).resolve().parent.parent / "dbt_project"


def _available_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _whole_number(variables: Mapping[str, str], name: str, default: int) -> int:
    text = variables.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) < 1:
        raise SettingsError(
            "{name} must be a whole number of at least 1, not {text!r}",
            name=name,
            text=text,
        )
    return int(text)
