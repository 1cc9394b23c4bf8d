"""The api's logging: time, level, logger, and a message of our own words.

Tracebacks are reduced to the type of the error, because an error may quote what somebody wrote.
The access log is off: an address and a time are a trace of a child. Not for: metrics.
"""

import logging
import logging.config

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
# Libraries that put URLs, parameters or bodies into their debug lines.
QUIET = ("httpx", "httpcore", "twilio", "aiohttp", "urllib3", "sqlalchemy", "aiosqlite", "psycopg")


class TypeOnly(logging.Formatter):
    """Writes of an error only what kind it is."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        kind = ei[0] if isinstance(ei, tuple) else None
        return f"error={kind.__name__}" if isinstance(kind, type) else "error"

    def formatStack(self, stack_info: str) -> str:  # noqa: ARG002, N802
        return ""


def set_up(level: str = "INFO") -> None:
    """Take over all logging of this process."""
    handler = logging.StreamHandler()
    handler.setFormatter(TypeOnly(FORMAT))
    logging.root.handlers = [handler]
    logging.root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
