"""The safety walk: which step comes next. A pure choice from ledger, facts and what was said.

Not for: words, Rasa, or danger. In a danger or a crisis there is no step, whatever the ledger says.
Order and branches are facts.md 2.2 and 2.4.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Ledger = Mapping[str, str]
Facts = Mapping[str, AbstractSet[str]]

SETTLED = frozenset({"done", "refused", "cannot"})
GIVEN = frozenset({"sent", "delivered"})
# A step that nobody answers is recalled once, in simpler words, then left: nagging is pressure.
SAID_AT_MOST = 2


@dataclass(frozen=True)
class Branch:
    """Another wording of a step (`utter_<step>_<suffix>`) when a fact has this value.

    `recall` is the suffix when the step is said again.
    """

    fact: str
    value: str
    suffix: str
    recall: str = "again"


@dataclass(frozen=True)
class Step:
    """One step.

    `waits`: the child's answer is waited for before the next step is said. `by_hours`: worded
    otherwise while the line is closed. `praised`: doing it takes effort, and that is said.
    """

    name: str
    waits: bool = True
    essential: bool = False
    branches: tuple[Branch, ...] = ()
    by_hours: bool = False
    praised: bool = False


ORDER: tuple[Step, ...] = (
    Step("not_your_fault", waits=False),
    Step("safe_now"),
    Step("dont_pay", essential=True, branches=(Branch("paid", "yes", "paid"),)),
    Step("dont_send", essential=True, branches=(Branch("sent_more", "yes", "sent"),)),
    Step(
        "keep_evidence",
        essential=True,
        branches=(Branch("evidence", "lost", "lost", recall="lost_again"),),
        praised=True,
    ),
    Step("contact_3018", essential=True, by_hours=True, praised=True),
)
STEPS: Mapping[str, Step] = {step.name: step for step in ORDER}


def times_said(step: str, ledger: Ledger, said: Mapping[str, int]) -> int:
    """How often the child has been given the step, by the ledger first.

    A dropped step is pending again and counts as never said; a lost memory counts as once.
    """
    if ledger.get(step, "pending") not in GIVEN:
        return 0
    return max(1, said.get(step, 0))


def is_open(step: Step, ledger: Ledger, said: Mapping[str, int]) -> bool:
    """Whether the walk may still say this step."""
    if ledger.get(step.name) in SETTLED:
        return False
    times = times_said(step.name, ledger, said)
    return times < SAID_AT_MOST if step.waits else times == 0


def next_steps(ledger: Ledger, said: Mapping[str, int], *, in_danger: bool) -> tuple[Step, ...]:
    """Choose the steps of this turn: the first open one that waits, after those that do not.

    Nothing in a danger or a crisis; nothing when the walk is over.
    """
    if in_danger:
        return ()
    steps: list[Step] = []
    for step in ORDER:
        if is_open(step, ledger, said):
            steps.append(step)
            if step.waits:
                break
    return tuple(steps)


def wording(step: Step, facts: Facts, *, again: bool, for_other: bool, line_open: bool) -> str:
    """Name the response that says the step: who reads, recall or not, what happened, hours."""
    branch = next((b for b in step.branches if b.value in facts.get(b.fact, ())), None)
    closed = "_closed" if step.by_hours and not line_open else ""
    return f"utter_{step.name}{_kind(branch, again=again, for_other=for_other)}{closed}"


def _kind(branch: Branch | None, *, again: bool, for_other: bool) -> str:
    if for_other:
        return "_other"
    if again:
        return f"_{branch.recall}" if branch else "_again"
    return f"_{branch.suffix}" if branch else ""
