"""Nothing in the repository leads to a real person, to somebody's machine, or to one registry."""

import re

import pytest

from tests.house.files import files, name, text

# 06 39 98 xx xx is kept for fiction by the French numbering plan; any other may be somebody's.
MOBILE = re.compile(
    r"(?<![\da-f+])(?:\+33 ?|0)[67](?! ?39[ .]?98)(?:[ .]?\d{2}){4}(?![\da-f])", re.IGNORECASE
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.(?:fr|com|org|net)\b")
MACHINE = re.compile(r"(?<![\w.)}\"'*])/(?:home|root|Users|mnt|media|work)/[a-z]")
REGISTRY = re.compile(
    r"--(?:extra-)?index[-]url |--find[-]links |\"resolved[\"]: \"http|registry[=]http"
)
PICTURES = {".jpg", ".jpeg", ".webp", ".gif", ".heic", ".mp4", ".mov", ".avif"}

RULES = {
    "mobile": (MOBILE, "06 12 34 56 " + "78"),
    "mobile, international": (MOBILE, "+336123456" + "78"),
    "address": (ADDRESS, "prenom.nom@" + "gmail.com"),
    "machine": (MACHINE, "open /home/" + "camille/relais"),
    "registry": (REGISTRY, '"resolved": "' + "https://registry.npmjs.org/vite"),
}


@pytest.mark.parametrize("kind", RULES)
def test_a_trace_is_seen(kind: str) -> None:
    pattern, sample = RULES[kind]
    assert pattern.search(sample)


@pytest.mark.parametrize("kind", RULES)
def test_there_is_no_trace(kind: str) -> None:
    pattern, _ = RULES[kind]
    found = [
        (name(path), match.group()) for path in files() for match in pattern.finditer(text(path))
    ]
    assert found == []


def test_there_is_no_photograph() -> None:
    assert [name(path) for path in files() if path.suffix.lower() in PICTURES] == []
