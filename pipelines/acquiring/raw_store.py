"""Keeps what was fetched: every content once, by its digest, and every sighting of it for good.

Knows a folder with objects and a manifest. Does not know how anything is fetched, nor what is
read from it. Nothing in it is ever changed: objects are added, sightings are appended. Only the
operator may have contents removed that no address shows any more.

    objects/ab/<sha256>.<kind>      contents, under names made here
    manifest/<site>/<time>.parquet  sightings of one crawl
    removed.jsonl                   contents that were removed, and when
    journal/<site>.jsonl            sightings of a crawl that is not finished, or was killed
    unfinished/                     what is being written
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO
from uuid import uuid4

import duckdb
from filelock import FileLock, Timeout

from pipelines.acquiring.whole_files import append_line, sweep, written_whole
from pipelines.acquiring.wholeness import REASONS_OF_PARTS
from pipelines.domain.errors import ExplainedError
from pipelines.domain.sql_text import quoted

STORE_NAME = "fetched"
REMOVED_NAME = "removed.jsonl"
# So many files of one site are merged into one: a year of nights stays quick to list.
FILES_BEFORE_MERGING = 32


class SiteBusyError(ExplainedError):
    """Another crawl of the same site is under way."""

    def __init__(self, site: str) -> None:
        super().__init__(
            "{site}: another crawl of this site is under way; wait for it to finish",
            site=site,
        )


class StoreUnwritableError(ExplainedError):
    """What is fetched cannot be kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "cannot write into {folder}, where fetched files are kept: it is read-only, at least "
            "for this account; make it writable, or name another raw directory with JUESUAN_RAW",
            folder=folder,
        )


class Role(StrEnum):
    """What stands behind an address."""

    LIST = "list"
    ARTICLE = "article"
    DOCUMENT = "document"
    ARCHIVE = "archive"  # its members are documents of their own


class Outcome(StrEnum):
    """What a sighting amounted to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    GONE = "gone"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One address as one crawl saw it.

    Attributes:
        site: The site.
        crawl_id: The crawl.
        url: The address that was asked.
        final_url: Where redirects led, the same where there were none.
        referrer: The page that linked there.
        role: What stands there.
        outcome: What the sighting amounted to.
        reason: Code for why there is no content, or why it may be only a part; '' otherwise.
        detail: The same in one line for people.
        title: Title of the announcement.
        link_text: What the link was called.
        published: When the announcement was published, None where it does not say.
        kind: ``final_accounts`` or ``budget`` by the title, '' where it does not say.
        fiscal_year: The year by the title, None where it does not say.
        department_name: The department by the title, '' where it does not say.
        fetched_at: When it was asked, in UTC.
        status: The answer's HTTP status, None where there was none.
        sha256: Digest of the content, '' where none was stored.
        content_sha256: Of a page: digest of its content, whatever stands around it.
        extension: Of the object in the store.
        byte_count: Size of the content.
        file_name: What the file is called where it was published; for people, never for paths.
        etag: The version the server told, '' where it told none.
        last_modified: The same as a time, as the server wrote it.
        headers: The answer's headers as JSON.
        links: Of a page: address and text of the files it links to, as JSON, so that none is
            forgotten where the page is unchanged and a file could not be had.
        ending: Of a page: whether it was ``closed`` by its own end or left ``open``, '' where it
            needs no end.
    """

    site: str
    crawl_id: str
    url: str
    final_url: str = ""
    referrer: str = ""
    role: Role
    outcome: Outcome
    reason: str = ""
    detail: str = ""
    title: str = ""
    link_text: str = ""
    published: date | None = None
    kind: str = ""
    fiscal_year: int | None = None
    department_name: str = ""
    fetched_at: datetime
    status: int | None = None
    sha256: str = ""
    content_sha256: str = ""
    extension: str = ""
    byte_count: int = 0
    file_name: str = ""
    etag: str = ""
    last_modified: str = ""
    headers: str = "{}"
    links: str = "[]"
    ending: str = ""


@dataclass(frozen=True, slots=True)
class PartialAnswer:
    """An address of which no more than a part came, however often it was asked.

    Attributes:
        site: The site.
        url: The address.
        reason: ``truncated`` where less came than was announced, ``cut_short`` where what came has
            no end.
        department_name: The department by the announcement's title, '' where it does not say.
    """

    site: str
    url: str
    reason: str
    department_name: str


COLUMN_TYPES = {
    "published": "date",
    "fetched_at": "timestamp",
    "fiscal_year": "integer",
    "status": "integer",
    "byte_count": "bigint",
}
COLUMNS = {each.name: COLUMN_TYPES.get(each.name, "varchar") for each in fields(Sighting)}


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """What earlier crawls know of an address.

    Attributes:
        url: The address.
        role: What stands there.
        sha256: Digest of the content last seen, '' where a page was not stored.
        content_sha256: Of a page: digest of its content.
        etag: The version last told.
        last_modified: The same as a time.
        first_seen_at: When it was first seen, in UTC.
        asked_at: When it was last asked with an answer, in UTC.
        is_in_part: Whether what came last may be only a part.
    """

    url: str
    role: Role
    sha256: str
    content_sha256: str
    etag: str
    last_modified: str
    first_seen_at: datetime
    asked_at: datetime
    is_in_part: bool


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A stored content that may be a document, as it was first published.

    Attributes:
        sha256: Its digest.
        extension: Of its object.
        byte_count: Its size.
        site: The site.
        url: The address.
        referrer: The page that linked there.
        title: Title of the announcement.
        published: When that was published, None where it does not say.
        file_name: What the file was called.
        first_seen_at: When it was first seen, in UTC.
        superseded_by: Digest of what stands at its addresses now, '' where it still does itself.
    """

    sha256: str
    extension: str
    byte_count: int
    site: str
    url: str
    referrer: str
    title: str
    published: date | None
    file_name: str
    first_seen_at: datetime
    superseded_by: str


IN_PART = "reason in ({})".format(", ".join(f"'{reason}'" for reason in REASONS_OF_PARTS))
KNOWN_ADDRESSES = f"""
    select
        url,
        arg_max(role, fetched_at),
        arg_max(sha256, fetched_at),
        arg_max(content_sha256, fetched_at),
        arg_max(etag, fetched_at),
        arg_max(last_modified, fetched_at),
        min(fetched_at),
        max(fetched_at),
        arg_max({IN_PART}, fetched_at)
    from sightings
    where outcome in ('new', 'changed', 'unchanged')
    group by url
"""  # noqa: S608 - of our own codes
# As the page said when it was last read; an answer that it is unchanged holds no links.
LINKED_FILES = """
    select url, arg_max(links, fetched_at)
    from sightings
    where role = 'article' and status = 200 and outcome <> 'failed'
    group by url
"""
PAGE_ENDINGS = """
    select url, arg_max(role, fetched_at), arg_max(ending, fetched_at)
    from sightings
    where role in ('list', 'article') and ending <> ''
    group by url
"""
# What is there in part at most, by the latest answer or failure of each address.
HAD_IN_PART = f"""
    select site, url, reason, department_name
    from (
        from sightings
        where outcome <> 'skipped'
        qualify row_number() over (partition by url order by fetched_at desc) = 1
    )
    where {IN_PART}
    order by site, url
"""  # noqa: S608 - of our own codes
# A content is superseded where none of its addresses shows it any more.
STORED_DOCUMENTS = """
    with

    contents as (
        select *
        from sightings
        where outcome in ('new', 'changed') and sha256 <> ''
    ),

    shown as (
        select url, arg_max(sha256, fetched_at) as sha256 from contents group by url
    ),

    first_seen as (
        select * from contents where role in ('document', 'article')
        qualify row_number() over (partition by sha256 order by fetched_at, url) = 1
    ),

    last_seen as (
        select sha256, arg_max(url, fetched_at) as url from contents group by sha256
    )

    select
        first_seen.sha256,
        first_seen.extension,
        first_seen.byte_count,
        first_seen.site,
        first_seen.url,
        first_seen.referrer,
        first_seen.title,
        first_seen.published,
        first_seen.file_name,
        first_seen.fetched_at,
        case
            when first_seen.sha256 in (select shown.sha256 from shown) then ''
            else shown_now.sha256
        end
    from first_seen
    inner join last_seen on first_seen.sha256 = last_seen.sha256
    inner join shown as shown_now on last_seen.url = shown_now.url
    order by first_seen.sha256
"""
# Contents that none of their addresses shows any more, and when one did for the last time.
SUPERSEDED = """
    with

    contents as (
        select *
        from sightings
        where outcome in ('new', 'changed', 'unchanged') and sha256 <> ''
    ),

    shown as (
        select url, arg_max(sha256, fetched_at) as sha256 from contents group by url
    )

    select contents.sha256, max(contents.extension) as extension
    from contents
    where contents.sha256 not in (select shown.sha256 from shown)
    group by contents.sha256
    having max(contents.fetched_at) < timestamp '{before:%Y-%m-%d %H:%M:%S}'
    order by contents.sha256
"""


@dataclass(frozen=True, slots=True)
class RawStore:
    """The store in a folder.

    Attributes:
        folder: Where it is; created when something is stored.
    """

    folder: Path

    def object_path(self, sha256: str, extension: str) -> Path:
        """Where a content lies."""
        return self.folder / object_name(sha256, extension)

    @property
    def unfinished_dir(self) -> Path:
        """Where files are written before they get their names."""
        return self.folder / "unfinished"

    def refuse_unwritable(self) -> None:
        """Make sure that the store can be written to before anything is asked for.

        Raises:
            StoreUnwritableError: It cannot.
        """
        there = next(path for path in (self.folder, *self.folder.parents) if path.exists())
        if not os.access(there, os.W_OK | os.X_OK):
            raise StoreUnwritableError(there)

    def put(self, content: bytes, extension: str) -> str:
        """Store a content and return its digest; one that is there already is left alone."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.object_path(sha256, extension)
        if not target.exists():
            with written_whole(target, self.unfinished_dir) as unfinished:
                unfinished.write_bytes(content)
        return sha256

    def known_addresses(self, site: str) -> dict[str, KnownAddress]:
        """What earlier crawls know of a site's addresses, by address."""
        with self._manifest(site) as manifest:
            rows = manifest.execute(KNOWN_ADDRESSES).fetchall()
        return {row[0]: KnownAddress(row[0], Role(row[1]), *row[2:]) for row in rows}

    def linked_files(self, site: str) -> dict[str, list[tuple[str, str]]]:
        """Address and link text of the files that each known page of a site led to."""
        with self._manifest(site) as manifest:
            rows = manifest.execute(LINKED_FILES).fetchall()
        return {url: [(file, text) for file, text in json.loads(links)] for url, links in rows}

    def skipped_addresses(self, site: str) -> set[tuple[str, str]]:
        """Address and reason of what earlier crawls of a site skipped."""
        query = "select distinct url, reason from sightings where outcome = 'skipped'"
        with self._manifest(site) as manifest:
            return set(manifest.execute(query).fetchall())

    def page_endings(self, site: str) -> list[tuple[str, str, str]]:
        """Address, role and ending of the pages of a site that need an end."""
        with self._manifest(site) as manifest:
            return manifest.execute(PAGE_ENDINGS).fetchall()

    def partial_answers(self) -> list[PartialAnswer]:
        """What is there in part at most, of all sites."""
        with self._manifest() as manifest:
            rows = manifest.execute(HAD_IN_PART).fetchall()
        return [PartialAnswer(*row) for row in rows]

    def latest_answers(self) -> dict[str, datetime]:
        """When each site last answered anything, in UTC."""
        query = "select site, max(fetched_at) from sightings where status is not null group by site"
        with self._manifest() as manifest:
            return dict(manifest.execute(query).fetchall())

    def stored_documents(self) -> list[StoredDocument]:
        """Every stored content that may be a document, by digest."""
        with self._manifest() as manifest:
            rows = manifest.execute(STORED_DOCUMENTS).fetchall()
        return [StoredDocument(*row) for row in rows]

    def remove_superseded(self, before: datetime) -> list[str]:
        """Remove the contents that no address showed since, and return their names.

        Their sightings stay, and so do the documents that were read from them.

        Args:
            before: When an address showed them for the last time at the latest, in UTC.

        Raises:
            OSError: The file system refuses.
        """
        with self._manifest() as manifest:
            # Not as a bound value: at the first of those DuckDB imports pandas.
            found = manifest.execute(SUPERSEDED.format(before=before)).fetchall()
        removed = []
        for sha256, extension in found:
            path = self.object_path(sha256, extension)
            if path.exists():
                # Noted first: what is noted and still there is found again, the reverse is not.
                name = object_name(sha256, extension)
                noted = {"juesuan": "removed", "object": name, "at": datetime.now(UTC).isoformat()}
                append_line(self.folder / REMOVED_NAME, json.dumps(noted))
                path.unlink()
                removed.append(name)
        return removed

    def removed(self) -> set[str]:
        """Names of the contents that were removed; a line that was cut short is passed over."""
        path = self.folder / REMOVED_NAME
        names = set()
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            with suppress(ValueError, KeyError):
                names.add(json.loads(line)["object"])
        return names

    def seal_leftovers(self) -> None:
        """Take what killed crawls noted into the manifest, and remove what they left half written.

        Crawls under way are left alone.

        Raises:
            StoreUnwritableError: There is something to be done, and it cannot be.
        """
        journals = sorted((self.folder / "journal").glob("*.jsonl"))
        if journals:
            self.refuse_unwritable()
        sweep(self.unfinished_dir)
        for journal in journals:
            try:
                with self.lock(journal.stem):
                    self.seal(journal.stem)
            except SiteBusyError:
                continue

    @contextmanager
    def lock(self, site: str) -> Iterator[None]:
        """Be the only one who writes sightings of a site.

        Raises:
            SiteBusyError: Somebody else does.
        """
        folder = self.folder / "journal"
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{site}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise SiteBusyError(site) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def journal(self, site: str) -> "Iterator[Journal]":
        """Append sightings of a site; those of a killed crawl are taken into the manifest first.

        Raises:
            SiteBusyError: Another crawl of it is under way.
        """
        with self.lock(site):
            self.seal(site)
            with self._journal_path(site).open("a", encoding="utf-8") as stream:
                yield Journal(stream)
            self.seal(site)

    def seal(self, site: str) -> None:
        """Turn a site's journal into a file of the manifest; no journal is fine."""
        journal = self._journal_path(site)
        if not journal.exists():
            return
        if journal.stat().st_size:
            with duckdb.connect(":memory:") as connection:
                # A line that a crash cut short is no JSON and passed over.
                noted = connection.read_json(
                    str(journal), columns=COLUMNS, format="newline_delimited", ignore_errors=True
                )
                self._write_manifest(site, noted.filter("url is not null"))
        journal.unlink()
        self._merge(site)

    def _merge(self, site: str) -> None:
        files = sorted((self.folder / "manifest" / site).glob("*.parquet"))
        if len(files) > FILES_BEFORE_MERGING:
            # Where a crash leaves both the parts and the whole, each row still counts once.
            with duckdb.connect(":memory:") as connection:
                self._write_manifest(site, _noted_in(files, connection))
            for path in files:
                path.unlink()

    def _write_manifest(self, site: str, sightings: duckdb.DuckDBPyRelation) -> None:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}.parquet"
        target = self.folder / "manifest" / site / name
        with written_whole(target, self.unfinished_dir) as unfinished:
            # In place, so that what is synced is what was written.
            options = "format parquet, use_tmp_file false"
            copying = f"copy (from sightings) to {quoted(unfinished)} ({options})"
            sightings.query("sightings", copying)

    def _journal_path(self, site: str) -> Path:
        return self.folder / "journal" / f"{site}.jsonl"

    @contextmanager
    def _manifest(self, site: str = "*") -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection with the manifest of a site, or of all, as the table ``sightings``."""
        files = sorted((self.folder / "manifest").glob(f"{site}/*.parquet"))
        with duckdb.connect(":memory:") as connection:
            empty = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
            connection.execute(f"create table sightings ({empty})")
            if files:
                _noted_in(files, connection).create_view("noted")
                connection.execute("insert into sightings by name from noted")
            yield connection


@dataclass(frozen=True, slots=True)
class Journal:
    """Where a crawl notes what it sees, each line on the disk before the next request."""

    stream: IO[str]

    def note(self, sighting: Sighting) -> None:
        """Append a sighting."""
        self.stream.write(json.dumps(asdict(sighting), ensure_ascii=False, default=str) + "\n")
        self.stream.flush()
        os.fsync(self.stream.fileno())


def _noted_in(files: list[Path], connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The sightings in some files of the manifest."""
    # Not as a bound value of a statement: at the first of those DuckDB imports pandas.
    found = connection.read_parquet([str(path) for path in files], union_by_name=True)
    return found.distinct()


def object_name(sha256: str, extension: str) -> str:
    """The name of a content below the store's folder."""
    return f"objects/{sha256[:2]}/{sha256}.{extension}"


def is_store(folder: Path) -> bool:
    """Whether a folder is a raw store."""
    return folder.name == STORE_NAME and (folder / "journal").is_dir()
