"""The sites that documents are acquired from, and how sites of their family are laid out.

Knows the YAML under ``sites/`` and of an operator's own folder, and refuses what is wrong in it,
by file and field. Does not know how a site is crawled.
"""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urlsplit

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    ValidationError,
)

from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import Text

NOT_SITES = frozenset({"families", "announcements"})
SITE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
MEBIBYTE = 1024 * 1024
SCHEMES = frozenset({"http", "https"})


class SiteError(ExplainedError):
    """A site is described in a way that cannot be followed."""


class UnknownSiteError(SiteError):
    """No site has this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            "no site is called {name!r}; there are: {known}",
            name=name,
            known=", ".join(known) or Text("none"),
        )


def _checked_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        message = f"is no regular expression: {error}"
        raise ValueError(message) from error
    return pattern


def _checked_page(page: str) -> str:
    if urlsplit(page).scheme not in SCHEMES or not urlsplit(page).hostname:
        raise ValueError("must be an address that begins with http:// or https://")
    return page


def _checked_host(host: str) -> str:
    if "/" in host or not host.strip():
        raise ValueError("must be a host such as files.example.cn or files.example.cn:8080")
    return host.lower()


def _checked_template(template: str) -> str:
    try:
        template.format(number=1, stem="index", suffix="html")
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        raise ValueError("may hold {number}, {stem} and {suffix}, and no other braces") from error
    return template


Pattern: TypeAlias = Annotated[str, AfterValidator(_checked_pattern)]
Page: TypeAlias = Annotated[str, AfterValidator(_checked_page)]
Host: TypeAlias = Annotated[str, AfterValidator(_checked_host)]


class _Described(BaseModel):
    """A value read from YAML: unknown fields are refused, and nothing changes afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Selectors(_Described):
    """What the pages of a site look like; patterns are regular expressions, selectors CSS.

    Attributes:
        articles: Path and query of an announcement's page.
        columns: Path and query of a page that lists announcements.
        attachments: Path and query of files whose address does not end like a file name.
        page_count: Text of a list whose group is the number of its pages; others may name them.
        next_page: Address of a list's further pages, '' where only links lead there.
        first_number: The number of the second page in ``next_page``.
        title: Where the title stands.
        published: Where the date of publication stands.
    """

    articles: tuple[Pattern, ...] = ()
    columns: tuple[Pattern, ...] = ()
    attachments: tuple[Pattern, ...] = ()
    page_count: tuple[Pattern, ...] = ()
    next_page: Annotated[str, AfterValidator(_checked_template)] = ""
    first_number: int = 1
    title: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


class Politeness(_Described):
    """How hard a site may be asked.

    Attributes:
        delay_seconds: Least time between two requests to a host.
        concurrency: Most requests under way to a host.
        timeout_seconds: Longest wait for one answer, its body included.
        retries: How often a request that failed is tried again.
        retry_seconds: Wait before the first of them; doubled before each further one.
    """

    delay_seconds: NonNegativeFloat = 2.0
    concurrency: PositiveInt = 2
    timeout_seconds: PositiveFloat = 120.0
    retries: NonNegativeInt = 2
    retry_seconds: NonNegativeFloat = 5.0


class Budget(_Described):
    """How much one crawl of a site may take.

    Attributes:
        minutes: Time.
        requests: Requests, retries and redirects included.
        mebibytes: Bytes received.
        document_mebibytes: Bytes of one answer, packed or unpacked.
    """

    minutes: PositiveFloat = 60.0
    requests: PositiveInt = 20_000
    mebibytes: PositiveInt = 4096
    document_mebibytes: PositiveInt = 100


class Site(_Described):
    """A publishing site.

    Attributes:
        site: Its name here: that of its file.
        name: What it calls itself.
        region_code: Six-digit division code of its government.
        level: Whose site it is.
        family: The content management system it runs on.
        start_pages: Where a crawl begins.
        allowed_hosts: Further hosts that requests may go to, with a port where it is not the
            usual one; those of the start pages are allowed anyway.
        selectors: Where its layout differs from its family's.
        politeness: How hard it may be asked.
        budget: How much a crawl may take.
        depth: How many columns deep to look below a start page.
        recheck_days: How often to ask again whether a document changed that says nothing of its
            version, or that has been known for a month.
        private_networks: Networks that are not public and may be asked all the same.
        enabled: Whether it is crawled when no site is named.
    """

    site: str
    name: str
    region_code: Annotated[str, Field(pattern=r"^\d{6}$")]
    level: Literal["central", "province", "prefecture", "county", "township"]
    family: str
    start_pages: Annotated[tuple[Page, ...], Field(min_length=1)]
    allowed_hosts: tuple[Host, ...] = ()
    selectors: dict[str, Any] = {}
    politeness: Politeness = Politeness()
    budget: Budget = Budget()
    depth: NonNegativeInt = 3
    recheck_days: NonNegativeInt = 7
    private_networks: tuple[IPvAnyNetwork, ...] = ()
    enabled: bool = True

    @property
    def hosts(self) -> frozenset[str]:
        """Every host, with its port where it is not the usual one, that may be asked."""
        started = (urlsplit(page).netloc.lower() for page in self.start_pages)
        return frozenset({*started, *self.allowed_hosts})


class Wording(_Described):
    """What announcements are called, see ``sites/announcements.yaml``."""

    kinds: dict[str, tuple[str, ...]]
    departmental: tuple[str, ...]
    others: tuple[str, ...]
    columns: tuple[str, ...]
    next_page: tuple[str, ...]
    files: tuple[str, ...]
    surroundings: dict[str, tuple[str, ...]]
    table_words: tuple[str, ...]
    table_words_needed: int


def load_sites(own_folder: Path | None = None) -> dict[str, Site]:
    """Every site by its name; one in the operator's own folder replaces a shipped one.

    Raises:
        SiteError: A file cannot be read or describes no site; names file and field.
    """
    if own_folder is not None and not own_folder.is_dir():
        raise SiteError(
            "no folder of sites at {folder}: create it or mend JUESUAN_SITES",
            folder=own_folder,
        )
    shipped = Path(str(files("pipelines.acquiring.sites")))
    paths = {
        path.stem: path
        for folder in filter(None, (shipped, own_folder))
        for path in folder.glob("*.yaml")
        if path.stem not in NOT_SITES
    }
    return {name: _read_site(paths[name]) for name in sorted(paths)}


def choose_sites(sites: Mapping[str, Site], names: Sequence[str]) -> list[Site]:
    """The named sites, or every enabled one where none is named.

    Raises:
        UnknownSiteError: A name is none of a site.
    """
    for name in names:
        if name not in sites:
            raise UnknownSiteError(name, list(sites))
    if names:
        return [sites[name] for name in dict.fromkeys(names)]
    return [site for site in sites.values() if site.enabled]


def layout_of(site: Site) -> Selectors:
    """The layout of a site: its family's, changed by its own selectors.

    Raises:
        SiteError: The family is unknown, or a selector is none.
    """
    families = _shipped("families.yaml")
    where = f"{site.site}.yaml"
    if site.family not in families:
        raise SiteError(
            "{where}: family is one of {families}, not {family!r}",
            where=where,
            families=", ".join(families),
            family=site.family,
        )
    generic = families["generic"]
    merged = {**generic, **families[site.family], **site.selectors}
    merged["attachments"] = [*merged["attachments"], *generic["attachments"]]
    try:
        return Selectors.model_validate(merged)
    except ValidationError as error:
        raise _explained(f"{where}: selectors", error) from error


def load_wording() -> Wording:
    """The wording of announcements."""
    return Wording.model_validate(_shipped("announcements.yaml"))


def _shipped(name: str) -> dict[str, Any]:
    text = files("pipelines.acquiring.sites").joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _read_site(path: Path) -> Site:
    if not SITE_NAME.fullmatch(path.stem):
        raise SiteError(
            "{path}: a site's file is named in small letters, digits, '-' and '_'",
            path=path,
        )
    try:
        described = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SiteError(
            "{path}: cannot be read: {reason}",
            path=path,
            reason=" ".join(str(error).split()),
        ) from error
    if not isinstance(described, dict):
        raise SiteError(
            "{path}: describes no site: it must be fields with values, such as 'name: …'",
            path=path,
        )
    try:
        site = Site.model_validate({**described, "site": path.stem})
    except ValidationError as error:
        raise _explained(str(path), error) from error
    layout_of(site)
    return site


def _explained(where: str, error: ValidationError) -> SiteError:
    """The first thing that is wrong, in one line."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return SiteError(
        "{where}: {field}: {reason}",
        where=where,
        field=field,
        reason=first["msg"].removeprefix("Value error, "),
    )
