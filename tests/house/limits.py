"""The limits of the house: how long a file and a function may be, and what nothing is called.

Pure: text in, complaints out. Not for: style that ruff and biome already hold.
"""

import ast
import re
from collections.abc import Iterator

LINES_IN_FILE = 300
LINES_IN_YAML = 250
LINES_IN_FUNCTION = 40
LINES_IN_TEST = 45
# These name a place where anything may go, so everything ends up there.
NO_LAST_WORDS = ("util", "utils", "helper", "helpers", "manager")
NO_NAMES = ("process",)
_NOT_RUN = re.compile(
    r"pytest\.(skip|importorskip|mark\.(skip|xfail))|\b(it|test|describe)\.(skip|only|todo)\b"
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(source: str, limit: int) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > limit:
        yield f"{lines} lines, {limit} allowed"


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            limit = LINES_IN_TEST if node.name.startswith("test_") else LINES_IN_FUNCTION
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > limit:
                yield f"{node.name}: {lines} lines, {limit} allowed"


def without_purpose(source: str) -> Iterator[str]:
    """Hold a module to saying what it is for before anything else."""
    if source.strip() and not ast.get_docstring(ast.parse(source)):
        yield "no docstring"


def empty_names(source: str) -> Iterator[str]:
    """Look at what a module offers; a method may have to be called as its base class calls it."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef | Function) and _is_empty(node.name):
            yield f"{node.name}: a name from outside the domain"


def empty_file_name(stem: str) -> Iterator[str]:
    if _is_empty(stem):
        yield "a name from outside the domain"


def not_run(source: str) -> Iterator[str]:
    """Find tests that are not run, and so are none."""
    yield from (f"{match.group()}" for match in _NOT_RUN.finditer(source))


def _is_empty(called: str) -> bool:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", called).lower().split("_")
    return words[-1] in NO_LAST_WORDS or called.lower() in NO_NAMES
