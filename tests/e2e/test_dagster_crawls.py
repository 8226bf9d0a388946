"""A run a site: the schedule asks for one for each enabled site, and each asks its site alone."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from pipelines.acquiring.raw_store import RawStore
from pipelines.defs.sites import CRAWL_TAG, FETCHED, sites
from pipelines.settings import Settings, load_settings
from tests.portal.nights import readable_contents
from tests.portal.server import serving
from tests.portal.sites import PublishedSite, published_sites

DOCUMENTS = 2
NIGHT = datetime(2026, 5, 1, 15, 30, tzinfo=UTC)


@pytest.fixture
def world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Settings, list[PublishedSite]]]:
    """Two sites that are enabled and one that is not, served on this machine."""
    published = published_sites(readable_contents, DOCUMENTS, with_faults=False)[:3]
    folder = tmp_path / "sites"
    folder.mkdir()
    with ExitStack() as servers:
        for site, is_enabled in zip(published, ("true", "true", "false"), strict=True):
            servers.enter_context(serving(site.portal))
            site.write_description(folder, enabled=is_enabled)
        monkeypatch.setenv("JUESUAN_HOME", str(tmp_path))
        monkeypatch.setenv("JUESUAN_SITES", "sites")
        yield load_settings(), published


def definitions(settings: Settings) -> dg.Definitions:
    """What is told of sites, with what the whole gives to all."""
    return dg.Definitions.merge(sites(), dg.Definitions(resources={"settings": settings}))


def test_the_schedule_asks_for_a_run_for_each_enabled_site(world):
    settings, published = world
    repository = definitions(settings).get_repository_def()
    context = dg.build_schedule_context(
        scheduled_execution_time=NIGHT,
        resources={"settings": settings},
        repository_def=repository,
    )
    asked = repository.get_schedule_def("nightly_crawls").evaluate_tick(context).run_requests
    enabled = sorted(site.family for site in published[:2])
    assert [request.partition_key for request in asked] == enabled
    # Asking twice for the same night starts nothing twice.
    assert [request.run_key for request in asked] == [f"2026-05-01 {name}" for name in enabled]


def test_a_run_asks_its_own_site_and_no_other(world):
    settings, published = world
    first, *others = published
    job = definitions(settings).resolve_job_def("fetch_sites")
    with dg.DagsterInstance.ephemeral() as instance:
        run = job.execute_in_process(instance=instance, partition_key=first.family)
        told = run.get_asset_materialization_events()
        kept = instance.get_materialized_partitions(FETCHED)
    assert run.success
    # By this tag Dagster counts how many work at once.
    assert run.dagster_run.tags[CRAWL_TAG] == "true"
    (event,) = told
    assert event.partition == first.family
    assert event.materialization.metadata["new"].value == DOCUMENTS
    assert kept == {first.family}
    assert all(not site.portal.asked for site in others)
    store = RawStore(settings.store_dir)
    assert set(store.latest_answers()) == {first.family}
