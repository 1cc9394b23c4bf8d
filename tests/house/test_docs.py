"""Documents that cannot go stale: settings, verbs, words and files are named where they belong."""

import re
from pathlib import Path

import pytest

from api.settings import Settings
from evaluation.bars import BARS, Bar
from scripts.proof import ROWS, Row
from tests.house.files import ROOT, files, name, text
from tests.proof.crash.scene import QUICK

README = text(ROOT / "README.md")
WORDS = text(ROOT / "docs/words.md")
FLOW = text(ROOT / "docs/flow.md")
PROOF = text(ROOT / "docs/proof.md")
UNDERSTANDING = text(ROOT / "docs/understanding.md")
MAKEFILE = text(ROOT / "Makefile")
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
SETTING = re.compile(r"\bRELAIS_[A-Z][A-Z_]*[A-Z]\b")
# The vocabulary that design and code share; each has its row in docs/words.md.
VOCABULARY = [
    "minor",
    "counsellor",
    "supervisor",
    "contact",
    "conversation",
    "thread",
    "message",
    "holder",
    "turn",
    "step",
    "fact",
    "danger",
    "level",
    "handoff",
    "queue",
    "desk",
    "delivery",
    "seal",
]
CODE = [
    path
    for path in files(".py", ".yml")
    if path.relative_to(ROOT).parts[0] in {"api", "bot", "actions", "scripts"}
]


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_in_the_readme(field: str) -> None:
    assert f"`RELAIS_{field.upper()}`" in README


def test_what_the_programs_read_is_in_the_readme() -> None:
    read = {found for path in CODE for found in SETTING.findall(text(path))}
    assert read - set(SETTING.findall(README)) == set()


def test_the_readme_names_no_setting_that_is_none() -> None:
    fields = {f"RELAIS_{field.upper()}" for field in Settings.model_fields}
    others = {found for path in [*CODE, *files(".py")] for found in SETTING.findall(text(path))}
    assert set(SETTING.findall(README)) - fields - others == set()


def test_defaults_in_the_readme_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| (`RELAIS_[^|]*) \| ([^|]*) \|", README, re.MULTILINE)
    said = {
        setting: value.strip("` ")
        for names, values in rows
        for setting, value in zip(SETTING.findall(names), values.split(", "), strict=False)
    }
    numbers = {
        f"RELAIS_{field.upper()}": info.default
        for field, info in Settings.model_fields.items()
        if isinstance(info.default, int | float) and not isinstance(info.default, bool)
    }
    assert {setting: float(said[setting]) for setting in numbers} == numbers


@pytest.mark.parametrize("word", VOCABULARY)
def test_every_word_is_explained(word: str) -> None:
    assert re.search(rf"^\| \*\*{word}\*\*", WORDS, re.MULTILINE)


def test_every_verb_explains_itself() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    explained = re.findall(r"^([a-z-]+):.*## .+$", MAKEFILE, re.MULTILINE)
    assert sorted(phony.group(1).split()) == sorted(explained)


def test_every_verb_that_is_named_exists() -> None:
    named = {
        verb
        for path in files(".md", ".py", ".yml")
        if "web" not in path.relative_to(ROOT).parts
        for verb in re.findall(r"`make ([a-z-]+)`", text(path))
    }
    assert {verb for verb in named if not re.search(rf"^{verb}:", MAKEFILE, re.MULTILINE)} == set()


def test_every_figure_has_its_row() -> None:
    kept = {
        row for path in files(".py") for row in re.findall(r"\bproved\(\s*\"([\w-]+)\"", text(path))
    }
    assert kept == {row.key for row in ROWS if row.tests}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_every_proof_is_measured(row: Row) -> None:
    [measured] = [line for line in PROOF.splitlines() if line.startswith(f"| {row.what} |")]
    assert row.must in measured
    assert f"`{row.shown_command}`" in measured
    assert "not measured" not in measured
    assert row.tests is None or (ROOT / row.tests).exists()


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.key)
def test_every_bar_is_shown(bar: Bar) -> None:
    assert f"| {bar.what} | {bar.must(bar.bar)} | {bar.must(bar.aim)} |" in UNDERSTANDING


@pytest.mark.parametrize("setting", QUICK)
def test_the_crash_row_names_what_its_recovery_is_measured_with(setting: str) -> None:
    [crash] = [row for row in ROWS if row.key == "crash"]
    shipped = Settings.model_fields[setting.removeprefix("RELAIS_").lower()].default
    assert f"{setting}={QUICK[setting]} (as shipped {shipped:g}" in crash.must


@pytest.mark.parametrize("document", [*files(".md"), ROOT / "docs/flow.md"], ids=name)
def test_what_a_document_points_at_is_there(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text(document))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_file_on_the_way_of_a_message_is_there() -> None:
    named = re.findall(r"`((?:api|bot|actions|data|docs)/[\w/.*-]+)`", FLOW)
    assert len(named) > 20
    assert [path for path in named if not list(ROOT.glob(path))] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(len(DECISIONS)))


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_a_decision_has_the_form_of_the_template(decision: Path) -> None:
    headings = re.findall(r"^## .+$", text(decision), re.MULTILINE)
    assert headings == re.findall(r"^## .+$", text(DECISIONS[0]), re.MULTILINE)
    assert len(text(decision).splitlines()) <= 50


def test_the_licence_is_whole() -> None:
    licence = text(ROOT / "LICENSE")
    assert licence.split()[:5] == ["GNU", "AFFERO", "GENERAL", "PUBLIC", "LICENSE"]
    assert [f"\n  {section}. " in licence for section in range(18)] == [True] * 18
    assert "END OF TERMS AND CONDITIONS" in licence
