"""`make run` refuses in one sentence, and knows the demo from the real thing."""

import asyncio
import socket
from pathlib import Path

import pytest

from api.settings import Settings
from scripts import preflight, run
from scripts.say import CannotGoOnError


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RELAIS_DEMO", "RELAIS_PUBLIC_URL", "RELAIS_PORT", "RELAIS_BOT_SECRET"):
        monkeypatch.delenv(name, raising=False)


def test_a_busy_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(CannotGoOnError, match=rf"port {port} cannot be used .* RELAIS_PORT"):
            preflight.refuse_busy_port(Settings(port=port))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file stands in the way")
    with pytest.raises(CannotGoOnError, match=r"var/ cannot be written"):
        preflight.refuse_unwritable(tmp_path / "var")


def test_a_trial_leaves_nothing(tmp_path: Path) -> None:
    preflight.refuse_unwritable(tmp_path / "var")
    assert list((tmp_path / "var").iterdir()) == []


def test_a_setting_that_is_none_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_PORT", "hunter2")
    with pytest.raises(CannotGoOnError, match=r"^RELAIS_PORT: .*integer") as refused:
        preflight.read_settings()
    assert "hunter2" not in str(refused.value)


def test_what_is_unsafe_is_refused_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RELAIS_BOT_SECRET", "of the helpline")
    monkeypatch.setenv("RELAIS_PUBLIC_URL", "http://relais.example")
    with pytest.raises(CannotGoOnError, match=r"^RELAIS_PUBLIC_URL: set the https address"):
        preflight.read_settings()


@pytest.mark.parametrize("given", ["postgresql://relais:hunter2@127.0.0.1:9/relais", "sqlite:////"])
def test_a_database_that_is_not_there_is_named_without_its_password(given: str) -> None:
    with pytest.raises(CannotGoOnError, match="look at RELAIS_DATABASE_URL") as refused:
        preflight.bring_up_to_date(Settings(database_url=given))
    assert "hunter2" not in str(refused.value)


async def test_what_never_answers_is_not_waited_for_for_ever() -> None:
    with pytest.raises(CannotGoOnError, match="not ready after 0 s"):
        await run.all_answer(("http://127.0.0.1:9/",), within_seconds=0)


@pytest.mark.parametrize(
    ("given", "demo"),
    [
        pytest.param({}, True, id="bare"),
        pytest.param({"RELAIS_PUBLIC_URL": "https://relais.example"}, False, id="public"),
        pytest.param({"RELAIS_DEMO": "0"}, False, id="said so"),
    ],
)
def test_the_demo_is_for_a_machine_without_an_address(given: dict[str, str], *, demo: bool) -> None:
    environment = dict(given)
    preflight.choose_demo(environment)
    assert (environment["RELAIS_DEMO"] == "1") is demo


def test_every_run_has_a_secret_of_its_own() -> None:
    runs: list[dict[str, str]] = [{}, {}, {"RELAIS_BOT_SECRET": "of the helpline"}]
    for environment in runs:
        preflight.choose_secret(environment)
    first, second, given = (environment["RELAIS_BOT_SECRET"] for environment in runs)
    assert first != second
    assert len(first) > 30
    assert given == "of the helpline"


def test_all_programs_share_the_addresses() -> None:
    shared = [
        {name: value for name, value in program.env.items() if name.startswith("RELAIS_")}
        for program in run.programs(15005, 15055)
    ]
    assert shared[0] == shared[1] == shared[2]
    assert shared[0]["RELAIS_BOT_URL"] == "http://127.0.0.1:15005"


def test_a_taken_port_of_the_bot_is_replaced() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        taken = holder.getsockname()[1]
        assert preflight.free_port(taken) not in (0, taken)


async def test_an_orphan_stops() -> None:
    running = asyncio.create_task(asyncio.sleep(60))
    parents = iter([10, 10, 1])
    await run.stop_when_orphaned(running, lambda: next(parents), every_seconds=0)
    assert running.cancelling()
    await asyncio.gather(running, return_exceptions=True)
