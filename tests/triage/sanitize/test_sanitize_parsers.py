"""Encoders judged by the parsers of their channels, over hostile text."""

from __future__ import annotations

import json
from html import unescape
from html.parser import HTMLParser

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from benchmarks.sanitize import ACTIVE
from triage.sanitize import for_github, for_html, for_model, for_slack, inline_github

HOSTILE = st.lists(
    st.sampled_from(
        [*ACTIVE, "```", "````text\n", "~~~", "\n", "\n\n", "<b>", "</pre>", "<!--", "-->", "&lt;script&gt;", "[a](b)", "![", "](", "|", "\\", "*", "_", "**x**", "`", "> q", "# h", "- [x] t", "1. x",
         "\n    code", "<https://x.io>", "a@b.co", "\t", "]]>", "<?php", "&#60;", "{{x}}", "$x$", "\u2028", "\u202e", "%3Cscript%3E"]
    )
    | st.text(max_size=12),
    max_size=12,
).map("".join)  # fmt: skip
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(tag)

    def handle_comment(self, data: str) -> None:
        self.seen.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.seen.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.seen.append("instruction")

    def unknown_decl(self, data: str) -> None:
        self.seen.append("declaration")


@given(HOSTILE)
@example("`<!-- hidden -->```")
@settings(max_examples=100, deadline=None)
def test_github_reads_one_block_of_text(text: str) -> None:
    tokens = MARKDOWN.parse(for_github(text))
    assert [(token.type, token.info) for token in tokens] == [("fence", "text")]


@given(HOSTILE)
@example("`<!-- hidden -->```")
@settings(max_examples=100, deadline=None)
def test_github_reads_one_line_of_plain_text(text: str) -> None:
    tokens = [
        child.type for token in MARKDOWN.parse("So: " + inline_github(text)) for child in token.children or ()
    ]
    assert set(tokens) <= {"text", "code_inline", "text_special"}


@given(HOSTILE)
@settings(max_examples=100, deadline=None)
def test_a_browser_reads_no_tag(text: str) -> None:
    parser = _Tags()
    parser.feed(f"{for_html(text)}")
    parser.close()
    assert parser.seen == []


@given(HOSTILE)
@settings(max_examples=100, deadline=None)
def test_an_attribute_does_not_end_early(text: str) -> None:
    parser = _Tags()
    parser.feed(f'<i title="{for_html(text)}">')
    parser.close()
    assert parser.seen == ["i"]


@given(HOSTILE)
@settings(max_examples=100, deadline=None)
def test_slack_reads_no_control_sequence(text: str) -> None:
    shown = for_slack(text)
    assert "<" not in shown
    assert ">" not in shown
    assert not {"<!", "<@", "<#"} & {shown[at : at + 2] for at in range(len(shown))}
    assert unescape(shown).count("&") >= shown.count("&amp;")


@given(HOSTILE)
@settings(max_examples=100, deadline=None)
def test_a_model_reads_one_string(text: str) -> None:
    first, body, last = for_model(text, boundary="b0b0").split("\n")
    assert (first, last) == ("<untrusted-b0b0>", "</untrusted-b0b0>")
    assert isinstance(json.loads(body), str)
    assert "<" not in body
