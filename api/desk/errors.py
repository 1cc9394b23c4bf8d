"""The situations in which the desk refuses, each with its status and its sentence for a counsellor.

Not for: what a child reads (`api/errors.py`).
"""

from api.errors import (
    ConflictError,
    ForbiddenError,
    NotFoundError,
    RelaisError,
    TooManyTriesError,
    UnauthorizedError,
)


class SignedOutError(UnauthorizedError):
    """No session, or one that has ended."""

    sentence = "La session est terminée. Il faut se reconnecter."


class WrongCredentialsError(UnauthorizedError):
    """One of address, password and code is wrong; which one is nobody's business."""

    sentence = "Adresse, mot de passe ou code incorrect."


class LockedError(TooManyTriesError):
    """Too many wrong tries on this account. `retry_after`: seconds until the next one counts."""

    sentence = "Trop d'essais. Ce compte doit attendre un moment."


class NotAllowedError(ForbiddenError):
    """The role does not have the permission."""

    sentence = "Ce compte n'a pas le droit de faire cela."


class ConversationGoneError(NotFoundError):
    """It was never there, or it was erased."""

    sentence = "Cette conversation n'existe plus."


class TakenError(ConflictError):
    """A colleague holds the conversation; `holder` and `assignee` say who."""

    sentence = "Une autre personne tient cette conversation."


class NotHeldError(ConflictError):
    """The conversation has to be taken first."""

    sentence = "Il faut d'abord prendre la conversation."


class ClosedError(ConflictError):
    """Nothing more can be done in a closed conversation."""

    sentence = "Cette conversation est terminée."


class DangerOpenError(ConflictError):
    """R2 or R3 stands: the child is not left alone (design of the handoff)."""

    sentence = (
        "Un danger est ouvert : il faut l'abaisser avant de rendre la conversation au programme"
        " ou de la terminer."
    )


class LostError(ConflictError):
    """The key of the conversation does not open: nothing can be written there any more."""

    sentence = (
        "Cette conversation ne s'ouvre plus. Ce que l'enfant écrira arrivera dans une nouvelle."
    )


class RepeatedIdError(ConflictError):
    """The `client_id` of a message that somebody else wrote here."""

    sentence = "Ce message porte le numéro d'un autre. Il faut l'envoyer à nouveau."


class TextLengthError(RelaisError):
    """A message or a note that is empty or too long."""

    status = 422
    sentence = "Le texte doit avoir entre 1 et 2 000 signes."


class SmsLengthError(RelaisError):
    """Longer than one message to a phone may be, with the line that says who writes."""

    status = 422
    sentence = "Par SMS, un message a au plus 1 600 signes, ligne de présentation comprise."


class DangerKindMissingError(RelaisError):
    """A level without a kind: the program would not know what to say."""

    status = 422
    sentence = "Il faut dire de quel danger il s'agit."
