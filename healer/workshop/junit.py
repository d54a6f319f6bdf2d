"""Outcomes from JUnit XML, for runners the probe does not know. Weaker evidence: the code under test
runs before the file is read and could have written it. Pure."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from healer.case import Outcome, Raised
from healer.workshop.record import Record, Untrusted, worst

PATH = "/tmp/healer-junit.xml"
_BOMB = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
BAD = frozenset({Outcome.FAILED, Outcome.ERROR})
_OUTCOMES = {"failure": Outcome.FAILED, "error": Outcome.ERROR, "skipped": Outcome.SKIPPED}


def fill(record: Record) -> None:
    """Add what the XML in `record.junit` says. Raises Untrusted where there is none, or it cannot be read."""
    if record.junit_missing or not record.junit:
        raise Untrusted(f"the test command wrote no JUnit XML: {record.junit_missing or 'the file is empty'}")
    if _BOMB.search(record.junit):
        raise Untrusted("the JUnit XML declares entities, which no test runner needs")
    try:
        root = ElementTree.fromstring(record.junit)
    except ElementTree.ParseError as error:
        raise Untrusted(f"the JUnit XML cannot be read: {error}") from error
    for case in root.iter("testcase"):
        _add(record, case)
    if not record.outcomes:
        raise Untrusted("the JUnit XML names no test")
    if _counts_bad(root) and not any(outcome in BAD for outcome in record.outcomes.values()):
        raise Untrusted("the JUnit XML counts failures, and names no test that failed")


def _counts_bad(root: ElementTree.Element) -> bool:
    counted = (suite.get(name, "") for suite in root.iter() for name in ("failures", "errors"))
    return any(number.isdecimal() and number.strip("0") for number in counted)


def _add(record: Record, case: ElementTree.Element) -> None:
    home = case.get("file") or case.get("classname") or ""
    test = f"{home}::{case.get('name', '')}" if home else case.get("name", "")
    found = next((child for child in case if child.tag in _OUTCOMES), None)
    outcome = _OUTCOMES[found.tag] if found is not None else Outcome.PASSED
    record.outcomes[test] = worst(record.outcomes.get(test, outcome), outcome)
    if found is not None and outcome in BAD and test not in record.raised:
        kind = (found.get("type") or "").rpartition(".")[2]
        record.raised[test] = Raised(test=test, exception=kind, message=(found.get("message") or "")[:500])
