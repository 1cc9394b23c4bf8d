"""The commands: what must be safe before it starts, and what a technician does before that."""

import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from api.house import House
from api.vault import keys
from tests.forks import relais
from tests.standins.recording_sender import RecordingSender

ROOT = Path(__file__).parent.parent


@pytest.fixture
def unsafe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a place where neither a secret nor a public address is set."""
    monkeypatch.delenv("RELAIS_DEMO", raising=False)
    monkeypatch.delenv("RELAIS_BOT_SECRET", raising=False)
    monkeypatch.delenv("RELAIS_PUBLIC_URL", raising=False)
    monkeypatch.setenv("RELAIS_DATABASE_URL", f"sqlite:///{tmp_path}/relais.db")
    monkeypatch.setenv("RELAIS_KEY_FILE", str(tmp_path / "relais.keys"))
    monkeypatch.setenv("RELAIS_HELPLINE_FILE", str(ROOT / "helpline.yml"))
    return tmp_path


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.usefixtures("unsafe")
def test_what_children_reach_does_not_start_unsafely(command: str) -> None:
    done = relais(command)
    assert done.returncode == 1
    assert "RELAIS_BOT_SECRET" in done.stderr
    assert "RELAIS_PUBLIC_URL" in done.stderr


def test_the_house_is_put_in_order_before_there_is_an_address(unsafe: Path) -> None:
    for command in (
        ["keys", "create"],
        ["migrate"],
        ["staff", "add", "nour@ligne.example", "Nour"],
        ["keys", "rotate"],
        ["purge"],
    ):
        done = relais(*command)
        assert (done.returncode, done.stderr) == (0, ""), command
    assert (unsafe / "relais.keys").exists()


@pytest.mark.usefixtures("unsafe")
def test_it_is_a_program_of_its_own() -> None:
    # The others are forks of one that has imported everything; this one has to by itself.
    whole = [sys.executable, "-m", "api.cli", "migrate"]
    done = subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_what_children_reach_does_not_start_without_a_key_that_is_needed(
    command: str, unsafe: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = unsafe / "relais.keys"
    keys.create(file)
    shutil.copy(migrated, unsafe / "relais.db")
    relais("staff", "add", "nour@ligne.example", "Nour")
    copy = file.read_text()
    relais("keys", "rotate")
    file.write_text(copy)
    monkeypatch.setenv("RELAIS_DEMO", "1")
    monkeypatch.setenv("RELAIS_DATA_DIR", str(unsafe))
    done = relais(command)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1:] == [
        "The key file does not hold key 2, which the database needs: put back the file that does."
    ]


@pytest.mark.usefixtures("unsafe")
def test_a_command_that_has_no_key_says_so_in_a_sentence() -> None:
    done = relais("purge")
    assert done.returncode == 1
    assert done.stderr == "relais.keys is missing; 'relais keys create' makes one\n"


def test_what_the_database_refuses_is_one_sentence(unsafe: Path) -> None:
    keys.create(unsafe / "relais.keys")
    done = relais("keys", "rotate")
    assert done.returncode == 1
    assert done.stderr == (
        "The database is busy, away or not migrated (OperationalError)."
        " Run it again when it is not.\n"
    )
    assert '"current": 1' in (unsafe / "relais.keys").read_text()


async def test_a_house_lets_go_of_everything(house: House, sender: RecordingSender) -> None:
    await house.aclose()
    assert sender.closed


@pytest.mark.parametrize(
    ("setting", "command", "said"),
    [
        (("RELAIS_PORT", "zinzolin"), ["serve"], "RELAIS_PORT: Input should be a valid integer"),
        (
            ("RELAIS_LOG_LEVEL", "zinzolin"),
            ["migrate"],
            "RELAIS_LOG_LEVEL: Input should be 'DEBUG'",
        ),
        (("RELAIS_DATABASE_URL", "zinzolin"), ["migrate"], "(ArgumentError)"),
        (("RELAIS_DATABASE_URL", "zinzolin://a"), ["purge"], "(NoSuchModuleError)"),
        (
            ("RELAIS_DATABASE_URL", "postgresql://u:zinzolin@127.0.0.1:1/zinzolin"),
            ["migrate"],
            "(OperationalError)",
        ),
    ],
)
def test_a_setting_that_is_wrong_is_named_and_not_quoted(
    setting: tuple[str, str],
    command: list[str],
    said: str,
    unsafe: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys.create(unsafe / "relais.keys")
    monkeypatch.setenv("RELAIS_TWILIO_AUTH_TOKEN", "zinzolin")
    monkeypatch.setenv(*setting)
    done = relais(*command)
    assert done.returncode == 1
    assert said in done.stderr
    assert "zinzolin" not in done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("setting", "command"),
    [
        ("RELAIS_KEY_FILE", ["purge"]),
        ("RELAIS_HELPLINE_FILE", ["purge"]),
        ("RELAIS_DATABASE_URL", ["migrate"]),
        ("RELAIS_DATABASE_URL", ["staff", "add", "nour@ligne.example", "Nour"]),
    ],
)
def test_a_file_of_another_kind_is_not_quoted(
    setting: str, command: list[str], unsafe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.create(unsafe / "relais.keys")
    file = unsafe / "file"
    file.write_text("zinzolin " * 100)
    file.chmod(0o600)
    monkeypatch.setenv(setting, f"sqlite:///{file}" if "URL" in setting else str(file))
    done = relais(*command)
    assert done.returncode == 1
    assert "zinzolin" not in done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_database_of_another_version_is_said(unsafe: Path, migrated: Path) -> None:
    shutil.copy(migrated, unsafe / "relais.db")
    with closing(sqlite3.connect(unsafe / "relais.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'zinzolin'")
        database.commit()
    done = relais("migrate")
    assert done.returncode == 1
    assert "The database is busy, away or not migrated (CommandError)." in done.stderr
    assert "zinzolin" not in done.stderr


def test_a_port_that_is_taken_is_said(
    unsafe: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAIS_DEMO", "1")
    monkeypatch.setenv("RELAIS_DATA_DIR", str(unsafe))
    shutil.copy(migrated, unsafe / "relais.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("RELAIS_PORT", port)
        done = relais("serve")
    assert done.returncode == 1
    assert f"is port {port} free" in done.stderr
