"""How a refusal is answered: one handler, a French sentence, never a word of what was sent.

Not for: deciding to refuse.
"""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.channels.webchat_shapes import LONGEST_TEXT
from api.errors import RelaisError
from api.pages import HEADERS, NOT_KEPT

SENTENCES = {
    404: "Introuvable.",
    405: "Action non prévue.",
    413: "C'est trop long.",
    422: f"Ce message ne peut pas partir. Il doit avoir entre 1 et {LONGEST_TEXT} signes.",
}
ANY = "Un problème est survenu. Réessaie dans un instant."


def answer_refusals(app: FastAPI) -> None:
    """Install the handlers."""
    app.add_exception_handler(RelaisError, _relais)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _broken)


async def _relais(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RelaisError)  # noqa: S101 - installed for this type
    seconds = error.detail.get("retry_after")
    headers = {"Retry-After": str(seconds)} if seconds is not None else None
    return JSONResponse({"error": error.sentence, **error.detail}, error.status, headers)


async def _invalid(_request: Request, _error: Exception) -> JSONResponse:
    # FastAPI's own answer quotes the input: here that is a child's words.
    return JSONResponse({"error": SENTENCES[422]}, 422)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - installed for this type
    sentence = SENTENCES.get(error.status_code, ANY)
    return JSONResponse({"error": sentence}, error.status_code, error.headers)


async def _broken(_request: Request, _error: Exception) -> JSONResponse:
    # Starlette answers this one outside of every middleware, so it brings the headers itself.
    return JSONResponse({"error": ANY}, 500, {**HEADERS, "Cache-Control": NOT_KEPT})
