"""Every file keeps to the limits of CONTRIBUTING.md; and the limits do catch what breaks them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import limits
from tests.house.files import ROOT, files, name, text

PYTHON = files(".py")
# The limits' own samples break them, and a migration is a list of tables, not a course of events.
MIGRATIONS = ROOT / "api/migrations/versions"
SAMPLES = {ROOT / "tests/house/test_limits.py", ROOT / "tests/house/limits.py"}

Rule = Callable[[str], Iterator[str]]


def complaints(paths: list[Path], rule: Rule) -> list[str]:
    return [f"{name(path)}: {said}" for path in paths for said in rule(text(path))]


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        pytest.param(limits.long_functions, "def f():\n" + "    x = 1\n" * 40, id="function"),
        pytest.param(limits.long_functions, "def test_f():\n" + "    x = 1\n" * 45, id="test"),
        pytest.param(limits.without_purpose, "x = 1\n", id="docstring"),
        pytest.param(limits.empty_names, "class TurnManager: ...\n", id="class"),
        pytest.param(limits.empty_names, "def process(): ...\n", id="name"),
        pytest.param(limits.not_run, "@pytest.mark.skip\n", id="skip"),
        pytest.param(limits.not_run, "describe.only('x')\n", id="only"),
    ],
)
def test_a_limit_catches_what_breaks_it(rule: Rule, source: str) -> None:
    assert list(rule(source))


def test_no_file_is_too_long() -> None:
    def rule(source: str) -> Iterator[str]:
        return limits.too_long(source, limits.LINES_IN_FILE)

    assert complaints([*PYTHON, *files(".ts", ".tsx")], rule) == []


def test_no_topic_file_is_too_long() -> None:
    def rule(source: str) -> Iterator[str]:
        return limits.too_long(source, limits.LINES_IN_YAML)

    # Messages, one a line: there can hardly be too many.
    messages = (ROOT / "data/nlu", ROOT / "tests/understanding")
    topics = [p for p in files(".yml") if not any(map(p.is_relative_to, messages))]
    assert complaints(topics, rule) == []


def test_no_function_is_too_long() -> None:
    checked = [path for path in PYTHON if not path.is_relative_to(MIGRATIONS)]
    assert complaints(checked, limits.long_functions) == []


def test_every_module_says_what_it_is_for() -> None:
    assert complaints(PYTHON, limits.without_purpose) == []


def test_names_are_words_of_the_domain() -> None:
    assert complaints(PYTHON, limits.empty_names) == []
    code = [*PYTHON, *files(".ts", ".tsx")]
    assert [name(p) for p in code if list(limits.empty_file_name(p.stem))] == []


def test_every_test_is_run() -> None:
    tests = [path for path in files(".py", ".ts", ".tsx") if "tests" in path.parts]
    assert complaints([path for path in tests if path not in SAMPLES], limits.not_run) == []
