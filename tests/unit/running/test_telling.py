"""Messages reach each chat program in its own way, and a refusal is noticed and said in a line."""

import json

import pytest

from pipelines.domain.webhook import ChatProgram, Webhook
from pipelines.running.messages import Message
from pipelines.running.telling import tell
from tests.portal.chat_programs import ChatServer, listening

SECRET = "SEC0123456789abcdef"  # noqa: S105 - of a server that this test starts
RIGHT_PATHS = {
    ChatProgram.WECOM: "/cgi-bin/webhook/send?key=right-key",
    ChatProgram.DINGTALK: "/robot/send?access_token=right-token",
    ChatProgram.FEISHU: "/open-apis/bot/v2/hook/right-hook",
    ChatProgram.SLACK: "/services/T0000/B0000/right-hook",
    ChatProgram.JSON: "/night",
}
WRONG_PATHS = {
    ChatProgram.WECOM: "/cgi-bin/webhook/send?key=wrong-key-0123",
    ChatProgram.DINGTALK: "/robot/send?access_token=wrong-token-0123",
    ChatProgram.FEISHU: "/open-apis/bot/v2/hook/wrong-hook-0123",
    ChatProgram.SLACK: "/services/T0000/B0000/wrong-hook-0123",
}
MESSAGE = Message(
    "juesuan nightly: 1 new problem(s)",
    ('Not read: <at user_id="all">x</at> & y.pdf: damaged',),
    "Next: juesuan status",
    {"exit_code": 1},
)


def shown_text(program, taken):
    """What people see of a message."""
    if program in (ChatProgram.WECOM, ChatProgram.DINGTALK):
        return taken["text"]["content"]
    if program is ChatProgram.FEISHU:
        return taken["content"]["text"]
    return taken["text"]


@pytest.mark.parametrize("program", ChatProgram)
def test_each_program_takes_its_message(program):
    with listening(ChatServer(program)) as server:
        webhook = Webhook(server.url(RIGHT_PATHS[program]), program)
        assert tell(webhook, MESSAGE) == ""
    (taken,) = server.taken
    text = shown_text(program, taken)
    assert text.startswith("juesuan nightly: 1 new problem(s)\n")
    assert text.endswith("\nNext: juesuan status")
    assert ("exit_code" in taken) == (program is ChatProgram.JSON)


@pytest.mark.parametrize("program", [ChatProgram.DINGTALK, ChatProgram.FEISHU])
def test_messages_are_signed_where_there_is_a_secret(program):
    with listening(ChatServer(program, secret=SECRET)) as server:
        address = server.url(RIGHT_PATHS[program])
        assert tell(Webhook(address, program, SECRET), MESSAGE) == ""
        trouble = tell(Webhook(address, program, "another secret"), MESSAGE)
        assert "JUESUAN_WEBHOOK_SECRET" in trouble
        assert "another secret" not in trouble
        assert "JUESUAN_WEBHOOK_SECRET" in tell(Webhook(address, program), MESSAGE)
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (ChatProgram.WECOM, "error 93000: invalid webhook url"),
        (ChatProgram.DINGTALK, "error 300001: token is not exist"),
        (ChatProgram.FEISHU, "error 19001: param invalid"),
        (ChatProgram.SLACK, "HTTP 404 Not Found no_service"),
    ],
)
def test_a_refusal_is_said_in_a_line_without_what_gives_the_right_to_post(program, said):
    with listening(ChatServer(program)) as server:
        trouble = tell(Webhook(server.url(WRONG_PATHS[program]), program), MESSAGE)
    assert trouble.startswith(f"the webhook at 127.0.0.1 could not be told: {said}")
    assert "wrong" not in trouble.partition("; ")[0]
    assert "0123" not in trouble
    assert "\n" not in trouble
    assert (server.asked, server.taken) == (1, [])


@pytest.mark.parametrize("program", [ChatProgram.WECOM, ChatProgram.DINGTALK, ChatProgram.FEISHU])
@pytest.mark.parametrize("answer", ["", "<html>log in</html>", "[]", '{"ok": true}', "null"])
def test_an_answer_that_says_nothing_of_errors_is_no_consent(program, answer):
    with listening(ChatServer(program, answers=[(200, answer)])) as server:
        trouble = tell(Webhook(server.url(RIGHT_PATHS[program]), program), MESSAGE)
    assert f"it does not answer as {program} does" in trouble
    assert "JUESUAN_WEBHOOK_FORMAT" in trouble


def test_slack_consents_with_a_word():
    with listening(ChatServer("slack", answers=[(200, "<html>")])) as server:
        webhook = Webhook(server.url(RIGHT_PATHS[ChatProgram.SLACK]), ChatProgram.SLACK)
        assert "'<html>' instead of ok" in tell(webhook, MESSAGE)


def test_feishu_may_consent_in_its_older_words():
    answer = json.dumps({"StatusCode": 0, "StatusMessage": "success"})
    with listening(ChatServer("feishu", answers=[(200, answer)])) as server:
        webhook = Webhook(server.url(RIGHT_PATHS[ChatProgram.FEISHU]), ChatProgram.FEISHU)
        assert tell(webhook, MESSAGE) == ""


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_not_followed_to_where_the_message_would_be_lost(status):
    with listening(ChatServer("json")) as server:
        server.answers = [(status, server.url("/elsewhere"))]
        trouble = tell(Webhook(server.url("/night"), ChatProgram.JSON), MESSAGE)
    assert f"HTTP {status}" in trouble


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_trouble_that_may_pass_is_met_with_patience(status):
    answers = [(status, ""), (status, "")]
    with listening(ChatServer("json", answers=answers)) as server:
        assert tell(Webhook(server.url("/night"), ChatProgram.JSON), MESSAGE, (0.01, 0.01)) == ""
        assert server.asked == 3
        server.answers = [(status, "")] * 4
        trouble = tell(Webhook(server.url("/night"), ChatProgram.JSON), MESSAGE, (0.01, 0.01))
    assert f"HTTP {status}" in trouble
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/robot/send?access_token=0123secret",
        "http://127.0.0.1/robot/send?access_token=0123 secret",
        "http://0123secret:0123secret@127.0.0.1/night",
        "http://127.0.0.1:0123secret/night",
    ],
)
def test_who_cannot_be_reached_is_named_by_the_host_alone(address):
    trouble = tell(Webhook(address, ChatProgram.DINGTALK), MESSAGE, waits=())
    assert trouble.startswith("the webhook at 127.0.0.1 could not be told: ")
    assert "0123" not in trouble


def test_a_webhook_shows_neither_address_nor_secret():
    webhook = Webhook("https://oapi.dingtalk.com/x?access_token=0123", ChatProgram.DINGTALK, "4567")
    assert "0123" not in repr(webhook)
    assert "4567" not in repr(webhook)


def test_nowhere_is_told_without_a_word():
    assert tell(None, MESSAGE) == ""


def test_a_long_message_fits_and_still_says_what_to_do_next():
    lines = tuple(
        f"文件未能读取：敦煌市医保票据修复事务局{number}年度部门决算.docx" for number in range(99)
    )
    message = Message("juesuan 夜间任务", lines, "下一步：juesuan status")
    with listening(ChatServer("wecom")) as server:
        webhook = Webhook(server.url(RIGHT_PATHS[ChatProgram.WECOM]), ChatProgram.WECOM)
        assert tell(webhook, message) == ""
    said = server.taken[0]["text"]["content"].splitlines()
    assert said[:2] == ["juesuan 夜间任务", lines[0]]
    assert said[-2:] == ["…", "下一步：juesuan status"]
