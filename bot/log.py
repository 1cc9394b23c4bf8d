"""The log of the bot and action processes: time, level, logger, event name, exception type.

Not for: finding out what a child wrote. Stock Rasa writes it, with the whole tracker, when an
action fails; so no message, argument or traceback of any library is written here, at any level.
"""

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from typing import Any

import structlog

# Names such as "processor.actions.log" or, with our own `kind`, "turn.failed.no_rule"; anything
# else is text.
_EVENT_NAME = re.compile(r"[a-z_]+(\.[a-z_]+)+")


class Plain(logging.Formatter):
    """Writes what a record is called and never what it says."""

    def format(self, record: logging.LogRecord) -> str:
        event = getattr(record, "event_name", f"{record.module}.{record.funcName}")
        words = [self.formatTime(record), record.levelname, record.name, event]
        if record.exc_info and record.exc_info[0] is not None:
            words.append(record.exc_info[0].__name__)
        return " ".join(words)


def set_up(level: str = "INFO") -> None:
    """Take over every logger there is. Called last before serving: libraries set up their own."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in list(root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
    # Without these, Python itself prints a record that has no handler or cannot be written.
    logging.lastResort = handler
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    # And these three would print a traceback, with the words that the error quotes.
    sys.excepthook = lambda kind, *_: uncaught(kind)
    threading.excepthook = lambda died: uncaught(died.exc_type)
    sys.unraisablehook = lambda lost: uncaught(lost.exc_type)
    structlog.configure(
        processors=[to_record],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )


def uncaught(kind: type[BaseException]) -> None:
    """Write what kind of error ended a thread or the process."""
    if not issubclass(kind, KeyboardInterrupt):
        # Of the error itself nothing is handed on: `Plain` writes its type.
        logging.getLogger(__name__).critical("", exc_info=(kind, BaseException(), None))


def to_record(_: object, __: str, event: MutableMapping[str, Any]) -> tuple[Any, ...]:
    """Turn a structlog event into a record that has its name and nothing else."""
    name = ".".join(str(event[part]) for part in ("event", "kind") if part in event)
    name = name if _EVENT_NAME.fullmatch(name) else "unnamed"
    return (name,), {"exc_info": event.get("exc_info"), "extra": {"event_name": name}}
