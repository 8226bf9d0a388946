"""What ``deploy/`` ships, and what is known of it: schemas, names of variables, the image."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema.validators import validator_for
from referencing import Registry, Resource

from tests.paths import PROJECT_DIR

DEPLOY_DIR = PROJECT_DIR / "deploy"
SCHEMAS_DIR = Path(__file__).with_name("schemas")
# Read by PostgreSQL's library, Dagster and Ray.
OF_OTHERS = {
    *("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD"),
    "DAGSTER_HOME",
    *("RAY_AUTH_MODE", "RAY_AUTH_TOKEN", "RAY_USAGE_STATS_ENABLED"),
}


def text_of(name: str) -> str:
    """A file below ``deploy/``."""
    return (DEPLOY_DIR / name).read_text(encoding="utf-8")


def content_of(name: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """What a YAML file below ``deploy/`` holds."""
    return yaml.safe_load(text_of(name))


@cache
def _schema(name: str) -> Any:  # noqa: ANN401
    return json.loads((SCHEMAS_DIR / name).read_text(encoding="utf-8"))


def faults(content: object, schema: str, pointer: str = "") -> list[str]:
    """Where a content is not as a schema has it, and why.

    Args:
        content: The content.
        schema: The schema's file.
        pointer: The definition in it, '' for the whole.
    """
    registry: Registry[Any] = Registry().with_resources(
        (path.name, Resource.from_contents(_schema(path.name)))
        for path in SCHEMAS_DIR.glob("*.json")
        if path.name != "compose-spec.json"
    )
    whole = _schema(schema)
    asked = {"$ref": f"{schema}#/definitions/{pointer}"} if pointer else whole
    validator = validator_for(whole)
    validator.check_schema(whole)
    found = validator(asked, registry=registry).iter_errors(content)
    return sorted(f"{each.json_path}: {each.message}" for each in found)


def known_variables() -> set[str]:
    """Variables that somebody in the image reads."""
    settings = (PROJECT_DIR / "pipelines" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'"((?:JUESUAN|AWS)_\w+)"', settings)) | OF_OTHERS


def stages() -> dict[str, str]:
    """The stages of the image by their names, the last one as ''."""
    parts = re.split(r"^FROM (.*)$", text_of("Dockerfile"), flags=re.MULTILINE)[1:]
    return {
        base.partition(" AS ")[2]: text for base, text in zip(parts[::2], parts[1::2], strict=True)
    }


def everything_in(content: object, name: str) -> Iterator[Any]:
    """All values of a name, however deep they stand."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == name:
                yield value
            yield from everything_in(value, name)
    elif isinstance(content, list):
        for value in content:
            yield from everything_in(value, name)
