"""The last line of the suite says what was run, no more and no less."""

from pathlib import Path

from scripts.tally import Tally, count

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="1" skipped="2"/></testsuites>'


def test_without_a_report_nothing_was_run(tmp_path: Path) -> None:
    assert "no tests ran in 1.00s" in count(tmp_path).closing_line(1)


def test_failures_and_errors_are_failed_tests(tmp_path: Path) -> None:
    (tmp_path / "api.xml").write_text(REPORT.format(10, 3))
    assert count(tmp_path) == Tally(passed=4, failed=4, skipped=2)


def test_reports_add_up(tmp_path: Path) -> None:
    for name in ("api", "bot"):
        (tmp_path / f"{name}.xml").write_text(REPORT.format(10, 0))
    assert count(tmp_path).closing_line(2.5).strip("= ") == (
        "2 failed, 14 passed, 4 skipped in 2.50s"
    )
