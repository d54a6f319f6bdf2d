"""Runs a command inside the sandbox with a way out: `online.py SOCKET PORT CMD …`.

What connects to the sandbox's own loopback at PORT is passed on to the service's proxy at SOCKET.
Python 3.8 and newer, no dependencies.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading


def copy(source: socket.socket, to: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            data = source.recv(1 << 16)
            if not data:
                break
            to.sendall(data)
    for end in (source, to):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def serve(listener: socket.socket, path: str) -> None:
    while True:
        inner, _ = listener.accept()
        outer = socket.socket(socket.AF_UNIX)
        try:
            outer.connect(path)
        except OSError:
            inner.close()
            continue
        for ends in ((inner, outer), (outer, inner)):
            threading.Thread(target=copy, args=ends, daemon=True).start()


def main() -> int:
    path, port, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    listener = socket.create_server(("127.0.0.1", port), backlog=64)
    threading.Thread(target=serve, args=(listener, path), daemon=True).start()
    return subprocess.call(command, close_fds=False)


if __name__ == "__main__":
    sys.exit(main())
