"""Spares dbt the events that nobody listens to.

Knows how dbt tells of what it does. dbt packs what every event says, two of each query, and makes a
message of it, before it asks whether anybody wants one of its level: a tenth of the time of a small
build.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbt_common.events.base_types import BaseEvent, EventLevel
    from dbt_common.events.event_manager import EventManager


def pass_over_unheard_events() -> None:
    """Have dbt, in this process, make no message for those who debug it where nobody does."""
    from dbt_common.events.base_types import BaseEvent
    from dbt_common.events.event_manager import EventManager

    by_dbt = EventManager.fire_event
    if getattr(by_dbt, "is_of_juesuan", False):
        return

    def fire_event(
        self: "EventManager",
        e: "BaseEvent",
        level: "EventLevel | None" = None,
        node: object = None,
        force_warn_or_error_handling: bool = False,  # noqa: FBT001, FBT002 - as dbt calls it
    ) -> None:
        if force_warn_or_error_handling or _is_heard(self, level or e.level_tag()):
            by_dbt(self, e, level, node, force_warn_or_error_handling)

    fire_event.is_of_juesuan = True  # type: ignore[attr-defined]
    EventManager.fire_event = fire_event  # type: ignore[method-assign]
    _pack_when_asked(BaseEvent)


def _pack_when_asked(kind: "type[BaseEvent]") -> None:
    """Have an event pack what it says when somebody first asks for it, not when it is made."""
    if "pb_msg" in vars(kind):
        return
    pack = kind.__init__

    def keep(self: "BaseEvent", *values: object, **told: object) -> None:
        self.__dict__["_told"] = values, told

    def packed(self: "BaseEvent") -> object:
        if "_packed" not in self.__dict__:
            values, told = self.__dict__["_told"]
            # dbt itself sets pb_msg.
            pack(self, *values, **told)
        return self.__dict__["_packed"]

    def set_packed(self: "BaseEvent", message: object) -> None:
        self.__dict__["_packed"] = message

    kind.__init__ = keep  # type: ignore[method-assign]
    kind.pb_msg = property(packed, set_packed)


def _is_heard(manager: "EventManager", level: "EventLevel") -> bool:
    from dbt.tracking import track_behavior_change_warn
    from dbt_common.events.base_types import EventLevel

    return (
        level is not EventLevel.DEBUG
        # dbt's own listener, which is always there, waits for a kind of warning.
        or any(listener is not track_behavior_change_warn for listener in manager.callbacks)
        or any(logger.level is EventLevel.DEBUG for logger in manager.loggers)
    )
