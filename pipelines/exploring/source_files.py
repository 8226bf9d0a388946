"""The published file of a document, as long as it still lies where files are read from.

Knows file paths of staging and digests. Does not know what is looked up in a file, nor how one is
taken out of an archive.
"""

from contextlib import suppress
from pathlib import Path

import duckdb

from pipelines.acquiring.sources import Source, locate
from pipelines.domain.errors import ExplainedError
from pipelines.domain.languages import Language
from pipelines.domain.messages import translated_by
from pipelines.exploring.catalogues import read_catalogue
from pipelines.exploring.marts import select_rows

FILES = """
    select files.file_path, documents.file_name, documents.sha256
    from staging.documents as documents
    left join staging.files as files on documents.sha256 = files.sha256
    where documents.document_id = ?
    order by files.file_path
"""


class NoPictureError(ExplainedError):
    """What a file shows cannot be shown; says why and what to do instead."""

    def in_language(self, language: Language) -> str:
        """The message in a language, whatever that of the answer is."""
        with translated_by(read_catalogue("juesuan", language)):
            return self.told()


def find_source(connection: duckdb.DuckDBPyConnection, document_id: str, raw_dir: Path) -> Source:
    """The file that a document was read from.

    Args:
        connection: A warehouse.
        document_id: The document.
        raw_dir: Where the published files lie; nothing outside of it is ever given.

    Raises:
        NoPictureError: It is not there, or another file is in its place.
    """
    rows = select_rows(connection, FILES, [document_id])
    paths = [row["file_path"] for row in rows if row["file_path"]]
    there = [source for path in paths if (source := locate(raw_dir, path)) is not None]
    for source in there:
        # What an archive holds no longer cannot be read from it.
        with suppress(OSError):
            if source.digest() == rows[0]["sha256"]:
                return source
    name = str(rows[0]["file_name"]) if rows else document_id
    if there:
        raise NoPictureError(
            "{name} under {raw_dir} is another file than the one that was read: 'juesuan run' "
            "reads it, --raw names the folder of the one before",
            name=name,
            raw_dir=raw_dir,
        )
    raise NoPictureError(
        "{name} is not under {raw_dir} any more: name its folder with --raw",
        name=name,
        raw_dir=raw_dir,
    )
