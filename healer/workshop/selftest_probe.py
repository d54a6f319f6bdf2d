"""Runs inside the sandbox, for the self-test: `probe.py contained PORT SECRET | daemon MARK | floods`.

Reports one JSON list per line, [promise, what broke it or ""]."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sys
import time

KNOWN = {"PATH", "HOME", "TMPDIR", "LANG", "PWD", "PYTHONDONTWRITEBYTECODE", "HEALER_REPORT_FD", "LC_CTYPE"}


def report(name: str, detail: str) -> None:
    os.write(int(os.environ["HEALER_REPORT_FD"]), json.dumps([name, detail]).encode() + b"\n")


def network(port: int) -> str:
    with open("/proc/net/route") as routes:
        if len(routes.readlines()) > 1:
            return "there is a route"
    for address in (("127.0.0.1", port), ("192.0.2.1", 80), ("10.0.0.1", 80)):
        with socket.socket() as client:
            client.settimeout(1)
            if client.connect_ex(address) == 0:
                return f"reached {address}"
    return ""


def files(secret: str) -> str:
    if os.path.exists(secret):
        return "a host file is visible"
    for path in ("/usr/x", "/etc/x", "/x", "/dev/x", "/proc/sys/kernel/core_pattern", "/etc/passwd"):
        try:
            with open(path, "a"):
                return f"{path} can be written"
        except OSError:
            continue
    with open("/work/left", "w") as file:
        file.write("x")
    return ""


def environment() -> str:
    extra = set(os.environ) - KNOWN
    return f"visible: {sorted(extra)}" if extra else ""


def privileges() -> str:
    with open("/proc/self/status") as file:
        status = dict(line.split(":\t", 1) for line in file.read().splitlines() if ":\t" in line)
    wanted = {"CapEff": "0" * 16, "CapBnd": "0" * 16, "NoNewPrivs": "1", "Seccomp": "2"}
    wrong = [name for name, value in wanted.items() if status.get(name) != value]
    libc = ctypes.CDLL(None)
    if os.getuid() == 0 or wrong:
        return f"wrong in /proc/self/status: {wrong or 'Uid'}"
    if libc.unshare(0x10000000) == 0:
        return "a user namespace can be made"
    return "ptrace is allowed" if libc.ptrace(0, 0, 0, 0) == 0 else ""


def interpreter() -> str:
    try:
        with open(os.path.join(sys.prefix, "x"), "w"):
            return f"{sys.prefix} can be written"
    except OSError:
        return ""


def daemon(mark: str) -> str:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)", mark])
        os._exit(0)
    os.wait()
    for _ in range(200):
        time.sleep(0.005)
        for pid in filter(str.isdecimal, os.listdir("/proc")):
            with open(f"/proc/{pid}/cmdline") as file:
                if mark in file.read() and pid != str(os.getpid()):
                    return ""
    return "the daemon did not start"


def processes() -> str:
    children = []
    try:
        for _ in range(48):
            child = os.fork()
            if child == 0:
                time.sleep(60)
                os._exit(0)
            children.append(child)
    except OSError:
        return ""
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)
    return "48 processes started where 24 are allowed"


def disk() -> str:
    try:
        for place in ("/tmp", "/work", "/dev/shm", "/home/sandbox", "/run"):
            with open(f"{place}/flood", "wb") as file:
                for _ in range(4):
                    file.write(b"x" * (1 << 20))
    except OSError:
        for place in ("/tmp", "/work", "/dev/shm", "/home/sandbox", "/run"):
            if os.path.exists(f"{place}/flood"):
                os.unlink(f"{place}/flood")
        return ""
    return "20 MB were written where 8 are allowed"


def memory() -> str:
    held: list[bytearray] = []
    try:
        while len(held) < 24:
            held.append(bytearray(b"x" * (16 << 20)))
    except MemoryError:
        return ""
    return f"{len(held) * 16} MB were taken where 128 are allowed"


def main(part: str, *arguments: str) -> None:
    if part == "contained":
        report("network", network(int(arguments[0])))
        report("files", files(arguments[1]))
        report("environment", environment())
        report("privileges", privileges())
        report("interpreter", interpreter())
    elif part == "daemon":
        report("daemon", daemon(*arguments))
    else:
        report("processes", processes())
        report("disk", disk())
        report("memory", memory())


main(*sys.argv[1:])
