"""The verbs of `relais` on the database of a test: which one they are told of, and their deaths.

Not for: looking at what is left.
"""

import signal

from api.hooks import Hook
from api.settings import Settings
from tests.proof.crash.mortal import Verb, run_verb
from tests.proof.hooks import Fatal


def environment(settings: Settings) -> dict[str, str]:
    """Return what tells a command of which database and key file it is."""
    return {
        "RELAIS_DEMO": "1",
        "RELAIS_DATABASE_URL": settings.database_url,
        "RELAIS_KEY_FILE": str(settings.key_file),
        "RELAIS_HELPLINE_FILE": str(settings.helpline_file),
    }


async def killed(settings: Settings, verb: Verb, hook: Hook, nth: int) -> None:
    """Run a verb in a process of its own; it is killed at the `nth` reaching of its hook."""
    log = settings.data_dir / "verb.log"
    ended = await run_verb(verb, environment(settings), log, Fatal(hook, nth))
    assert ended == -signal.SIGKILL
