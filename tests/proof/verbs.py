"""A verb of `relais` that dies on the way: `python -m tests.proof.verbs rotate 3`.

The number says at which reaching of its hook. Settings come from the environment.
Not for: looking at what is left.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable

from api.hooks import Hook
from api.house import House
from api.main import furnish, rotation_of, sweep_of
from api.settings import Settings
from tests.conftest import ROOT
from tests.proof.hooks import Fatal

Verb = tuple[Hook, Callable[[House], Awaitable[int]]]
VERBS: dict[str, Verb] = {
    "rotate": (Hook.rotate_mid, lambda house: rotation_of(house).run()),
    "purge": (Hook.purge_mid, lambda house: sweep_of(house).purge()),
}


def environment(settings: Settings) -> dict[str, str]:
    """Return what tells a command of which database and key file it is."""
    return {
        "RELAIS_DEMO": "1",
        "RELAIS_DATABASE_URL": settings.database_url,
        "RELAIS_KEY_FILE": str(settings.key_file),
        "RELAIS_HELPLINE_FILE": str(settings.helpline_file),
    }


async def killed(settings: Settings, verb: str, nth: int) -> None:
    """Run a verb in a process of its own; it is killed at the `nth` reaching of its hook."""
    program = (sys.executable, "-m", "tests.proof.verbs", verb, str(nth))
    everything = {**os.environ, **environment(settings)}
    started = await asyncio.create_subprocess_exec(*program, env=everything, cwd=ROOT)
    assert await started.wait() == -signal.SIGKILL


async def _run(verb: str, nth: int) -> None:
    hook, job = VERBS[verb]
    house = furnish(Settings(), hooks=Fatal(hook, nth))
    try:
        await job(house)
    finally:
        await house.aclose()


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], int(sys.argv[2])))
