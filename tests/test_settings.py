"""Settings that must not be put before children, and what is made of the others."""

from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from api.settings import Settings, UnsafeSettingsError


def settings(**parts: Any) -> Settings:  # noqa: ANN401
    safe = {"public_url": "https://relais.test", "bot_secret": "of our own"}
    return Settings.model_validate(safe | parts)


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"bot_secret": ""}, "RELAIS_BOT_SECRET"),
        ({"bot_secret": "demo"}, "RELAIS_BOT_SECRET"),
        ({"public_url": ""}, "RELAIS_PUBLIC_URL"),
        ({"public_url": "http://relais.test"}, "RELAIS_PUBLIC_URL"),
        ({"public_url": "https:/relais.test"}, "RELAIS_PUBLIC_URL"),
        ({"bot_url": "http://bot.relais.test:5005"}, "RELAIS_BOT_URL"),
        ({"bot_url": "http://0.0.0.0:5005"}, "RELAIS_BOT_URL"),
        ({"bot_url": "http://192.168.1.4:5005"}, "RELAIS_BOT_URL"),
        ({"bot_url": "http://127.0.0.1.relais.test:5005"}, "RELAIS_BOT_URL"),
        ({"bot_url": "http://127.0.0.1@relais.test:5005"}, "RELAIS_BOT_URL"),
        ({"bot_url": ""}, "RELAIS_BOT_URL"),
        ({"demo": True, "host": "0.0.0.0"}, "RELAIS_DEMO"),  # noqa: S104
        ({"demo": True, "host": "relais.test"}, "RELAIS_DEMO"),
        ({"demo": True, "bot_url": "http://relais.test"}, "RELAIS_BOT_URL"),
    ],
)
def test_an_unsafe_start_is_refused_by_name(parts: dict[str, object], named: str) -> None:
    with pytest.raises(UnsafeSettingsError, match=named):
        settings(**parts).refuse_if_unsafe()


def test_each_problem_has_a_line_and_no_secret_stands_in_it() -> None:
    with pytest.raises(UnsafeSettingsError) as raised:
        Settings(bot_url="http://bot.test").refuse_if_unsafe()
    assert [line.split(":")[0] for line in str(raised.value).splitlines()] == [
        "RELAIS_BOT_URL",
        "RELAIS_BOT_SECRET",
        "RELAIS_PUBLIC_URL",
    ]


@pytest.mark.parametrize("parts", [{"burst_seconds": -1}, {"port": "http"}, {"demo": "perhaps"}])
def test_a_value_of_another_kind_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        settings(**parts)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.9.9.9"])
def test_the_demo_needs_no_secret_on_loopback(host: str) -> None:
    Settings(demo=True, host=host).refuse_if_unsafe()


@pytest.mark.parametrize("bot_url", ["http://localhost:5005", "http://[::1]:5005"])
def test_a_safe_start_is_not_refused(bot_url: str) -> None:
    settings(bot_url=bot_url).refuse_if_unsafe()


def test_secrets_do_not_show() -> None:
    shown = repr(settings(twilio_auth_token="one-token", bot_secret="one-secret"))
    assert "one-token" not in shown
    assert "one-secret" not in shown


@pytest.mark.parametrize(
    ("given", "tokens"),
    [("", ()), (" , ", ()), ("one", ("one",)), ("new, old", ("new", "old")), ("new,", ("new",))],
)
def test_two_tokens_during_a_rotation_and_never_an_empty_one(
    given: str, tokens: tuple[str, ...]
) -> None:
    assert settings(twilio_auth_token=SecretStr(given)).twilio_tokens == tokens


@pytest.mark.parametrize("missing", ["twilio_account_sid", "twilio_auth_token", "twilio_from"])
def test_a_number_is_connected_only_with_all_three(missing: str) -> None:
    whole = {
        "twilio_account_sid": "AC1",
        "twilio_auth_token": "token",
        "twilio_from": "+33639980000",
    }
    assert settings(**whole).sms
    assert not settings(**whole | {missing: ""}).sms


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///var/relais.db", "sqlite+aiosqlite:///var/relais.db"),
        ("postgresql://relais@db/relais", "postgresql+psycopg://relais@db/relais"),
        ("postgresql+psycopg://relais@db/relais", "postgresql+psycopg://relais@db/relais"),
    ],
)
def test_a_database_is_used_through_our_drivers(given: str, used: str) -> None:
    assert settings(database_url=given).database == used


def test_the_origin_has_no_slash_at_its_end() -> None:
    assert settings(public_url="https://relais.test/").origin == "https://relais.test"
    assert Settings(demo=True, port=8123).origin == "http://127.0.0.1:8123"


def test_the_environment_is_read_and_an_empty_value_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RELAIS_PORT", "8123")
    monkeypatch.setenv("RELAIS_BURST_SECONDS", "")
    assert (Settings().port, Settings().burst_seconds) == (8123, 1.5)
