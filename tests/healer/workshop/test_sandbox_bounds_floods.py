"""Code that wants more than its share, run for real: each limit is named, and nothing is left of it."""

from __future__ import annotations

import secrets
import sys
import textwrap
from pathlib import Path

import pytest

from healer.case import Limits
from healer.protocols import Completed, Job
from healer.workshop.sandbox import Bubblewrap


def test_fork_flood(python, alive, small):
    mark = f"mark{secrets.token_hex(8)}"
    done = python(
        """
        import os, time
        n = 0
        until = time.time() + 0.5
        while time.time() < until:
            try:
                if os.fork() == 0: time.sleep(30)
                n += 1
            except OSError: time.sleep(0.05)
        print(n)
        """,
        mark,
        limits=small,
    )
    assert int(done.output) <= small.processes
    assert "processes" in done.limits_hit
    assert alive(mark) == []


def test_fork_bomb(python, alive, small):
    mark = f"mark{secrets.token_hex(8)}"
    code = """
        import os
        while True:
            try: os.fork()
            except OSError: pass
    """
    done = python(code, mark, limits=small.model_copy(update={"seconds": 1.0}))
    assert {"seconds", "processes"} <= set(done.limits_hit)
    assert done.seconds < 8
    assert alive(mark) == []


def test_memory_flood(python, small):
    done = python("x = []\nwhile True: x.append(bytearray(b'x' * (8 << 20)))", limits=small)
    assert done.exit_code != 0
    assert "memory" in done.limits_hit or "MemoryError" in done.output


def test_memory_flood_by_many(python, small):
    """Each below any limit of one process, together far beyond."""
    code = """
        import os, time
        for _ in range(12):
            if os.fork() == 0:
                x = bytearray(b"x" * (24 << 20)); time.sleep(3); os._exit(0)
        codes = [os.wait()[1] for _ in range(12)]
        print("all lived" if not any(codes) else "some died")
    """
    done = python(code, limits=small)
    assert "memory" in done.limits_hit
    assert "all lived" not in done.output


@pytest.fixture
def metered(sandbox: Bubblewrap) -> Bubblewrap:
    """As on a machine where no control group is ours."""
    other = Bubblewrap(sandbox.state)
    other.__dict__["hierarchy"] = None
    return other


SHARED_MEMORY = """
    import ctypes, mmap, os, time
    ctypes.CDLL(None).prctl(15, b"\\xff\\x0bRssShmem:")  # a name that is hard to read
    share = mmap.mmap(-1, {megabytes} << 20)
    for page in range(0, len(share), 4096): share[page] = 1
    for _ in range({readers}):
        if os.fork() == 0:
            sum(share[::4096]); time.sleep(0.5); os._exit(0)
    time.sleep(0.5)
    print("lived")
"""


def test_memory_that_no_process_owns_is_counted_without_control_groups(metered, tree, small):
    """The kernel's count for one process leaves out what it could share."""
    done = seen(metered, tree, SHARED_MEMORY.format(megabytes=150, readers=0), small)
    assert "memory" in done.limits_hit
    assert "lived" not in done.output


def test_memory_that_many_processes_share_is_counted_once(metered, tree, small):
    done = seen(metered, tree, SHARED_MEMORY.format(megabytes=40, readers=6), small)
    assert (done.limits_hit, done.output) == ((), "lived\n")


def test_local_sockets_count_as_full_without_control_groups(metered, tree, small):
    code = """
        import socket, time
        held = [socket.socketpair() for _ in range(300)]
        time.sleep(0.5)
        print("lived")
    """
    done = seen(metered, tree, code, small)
    assert "memory" in done.limits_hit
    assert "lived" not in done.output


def test_what_waits_in_tcp_counts_without_control_groups(metered, tree, small):
    code = """
        import socket, time
        server, held, total = socket.create_server(("127.0.0.1", 0)), [], 0
        for _ in range(60):
            near = socket.create_connection(server.getsockname())
            near.setblocking(False)
            held.append((near, server.accept()))
            try:
                while True: total += near.send(b"x" * 65536)
            except OSError: pass
        time.sleep(0.5)
        print(total >> 20)
    """
    done = seen(metered, tree, code, small)
    assert "memory" in done.limits_hit or int(done.output) <= small.memory_mb


def seen(box: Bubblewrap, tree: Path, code: str, limits: Limits) -> Completed:
    command = (sys.executable, "-I", "-S", "-c", textwrap.dedent(code))
    return box.run(Job(tree=str(tree), command=command, python=sys.executable, limits=limits))


def test_disk_flood(python, tree, small):
    done = python(
        """
        total = 0
        for place in ("/work", "/tmp", "/dev/shm", "/home/sandbox", "/run"):
            try:
                with open(place + "/flood", "wb", buffering=0) as f:
                    while True: total += f.write(b"x" * 65536)
            except OSError as e: pass
        print(total)
        """,
        limits=small,
    )
    assert int(done.output) <= small.disk_mb << 20
    assert "disk" in done.limits_hit
    assert not (tree / "flood").exists()


def test_inode_flood(python, small):
    done = python(
        """
        n = 0
        try:
            while True:
                open(f"/work/{n}", "w").close(); n += 1
        except OSError: print(n)
        """,
        limits=small.model_copy(update={"seconds": 8.0}),
    )
    assert not done.output or int(done.output) <= 20_000
    assert "disk" in done.limits_hit


def test_output_flood(python, small):
    done = python("import os\nwhile True: os.write(1, b'y' * 65536)", limits=small)
    assert "output" in done.limits_hit
    assert done.seconds < 5
    assert len(done.output) < 20 * 1024


def test_report_flood(python, small):
    code = "import os\nwhile True: os.write(int(os.environ['HEALER_REPORT_FD']), b'y' * 65536)"
    done = python(code, report=True, report_kb=64, limits=small)
    assert "report" in done.limits_hit
    assert len(done.report) == 64 << 10


def test_xml_bomb(python, small):
    """Whatever reads it, reads it inside the limits."""
    done = python(
        """
        import xml.parsers.expat as expat
        names = "abcdefgh"
        doc = "<!DOCTYPE x [<!ENTITY a '" + "lol" * 50 + "'>"
        for n, m in zip(names, names[1:]): doc += f"<!ENTITY {m} '" + f"&{n};" * 10 + "'>"
        held = []
        p = expat.ParserCreate(); p.CharacterDataHandler = held.append
        p.Parse((doc + "]><x>" + "&h;" * 10 + "</x>").encode(), True)
        """,
        limits=small,
    )
    assert done.exit_code != 0
    assert done.seconds < 8


def test_socket_flood(python, sandbox, small):
    """What waits in sockets of the run's own loopback is memory of the whole machine."""
    if sandbox.hierarchy is None:
        pytest.skip("no control group counts it here")
    done = python(
        """
        import socket
        server, held, total = socket.create_server(("127.0.0.1", 0)), [], 0
        for _ in range(24):
            near = socket.create_connection(server.getsockname())
            near.setblocking(False)
            held.append((near, server.accept()))
            try:
                while True: total += near.send(b"x" * 65536)
            except OSError: pass
        print(total >> 20)
        """,
        limits=small,
    )
    assert "memory" in done.limits_hit or int(done.output) <= small.memory_mb // 2


def test_attribute_flood(python, small):
    done = python(
        """
        import os
        n = 0
        try:
            while n < 2000:
                os.setxattr("/tmp", f"user.x{n}", b"x" * 60000); n += 1
        except OSError: pass
        print(n)
        """,
        limits=small,
    )
    assert not done.output or int(done.output) * 60_000 <= small.memory_mb << 20
