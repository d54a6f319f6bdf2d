"""Socket Mode: clicks over a connection that we open, so nothing of ours need be public."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from healer.interactions import Answer

log = logging.getLogger(__name__)

CONCURRENCY = 4


class Listener:
    """One connection that renews itself. `take` is the desk's; slack-sdk calls it on threads of its own."""

    def __init__(
        self, app_token: str, client: WebClient, take: Callable[[Mapping[str, Any]], Answer]
    ) -> None:
        self._take = take
        self._client = SocketModeClient(app_token, web_client=client, concurrency=CONCURRENCY)
        self._client.socket_mode_request_listeners.append(self.hear)

    def start(self) -> None:
        self._client.connect()

    def stop(self) -> None:
        self._client.close()

    def hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """Answer within three seconds, then tell. A click whose record cannot be reached stays unanswered,
        so that the clicker sees that it did not work."""
        if request.type != "interactive":
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
            return
        try:
            answer = self._take(request.payload)
        except psycopg.Error as error:
            log.warning("a click was not taken: %s", type(error).__name__)
            return
        response = SocketModeResponse(envelope_id=request.envelope_id, payload=answer.body)
        client.send_socket_mode_response(response)
        if answer.later:
            answer.later()
