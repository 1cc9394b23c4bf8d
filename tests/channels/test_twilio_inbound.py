"""What Twilio posts: the signature first, then the two forms."""

from urllib.parse import urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from api.channels.messages import Delivery
from api.channels.twilio_inbound import (
    MalformedWebhookError,
    parse_inbound,
    parse_status,
    read_form,
    valid_signature,
)
from tests.standins.twilio_webhooks import sign

URL = "https://aide.example.org/api/sms/twilio/inbound?x=1"
TOKEN = "a-token"
SID = "SM" + "0a" * 16
FORM = {
    "AccountSid": "AC" + "0" * 32,
    "Body": "jai peur é & + 😢",
    "From": "+33639980101",
    "FromCity": "",
    "MessageSid": SID,
    "NumMedia": "0",
    "To": "+33639980000",
}
BODY = urlencode(FORM).encode()
SIGNATURE = sign(TOKEN, URL, FORM)


@pytest.mark.parametrize(
    ("signature", "tokens"),
    [
        (None, (TOKEN,)),
        ("", (TOKEN,)),
        ("é" * 28, (TOKEN,)),
        (SIGNATURE, ()),
        (SIGNATURE, ("another",)),
        (SIGNATURE.rstrip("="), (TOKEN,)),
        (sign("", URL, FORM), ("",)),
    ],
)
def test_no_signature_or_not_ours_is_refused(
    signature: str | None,
    tokens: tuple[str, ...],
) -> None:
    assert not valid_signature(URL, FORM, signature, tokens)


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_any_changed_byte_of_the_body_is_refused(place: int, change: int) -> None:
    altered = BODY[:place] + bytes([BODY[place] ^ change]) + BODY[place + 1 :]
    try:
        form = read_form(altered)
    except MalformedWebhookError:
        return
    assume(form != FORM)  # %2b says the same as %2B
    assert not valid_signature(URL, form, SIGNATURE, (TOKEN,))


@given(st.integers(0, len(SIGNATURE) - 1), st.integers(1, 127))
def test_any_changed_byte_of_the_signature_is_refused(place: int, change: int) -> None:
    other = chr(ord(SIGNATURE[place]) ^ change)
    altered = SIGNATURE[:place] + other + SIGNATURE[place + 1 :]
    assert not valid_signature(URL, FORM, altered, (TOKEN,))


@given(st.sampled_from(sorted(FORM)), st.text(min_size=1, max_size=5))
def test_a_parameter_taken_away_or_added_is_refused(name: str, more: str) -> None:
    assert not valid_signature(URL, FORM | {f"{name}X": more}, SIGNATURE, (TOKEN,))
    without = {key: value for key, value in FORM.items() if key != name}
    assert not valid_signature(URL, without, SIGNATURE, (TOKEN,))


@pytest.mark.parametrize("url", [URL + "2", URL.replace("https", "http"), URL.removesuffix("?x=1")])
def test_another_url_is_refused(url: str) -> None:
    assert not valid_signature(url, FORM, SIGNATURE, (TOKEN,))


@pytest.mark.parametrize("sender", ["+33639980101", "38080"])
def test_a_text_cut_anew_names_no_other_sender(sender: str) -> None:
    true = FORM | {"From": sender, "Body": "CoucouFrom+33639985599"}
    behind = {f"From{sender}FromCity": ""}
    rest = {name: value for name, value in true.items() if name != "FromCity"}
    anew = rest | behind | {"Body": "Coucou", "From": "+33639985599"}
    assert (signature := sign(TOKEN, URL, anew)) == sign(TOKEN, URL, true)
    assert not valid_signature(URL, anew, signature, (TOKEN,))
    # Nor does it help to have no text at all.
    mute = {name: value for name, value in anew.items() if name != "Body"}
    mute["AccountSid"] += "BodyCoucou"
    assert sign(TOKEN, URL, mute) == signature
    assert not valid_signature(URL, mute, signature, (TOKEN,))


@pytest.mark.parametrize(
    "text",
    [
        "il m'ecrit: From +33639985501",
        "From+33639985501",
        "From+33639985501FromCityMessageSidSM" + "e" * 32,
        "son num 06 39 98 55 01, From 38080, mail sms@lui.example",
        "https://lui.example/?From=+33639985501&MessageSid=SM" + "e" * 32,
        "SmsSidSM" + "e" * 32,
    ],
)
def test_a_text_may_quote_anything(text: str) -> None:
    media = f"https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM{'e' * 32}/Media/ME1"
    whole = {"SmsMessageSid": SID, "SmsSid": SID, "FromCity": "FROMELLES", "MediaUrl0": media}
    form = FORM | whole | {"Body": text}
    assert valid_signature(URL, form, sign(TOKEN, URL, form), (TOKEN,))


def test_twilio_s_published_vector() -> None:
    params = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+12349013030",
        "Digits": "1234",
        "From": "+12349013030",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert valid_signature(url, params, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=", ("12345",))


@pytest.mark.parametrize("tokens", [(TOKEN,), ("new", TOKEN), (TOKEN, "new")])
def test_during_rotation_both_tokens_are_good(tokens: tuple[str, ...]) -> None:
    assert valid_signature(URL, read_form(BODY), SIGNATURE, tokens)


@pytest.mark.parametrize(
    "body",
    [b"Body", b"Body=a&Body=b", b"Body=%FF", "Body=é".encode(), b"&".join([b"a=1"] * 101)],
)
def test_a_form_that_is_none_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedWebhookError) as refused:
        read_form(body)
    assert str(refused.value) == "malformed webhook: body"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MessageSid", ""),
        ("MessageSid", "SM1"),
        ("MessageSid", "CA" + "0" * 32),
        ("MessageSid", SID + "\n"),
        ("From", ""),
        ("From", "0639980101"),
        ("From", "+33 6 39 98 01 01"),
        ("From", "+3363998010"),
        ("From", "whatsapp:+33639980101"),
        ("From", "38080"),
        ("From", "INFO"),
        ("NumMedia", "-1"),
        ("NumMedia", "21"),
        ("NumMedia", "un"),
    ],
)
def test_a_malformed_message_names_the_parameter_and_not_its_value(name: str, value: str) -> None:
    with pytest.raises(MalformedWebhookError) as refused:
        parse_inbound(FORM | {name: value})
    assert refused.value.parameter == name
    assert str(refused.value) == f"malformed webhook: {name}"


def test_a_message_with_neither_text_nor_picture_is_malformed() -> None:
    without = {key: value for key, value in FORM.items() if key != "Body"}
    with pytest.raises(MalformedWebhookError):
        parse_inbound(without)


def test_an_inbound_message_is_read() -> None:
    inbound = parse_inbound(read_form(BODY))
    assert (inbound.provider_id, inbound.from_number) == (SID, "+33639980101")
    assert (inbound.text, inbound.media_count) == ("jai peur é & + 😢", 0)


def test_a_picture_is_counted_and_its_address_is_not_kept() -> None:
    address = "https://pictures.example.org/ME1"
    media = {"NumMedia": "2", "MediaUrl0": address, "MediaContentType0": "image/jpeg", "Body": ""}
    inbound = parse_inbound(FORM | media)
    assert (inbound.text, inbound.media_count, inbound.media_types) == ("", 2, ("image/jpeg", ""))
    assert address not in str(vars(inbound))


def test_neither_number_nor_text_shows_in_a_trace() -> None:
    shown = repr(parse_inbound(FORM))
    assert "0101" not in shown
    assert "peur" not in shown


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"MessageStatus": ""}, "MessageStatus"),
        ({"MessageSid": "x"}, "MessageSid"),
        ({"ErrorCode": "many"}, "ErrorCode"),
    ],
)
def test_a_malformed_status_is_refused(change: dict[str, str], parameter: str) -> None:
    with pytest.raises(MalformedWebhookError) as refused:
        parse_status({"MessageSid": SID, "MessageStatus": "sent"} | change)
    assert refused.value.parameter == parameter


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("queued", Delivery.sent),
        ("sending", Delivery.sent),
        ("sent", Delivery.sent),
        ("delivered", Delivery.delivered),
        ("undelivered", Delivery.failed),
        ("failed", Delivery.failed),
        ("canceled", Delivery.failed),
        ("partially_delivered", None),
        ("something_new", None),
    ],
)
def test_a_status_is_translated(word: str, status: Delivery | None) -> None:
    update = parse_status({"MessageSid": SID, "MessageStatus": word, "ErrorCode": "30003"})
    assert (update.provider_id, update.status, update.error_code) == (SID, status, 30003)


def test_no_error_code_is_none() -> None:
    assert parse_status({"MessageSid": SID, "MessageStatus": "sent"}).error_code is None
