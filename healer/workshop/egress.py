"""The one way out of a sandbox, for installing dependencies: a proxy that lets through named hosts only.

The sandbox keeps its own empty network. A unix socket of ours is shown to it; inside, `probe/online.py`
passes its loopback's connections on to it. So nothing reaches this machine's loopback or its neighbours.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import socketserver
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from healer.workshop.claims import scratch

INSIDE = "/opt/healer-egress"  # where the sandbox shows the socket
PROXY = "http://127.0.0.1:3128"  # what programs inside are told
ENVIRONMENT = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), PROXY)
HEAD = 16 << 10  # bytes of a request's head
IDLE = 60.0  # seconds
CONNECTIONS = 64
CHUNK = 1 << 16


@contextmanager
def egress(hosts: Iterable[str]) -> Iterator[Path]:
    """The socket's path. `hosts`: `name` (port 443) or `name:port`; nothing else is reached."""
    allowed = frozenset(host if ":" in host else f"{host}:443" for host in hosts)
    with scratch() as place:
        path = place / "socket"
        with Proxy(str(path), allowed) as proxy:
            path.chmod(0o666)
            thread = threading.Thread(target=proxy.serve_forever, args=(0.1,), daemon=True)
            thread.start()
            try:
                yield path
            finally:
                proxy.shutdown()
                thread.join()


class Proxy(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, path: str, allowed: frozenset[str]) -> None:
        self.allowed = allowed
        self.slots = threading.BoundedSemaphore(CONNECTIONS)
        super().__init__(path, Tunnel)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is foreign code breaks off as it likes."""


class Tunnel(socketserver.BaseRequestHandler):
    """One connection: `CONNECT host:port`, or a plain `GET http://host/…` of an index without TLS."""

    request: socket.socket
    server: Proxy

    def handle(self) -> None:
        with self.server.slots:
            self.request.settimeout(IDLE)
            head, rest = self.head()
            method, _, words = head.partition(b" ")
            place = words.partition(b" ")[0].decode("latin-1")
            tunnel = method == b"CONNECT"
            address = place if tunnel else netloc(place)
            if address not in self.server.allowed:
                self.refuse(403, f"{address or 'this'} is not among the hosts an installer may reach")
                return
            host, _, port = address.rpartition(":")
            try:
                outside = socket.create_connection((host.strip("[]"), int(port)), timeout=IDLE)
            except OSError as error:
                self.refuse(502, f"{address} cannot be reached: {error}")
                return
            with outside:
                if tunnel:
                    self.request.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                else:
                    outside.sendall(forwarded(head, place))
                outside.sendall(rest)
                relay(self.request, outside)

    def head(self) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data and len(data) < HEAD:
            chunk = self.request.recv(CHUNK)
            if not chunk:
                break
            data += chunk
        head, _, rest = data.partition(b"\r\n\r\n")
        return head, rest

    def refuse(self, code: int, why: str) -> None:
        body = f"healer: {why}\n".encode()
        said = f"HTTP/1.1 {code} Refused\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.request.sendall(said.encode() + body)


def netloc(url: str) -> str:
    """host:port of an http URL; "" of anything else."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname}:{parts.port or 80}" if parts.scheme == "http" and parts.hostname else ""
    except ValueError:
        return ""


def forwarded(head: bytes, url: str) -> bytes:
    """The request as the origin expects it, one per connection: another one could name another host."""
    first, *lines = head.split(b"\r\n")
    method = first.partition(b" ")[0]
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [line for line in lines if not line.lower().startswith((b"connection:", b"proxy-", b"host:"))]
    own = [b"Host: " + parts.netloc.rpartition("@")[2].encode("latin-1"), b"Connection: close"]
    return b"\r\n".join([method + b" " + path.encode("latin-1") + b" HTTP/1.1", *own, *kept]) + b"\r\n\r\n"


def relay(one: socket.socket, other: socket.socket) -> None:
    """Bytes both ways until either side ends or nothing is said for a while."""
    to = {one: other, other: one}
    with selectors.DefaultSelector() as selector, contextlib.suppress(OSError):
        for end in to:
            selector.register(end, selectors.EVENT_READ)
        while ready := selector.select(IDLE):
            for key, _ in ready:
                source: socket.socket = key.fileobj  # type: ignore[assignment]
                data = source.recv(CHUNK)
                if not data:
                    return
                to[source].sendall(data)
