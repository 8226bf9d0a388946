"""``deploy/compose.yaml`` is a Compose file, and names nothing that is not there."""

import re
import sys
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.deployed import (
    DEPLOY_DIR,
    content_of,
    faults,
    known_variables,
    stages,
    text_of,
)
from tests.paths import PROJECT_DIR

COMPOSE = content_of("compose.yaml")
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
PROGRAMS = Path(sys.executable).parent
ASKED_FOR = re.compile(r"\$\{(\w+):\?")
INTERPOLATED = re.compile(r"(?<!\$)\$\{(\w+)")


def test_it_is_as_the_specification_has_it():
    assert faults(COMPOSE, "compose-spec.json") == []


def test_the_specification_would_tell():
    wrong = deepcopy(COMPOSE)
    wrong["services"]["code"]["depends_upon"] = {}
    wrong["services"]["daemon"]["ports"] = "3000"
    found = faults(wrong, "compose-spec.json")
    assert any(fault.startswith("$.services.code: ") and "depends_upon" in fault for fault in found)
    assert "$.services.daemon.ports: '3000' is not of type 'array'" in found


def test_everybody_is_there():
    assert set(OURS) == {"code", "webserver", "daemon"}
    assert set(SERVICES) - set(OURS) == {"postgres", "store", "bucket"}


@pytest.mark.parametrize("name", OURS)
def test_our_image_is_built_from_what_is_there(name):
    build = OURS[name]["build"]
    context = DEPLOY_DIR / build["context"]
    assert context.resolve() == PROJECT_DIR
    assert (context / build["dockerfile"]).is_file()
    assert build["target"] in stages()
    project = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    for extra in build["args"]["EXTRAS"].split():
        assert extra in project["project"]["optional-dependencies"]
        assert (PROJECT_DIR / f"requirements-{extra}.lock").is_file()
    assert set(build["args"]) <= set(re.findall(r"^ARG (\w+)", text_of("Dockerfile"), re.M))


@pytest.mark.parametrize("name", OURS)
def test_our_services_are_told_only_what_somebody_reads(name):
    assert set(OURS[name]["environment"]) <= known_variables()


@pytest.mark.parametrize("name", OURS)
def test_our_services_run_programs_of_the_project(name):
    command = OURS[name]["command"]
    assert (PROGRAMS / command[0]).is_file()
    # What is mounted or in the image.
    places = {mounted["target"] for mounted in OURS[name]["configs"]}
    assert {word for word in command if word.startswith("/")} <= places
    modules = [command[at + 1] for at, word in enumerate(command) if word == "--module-name"]
    for module in modules:
        assert (PROJECT_DIR / f"{module.replace('.', '/')}.py").is_file()


@pytest.mark.parametrize("name", OURS)
def test_what_is_written_lies_in_volumes_that_the_account_owns(name):
    places = [place.partition(":")[2] for place in OURS[name]["volumes"]]
    made = " ".join(re.findall(r"install --directory ((?:.|\\\n)*?)\n[A-Z]", stages()["server"]))
    assert places
    assert set(places) <= set(made.split())
    homes = [OURS[name]["environment"]["DAGSTER_HOME"]]
    assert set(homes) <= set(places)


def test_every_service_volume_and_config_that_is_named_is_there():
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        volumes = {place.partition(":")[0] for place in service.get("volumes", ())}
        assert volumes <= set(COMPOSE["volumes"])
        assert {each["source"] for each in service.get("configs", ())} <= set(COMPOSE["configs"])
    for config in COMPOSE["configs"].values():
        assert "content" in config or (DEPLOY_DIR / config["file"]).is_file()


def test_only_what_is_secret_is_asked_for_and_all_of_it_is_said_at_the_head():
    text = text_of("compose.yaml")
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#   "))
    assert set(ASKED_FOR.findall(text)) == set(re.findall(r"#   (\w+)=", head))
    assert set(INTERPOLATED.findall(text)) <= known_variables() | {"POSTGRES_PASSWORD"}


def test_whoever_wants_the_databases_finds_them():
    told = OURS["code"]["environment"]
    postgres = SERVICES[told["PGHOST"]]
    assert postgres["environment"]["POSTGRES_USER"] == told["PGUSER"]
    instance = content_of("dagster.yaml")["storage"]["postgres"]["postgres_db"]
    assert instance["db_name"] == postgres["environment"]["POSTGRES_DB"]
    named = {value["env"] for value in instance.values() if isinstance(value, dict)}
    assert named <= set(told)
    (catalogue,) = re.findall(r"dbname=(\w+)", told["JUESUAN_WAREHOUSE"])
    assert f"create database {catalogue};" in COMPOSE["configs"]["databases"]["content"]
    bucket = re.match(r"s3://(\w+)/", told["JUESUAN_LAKE_DATA"])[1]
    assert f"s3.bucket.create -name {bucket}" in SERVICES["bucket"]["entrypoint"][-1]


def test_the_processes_find_each_other():
    (server,) = content_of("workspace.yaml")["load_from"]
    host, port = server["grpc_server"]["host"], server["grpc_server"]["port"]
    command = SERVICES[host]["command"]
    assert command[command.index("--port") + 1] == str(port)
    # Whoever is on another machine has to come through something that asks who he is.
    published = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_waiting_for_each_other_is_said_as_for_make_dev():
    ours = content_of("dagster.yaml")
    developers = yaml.safe_load((PROJECT_DIR / ".dagster" / "dagster.yaml").read_text())
    assert ours["concurrency"] == developers["concurrency"]
    assert ours["telemetry"] == developers["telemetry"] == {"enabled": False}
