"""No tracker: errors that came straight from an SDK, or from a file, have nobody to tell."""

from __future__ import annotations

import logging

from healer.case import PullRequest

log = logging.getLogger(__name__)


class LocalTracker:
    name = "local"

    def comment(self, issue: str, text: str) -> None:
        log.info("issue %s: %d characters of comment", issue, len(text))

    def link(self, issue: str, pull: PullRequest) -> None:
        log.info("issue %s: proposal %s", issue, pull.branch)

    def resolve(self, issue: str, commit: str) -> None:
        log.info("issue %s: resolved in %s", issue, commit)
