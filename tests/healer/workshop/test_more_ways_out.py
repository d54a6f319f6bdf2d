"""Ways out of the sandbox that were listed before looking at those already tried. Each attempt says what it
got; the walls say what it may have."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from healer.case import Limits
from healer.protocols import Job

MACHINE = os.uname().machine
pytestmark = pytest.mark.skipif(MACHINE != "x86_64", reason="calls are named by their x86-64 numbers")

CALL = """
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def call(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *arguments)
    return 'got' if result >= 0 else errno.errorcode[ctypes.get_errno()]
def long(n): return ctypes.c_long(n)
space = ctypes.create_string_buffer(4096)
import _socket
held = _socket.socket(_socket.AF_INET6, _socket.SOCK_STREAM)
held.setsockopt(_socket.IPPROTO_IPV6, _socket.IPV6_V6ONLY, 1)
pair = held.fileno()
"""
# name -> expression; "got" is a way out
CALLS = {
    "io_setup": "call(206, long(8), space)",
    "attach a program to a socket": "call(54, long(pair), long(1), long(26), space, long(16))",
    "io_uring_setup": "call(425, long(8), space)",
    "io_uring_register": "call(427, long(0), long(0), None, long(0))",
    "userfaultfd": "call(323, long(0))",
    "keyctl session": "call(250, long(1), None, long(0), long(0), long(0))",
    "add_key": "call(248, b'user', b'x', b'y', long(1), ctypes.c_int(-3))",
    "request_key": "call(249, b'user', b'x', None, ctypes.c_int(-3))",
    "bpf": "call(321, long(0), space, long(72))",
    "perf_event_open": "call(298, space, long(0), long(-1), long(-1), long(0))",
    "clone3": "call(435, space, long(88))",
    "unshare user": "call(272, long(0x10000000))",
    "unshare mount": "call(272, long(0x20000))",
    "unshare net": "call(272, long(0x40000000))",
    "unshare time": "call(272, long(0x80))",
    "setns": "call(308, long(os.open('/proc/self/ns/net', 0)), long(0))",
    "mount": "call(165, b'none', b'/tmp', b'tmpfs', long(0), None)",
    "umount": "call(166, b'/tmp', long(2))",
    "pivot_root": "call(155, b'/tmp', b'/tmp')",
    "chroot": "call(161, b'/tmp')",
    "fsopen": "call(430, b'tmpfs', long(0))",
    "fsconfig": "call(431, long(0), long(0), None, None, long(0))",
    "fsmount": "call(432, long(0), long(0), long(0))",
    "open_tree": "call(428, long(-100), b'/', long(1))",
    "move_mount": "call(429, long(-100), b'/', long(-100), b'/tmp', long(0))",
    "mount_setattr": "call(442, long(-100), b'/', long(0), space, long(32))",
    "ptrace of the parent": "call(101, long(16), long(os.getppid()), None, None)",
    "process_vm_readv": "call(310, long(os.getppid()), space, long(1), space, long(1), long(0))",
    "pidfd_getfd": "call(438, long(call(434, long(os.getppid()), long(0)) == 'got'), long(0), long(0))",
    "kcmp": "call(312, long(1), long(1), long(0), long(0), long(0))",
    "open_by_handle_at": "call(304, long(-100), space, long(0))",
    "fanotify_init": "call(300, long(0), long(0))",
    "init_module": "call(175, space, long(10), b'')",
    "finit_module": "call(313, long(0), b'', long(0))",
    "kexec_load": "call(246, long(0), long(0), None, long(0))",
    "reboot": "call(169, long(0xfee1dead - (1 << 32)), long(672274793), long(0), None)",
    "swapon": "call(167, b'/tmp/x', long(0))",
    "acct": "call(163, b'/tmp/x')",
    "quotactl": "call(179, long(0), b'/', long(0), space)",
    "sethostname": "call(170, b'x', long(1))",
    "settimeofday": "call(164, space, None)",
    "clock_settime": "call(227, long(0), space)",
    "adjtimex": "call(159, ctypes.create_string_buffer(b'\\\\x01' + bytes(207)))",
    "iopl": "call(172, long(3))",
    "ioperm": "call(173, long(0), long(1), long(1))",
    "modify_ldt": "call(154, long(1), space, long(16))",
    "lookup_dcookie": "call(212, long(0), space, long(1))",
    "syslog": "call(103, long(3), space, long(100))",
    "vhangup": "call(153)",
    "personality": "call(135, long(0x0040000))",
    "mknod of a disk": "call(133, b'/tmp/sda', long(0o60666), long(0x800))",
    "setuid root": "call(105, long(0))",
    "capset": "call(126, space, space)",
    "negative nice": "call(141, long(0), long(0), ctypes.c_long(-20))",
    "netlink": "call(41, long(16), long(3), long(0))",
    "vsock": "call(41, long(40), long(1), long(0))",
    "packet": "call(41, long(17), long(3), long(0x300))",
    "raw": "call(41, long(2), long(3), long(1))",
    "bluetooth": "call(41, long(31), long(3), long(0))",
    "alg": "call(41, long(38), long(5), long(0))",
    "xdp": "call(41, long(44), long(3), long(0))",
    "landlock cannot loosen": "call(446, long(0), long(0))",
    "x32 getpid": "call(0x40000000 + 39)",
}
HARMLESS = {"landlock cannot loosen", "personality", "modify_ldt"}


def test_no_call_is_a_way_out(python):
    table = "\n".join(f"say({name!r}, lambda: {text})" for name, text in CALLS.items())
    code = CALL + "def say(name, work):\n    print(name, '=', work(), flush=True)\n" + table
    done = python(code, limits=Limits(seconds=20))
    told = dict(line.split(" = ") for line in done.output.splitlines() if " = " in line)
    assert told.keys() == CALLS.keys(), done.output[-500:]
    assert {name for name, said in told.items() if said == "got"} <= HARMLESS


def test_typing_for_the_terminal_is_denied(python):
    code = """
        import fcntl, os, pty, termios
        try:
            master, slave = pty.openpty()
        except OSError:
            master = slave = 0
        for name, request in (("TIOCSTI", 0x5412), ("TIOCLINUX", 0x541C), ("both", 0x5412 | (1 << 32))):
            try:
                import ctypes
                libc = ctypes.CDLL(None, use_errno=True)
                result = libc.syscall(16, ctypes.c_long(slave), ctypes.c_ulong(request), b"x")
                print(name, result)
            except OSError as error:
                print(name, -1)
    """
    assert [line.split()[1] for line in python(code).output.splitlines()] == ["-1"] * 3


def test_memory_of_others_is_out_of_reach(python):
    code = """
        import os
        for pid in ("1", str(os.getppid())):
            for name in ("mem", "environ", "maps", "root", "cwd", "exe", "fd"):
                path = f"/proc/{pid}/{name}"
                try:
                    if name in ("root", "cwd", "exe"):
                        print(pid, name, os.readlink(path))
                    elif name == "fd":
                        print(pid, name, os.listdir(path))
                    else:
                        with open(path, "r+b" if name == "mem" else "rb") as file:
                            print(pid, name, len(file.read(100)))
                except OSError as error:
                    print(pid, name, "denied")
    """
    lines = python(code).output.splitlines()
    assert lines
    assert not [line for line in lines if "mem" in line and not line.endswith("denied")]
    assert not [line for line in lines if "environ" in line and line.split()[2] not in {"denied", "0"}]


def test_code_from_memory_stays_inside(python):
    code = """
        import os
        fd = os.memfd_create("x")
        os.write(fd, open("/bin/true", "rb").read())
        pid = os.fork()
        if not pid:
            os.execve(fd, ["true"], {})
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), os.getuid())
    """
    said = python(code).output  # where no control group counts its memory, there is no such file
    assert said.split() == ["0", "1000"] or "Operation not permitted" in said


def test_abstract_sockets_of_the_host_are_not_there(python):
    name = f"\0healer-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        code = f"""
            import socket
            s = socket.socket(socket.AF_UNIX)
            try:
                s.connect({name!r}); print("reached")
            except OSError as error:
                print(type(error).__name__)
        """
        assert python(code).output.split() == ["ConnectionRefusedError"]


def test_shared_memory_and_queues_of_the_host_are_not_there(python):
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    key = 0x4EA1
    there = libc.shmget(key, 4096, 0o1666)
    try:
        code = f"""
            import ctypes
            libc = ctypes.CDLL(None)
            print(libc.shmget({key}, 4096, 0), libc.msgget({key}, 0), libc.semget({key}, 1, 0))
        """
        assert python(code).output.split() == ["-1", "-1", "-1"]
    finally:
        libc.shmctl(there, 0, None)


def test_a_huge_hole_is_no_disk(python):
    code = """
        import os
        fd = os.open("hole", os.O_RDWR | os.O_CREAT)
        try:
            os.ftruncate(fd, 1 << 50); print("made")
        except OSError as error:
            print(type(error).__name__)
        for n in range(40):
            try:
                os.pwrite(fd, b"x" * (1 << 20), n << 20)
            except OSError:
                print("stopped"); break
    """
    done = python(code, limits=Limits(seconds=20, disk_mb=16))
    assert "made" not in done.output
    assert "stopped" in done.output


def test_odd_names_and_long_words_break_nothing(sandbox, tree, python):
    odd = tree / "line\nbreak \x1b[31m\udcff.py"
    odd.write_text("x = 1\n")
    code = """
        import os, sys
        print(len(sys.argv[1]), sorted(os.listdir("."))[-2:] != [])
        os.makedirs("d" * 200 + "/" + "e" * 200); open("a\\nb", "w").close()
        for _ in range(300):
            os.mkdir("deep" * 20); os.chdir("deep" * 20)
        print("made")
    """
    done = python(code, "w" * 120_000)
    assert done.output.split()[0] == "120000"
    assert "made" in done.output
    assert {p.name for p in tree.iterdir()} == {"app.py", "tests", odd.name}
    job = Job(tree=str(tree), command=("true", *["x" * 1000] * 1500))
    assert sandbox.run(job).exit_code in {0, 126, 127}


def test_a_gigabyte_of_words_and_of_reports_is_cut_off(python):
    code = """
        import os
        chunk = b"x" * (1 << 20)
        for _ in range(1024):
            os.write(1, chunk)
        print("all")
    """
    done = python(code, limits=Limits(seconds=30, output_kb=64))
    assert "output" in done.limits_hit
    assert len(done.output) < 200_000
    code = code.replace("os.write(1,", "os.write(int(os.environ['HEALER_REPORT_FD']),")
    done = python(code, limits=Limits(seconds=30), report=True, report_kb=512)
    assert "report" in done.limits_hit
    assert len(done.report) <= 512 << 10


def test_closing_our_pipes_does_not_keep_us_waiting(python):
    code = """
        import os, time
        for fd in range(3, 256):
            try: os.close(fd)
            except OSError: pass
        os.close(1); os.close(2)
        if os.fork(): os._exit(7)
        os.setsid()
        time.sleep(60)
    """
    started = time.monotonic()
    done = python(code, limits=Limits(seconds=20), report=True)
    assert done.exit_code == 7
    assert time.monotonic() - started < 10


def test_nothing_of_a_run_is_left_on_the_host(python, tree):
    def seen() -> tuple[set[str], set[str]]:
        mounts = {line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()}
        marked = set()
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                text = path.read_bytes()
            except OSError:
                continue
            if b"left-behind-by-a-test" in text:
                marked.add(path.parent.name)
        return mounts, marked

    before = seen()
    code = """
        import os, signal, sys, time
        for n in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(n, signal.SIG_IGN)
        for _ in range(5):
            if not os.fork():
                os.setsid()
                if not os.fork():
                    time.sleep(600)
                os._exit(0)
        time.sleep(600)
    """
    done = python(code, "left-behind-by-a-test", limits=Limits(seconds=1.5))
    assert done.limits_hit == ("seconds",)
    assert seen() == before


def test_signals_to_everybody_end_only_the_run(python):
    done = python("import os, signal; os.kill(-1, signal.SIGKILL); print('alive')")
    assert "ProcessLookupError" in done.output  # there is nobody else


def test_the_interpreter_of_a_closed_home_is_shown_and_nothing_beside_it(sandbox, tree):
    beside = Path(sys.base_prefix).parent
    if beside == Path("/"):
        pytest.skip("this interpreter is the system's own")
    code = f"import os; print(os.path.exists({str(beside)!r}), os.listdir({str(beside)!r}))"
    job = Job(tree=str(tree), command=(sys.executable, "-I", "-c", code), python=sys.executable)
    done = sandbox.run(job)
    assert done.output.split("[")[1].count("'") <= 4
    home = Path.home()
    if home != Path("/") and str(beside).startswith(str(home)):
        code = f"import os; print(os.listdir({str(home)!r}))"
        seen = sandbox.run(job.model_copy(update={"command": (sys.executable, "-I", "-c", code)}))
        assert seen.output.count("'") <= 4
