"""Webhooks that Twilio did not send: what somebody could make of one that it did.

Each is a whole request with the signature of the true one, or with one that somebody else could
make. Not for: sending them, or the bytes of a signature alone (`tests/channels`).
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import parse_qs, quote, urlencode

from tests.standins.twilio_webhooks import sign

FORM_TYPE = "application/x-www-form-urlencoded"
_OTHERS = ("", "0", " ", "+33639980099", "SM" + "f" * 32, "é", "\0", "\u202e", "<Response/>", "&=%")
_PROXIES = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP")
_LETTERS = bytes(range(0x30, 0x7B))
_METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


@dataclass(frozen=True)
class Webhook:
    """One request; `what` says how it differs from the true one. `body`, if any, is not a form."""

    path: str
    form: Mapping[str, str]
    signature: str | None
    what: str = "true"
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    @property
    def content(self) -> bytes:
        return urlencode(self.form).encode() if self.body is None else self.body

    @property
    def sent_headers(self) -> dict[str, str]:
        signed = {} if self.signature is None else {"X-Twilio-Signature": self.signature}
        return {"Content-Type": FORM_TYPE} | signed | dict(self.headers)


def signed(origin: str, path: str, form: Mapping[str, str], token: str) -> Webhook:
    """Return what Twilio sends."""
    return Webhook(path, form, sign(token, origin + path, form))


def forgeries(true: Webhook, origin: str, token: str) -> Iterator[Webhook]:
    """Give every forgery of the list."""
    yield from _of_the_form(true)
    yield from _of_the_body(true)
    yield from _of_the_signature(true, origin, token)
    yield from _of_the_address(true)
    yield from _of_headers(true)
    yield from _cut_anew(true)
    for method in _METHODS:
        yield replace(true, method=method, what=f"method {method}")


def by_chance(true: Webhook, random: Random) -> Iterator[Webhook]:
    """Give forgeries without end: bytes of the body, of the signature or both, anywhere."""
    said = parse_qs(true.content.decode("latin-1"), keep_blank_values=True)
    while True:
        body, signature = bytearray(true.content), list(true.signature or "")
        kind = random.choice(("body", "body", "signature", "both", "cut", "joined"))
        if kind in {"body", "both"}:
            for _ in range(random.randint(1, 4)):
                # Letters for the most part: what no form can hold is refused before it is compared.
                letter = random.choice((random.randrange(256), *random.choices(_LETTERS, k=7)))
                body[random.randrange(len(body))] = letter
        if kind in {"signature", "both"}:
            at = random.randrange(len(signature))
            signature[at] = random.choice("ABCDabcd0123+/=-_ é")
        if kind == "cut":
            del body[random.randrange(len(body)) :]
        if kind == "joined":
            body += random.choice((b"&", b"&x", b"&x=1", b"&Body=", b";", b"\n", b" ", b"%"))
        forged = replace(true, body=bytes(body), signature="".join(signature), what=f"by {kind}")
        # "%2b" says the same as "%2B": that is no forgery.
        same = parse_qs(forged.content.decode("latin-1"), keep_blank_values=True) == said
        if forged.signature != true.signature or not (same and len(body) == len(true.content)):
            yield forged


def _of_the_form(true: Webhook) -> Iterator[Webhook]:
    for name, value in true.form.items():
        rest = {key: kept for key, kept in true.form.items() if key != name}
        changed = {*_OTHERS, f"{value} ", f" {value}", f"{value}\n", value.swapcase(), value[:-1]}
        # The same to the eye, and not to a signature.
        changed |= {unicodedata.normalize(way, value) for way in ("NFC", "NFD", "NFKC", "NFKD")}
        for other in sorted(changed - {value}):
            yield replace(true, form=rest | {name: other}, what=f"{name} changed")
        yield replace(true, form=rest, what=f"{name} removed")
        for renamed in sorted({name.lower(), name.upper(), f"{name} ", f"{name}[]", f"x{name}"}):
            yield replace(true, form=rest | {renamed: value}, what=f"{name} renamed")
        for pair in (f"{name}={quote(value)}", f"{name}=", f"{name}=x"):
            doubled = true.content + f"&{pair}".encode()
            yield replace(true, body=doubled, what=f"{name} doubled behind")
            yield replace(true, body=f"{pair}&".encode() + true.content, what="doubled before")
        for other_name in true.form:
            if true.form[other_name] != value:
                swap = {name: true.form[other_name], other_name: value}
                yield replace(true, form={**true.form, **swap}, what=f"{name}, {other_name}")
    for name in ("Body2", "MediaUrl0", "a", "Z", "bodySHA256", "X-Twilio-Signature", "é"):
        yield replace(true, form={**true.form, name: "1"}, what="added")


def _of_the_body(true: Webhook) -> Iterator[Webhook]:
    bodies = {
        "nothing": b"",
        "json": b'{"Body": "x", "From": "+33639980099"}',
        "not utf-8": true.content + b"&x=%ff%fe",
        "raw bytes": true.content + b"&x=\xff\xfe",
        "utf-16": urlencode(true.form).encode("utf-16"),
        "nul": true.content + b"\0",
        "nul in front": b"\0" + true.content,
        "line end": true.content + b"\r\n",
        "semicolons": true.content.replace(b"&", b";"),
        "many parameters": true.content + b"&" + b"&".join(b"p%d=1" % n for n in range(200)),
        "too large": true.content + b"&x=" + b"a" * 70_000,
        "gigantic": b"a" * 2_000_000,
        "multipart": b'--x\r\nContent-Disposition: form-data; name="Body"\r\n\r\ny\r\n--x--\r\n',
    }
    for what, body in bodies.items():
        for kind in (FORM_TYPE, "application/json", "multipart/form-data; boundary=x", "text/xml"):
            yield replace(true, body=body, headers={"Content-Type": kind}, what=f"{what}, {kind}")


def _of_the_signature(true: Webhook, origin: str, token: str) -> Iterator[Webhook]:
    signature = true.signature or ""
    url = origin + true.path
    others = {None, "", " ", "=", signature[:-1], signature[1:], signature * 2, signature.lower()}
    others |= {signature.rstrip("="), f"{signature}=", f'"{signature}"', f"sha1={signature}"}
    others |= {f"{signature},{signature}", f"{signature}\t{signature}", "None", "null", "A" * 28}
    for token_of_others in ("", " ", "token2", token.upper(), token[::-1], f"{token} ", "demo"):
        others.add(sign(token_of_others, url, true.form))
    for address in (true.path, f"{url}/", f"{url}?", url.upper(), f"http{url[5:]}", f"{url}?x=1"):
        others.add(sign(token, address, true.form))
    others |= {sign(token, url, {}), sign(token, "", true.form), sign(token, url + "GET", {})}
    for other in sorted(others - {signature}, key=str):
        yield replace(true, signature=other, what="another signature")
    for at, letter in enumerate(signature):
        for bit in range(7):
            flipped = chr(ord(letter) ^ 1 << bit)
            if flipped.isprintable():
                changed = signature[:at] + flipped + signature[at + 1 :]
                yield replace(true, signature=changed, what="a bit of the signature")


def _of_the_address(true: Webhook) -> Iterator[Webhook]:
    mark = "&" if "?" in true.path else "?"
    for more in ("x=1", "From=%2B33639980099", "Body=x", "bodySHA256=" + "0" * 64, "a=%00"):
        yield replace(true, path=f"{true.path}{mark}{more}", what="query added")
    bare = true.path.partition("?")[0]
    for path in (f"{bare}/", f"/{bare}", f"{bare}/x", bare.upper(), f"{bare}%2f", f"{bare};x", "/"):
        yield replace(true, path=path, what=f"path {path}")


def _cut_anew(true: Webhook) -> Iterator[Webhook]:
    """Cut what is signed elsewhere, so that a number in the text is who sends it.

    Names and values are signed with nothing between them: its signature is the true one.
    """
    text, _, number = true.form.get("Body", "").partition("From+")
    if not number:
        return
    rest = {name: value for name, value in true.form.items() if name != "FromCity"}
    behind = f"From{true.form['From']}FromCity"
    anew = rest | {"Body": text, "From": f"+{number}", behind: true.form["FromCity"]}
    yield replace(true, form=anew, what="cut anew")


def _of_headers(true: Webhook) -> Iterator[Webhook]:
    # They change nothing of what is signed, so with a wrong signature they must not help either.
    for name in ("Host", *_PROXIES):
        for value in ("127.0.0.1", "api.twilio.com", "localhost", "https", "for=127.0.0.1"):
            forged = replace(true, form={**true.form, "Extra": "1"}, headers={name: value})
            yield replace(forged, what=f"{name} forged")
    for name in ("X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL", "Authorization"):
        forged = replace(true, form={**true.form, "Extra": "1"}, headers={name: true.path})
        yield replace(forged, what=f"{name} forged")
