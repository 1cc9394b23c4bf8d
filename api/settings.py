"""All settings: `RELAIS_*` environment variables, read once at start.

Not for: what belongs to the helpline itself (numbers, hours, retention), which is in helpline.yml.
"""

from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_SECRET = "demo"  # noqa: S105 - refused outside demo mode
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}


class UnsafeSettingsError(Exception):
    """Settings to start with unsafely, or not at all; each problem is a line of the message."""


class Settings(BaseSettings):
    """The settings, with their defaults. Durations are in seconds."""

    # hide_input: an error about one setting quotes the value, and in some cases all of them.
    model_config = SettingsConfigDict(
        env_prefix="RELAIS_", env_ignore_empty=True, hide_input_in_errors=True
    )

    demo: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    # It may hold the database's password.
    database_url: str = Field(default="sqlite:///var/relais.db", repr=False)
    data_dir: Path = Path("var")
    key_file: Path = Path("var/relais.keys")
    helpline_file: Path = Path("helpline.yml")
    web_dir: Path = Path("web/dist")

    bot_url: str = "http://127.0.0.1:5005"
    bot_secret: SecretStr = SecretStr(DEMO_SECRET)
    bot_deadline_seconds: float = 4.0

    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_from: str = ""
    twilio_api_url: str = ""

    burst_seconds: float = Field(default=1.5, ge=0)
    burst_longest_seconds: float = Field(default=3.0, ge=0)
    script_after_seconds: float = 8.0
    turns_at_once: int = 8
    poll_seconds: float = 0.5
    stream_poll_seconds: float = 2.0
    sweep_seconds: float = 3600.0
    missed_seconds: float = 60.0
    session_hours: float = 12.0
    resume_tries_per_minute: int = 30
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database(self) -> str:
        """The database's URL with the driver that the api uses."""
        scheme, separator, rest = self.database_url.partition("://")
        return DRIVERS.get(scheme, scheme) + separator + rest

    @property
    def origin(self) -> str:
        """The public address, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def twilio_tokens(self) -> tuple[str, ...]:
        """The auth tokens that may sign a webhook: two while one is being rotated."""
        tokens = self.twilio_auth_token.get_secret_value().split(",")
        return tuple(token.strip() for token in tokens if token.strip())

    @property
    def sms(self) -> bool:
        """Whether a Twilio number is connected."""
        return bool(self.twilio_account_sid and self.twilio_tokens and self.twilio_from)

    def refuse_if_unsafe(self, *, served: bool = True) -> None:
        """Raise `UnsafeSettingsError` when something must not be put before children like this.

        `served` False: only for a terminal, which needs no address that the public sees.
        """
        outside = _outside_demo(self) if served and not self.demo else []
        problems = [*_always(self), *outside]
        if problems:
            raise UnsafeSettingsError("\n".join(problems))


def read() -> Settings:
    """Read the environment. Raises `UnsafeSettingsError`: what is wrong, and never the value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"RELAIS_{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}."
            for one in error.errors(include_input=False, include_context=False)
        ]
        raise UnsafeSettingsError("\n".join(lines)) from None


def _always(settings: Settings) -> list[str]:
    problems = []
    if settings.demo and not _on_loopback(settings.host):
        problems.append("RELAIS_DEMO: the demo has a known login and listens on loopback only.")
    if not _on_loopback(urlsplit(settings.bot_url).hostname or ""):
        problems.append("RELAIS_BOT_URL: the bot must be reached on loopback only.")
    return problems


def _outside_demo(settings: Settings) -> list[str]:
    problems = []
    if settings.bot_secret.get_secret_value() in ("", DEMO_SECRET):
        problems.append("RELAIS_BOT_SECRET: set a secret of your own.")
    if not settings.public_url.startswith("https://"):
        problems.append("RELAIS_PUBLIC_URL: set the https address that the public sees.")
    return problems


def _on_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
