"""slack-sdk, bounded: what is tried again, and what a failure says about whether Slack acted."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryState

from healer.errors import NotConfigured, Transient

TIMEOUT = 20
LONGEST_WAIT = 60  # seconds of Retry-After that are waited for here; longer ones go back to the queue
TRIES = 3

UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "unknown"})
SETTINGS = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "restricted_action",
    }
)


class NotTaken(Transient):
    """Slack refused this for now, and certainly did not act; it is tried again by itself."""


class Impossible(NotConfigured):
    """Slack refuses this for as long as the app or the channel stays as it is."""


class Declined(NotTaken):
    """Slack refuses what was sent. `code` is Slack's own."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"Slack answered {code}")


class PatientWithLimits(RateLimitErrorRetryHandler):
    """Waits as long as Slack says, where that is short; never more than a few times."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        return retry_after(response.headers) <= LONGEST_WAIT


def retry_after(headers: Any) -> int:
    """Seconds; 0 where the header is absent, more than anybody waits where it is no number."""
    for name, value in dict(headers or {}).items():
        if name.lower() == "retry-after":
            text = str(value[0] if isinstance(value, list) else value)
            return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else LONGEST_WAIT + 1
    return 0


def client(token: str, url: str = "") -> WebClient:
    """Without slack-sdk's own retry after a lost connection: Slack may have acted on what was lost."""
    handlers = [PatientWithLimits(max_retry_count=TRIES)]
    return WebClient(
        token=token, timeout=TIMEOUT, retry_handlers=list(handlers), base_url=url or WebClient.BASE_URL
    )


def scopes(answer: Any) -> frozenset[str]:
    """What the token may, of any answer of Slack's; empty where it does not say."""
    for name, value in dict(getattr(answer, "headers", None) or {}).items():
        if name.lower() == "x-oauth-scopes":
            text = value[0] if isinstance(value, list) else str(value)
            return frozenset(filter(None, (scope.strip() for scope in text.split(","))))
    return frozenset()


def call(method: Callable[..., Any], **arguments: Any) -> Any:
    """Slack's answer. Raises NotTaken, Declined or Impossible where Slack certainly did not act, and
    Transient where nobody knows."""
    try:
        return method(**arguments)
    except SlackApiError as error:
        raise _refusal(error) from error
    except (SlackClientError, URLError, http.client.HTTPException, OSError) as error:
        raise Transient(f"Slack could not be reached: {type(error).__name__}") from error


def _refusal(error: SlackApiError) -> Exception:
    response = error.response
    status = getattr(response, "status_code", 200)
    data = getattr(response, "data", response)
    code = str(data.get("error", "unknown")) if isinstance(data, dict) else "unknown"
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return NotTaken(f"Slack asks to wait {retry_after(getattr(response, 'headers', {}))} s")
    if status >= 500 or code in UNSURE:
        return Transient(f"Slack answered {status} {code}")
    if code in SETTINGS:
        return Impossible(f"Slack answered {code}; {_remedy(code, data)}")
    return Declined(code)


def _remedy(code: str, data: Any) -> str:
    if code == "missing_scope" and isinstance(data, dict):
        return f"give the app the scope {data.get('needed', '')} and install it again"
    if code in ("channel_not_found", "not_in_channel", "is_archived", "restricted_action"):
        return "set slack.channel to the id of a channel, and invite the app into it"
    return "set slack.token to the app's bot token"
