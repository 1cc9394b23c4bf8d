"""Several apis on one database, each a process of its own, as at scale: nothing but HTTP is faked.

Not for: their workers, which do not run here, and not for a provider or a bot.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from api.settings import Settings
from tests.ports import free_port
from tests.stack.programs import Program


@contextmanager
def apis(settings: Settings, *, many: int) -> Iterator[list[str]]:
    """Give the addresses of `many` apis on the database and the keys of `settings`."""
    with ExitStack() as running:
        yield [running.enter_context(_api(settings, number)) for number in range(many)]


@contextmanager
def _api(settings: Settings, number: int) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = settings.data_dir / f"api{number}.log"
    command = [sys.executable, "-m", "api.cli", "serve", "--no-workers"]
    with Program(command, _variables(settings, port), ready=f"{url}/healthz", log=log):
        yield url


def _variables(settings: Settings, port: int) -> dict[str, str]:
    paths = {
        "DATA_DIR": settings.data_dir,
        "KEY_FILE": settings.key_file,
        "HELPLINE_FILE": settings.helpline_file,
        "WEB_DIR": settings.web_dir,
    }
    return {
        "RELAIS_DEMO": "1",
        "RELAIS_PORT": str(port),
        "RELAIS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "RELAIS_DATABASE_URL": settings.database_url,
        **{f"RELAIS_{name}": str(path) for name, path in paths.items()},
    }
