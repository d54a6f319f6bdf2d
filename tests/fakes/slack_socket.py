"""Slack's side of Socket Mode on loopback: real WebSocket frames, as far as slack-sdk needs them."""

from __future__ import annotations

import base64
import hashlib
import json
import queue
import socket
import struct
import threading
from contextlib import suppress
from typing import Any

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class SocketSide:
    """`with SocketSide() as side`: `url` is what `apps.connections.open` gives. Each connection is greeted;
    `tell` sends a frame on the newest one; what the client answers stands in `answers`."""

    def __init__(self) -> None:
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.greeted = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self.url = f"ws://127.0.0.1:{self._listener.getsockname()[1]}/link?ticket=1"

    def __enter__(self) -> SocketSide:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in (*self._connections, self._listener):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def tell(self, frame: dict[str, Any]) -> None:
        self._connections[-1].sendall(_frame(TEXT, json.dumps(frame).encode()))

    def drop(self) -> None:
        """As Slack refreshes a connection: it says so, and closes."""
        self.tell({"type": "disconnect", "reason": "refresh_requested"})
        with suppress(OSError):
            self._connections[-1].sendall(_frame(CLOSE, struct.pack("!H", 1000)))

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError, EOFError):
            stream = connection.makefile("rb")
            key = _key(stream)
            accept = base64.b64encode(hashlib.sha1(key + MAGIC).digest())
            head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            connection.sendall(head + b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
            self._connections.append(connection)
            self.tell({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0HEALER"}})
            self.greeted += 1
            while True:
                kind, data = _read(stream)
                if kind == PING:
                    connection.sendall(_frame(PONG, data))
                elif kind == TEXT:
                    self.answers.put(json.loads(data))
                elif kind == CLOSE:
                    return


def _key(stream: Any) -> bytes:
    found = b""
    while (line := stream.readline().strip()) or not found:
        if not line:
            raise EOFError
        name, _, value = line.partition(b":")
        if name.lower() == b"sec-websocket-key":
            found = value.strip()
    return found


def _frame(kind: int, data: bytes) -> bytes:
    """Unmasked, as servers send."""
    size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + struct.pack("!H", len(data))
    return bytes([0x80 | kind]) + size + data


def _read(stream: Any) -> tuple[int, bytes]:
    """One frame of a client: they are masked."""
    kind, size = _exactly(stream, 2)
    assert size & 0x80, "a client masks its frames"
    size &= 0x7F
    if size >= 126:
        size = int.from_bytes(_exactly(stream, 2 if size == 126 else 8), "big")
    mask, data = _exactly(stream, 4), _exactly(stream, size)
    return kind & 0x0F, bytes(byte ^ mask[n % 4] for n, byte in enumerate(data))


def _exactly(stream: Any, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return bytes(data)
