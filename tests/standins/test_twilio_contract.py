"""The contract refuses what Twilio's description refuses, and says only where."""

from typing import Any

import pytest

from tests.standins.twilio_contract import Contract

ACCOUNT = {"AccountSid": "AC" + "0" * 32}
SID = {"Sid": "SM" + "0" * 32}
CONTRACT = Contract()


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ([("Bdy", "x")], "form: additionalProperties"),
        ([("To", "0639980101 ")], "form.To: format"),
        ([("To", "+33639980101"), ("To", "+33639980102")], "form.To: type"),
        ([("ValidityPeriod", "soon")], "form.ValidityPeriod: type"),
        ([("StatusCallback", "/status")], "form.StatusCallback: format"),
        ([("ContentRetention", "keep")], "form.ContentRetention: enum"),
        ([("MessagingServiceSid", "MG1")], "form.MessagingServiceSid: pattern"),
        ([("SmartEncoded", "yes")], "form.SmartEncoded: type"),
    ],
)
def test_a_wrong_form_is_a_fault(form: list[tuple[str, str]], fault: str) -> None:
    assert fault in CONTRACT.request_faults("create_message", ACCOUNT, form=form)


@pytest.mark.parametrize(
    ("operation", "path", "query", "fault"),
    [
        ("read_message", ACCOUNT | {"Sid": "SM1"}, [], "path.Sid: pattern"),
        ("read_message", ACCOUNT, [], "path: required"),
        ("list_messages", ACCOUNT, [("Body", "x")], "query: additionalProperties"),
        ("list_messages", ACCOUNT, [("DateSent>", "yesterday")], "query.DateSent>: format"),
        ("list_messages", ACCOUNT, [("PageSize", "many")], "query.PageSize: type"),
        ("delete_message", ACCOUNT | SID, [("x", "y")], "query: additionalProperties"),
    ],
)
def test_a_wrong_address_is_a_fault(
    operation: str,
    path: dict[str, str],
    query: list[tuple[str, str]],
    fault: str,
) -> None:
    assert fault in CONTRACT.request_faults(operation, path, query)


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (200, {}, "status"),
        (201, {}, "answer: required"),
        (400, {"message": "no"}, "error: required"),
    ],
)
def test_a_wrong_answer_is_a_fault(status: int, body: dict[str, Any], fault: str) -> None:
    assert fault in CONTRACT.answer_faults("create_message", status, body)


def test_a_deletion_answers_nothing() -> None:
    assert CONTRACT.answer_faults("delete_message", 204, None) == []
    assert CONTRACT.answer_faults("delete_message", 204, {}) == ["answer"]


def test_what_relais_sends_is_no_fault() -> None:
    form = [
        ("To", "+33639980101"),
        ("From", "+33639980000"),
        ("Body", "Ne paie pas."),
        ("StatusCallback", "https://aide.example.org/api/sms/twilio/status"),
        ("ValidityPeriod", "300"),
    ]
    assert CONTRACT.request_faults("create_message", ACCOUNT, form=form) == []
