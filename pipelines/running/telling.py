"""Tells a chat program or another program what happened, and makes sure that it was taken.

Knows how WeCom, DingTalk, Feishu and Slack want a message, how they sign it, and that they refuse
one with an error in the body of an answer that is otherwise fine. Does not know what is worth
telling. Never makes things worse by failing itself, and never prints what gives the right to post.
"""

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException, InvalidURL
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlsplit

from pipelines.domain.messages import marked, say
from pipelines.domain.webhook import ChatProgram, Webhook
from pipelines.running.messages import Message

SECONDS = 10
# How long to wait before trying again where nobody answered or the other side is in trouble.
WAITS = (2.0, 10.0)
PASSING_TROUBLES = frozenset({429, 500, 502, 503, 504})
ANSWER_BYTES = 64 * 1024
SHOWN_OF_ANSWER = 200
SHORTEST_SECRET = 6
# Bytes of text that a message may have. WeCom refuses more than 2,048, DingTalk and Feishu 20,000
# with all around it; Slack cuts in two what is longer than 4,000 characters.
MOST_BYTES = {
    ChatProgram.WECOM: 2048,
    ChatProgram.DINGTALK: 6000,
    ChatProgram.FEISHU: 6000,
    ChatProgram.SLACK: 3900,
    ChatProgram.JSON: 20_000,
}
# What to do about refusals whose own words do not say it.
REMEDIES = {
    (ChatProgram.WECOM, 93000): marked(
        "the robot is gone or the key is wrong: copy the address anew"
    ),
    (ChatProgram.DINGTALK, 310000): marked(
        "the robot's security settings refuse it: set JUESUAN_WEBHOOK_SECRET to its secret (加签), "
        "take juesuan as its keyword, or add this machine's address"
    ),
    (ChatProgram.DINGTALK, 300001): marked("the token is wrong: copy the address anew"),
    (ChatProgram.FEISHU, 19001): marked("the robot is gone or the address is wrong: copy it anew"),
    (ChatProgram.FEISHU, 19021): marked(
        "the signature is refused: set JUESUAN_WEBHOOK_SECRET to the robot's secret (签名校验), "
        "and see that this machine's clock is right"
    ),
    (ChatProgram.FEISHU, 19022): marked(
        "add this machine's address to those that the robot listens to"
    ),
    (ChatProgram.FEISHU, 19024): marked("take juesuan as the robot's keyword"),
}


class _RefusedError(Exception):
    """The other side answered, and did not take the message."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Lets redirects be errors: followed, a message would arrive as a question without content."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class _Posting:
    address: str
    content: Mapping[str, object]


def tell(webhook: Webhook | None, message: Message, waits: Sequence[float] = WAITS) -> str:
    """Post a message in the way that the other side takes it, and read what it answers.

    Args:
        webhook: Where to; None for nowhere.
        message: What to tell.
        waits: Seconds before each further attempt where the trouble may pass.

    Returns:
        In one line why it could not be told, '' where it was or nobody wants to know.
    """
    if webhook is None:
        return ""
    trouble = ""
    for wait in (0.0, *waits):
        time.sleep(wait)
        trouble, may_pass = _attempt(webhook, message)
        if not trouble or not may_pass:
            break
    if not trouble:
        return ""
    said = " ".join(_without_secrets(trouble, webhook).split())
    return say("the webhook at {host} could not be told: {why}", host=webhook.host, why=said)


def _attempt(webhook: Webhook, message: Message) -> tuple[str, bool]:
    """Why a message could not be told, '' where it was; and whether to try again."""
    try:
        _check(webhook.program, _post(POSTINGS[webhook.program](webhook, message)))
    except urllib.error.HTTPError as error:
        with error:
            said = error.read(ANSWER_BYTES).decode("utf-8", "replace")[:SHOWN_OF_ANSWER]
        return f"HTTP {error.code} {error.reason} {said}", error.code in PASSING_TROUBLES
    except _RefusedError as error:
        return str(error), False
    except (InvalidURL, ValueError) as error:
        return str(error), False
    except (OSError, HTTPException) as error:
        return str(error) or type(error).__name__, True
    return "", False


def _post(posting: _Posting) -> str:
    request = urllib.request.Request(  # noqa: S310 - the settings take addresses of HTTP only
        posting.address,
        data=json.dumps(posting.content, ensure_ascii=False, default=str).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    opener = urllib.request.build_opener(_NoRedirects)
    with opener.open(request, timeout=SECONDS) as answer:
        content: bytes = answer.read(ANSWER_BYTES)
    return content.decode("utf-8", "replace")


def _for_wecom(webhook: Webhook, message: Message) -> _Posting:
    text = message.text_within(MOST_BYTES[webhook.program])
    return _Posting(webhook.address, {"msgtype": "text", "text": {"content": text}})


def _for_dingtalk(webhook: Webhook, message: Message) -> _Posting:
    """DingTalk wants the signature in the address, with the time in milliseconds."""
    address = webhook.address
    if webhook.secret:
        moment = str(round(time.time() * 1000))
        signed = _digest(webhook.secret, f"{moment}\n{webhook.secret}")
        joint = "&" if urlsplit(address).query else "?"
        address = f"{address}{joint}timestamp={moment}&sign={quote_plus(signed)}"
    text = message.text_within(MOST_BYTES[webhook.program])
    return _Posting(address, {"msgtype": "text", "text": {"content": text}})


def _for_feishu(webhook: Webhook, message: Message) -> _Posting:
    """Feishu wants the signature in the message: of nothing, with time and secret as the key."""
    # A tag would call somebody: <at user_id="all">. Names of files come from the network.
    text = message.text_within(MOST_BYTES[webhook.program]).replace("<", "＜")
    content: dict[str, object] = {"msg_type": "text", "content": {"text": text}}
    if webhook.secret:
        moment = str(round(time.time()))
        content |= {"timestamp": moment, "sign": _digest(f"{moment}\n{webhook.secret}", "")}
    return _Posting(webhook.address, content)


def _for_slack(webhook: Webhook, message: Message) -> _Posting:
    text = message.text_within(MOST_BYTES[webhook.program])
    for sign, spelt in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, spelt)
    return _Posting(webhook.address, {"text": text})


def _for_a_program(webhook: Webhook, message: Message) -> _Posting:
    text = message.text_within(MOST_BYTES[webhook.program])
    return _Posting(webhook.address, {"text": text, **message.facts})


POSTINGS: Mapping[ChatProgram, Callable[[Webhook, Message], _Posting]] = {
    ChatProgram.WECOM: _for_wecom,
    ChatProgram.DINGTALK: _for_dingtalk,
    ChatProgram.FEISHU: _for_feishu,
    ChatProgram.SLACK: _for_slack,
    ChatProgram.JSON: _for_a_program,
}


def _digest(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)).decode()


def _check(program: ChatProgram, answer: str) -> None:
    """Read an answer of status 200.

    Raises:
        _RefusedError: It says that the message was not taken.
    """
    if program is ChatProgram.JSON:
        return
    if program is ChatProgram.SLACK:
        if answer.strip() != "ok":
            shown = answer.strip()[:SHOWN_OF_ANSWER]
            raise _RefusedError(say("it answered {answer!r} instead of ok", answer=shown))
        return
    code, said = _verdict(program, answer)
    if code != 0:
        refusal = say("error {code}: {said}", code=code, said=said)
        if remedy := REMEDIES.get((program, code)):
            refusal = say("{refusal}; {remedy}", refusal=refusal, remedy=say(remedy))
        raise _RefusedError(refusal)


def _verdict(program: ChatProgram, answer: str) -> tuple[int, str]:
    """The error code of an answer, 0 for none, and what it says.

    Raises:
        _RefusedError: The answer has no error code: nobody knows what became of the message.
    """
    try:
        read: Any = json.loads(answer)
        # Feishu's older answers have the second pair of names.
        names = ("errcode", "errmsg"), ("code", "msg"), ("StatusCode", "StatusMessage")
        pairs = names[:1] if program is not ChatProgram.FEISHU else names[1:]
        name, words = next(pair for pair in pairs if pair[0] in read)
        return int(read[name]), str(read.get(words, ""))[:SHOWN_OF_ANSWER]
    except (ValueError, TypeError, StopIteration, AttributeError):
        shown = answer.strip()[:SHOWN_OF_ANSWER]
        message = say(
            "it does not answer as {program} does: {answer!r}; see JUESUAN_WEBHOOK_FORMAT",
            program=program,
            answer=shown,
        )
        raise _RefusedError(message) from None


def _without_secrets(text: str, webhook: Webhook) -> str:
    """A text without the parts of an address, or the secret, that give the right to post."""
    parts = urlsplit(webhook.address)
    login = parts.netloc.rpartition("@")[0]
    secrets = {
        webhook.address,
        webhook.secret,
        parts.path,
        parts.query,
        f"{parts.path}?{parts.query}",
        parts.path.rpartition("/")[2],
        login,
        *login.split(":"),
        parts.netloc.rpartition(":")[2],
        *(value for _, value in parse_qsl(parts.query)),
    }
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, "…")
    return text
