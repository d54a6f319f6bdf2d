"""Runs inside the sandbox, before the guest: `relay.py TASK PORT=SOCKET… -- COMMAND…`.

Command lines speak HTTP over TCP, and the sandbox has no way out but sockets of ours that are shown in it. So
each PORT of its own loopback leads to a SOCKET, and LIFE, a socket too, ends the guest when we hang up.
"""

import socket
import subprocess
import sys
import threading
from contextlib import suppress

LIFE = "/sockets/life"
CHUNK = 65536


def pump(source: socket.socket, drain: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            drain.sendall(data)
    with suppress(OSError):
        drain.shutdown(socket.SHUT_WR)
    with suppress(OSError):
        source.shutdown(socket.SHUT_RD)


def connected(path: str) -> socket.socket:
    there = socket.socket(socket.AF_UNIX)
    there.connect(path)
    return there


def lead(listener: socket.socket, path: str) -> None:
    while True:
        here, _ = listener.accept()
        here.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            there = connected(path)
        except OSError:
            here.close()
            continue
        for pair in ((here, there), (there, here)):
            threading.Thread(target=pump, args=pair, daemon=True).start()


def end_with(life: socket.socket, process: "subprocess.Popen[bytes]") -> None:
    life.recv(1)
    process.kill()


def main() -> int:
    at = sys.argv.index("--")
    task, *ways = sys.argv[1:at]
    for way in ways:
        port, path = way.split("=", 1)
        listener = socket.create_server(("127.0.0.1", int(port)), backlog=64)
        threading.Thread(target=lead, args=(listener, path), daemon=True).start()
    life = connected(LIFE)
    with open(task, "rb") as said:
        process = subprocess.Popen(sys.argv[at + 1 :], stdin=said, cwd="/home/sandbox")
    threading.Thread(target=end_with, args=(life, process), daemon=True).start()
    code = process.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
