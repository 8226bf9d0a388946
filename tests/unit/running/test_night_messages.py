"""What people are told names names, says what to do next, and stays short, in either language."""

from datetime import UTC, datetime

import pytest

from pipelines.domain.languages import Language
from pipelines.domain.messages import translated_by
from pipelines.domain.night_news import (
    Contradictions,
    NightNews,
    Share,
    ShareFall,
    StandingTrouble,
    Trouble,
    TroubleKind,
)
from pipelines.exploring.catalogues import read_catalogue
from pipelines.exploring.labels import Labels, naming
from pipelines.exploring.rejections import WHY
from pipelines.running.night_messages import message_of
from pipelines.running.notes import Notes

DAMAGED = read_catalogue("juesuan", Language.ZH).gettext(WHY["damaged"])
LONG_AGO = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
SITE = Trouble(TroubleKind.SITE, "yanhu", "yanhu", detail="https://x: timeout")
FILE = Trouble(
    TroubleKind.FILE,
    "00ff",
    "盐湖县2023年部门决算.pdf",
    reason="damaged",
    detail="cut short; fetch it again",
)
DOCUMENT = Trouble(TroubleKind.DOCUMENT, "0a1b2c3d4e5f6071", "决算公开.pdf", "盐湖县风力档案馆")
TEST = Trouble(TroubleKind.TEST, "assert_x", "assert_x", row_count=3)


def standing(*troubles: Trouble) -> tuple[StandingTrouble, ...]:
    return tuple(StandingTrouble(each, LONG_AGO) for each in troubles)


def text_of(news, language, exit_code=1, error=""):
    notes = Notes("nightly", exit_code=exit_code, error=error, told_error=error, news=news)
    with translated_by(read_catalogue("juesuan", language)), naming(Labels(), language):
        return message_of(notes).text_within(4000)


def test_new_trouble_is_named_with_what_to_do_next():
    text = text_of(NightNews(new=standing(FILE, DOCUMENT, SITE, TEST)), Language.EN)
    assert text.splitlines() == [
        "juesuan nightly: 4 new problems (exit code 1)",
        "Site yanhu could not be asked: https://x: timeout; see: juesuan fetch --check yanhu",
        "Not read: 盐湖县2023年部门决算.pdf: cut short; fetch it again",
        "Quarantined: 决算公开.pdf (盐湖县风力档案馆): read twice, and not the same; "
        "see: juesuan explain 0a1b2c3d4e5f6071",
        "Test of the warehouse failed: assert_x (3 rows)",
        "Next: juesuan status lists everything; juesuan acknowledge NAME says that something is "
        "known",
    ]


def test_the_same_in_chinese_down_to_the_reason():
    text = text_of(NightNews(new=standing(FILE, DOCUMENT)), Language.ZH)
    assert text.splitlines() == [
        "juesuan 夜间任务：新增 2 个问题（退出码 1）",
        f"文件未能读取：盐湖县2023年部门决算.pdf：{DAMAGED}",
        "文件已隔离：决算公开.pdf（盐湖县风力档案馆）：两次读数不一致；"
        "查看：juesuan explain 0a1b2c3d4e5f6071",
        "下一步：juesuan status 列出全部；已知的问题用 juesuan acknowledge 名称 确认",
    ]


def test_falls_contradictions_and_what_is_over_have_lines_of_their_own():
    news = NightNews(
        still=standing(SITE),
        acknowledged=standing(TEST),
        over=(FILE,),
        falls=(
            ShareFall(Share(99, 100), Share(96, 100), "0a1b", "决算公开.pdf", "盐湖县风力档案馆"),
        ),
        whole_fall=ShareFall(Share(990, 1000), Share(1900, 2000)),
        contradictions=(Contradictions("0a1b", "决算公开.pdf", "盐湖县风力档案馆", 1, 3),),
    )
    text = text_of(news, Language.EN)
    for line in (
        "Less is proven of all figures: 95.0 % (1,900/2,000) after 99.0 % (990/1,000)",
        "Less is proven of 决算公开.pdf (盐湖县风力档案馆): 96.0 % (96/100) after 99.0 % (99/100); "
        "see: juesuan explain 0a1b",
        "Contradicts itself: 决算公开.pdf (盐湖县风力档案馆): 3 contradictions instead of 1; "
        "see: juesuan discrepancies 0a1b",
        "Over: 盐湖县2023年部门决算.pdf",
        "Acknowledged and still so: 1",
    ):
        assert line in text.splitlines()
    assert "Still: yanhu, since 2026-11-2" in text
    assert "证实比例下降：决算公开.pdf（盐湖县风力档案馆）：由 99.0 % (99/100) 降至" in text_of(
        news, Language.ZH
    )


@pytest.mark.parametrize(
    ("news", "title"),
    [
        (NightNews(over=(SITE,)), "juesuan nightly: 1 problem is over"),
        (
            NightNews(contradictions=(Contradictions("0", "x.pdf", "", 0, 2),)),
            "juesuan nightly: new contradictions in 1 document",
        ),
    ],
)
def test_news_that_is_not_bad_is_called_what_it_is(news, title):
    assert text_of(news, Language.EN, exit_code=0).startswith(title)


@pytest.mark.parametrize("language", Language)
def test_of_many_the_first_are_named_and_the_others_counted(language):
    files = [Trouble(TroubleKind.FILE, str(n), f"{'决' * 300}{n}.pdf") for n in range(400)]
    text = text_of(NightNews(new=standing(*files, SITE)), language)
    assert "yanhu" in text
    assert "395" in text
    assert len(text.encode()) < 2048


@pytest.mark.parametrize("language", Language)
def test_a_night_that_could_not_do_its_work_says_why(language):
    text = text_of(NightNews(), language, exit_code=2, error="the disk is full at /srv:\n free")
    assert text.splitlines()[1] == "the disk is full at /srv: free"
