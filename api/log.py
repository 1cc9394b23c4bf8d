"""The api's log: time, level, logger, and a message only where it is of our own words.

Of every library, at any level, no more is written than where a record was made and the type of an
error: a driver's error quotes a row, a client's debug line an address with a number in it. The
access log is off: an address and a time are a trace of a child. Not for: metrics.
"""

import logging
import sys
import threading
from types import TracebackType

OURS = "api"
# They write a line of every statement or request at INFO: nobody needs these, silent as they are.
_TALKATIVE = ("alembic", "httpx", "sqlalchemy")

log = logging.getLogger(__name__)


class Plain(logging.Formatter):
    """Writes what we say, where others have said something, and of an error only its type."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] == OURS
        said = record.getMessage() if ours else f"{record.module}.{record.funcName}"
        words = [self.formatTime(record), record.levelname, record.name, said]
        if record.exc_info and record.exc_info[0] is not None:
            words.append(f"error={record.exc_info[0].__name__}")
        return " ".join(words)


def set_up(level: str = "INFO") -> None:
    """Take over all that this process may write about itself, Python's own last words too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in list(root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel("WARNING" if level == "INFO" else level)
    # Without these, Python itself prints a record that has no handler or cannot be written.
    logging.lastResort = handler
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    # And these three would print a traceback, with the words that the error quotes.
    sys.excepthook = _uncaught
    threading.excepthook = lambda died: _uncaught(died.exc_type)
    sys.unraisablehook = lambda lost: _uncaught(lost.exc_type)


def _uncaught(
    kind: type[BaseException],
    _error: BaseException | None = None,
    _traceback: TracebackType | None = None,
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("uncaught error=%s", kind.__name__)
