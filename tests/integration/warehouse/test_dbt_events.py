"""What is not made of dbt's events is what nobody would have seen."""

import pytest
from dbt.events.types import LogStartLine, MainEncounteredError
from dbt.tracking import track_behavior_change_warn
from dbt_common.events import base_types, event_manager
from dbt_common.events.base_types import EventLevel, EventMsg
from dbt_common.events.event_manager import EventManager
from dbt_common.events.logger import LineFormat, LoggerConfig
from dbt_common.events.types import Note

from pipelines.warehouse.dbt_events import pass_over_unheard_events

DEBUG, INFO = EventLevel.DEBUG, EventLevel.INFO


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The levels of the messages that are made of events from now on."""
    levels: list[str] = []
    make = event_manager.msg_from_base_event

    def noted(event: object, level: EventLevel | None = None) -> EventMsg:
        message = make(event, level=level)
        levels.append(message.info.level)
        return message

    monkeypatch.setattr(event_manager, "msg_from_base_event", noted)
    monkeypatch.setattr(EventManager, "fire_event", EventManager.fire_event)
    pass_over_unheard_events()
    return levels


def manager_with(folder, level: EventLevel) -> EventManager:
    """One that writes what is of a level into a file."""
    manager = EventManager()
    manager.callbacks.append(track_behavior_change_warn)
    manager.add_logger(
        LoggerConfig(
            name=f"test_{level.value}",
            filter=lambda _: True,
            level=level,
            line_format=LineFormat.PlainText,
            output_file_name=str(folder / "dbt.log"),
        )
    )
    return manager


def fire_all(manager: EventManager, folder) -> str:
    """Fire events of every level; return what was written of them."""
    for level in EventLevel:
        manager.fire_event(Note(msg=f"a note to {level.value}"), level=level)
    manager.fire_event(MainEncounteredError(exc="went wrong"))
    manager.fire_event(LogStartLine(description="a node", index=1, total=1))
    manager.flush()
    return (folder / "dbt.log").read_text(encoding="utf-8")


def test_what_is_written_stays_the_same(tmp_path, monkeypatch, made):
    (tmp_path / "by_dbt").mkdir()
    (tmp_path / "by_us").mkdir()
    by_us = fire_all(manager_with(tmp_path / "by_us", INFO), tmp_path / "by_us")
    assert "debug" not in made
    assert {"info", "warn", "error"} <= {*made}
    monkeypatch.undo()
    by_dbt = fire_all(manager_with(tmp_path / "by_dbt", INFO), tmp_path / "by_dbt")
    lines = [[line[8:] for line in text.splitlines()] for text in (by_us, by_dbt)]
    assert "a note to info" in by_us
    assert lines[0] == lines[1]


@pytest.mark.usefixtures("made")
def test_who_debugs_dbt_hears_everything(tmp_path):
    assert "a note to debug" in fire_all(manager_with(tmp_path, DEBUG), tmp_path)
    listened = manager_with(tmp_path, INFO)
    heard: list[str] = []
    listened.callbacks.append(lambda message: heard.append(message.info.level))
    fire_all(listened, tmp_path)
    assert "debug" in heard


def test_what_may_have_to_be_an_error_is_told(tmp_path, made):
    manager = manager_with(tmp_path, INFO)
    manager.fire_event(Note(msg="behind"), level=DEBUG, force_warn_or_error_handling=True)
    assert made == ["debug"]


def test_what_an_event_says_is_packed_when_somebody_asks(monkeypatch, made):
    packed: list[str] = []
    pack = base_types.ParseDict

    def noted(told: dict[str, object], message: object) -> object:
        packed.append(type(message).__name__)
        return pack(told, message)

    monkeypatch.setattr(base_types, "ParseDict", noted)
    silent, told = LogStartLine(description="a node", index=1, total=1), Note(msg="told")
    assert packed == []
    assert (told.msg, told.message(), told.to_dict()) == ("told", "told", {"msg": "told"})
    told.msg = "told anew"
    assert told.message() == "told anew"
    assert packed == ["Note"]
    assert silent.pb_msg.total == 1
    assert packed == ["Note", "LogStartLine"]
    assert made == []


@pytest.mark.usefixtures("made")
def test_dbt_is_told_once():
    told = EventManager.fire_event
    pass_over_unheard_events()
    assert EventManager.fire_event is told
