"""Whatever JSON comes in: an event, or `Malformed`, and nothing else."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.__main__ import summary
from triage.build import build_event
from triage.envelope import parse
from triage.grouping import fingerprint
from triage.incident import Event
from triage.lenient import Malformed
from triage.localize import localize, locate
from triage.sentry import read_event, read_hook

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
_NAMES = """
    event_id timestamp platform level message logentry params formatted exception values type value module
    mechanism handled source exception_id parent_id is_exception_group stacktrace frames filename abs_path
    absPath function lineno lineNo in_app inApp context_line pre_context post_context context vars tags key
    request headers query_string url method data cookies env user release version dist environment contexts
    trace trace_id runtime name extra breadcrumbs fingerprint entries eventID groupID threads crashed sdk
    modules packages occurrence action event error issue actor id feedback
"""
KEYS = st.sampled_from(_NAMES.split())
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ["exception", "python", "{{ default }}", "a.py", "<string>", "\ud800", "\x00", "__main__"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)
EVENTS = st.dictionaries(KEYS, JSON, max_size=12)


class NoFiles:
    def paths(self) -> tuple[str, ...]:
        return ("a.py",)

    def read(self, path: str) -> str | None:
        return "def f():\n    pass\n"


@QUICK
@given(JSON | EVENTS)
def test_any_json_is_an_event_or_malformed(sent: Any) -> None:
    with contextlib.suppress(Malformed):
        event = build_event(read_event(sent))
        assert len(fingerprint(event)) == 64
        assert fingerprint(event) == fingerprint(Event.model_validate_json(event.model_dump_json()))
        assert summary(event)
        localize(event, NoFiles(), locate(event, NoFiles()))


@QUICK
@given(st.sampled_from(["issue", "event_alert", "error", "comment", "metric_alert", "x"]), EVENTS)
def test_any_hook_is_read_or_malformed(resource: str, sent: dict[str, Any]) -> None:
    with contextlib.suppress(Malformed):
        hook = read_hook(resource, json.dumps(sent).encode())
        assert hook.content_key


@QUICK
@given(
    st.binary(max_size=200)
    | st.lists(EVENTS, max_size=4).map(lambda events: b"\n".join(json.dumps(e).encode() for e in events))
)
def test_any_bytes_are_an_envelope_or_malformed(data: bytes) -> None:
    with contextlib.suppress(Malformed):
        parse(data).event()


@QUICK
@given(st.lists(st.tuples(st.binary(max_size=20), st.booleans()), max_size=5))
def test_what_was_framed_is_read_back(payloads: list[tuple[bytes, bool]]) -> None:
    data, expected = b"{}\n", []
    for payload, with_length in payloads:
        kept = payload if with_length else payload.replace(b"\n", b"")
        header = {"type": "attachment", "length": len(kept)} if with_length else {"type": "attachment"}
        data += json.dumps(header).encode() + b"\n" + kept + b"\n"
        expected.append(kept)
    assert [item.payload for item in parse(data).items] == expected
