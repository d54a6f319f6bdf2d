"""Whether Slack's token, channel and Socket Mode are what Healer needs. Each raises what is wrong."""

from __future__ import annotations

from slack_sdk import WebClient

from healer.errors import NotConfigured
from healer.notifiers.slack_client import call, client, scopes

SCOPES = ("chat:write", "files:write")
HISTORY = frozenset({"channels:history", "groups:history"})  # either: what was posted is looked for


def token(web: WebClient, team: str) -> str:
    """The workspace's name."""
    answer = call(web.auth_test)
    given = scopes(answer)
    missing = [scope for scope in SCOPES if scope not in given]
    missing += [] if HISTORY & given else ["channels:history"]
    if given and missing:
        lacking = ", ".join(missing)
        raise NotConfigured(f"its scopes lack {lacking}; add them to the app and install it again")
    if team and answer.get("team_id") != team:
        raise NotConfigured(f"it is of the workspace {answer.get('team_id')}, and slack.team is {team}")
    return f"workspace {answer.get('team', '')}"


def channel(web: WebClient, name: str) -> str:
    """Read, as where an answer was lost."""
    call(web.conversations_history, channel=name, limit=1)
    return name


def socket(app_token: str, url: str) -> None:
    call(client(app_token, url).apps_connections_open, app_token=app_token)
