"""Where the explorer listens, and which browsers it opens."""

import socket
import webbrowser

import pytest

from pipelines.serving.running import PortTakenError, address_of, listen, open_in_browser


class Recorded(webbrowser.BaseBrowser):
    """A browser with a window of its own that remembers what it was asked to show."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        super().__init__("recorded")
        self.shown: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: ARG002, FBT001, FBT002
        """Remember an address."""
        self.shown.append(url)
        return True


def test_a_free_port_is_taken_and_its_address_said():
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert address_of(listening, "127.0.0.1") == f"http://127.0.0.1:{port}/"
        assert address_of(listening, "::1") == f"http://[::1]:{port}/"
        # A browser that comes before the application waits, and is not refused.
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass


def test_a_port_in_use_is_said_with_what_to_do():
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"port {port} of 127.0.0.1 is in use.*--port"):
            listen("127.0.0.1", port)


def test_a_host_of_another_machine_is_said():
    with pytest.raises(PortTakenError, match=r"cannot listen on 203\.0\.113\.7.*--host"):
        listen("203.0.113.7", 0)


def test_a_browser_with_a_window_is_opened(monkeypatch):
    browser = Recorded()
    monkeypatch.setattr("threading.Thread.start", lambda thread: thread.run())
    open_in_browser("http://127.0.0.1:1/", lambda: browser)
    assert browser.shown == ["http://127.0.0.1:1/"]


def test_no_browser_takes_the_terminal_and_none_is_needed():
    shown: list[str] = []
    in_the_terminal = webbrowser.GenericBrowser("links")
    in_the_terminal.open = shown.append  # type: ignore[assignment, method-assign]
    open_in_browser("http://127.0.0.1:1/", lambda: in_the_terminal)

    def none_there() -> webbrowser.BaseBrowser:
        raise webbrowser.Error

    open_in_browser("http://127.0.0.1:1/", none_there)
    assert shown == []
