"""Where people are told what went wrong: a group's robot in a chat program, or another program.

Knows which program an address belongs to. Does not know what is said to it, nor how.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit


class ChatProgram(StrEnum):
    """Whose way of taking messages an address has."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    SLACK = "slack"
    JSON = "json"  # any other program


# A group's robot lives on the program's own host. Lark is what Feishu is called abroad.
HOSTS = {
    "qyapi.weixin.qq.com": ChatProgram.WECOM,
    "oapi.dingtalk.com": ChatProgram.DINGTALK,
    "open.feishu.cn": ChatProgram.FEISHU,
    "open.larksuite.com": ChatProgram.FEISHU,
    "hooks.slack.com": ChatProgram.SLACK,
}


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes messages. Whoever knows it may post there, so it is never printed.

    Attributes:
        address: The whole address, with what gives the right to post.
        program: Whose way of taking messages it has.
        secret: What messages are signed with, '' where they are not.
    """

    address: str = field(repr=False)
    program: ChatProgram
    secret: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The part of the address that may be shown."""
        return urlsplit(self.address).hostname or ""


def program_at(address: str) -> ChatProgram:
    """The chat program that an address belongs to, by its host.

    Raises:
        ValueError: It is no address of HTTP.

    Examples:
        >>> program_at("https://oapi.dingtalk.com/robot/send?access_token=0")
        <ChatProgram.DINGTALK: 'dingtalk'>
        >>> program_at("http://localhost:8080/night")
        <ChatProgram.JSON: 'json'>
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = "no address that begins with http:// or https:// and a host"
        raise ValueError(message)
    return HOSTS.get(parts.hostname, ChatProgram.JSON)
