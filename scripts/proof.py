"""`make proof`: the proofs at full size, and docs/proof.md written from what they measured.

Every proof keeps its figures here (`keep`), under `var/proof/<row>/`. Not for: the small size in
which the same proofs belong to `make test`.
"""

import contextlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scripts import environments, model
from scripts.parts import Part, run_all
from scripts.say import CannotGoOnError, line, seconds

FIGURES = Path(__file__).parent.parent / "var/proof"
DOCUMENT = Path("docs/proof.md")
_BENCH = "bench"
_PYTEST = f"{environments.API}/bin/pytest"
_HEAD = """# Proof

What was measured of the foundation: nothing lost, nothing twice, one voice, sealed. Written by
`make proof`; each line is measured again by the command beside it. In small, the same proofs are
part of `make test`. The machine: {machine}, shared with others.

| What | Must be | Measured | Command |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Row:
    """One line of the document. `tests`: where its proof is; None where `make bench` measures."""

    key: str
    what: str
    must: str
    tests: str | None
    command: str = ""

    @property
    def shown_command(self) -> str:
        return self.command or f"{_PYTEST} --full {self.tests}"


ROWS = (
    Row(
        "crash",
        "SIGKILL at each of 15 hooks, SQLite and PostgreSQL, SMS and web, 25 seeds",
        "0 lost, 0 stored twice, 0 answered twice, 0 sent twice; where a request was written and "
        "not heard, at most one double a crash: none when the list shows it, nor when a callback "
        "comes within 30 s in which the list is away. A list that answers without it, 2.5 s after "
        "the request or later, is believed: where it lags and the callback is later still, one "
        "double, for which everybody else goes on within seconds (decision 0012; how late each may "
        "be is tried in tests/delivery/test_unanswered.py); "
        "recovery in 5 s from the death, of a process forked at once from one that has loaded all "
        "there is, with RELAIS_BURST_SECONDS=0 (as shipped 1.5), RELAIS_MISSED_SECONDS=1 (as "
        "shipped 60: a report that came while nobody was there is caught up with that late) and "
        "RELAIS_BOT_DEADLINE_SECONDS=30 (as shipped 4); its start under 0.7 s. A cold one loads "
        "for a second or two more, after the pause of a second that `make run` makes first",
        "tests/proof/crash",
        "make proof-crash",
    ),
    Row(
        "leases",
        "Two workers, in two apis and alone, one paused (SIGSTOP) past its lease and woken",
        "it writes nothing",
        "tests/proof/test_leases.py",
    ),
    Row(
        "same-sid",
        "The same MessageSid 100 times at once over two processes",
        "one row, one turn, one reply",
        "tests/proof/test_same_sid.py",
    ),
    Row(
        "forged",
        "1,000 forged or altered webhooks, whole but for their signature",
        "0 accepted, 0 stored",
        "tests/proof/test_forged.py",
    ),
    Row(
        "claims",
        "Two counsellors claim at once, 200 times on each database",
        "exactly one wins, the other is told who",
        "tests/proof/test_claims.py",
    ),
    Row(
        "claim-against-bot",
        "A claim while the bot computes, and with three of its parts still to be sent, 200 times",
        "none of its words appears afterwards; dropped steps are pending again. Not covered: an "
        "SMS noted as asked for in the instant before the claim, whose request begins up to 2 s "
        "later where that worker stands still just then; and one batch that the live stream had "
        "read before the claim, which the page takes back with the next (decision 0012). Worker "
        "and claim share one process here",
        "tests/proof/test_claim_against_bot.py",
    ),
    Row(
        "rule-machine",
        "10,000 steps of the rule machine on each database",
        "no broken promise",
        "tests/proof/test_one_voice.py",
    ),
    Row(
        "one-voice",
        "Every event in every state of the holder",
        "never two holders; silence while a person holds; every state can be left",
        "tests/proof/test_one_voice.py",
    ),
    Row(
        "marks",
        "2,000 marked strings: texts, names, numbers in six spellings; UTF-8, UTF-16, base64, hex",
        "in no database file, WAL, dump, temporary file, Rasa folder or output of a process",
        "tests/proof/test_marks.py",
    ),
    Row(
        "silence",
        "Every kind of failure, with the logs of all three processes at DEBUG",
        "no text, number or token in any log",
        "tests/proof/test_silence.py",
    ),
    Row(
        "rotation",
        "`relais keys rotate` under load, killed halfway and run again",
        "everything opens; the old key is gone",
        "tests/proof/test_rotation.py",
    ),
    Row(
        "purge",
        "`relais purge` under load, killed halfway and run again",
        "nothing half erased, nothing left in a row or, on SQLite, in a file, what lives is whole",
        "tests/proof/test_purge.py",
    ),
    Row(
        "seal",
        "Every sealed column: ciphertext swapped, flipped, cut",
        "refused",
        "tests/proof/test_seal.py",
    ),
    Row(
        "bench",
        "The whole way beside bare stock Rasa, 8 in flight",
        "≥ 0.8 turns/s, aim 1.0; p95 ≤ 1.3 times its p95",
        None,
        "make bench",
    ),
)


def main(chosen: list[str]) -> None:
    rows = [row for row in ROWS if not chosen or row.key in chosen]
    began = time.monotonic()
    try:
        failed = run_all(_parts(rows))
        _put_away(row for row in rows if _part_of(row) in failed)
    except CannotGoOnError as reason:
        line(f"Relais: {reason}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    missing = [row.key for row in ROWS if not _measured(FIGURES / row.key)]
    if not failed and not missing:
        DOCUMENT.write_text(document(FIGURES), encoding="utf-8")
        line(f"\n{DOCUMENT} is written ({seconds(time.monotonic() - began)}).")
    elif missing:
        line(f"\n{DOCUMENT} stays as it is: not measured here are {', '.join(missing)}.")
    sys.exit(1 if failed else 0)


def keep(row: str, name: str, figure: str) -> None:
    """Keep a figure of a row; several of one row are lines of it, in the order of their names."""
    file = FIGURES / row / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = {"figure": figure, "at": measured_at()}
    file.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def document(figures: Path) -> str:
    """Return docs/proof.md from the figures kept in a folder."""
    lines = [_line(row, _measured(figures / row.key)) for row in ROWS]
    return _HEAD.format(machine=machine()) + "\n".join(lines) + "\n"


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def measured_at() -> str:
    """Give the day, and what is measured: a commit, and whether it was changed since, if known."""
    describe = ("git", "describe", "--always", "--dirty", "--exclude=*")
    commit = "of no known commit"
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        commit = subprocess.run(describe, capture_output=True, text=True, check=True).stdout.strip()
    return f"{datetime.now(UTC):%Y-%m-%d}, {commit}"


def _line(row: Row, measured: list[str]) -> str:
    cells = (row.what, row.must, "<br>".join(measured) or "not measured", f"`{row.shown_command}`")
    return f"| {' | '.join(cells)} |"


def _measured(folder: Path) -> list[str]:
    kept = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    return [f"{one['figure']} ({one['at']})" for one in kept]


def _parts(rows: list[Row]) -> list[Part]:
    """Name what is to be run: each file of proofs once, with its old figures put away."""
    _put_away(rows)
    targets = dict.fromkeys(row.tests for row in rows if row.tests)
    parts = [Part(name, (_PYTEST, "-q", "--full", name), env=model.QUIET) for name in targets]
    if any(row.tests is None for row in rows):
        parts.append(Part(_BENCH, (f"{environments.API}/bin/python", "-m", "bench")))
    return parts


def _part_of(row: Row) -> str:
    return row.tests or _BENCH


def _put_away(rows: Iterable[Row]) -> None:
    """Forget what was measured of rows that are measured again, or whose proof has failed."""
    for row in rows:
        for old in (FIGURES / row.key).glob("*.json"):
            old.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
