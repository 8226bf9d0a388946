"""Sites as data: what is shipped is sound, and what is wrong is said by file and field."""

from pathlib import Path

import pytest

from pipelines.acquiring.site_catalogue import (
    SiteError,
    UnknownSiteError,
    choose_sites,
    layout_of,
    load_sites,
)

SOUND = """
name: 某县人民政府
region_code: "430600"
level: county
family: trs_wcm
start_pages: ["https://www.example.gov.cn/a/"]
allowed_hosts: [Files.example.gov.cn]
"""


def put(folder: Path, text: str, name: str = "mine") -> Path:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_sites_are_examples_and_not_enabled():
    sites = load_sites()
    assert len(sites) >= 4
    assert choose_sites(sites, []) == []
    assert {layout_of(site).title != () for site in sites.values()} == {True}


def test_an_own_site_is_added_and_replaces_one_of_its_name(tmp_path):
    put(tmp_path, SOUND)
    put(tmp_path, SOUND, "yueyang")
    sites = load_sites(tmp_path)
    assert sites["mine"].hosts == {"www.example.gov.cn", "files.example.gov.cn"}
    assert [site.site for site in choose_sites(sites, [])] == ["mine", "yueyang"]
    assert sites["yueyang"].name == "某县人民政府"


def test_own_selectors_take_the_place_of_the_familys(tmp_path):
    put(tmp_path, SOUND + "selectors: {articles: ['/show/'], first_number: 0}\n")
    layout = layout_of(load_sites(tmp_path)["mine"])
    assert (layout.articles, layout.first_number) == (("/show/",), 0)
    assert layout.next_page == "{stem}_{number}.{suffix}"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (SOUND.replace('"430600"', "430600"), "region_code"),
        (SOUND.replace("county", "village"), "level"),
        (SOUND.replace("trs_wcm", "unheard_of"), "family is one of"),
        (SOUND.replace("https://", "ftp://"), r"start_pages\.0: must be an address"),
        (SOUND + "politness: {}\n", "politness"),
        (SOUND + "politeness: {delay_seconds: -1}\n", r"politeness\.delay_seconds"),
        (SOUND + "selectors: {articles: ['(']}\n", r"selectors: articles\.0: is no regular"),
        (SOUND + "private_networks: [10.0.0.0/99]\n", "private_networks"),
        (SOUND + "allowed_hosts: [http://a/]\n", "allowed_hosts"),
        ("- a list\n", "describes no site"),
        ("a: [\n", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_by_file_and_field(tmp_path, text, complaint):
    with pytest.raises(SiteError, match=rf"mine\.yaml.*{complaint}") as raised:
        load_sites(put(tmp_path, text))
    assert "\n" not in str(raised.value)


def test_an_unknown_site_and_a_missing_folder_are_named(tmp_path):
    with pytest.raises(UnknownSiteError, match=r"'nowhere'.*yueyang"):
        choose_sites(load_sites(), ["nowhere"])
    with pytest.raises(SiteError, match="JUESUAN_SITES"):
        load_sites(tmp_path / "gone")
