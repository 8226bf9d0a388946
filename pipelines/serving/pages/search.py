"""What a search finds: departments and units, regions, documents, and pages on a topic."""

from collections.abc import Iterator

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pipelines.exploring.answers.bodies import bodies_by_key
from pipelines.exploring.answers.regions import list_regions
from pipelines.exploring.answers.searching import SearchIndex, build_search_index, folded
from pipelines.serving.explorer import Visit, visited
from pipelines.serving.sheets import Link

SHOWN = 30
LONGEST_QUERY = 100
# What the pages that compare all documents are about, in the words by which people look for them.
TOPICS = {
    "/ranking/overspent": (
        "三公经费 因公出国境 公务用车 公务接待 超预算 超支 three public expenses overspent budget"
    ),
    "/ranking/growth": "支出增长 增幅 增长率 expenditure growth",
    "/ranking/newest": "最新文件 新公开 newest documents",
    "/discrepancies": "自相矛盾 勾稽不符 错误 contradictions oddities errors",
    "/quality": "数据质量 已证实 data quality proven",
}
# One character is in too many words to mean a topic.
SHORTEST_TOPIC = 2


def routes() -> list[BaseRoute]:
    """Where this page stands."""
    return [Route("/search", visited(_search), name="search")]


def _search(visit: Visit) -> Response:
    wanted = visit.request.query_params.get("q", "").strip()[:LONGEST_QUERY]
    found = _index(visit).find(wanted)
    topics = list(_topics(visit, wanted))
    return visit.page("search.html.j2", wanted=wanted, found=found, topics=topics, shown=SHOWN)


def _topics(visit: Visit, wanted: str) -> Iterator[Link]:
    """The pages that compare all documents by what is looked for."""
    titles = {
        "/ranking/overspent": visit.say("Three public expenses beyond their budget"),
        "/ranking/growth": visit.say("Expenditure that grew fastest"),
        "/ranking/newest": visit.say("Newest documents"),
        "/discrepancies": visit.say("Contradictions and oddities"),
        "/quality": visit.say("Data quality"),
    }
    words = folded(wanted).replace("“", "").replace("”", "").split()
    for address, topics in TOPICS.items():
        if words and all(len(each) >= SHORTEST_TOPIC and each in topics for each in words):
            yield Link(titles[address], address)


def _index(visit: Visit) -> SearchIndex:
    """The index, of the bodies and regions that other pages keep, too."""
    bodies = visit.worked_out("bodies", bodies_by_key).values()
    regions = visit.worked_out("regions", list_regions)
    return visit.worked_out("search", lambda asked: build_search_index(asked, bodies, regions))
