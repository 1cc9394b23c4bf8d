"""The situations in which a request cannot be served, each with its status and its sentence.

The sentence is what a child or a counsellor reads: French, short, never a reason to feel guilty.
Not for: failures behind the api (bot, provider), which never become an HTTP answer.
"""

from typing import Any


class RelaisError(Exception):
    """A request that cannot be served. Holds no text of anybody."""

    status = 500
    sentence = "Un problème est survenu. Réessaie dans un instant."

    def __init__(self, **detail: Any) -> None:  # noqa: ANN401 - JSON
        super().__init__(type(self).__name__)
        self.detail = detail


class UnauthorizedError(RelaisError):
    """No token or session, or one that is no longer valid."""

    status = 401
    sentence = "Cette conversation n'est plus ouverte ici."


class ForbiddenError(RelaisError):
    """Known, but not allowed."""

    status = 403
    sentence = "Action non autorisée."


class NotFoundError(RelaisError):
    """What was asked for is not there, or not for the one who asks."""

    status = 404
    sentence = "Introuvable."


class ConflictError(RelaisError):
    """Somebody else was first; `detail` says how things are now."""

    status = 409
    sentence = "La conversation a changé entre-temps."


class TooManyTriesError(RelaisError):
    """A code or a password was tried too often."""

    status = 429
    sentence = "Trop d'essais. Attends une minute, puis réessaie."
