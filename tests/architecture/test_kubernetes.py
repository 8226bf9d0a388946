"""What ``deploy/kubernetes/`` ships is as its readers' schemas have it, and fits the image."""

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.deployed import (
    DEPLOY_DIR,
    content_of,
    everything_in,
    faults,
    known_variables,
    stages,
)
from tests.paths import PROJECT_DIR

DEFINITIONS = {
    "CronJob": ("kubernetes.json", "io.k8s.api.batch.v1.CronJob"),
    "Job": ("kubernetes.json", "io.k8s.api.batch.v1.Job"),
    "PersistentVolumeClaim": ("kubernetes.json", "io.k8s.api.core.v1.PersistentVolumeClaim"),
    "RayCluster": ("raycluster.json", ""),
}
VALUES = "kubernetes/dagster-values.yaml"
MANIFESTS = sorted(
    path.relative_to(DEPLOY_DIR).as_posix()
    for path in (DEPLOY_DIR / "kubernetes").glob("*.yaml")
    if path.name != Path(VALUES).name
)
ALL = [*MANIFESTS, VALUES]
VERSIONS = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked(package: str, lock: str = "requirements.lock") -> str:
    """The version of a package in a lock."""
    text = (PROJECT_DIR / lock).read_text(encoding="utf-8")
    (version,) = re.findall(rf"^{package}==(\S+)", text, re.MULTILINE)
    return version


def pods(content: object) -> Iterator[dict[str, Any]]:
    """The specifications of all pods of a manifest."""
    for template in everything_in(content, "template"):
        yield template["spec"]


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_is_as_the_api_has_it(name):
    content = content_of(name)
    assert faults(content, *DEFINITIONS[content["kind"]]) == []


def test_the_values_are_values_of_the_chart():
    assert faults(content_of(VALUES), "dagster-values.json") == []


def test_every_kind_is_shipped():
    assert {content_of(name)["kind"] for name in MANIFESTS} == set(DEFINITIONS)


def test_the_schemas_would_tell():
    job = deepcopy(content_of("kubernetes/nightly.yaml"))
    job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["container"] = []
    job["spec"]["schedule"] = 30
    found = faults(job, *DEFINITIONS["CronJob"])
    assert len(found) == 2
    cluster = deepcopy(content_of("kubernetes/raycluster.yaml"))
    cluster["spec"]["workerGroupSpecs"][0]["rayStartParams"]["num-cpus"] = 8
    cluster["spec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["env"][0]["nome"] = "x"
    assert len(faults(cluster, "raycluster.json")) == 2
    values = deepcopy(content_of(VALUES))
    values["concurrency"]["pools"]["default_limit"] = 1
    values["dagster-user-deployments"]["deployments"][0]["volumes"][0]["claim"] = "x"
    assert len(faults(values, "dagster-values.json")) == 2


@pytest.mark.parametrize("name", MANIFESTS)
def test_pods_run_the_image_of_this_version(name):
    images = {
        container["image"] for pod in pods(content_of(name)) for container in pod["containers"]
    }
    assert images <= {f"juesuan-server:{VERSIONS['version']}"}


def test_the_chart_runs_the_image_of_this_version():
    (image,) = everything_in(content_of(VALUES), "image")
    assert (image["repository"], image["tag"]) == ("juesuan-server", VERSIONS["version"])
    text = (DEPLOY_DIR / VALUES).read_text(encoding="utf-8")
    assert f"--version {locked('dagster')} " in text
    # The chart gives arguments alone: what starts them is the image's, and must be nothing.
    assert "ENTRYPOINT" not in stages()["server"]


def test_the_ray_of_the_cluster_is_the_locked_one():
    cluster = content_of("kubernetes/raycluster.yaml")
    assert cluster["spec"]["rayVersion"] == locked("ray", "requirements-ray.lock")


@pytest.mark.parametrize("name", ALL)
def test_containers_are_told_only_what_somebody_reads(name):
    told = {each["name"] for listed in everything_in(content_of(name), "env") for each in listed}
    assert told <= known_variables()


@pytest.mark.parametrize("name", ALL)
def test_whoever_mounts_the_volume_does_so_where_the_image_keeps_it(name):
    content = content_of(name)
    (kept,) = re.findall(r"^VOLUME (\S+)$", stages()["server"], re.MULTILINE)
    places = [
        mount["mountPath"]
        for mounts in everything_in(content, "volumeMounts")
        for mount in mounts
        if mount["name"] == "data"
    ]
    claims = set(everything_in(content, "claimName"))
    volume = content_of("kubernetes/data.yaml")["metadata"]["name"]
    if content.get("kind") != "PersistentVolumeClaim":
        assert places
        assert set(places) == {kept}
        assert claims == {volume}


@pytest.mark.parametrize("name", ALL)
def test_everything_runs_as_the_account_of_the_image_and_may_become_nobody_else(name):
    content = content_of(name)
    (account,) = re.findall(r"--uid (\d+)", stages()["server"])
    contexts = [
        *(pod["securityContext"] for pod in pods(content)),
        *everything_in(content, "podSecurityContext"),
    ]
    containers = [
        *(each["securityContext"] for pod in pods(content) for each in pod["containers"]),
        *(
            each["securityContext"]
            for found in everything_in(content, "deployments")
            for each in found
        ),
    ]
    assert bool(contexts) == bool(containers) == (content.get("kind") != "PersistentVolumeClaim")
    for context in contexts:
        assert context["runAsNonRoot"]
        assert {context[name] for name in ("runAsUser", "runAsGroup", "fsGroup")} == {int(account)}
    for context in containers:
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}


def test_the_night_is_that_of_the_crontab():
    night = content_of("kubernetes/nightly.yaml")["spec"]
    (line,) = re.findall(
        r"^(\S+ \S+ \* \* \*)  juesuan.*exec \.venv/bin/(.*?) >",
        (DEPLOY_DIR / "juesuan.cron").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    (container,) = [each for pod in pods(night) for each in pod["containers"]]
    assert (night["schedule"], " ".join(container["command"])) == line
    assert night["timeZone"] == "Asia/Shanghai"
    assert night["concurrencyPolicy"] == "Forbid"


def test_a_run_on_ray_joins_the_cluster_that_is_shipped():
    cluster = content_of("kubernetes/raycluster.yaml")
    (pod,) = pods(content_of("kubernetes/run-on-ray.yaml"))
    told = {each["name"]: each.get("value") for each in pod["containers"][0]["env"]}
    head = cluster["spec"]["headGroupSpec"]["template"]["spec"]["containers"][0]
    (port,) = [each["containerPort"] for each in head["ports"]]
    # As the operator calls the service of a head.
    assert told["JUESUAN_RAY_ADDRESS"] == f"{cluster['metadata']['name']}-head-svc:{port}"
    tokens = [
        each["valueFrom"]["secretKeyRef"]
        for container in (head, pod["containers"][0])
        for each in container["env"]
        if each["name"] == "RAY_AUTH_TOKEN"
    ]
    assert tokens[0] == tokens[1]


def test_nodes_of_the_cluster_are_alive_where_their_ports_answer():
    spec = content_of("kubernetes/raycluster.yaml")["spec"]
    (workers,) = spec["workerGroupSpecs"]
    (container,) = workers["template"]["spec"]["containers"]
    asked = container["livenessProbe"]["tcpSocket"]["port"]
    assert str(asked) == workers["rayStartParams"]["node-manager-port"]
    assert container["resources"]["limits"]["cpu"] == workers["rayStartParams"]["num-cpus"]


def test_runs_wait_for_each_other_as_they_do_in_make_dev():
    values = content_of(VALUES)["concurrency"]
    developers = yaml.safe_load((PROJECT_DIR / ".dagster" / "dagster.yaml").read_text())
    pools, runs = (developers["concurrency"][part] for part in ("pools", "runs"))
    assert values["enabled"]
    assert values["pools"] == {
        "defaultLimit": pools["default_limit"],
        "granularity": pools["granularity"],
    }
    assert values["runs"]["tagConcurrencyLimits"] == runs["tag_concurrency_limits"]


def test_dagster_takes_what_runs_are_told():
    """Names that Kubernetes does not have are refused by what starts runs."""
    job = pytest.importorskip("dagster_k8s.job", reason="juesuan[dagster-server] is not installed")
    told = content_of(VALUES)["runLauncher"]["config"]["k8sRunLauncher"]["runK8sConfig"]
    taken = job.UserDefinedDagsterK8sConfig(
        container_config=told["containerConfig"],
        pod_spec_config=told["podSpecConfig"],
        job_spec_config=told["jobSpecConfig"],
    )
    assert taken.job_spec_config["backoff_limit"] == 0
    with pytest.raises(Exception, match="noSuchName"):
        job.UserDefinedDagsterK8sConfig(container_config={"noSuchName": 1})
