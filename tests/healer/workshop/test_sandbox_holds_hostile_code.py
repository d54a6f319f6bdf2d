"""Hostile code, run for real. Each test says what did not happen."""

from __future__ import annotations

import os
import platform
import secrets
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from healer.errors import BadInput
from healer.protocols import Job


def everything(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_leaving_files(python, tree, tmp_path):
    before = everything(tree)
    code = """
        import os
        for place in ("/work", "/work/tests", "/tmp", "/home/sandbox", "/dev/shm", "/run", "/usr", "/etc",
                      "/", "/dev", "/work/..", "/opt", "/var", "/var/tmp", "/proc", "/sys", "/root", "/mnt"):
            try:
                open(place + "/MARK", "w").write("x")
                print("wrote", place)
            except OSError:
                pass
        open("/work/app.py", "a").write("evil")
        os.remove("/work/tests/test_app.py")
    """.replace("MARK", mark := f"mark{secrets.token_hex(6)}")
    wrote = {line.split()[1] for line in python(code).output.splitlines()}
    scratch = {"/work", "/work/tests", "/tmp", "/home/sandbox", "/dev/shm", "/run", "/var/tmp"}
    assert wrote == scratch
    assert everything(tree) == before
    for place in ("/", "/tmp", "/dev/shm", "/run", "/usr", "/etc", "/var/tmp", str(tmp_path), str(tree)):
        assert not os.path.exists(f"{place}/{mark}")
    again = python(
        "import os; print(os.path.exists('/tmp/MARK'), os.path.exists('/work/MARK'))".replace("MARK", mark)
    )
    assert again.output.strip() == "False False"


def test_daemons(python, alive):
    mark = f"mark{secrets.token_hex(8)}"
    done = python(
        """
        import os, signal, sys, time
        for number in range(1, 64):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                sleeper = [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)", sys.argv[1]]
                os.execv(sys.executable, sleeper)
            os._exit(0)
        time.sleep(0.3)
        """,
        mark,
    )
    assert done.exit_code == 0
    assert done.seconds < 5
    assert alive(mark) == []


def test_a_killed_service_leaves_no_process(tree, sandbox, alive):
    mark = f"mark{secrets.token_hex(8)}"
    script = (
        "from healer.workshop.sandbox import Bubblewrap; from healer.protocols import Job; import sys; "
        "Bubblewrap().run_unchecked(Job(tree=sys.argv[1], command=('/bin/sh', '-c', "
        "'sleep 60 & sleep 60; : ' + sys.argv[2])))"
    )
    root = Path(__file__).parents[3]
    service = subprocess.Popen(
        [sys.executable, "-c", script, str(tree), mark], cwd=root, start_new_session=True
    )
    try:
        assert eventually(lambda: len(alive(mark)) >= 2)
    finally:
        service.kill()
        service.wait()
    assert eventually(lambda: alive(mark) == [])


def eventually(condition, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_the_hosts_loopback_and_sockets(python, tmp_path):
    path = tmp_path / "host.sock"
    abstract = f"\0healer-{secrets.token_hex(4)}"
    server = socket.create_server(("127.0.0.1", 0))
    with server as tcp, socket.socket(socket.AF_UNIX) as unix, socket.socket(socket.AF_UNIX) as hidden:
        unix.bind(str(path))
        unix.listen()
        hidden.bind(abstract)
        hidden.listen()
        done = python(
            """
            import _socket as s, sys
            def reach(family, address):
                try:
                    c = s.socket(family, s.SOCK_STREAM); c.settimeout(1)
                    c.connect(address); print("reached", address)
                except OSError as e: print(type(e).__name__)
            reach(s.AF_INET, ("127.0.0.1", int(sys.argv[1])))
            reach(s.AF_UNIX, sys.argv[2])
            reach(s.AF_UNIX, "\\0" + sys.argv[3])
            reach(s.AF_INET, ("192.0.2.7", 80))
            reach(s.AF_INET6, ("2001:db8::7", 80))
            """,
            str(tcp.getsockname()[1]),
            str(path),
            abstract[1:],
        )
    assert "reached" not in done.output
    assert len(done.output.splitlines()) == 5
    assert any(words.startswith("network: ") for words in done.denied)


def test_unusual_sockets(python):
    done = python("""
        import _socket as s
        raw = s.SOCK_RAW
        for family, kind in ((16, raw), (17, raw), (s.AF_INET, raw), (38, 5), (40, 1), (31, 1)):
            try: s.socket(family, kind, 0); print("made", family)
            except OSError: pass
    """)
    assert done.output == ""


def test_devices(python):
    done = python("""
        import os, stat
        for path, _, files in os.walk("/dev"):
            for name in files:
                mode = os.stat(os.path.join(path, name), follow_symlinks=False).st_mode
                if stat.S_ISBLK(mode): print("block", name)
        for kind in (stat.S_IFBLK, stat.S_IFCHR):
            try: os.mknod("/tmp/node", 0o600 | kind, os.makedev(1, 1)); print("made", kind)
            except PermissionError: pass
        for name in ("mem", "kmem", "port", "kmsg", "sda", "vda", "fuse", "kvm", "loop0", "tty0"):
            if os.path.exists("/dev/" + name): print("present", name)
        os.mkfifo("/tmp/fifo"); print("fifo")
    """)
    assert done.output.split() == ["fifo"]


def test_secrets_of_the_environment(python, monkeypatch):
    monkeypatch.setenv("HEALER_TEST_SECRET", secret := secrets.token_hex(16))
    done = python("""
        import os
        print(sorted(os.environ))
        for pid in filter(str.isdecimal, os.listdir("/proc")):
            for name in ("environ", "cmdline"):
                try: print(open(f"/proc/{pid}/{name}").read())
                except OSError: pass
    """)
    assert secret not in done.output
    assert "HEALER_TEST_SECRET" not in done.output


def test_secrets_in_files(python, tmp_path):
    (tmp_path / "secret").write_text("s3cr3t")
    (tmp_path / "secret").chmod(0o644)
    done = python(
        """
        import glob, os, sys
        paths = ("/etc/shadow", "/etc/sudoers", "/proc/kcore", "/proc/keys", "/proc/1/environ",
                 "/proc/cmdline", "/proc/config.gz", "/proc/interrupts")
        for path in (sys.argv[1], *paths):
            try: print("read", path, len(open(path, "rb").read(100)))
            except OSError: pass
        print(os.listdir("/"))
        print(*(glob.glob(g) for g in ("/home/*", "/root/.[!p]*", "/run/*", "/etc/ssl/private/*")))
        """,
        str(tmp_path / "secret"),
    )
    read = [line for line in done.output.splitlines() if line.startswith("read") and not line.endswith(" 0")]
    assert read == []
    assert "s3cr3t" not in done.output
    assert "['/home/sandbox'] [] [] []" in done.output
    assert "'sys'" not in done.output


def test_descriptors(python):
    """Nothing of the service is inherited but the pipes."""
    code = "import os; print(sorted(int(f) for f in os.listdir('/proc/self/fd'))[:-1])"
    assert python(code).output.strip() == "[0, 1, 2]"
    assert len(python(code, report=True).output.split()) == 4


@pytest.fixture
def victim():
    process = subprocess.Popen(["sleep", "60"])
    yield process
    process.kill()
    process.wait()


def test_signals_to_others(python, victim):
    done = python(
        """
        import os, sys
        for pid in (os.getppid(), int(sys.argv[1]), int(sys.argv[2]), 1):
            for number in (9, 15, 19):
                try: os.kill(pid, number)
                except OSError: pass
        print("sent", os.getppid())
        """,
        str(os.getpid()),
        str(victim.pid),
    )
    assert victim.poll() is None
    assert done.output.strip() == "sent 1"


def test_kill_everybody(python, victim):
    done = python("import os\ntry: os.kill(-1, 9)\nexcept OSError: print('nobody')")
    assert done.output in {"", "nobody\n"}
    assert victim.poll() is None


@pytest.mark.skipif(platform.machine() != "x86_64", reason="numbers of one architecture")
def test_calls_that_reach_for_more(python):
    done = python("""
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        calls = {
            "ptrace": (101, 0, 0, 0, 0), "attach": (101, 16, 1, 0, 0), "vm_readv": (310, 1, 0, 0, 0, 0, 0),
            "unshare": (272, 0x10000000), "clone": (56, 0x10000011, 0, 0, 0, 0),
            "clone_net": (56, 0x40000011, 0, 0, 0, 0), "setns": (308, 0, 0), "mount": (165, 0, 0, 0, 0, 0),
            "bpf": (321, 0, 0, 0), "keyctl": (250, 0, 0, 0), "uring": (425, 8, 0), "uffd": (323, 0),
            "perf": (298, 0, 0, 0, 0, 0), "module": (313, 0, 0, 0), "handle": (304, 0, 0, 0),
            "chroot": (161, 0), "fsopen": (430, 0, 0), "shm": (29, 0, 1 << 30, 0o1777),
            "shm_high": (29, 0, 1 << 40, 0o1777), "tiocsti": (16, 0, 0x5412, 0), "reboot": (169, 0, 0, 0, 0),
        }
        for name, call in calls.items():
            result = libc.syscall(*map(ctypes.c_long, call))
            if result != -1 or ctypes.get_errno() != 1: print(name, result, ctypes.get_errno())
        print(libc.syscall(435, 0, 0), ctypes.get_errno(), libc.syscall(0x40000000 + 39), ctypes.get_errno())
    """)
    assert done.output == "-1 38 -1 38\n"


@pytest.mark.skipif(platform.machine() != "x86_64", reason="machine code of one architecture")
def test_calls_through_the_old_door(python):
    """int 0x80 has other call numbers, which the filter does not know: the process is killed."""
    done = python("""
        import ctypes, mmap
        page = mmap.mmap(-1, 4096, prot=7)
        page.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")
        run = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
        print("came back", run())
    """)
    assert "came back" not in done.output
    assert done.exit_code != 0


def test_proc(python):
    before = Path("/proc/sys/kernel/core_pattern").read_text()
    done = python("""
        import os
        for name in ("sys/kernel/core_pattern", "sysrq-trigger", "sys/vm/drop_caches", "self/uid_map",
                     "self/gid_map", "sys/kernel/hostname"):
            path = "/proc/" + name
            try:
                fd = os.open(path, os.O_WRONLY); os.write(fd, b"0"); print("wrote", path)
            except OSError: pass
        pids = [p for p in os.listdir("/proc") if p.isdecimal()]
        print(len(pids), os.uname().nodename)
        for pid in ("1", "self"):
            try: os.write(os.open(f"/proc/{pid}/oom_score_adj", os.O_WRONLY), b"-500"); print("lowered")
            except OSError: pass
        print(*(line for line in open("/proc/1/status") if line.startswith(("Seccomp:", "CapEff", "NoNew"))))
        for link in ("root", "cwd", "exe"):
            try: print("followed", os.listdir(f"/proc/1/{link}"))
            except OSError: pass
    """)
    assert "wrote /proc/s" not in done.output
    assert "wrote /proc/1" not in done.output
    assert "lowered" not in done.output
    assert "2 sandbox" in done.output
    assert all(field in done.output for field in ("CapEff:\t" + "0" * 16, "NoNewPrivs:\t1", "Seccomp:\t2"))
    assert Path("/proc/sys/kernel/core_pattern").read_text() == before


def test_symlinks_of_the_tree_do_not_lead_the_service_out(sandbox, tree, tmp_path):
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "file").write_text("kept")
    (tree / "out").symlink_to(victim)
    (tree / "link").symlink_to(victim / "file")

    def run(**job):
        return sandbox.run(Job(tree=str(tree), command=("/bin/cat", "link"), **job))

    with pytest.raises(BadInput, match="symlink"):
        run(files={"out/new": "evil"})
    with pytest.raises(BadInput, match="symlink"):
        run(read_only=("out/file",))
    with pytest.raises(BadInput, match="read-only"):
        run(read_only=("link",))
    run(deleted=("out",))
    for path in ("../x", "/tmp/x", "a/../../x", "a//x", ".", ""):
        with pytest.raises(BadInput, match="plain relative path"):
            run(files={path: "evil"})
    assert run(files={"link": "own"}).output == "own"
    assert os.listdir(victim) == ["file"]
    assert (victim / "file").read_text() == "kept"


def test_hard_links_and_the_set_user_bit(python, tree, tmp_path):
    done = python(
        """
        import os
        for source in ("/work/tests/test_app.py", "/usr/bin/env", "/etc/passwd"):
            try:
                os.link(source, "/work/hard"); open("/work/hard", "a").write("evil"); print("linked", source)
            except OSError: pass
        open("/work/suid", "w").close(); os.chmod("/work/suid", 0o4755)
        print(open("/work/tests/test_app.py").read())
        """,
        read_only=("tests",),
    )
    assert "linked" not in done.output
    assert "evil" not in done.output
    for path in tmp_path.rglob("*"):
        assert not path.stat().st_mode & (stat.S_ISUID | stat.S_ISGID)


def test_fifos(sandbox, tree, small):
    """A pipe in the place of a file hangs neither the run nor what the service writes."""
    os.mkfifo(tree / "pipe")
    job = Job(tree=str(tree), command=("/bin/cat", "pipe"), files={"pipe": "text"}, limits=small)
    assert sandbox.run(job).output == "text"
    stuck = Job(
        tree=str(tree), command=("/bin/cat", "pipe"), limits=small.model_copy(update={"seconds": 0.5})
    )
    assert sandbox.run(stuck).limits_hit == ("seconds",)


def test_poisoned_caches(python):
    done = python("""
        import os, sys
        library = os.path.dirname(os.__file__)
        places = [sys.prefix, sys.base_prefix, library, library + "/__pycache__"]
        for place in places:
            try: open(place + "/poison.pth", "w"); print("wrote", place)
            except OSError: pass
            try: os.utime(os.__file__); print("touched")
            except OSError: pass
    """)
    assert done.output == ""


def test_planted_hooks_are_gone_with_the_run(python, tree):
    python("""
        import os
        os.makedirs("/work/.git/hooks")
        open("/work/.git/hooks/post-checkout", "w").write("#!/bin/sh\\nid\\n")
        open("/work/.gitattributes", "w").write("* filter=evil\\n")
        open("/work/sitecustomize.py", "w").write("evil")
    """)
    assert sorted(os.listdir(tree)) == ["app.py", "tests"]


def test_escape_sequences(python):
    evil = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://x\x1b\\link \x1bP1$tx\x1b\\ "
    evil += "\x9b31m a\rb \x00\x08\u202eabc\u2066 tail"
    done = python(
        "import sys; sys.stdout.buffer.write(sys.argv[1].encode('utf-8').replace(b'NUL', b'\\0'))",
        evil.replace("\x00", "NUL"),
    )
    assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 for c in done.output)
    assert not {"\u202e", "\u2066"} & set(done.output)
    assert "title" not in done.output
    assert "red" in done.output
    assert done.output.endswith("tail")


def test_no_control_group_is_left(sandbox):
    if sandbox.hierarchy is None:
        return
    from healer.workshop.owner import Owner

    left = [d for base in sandbox.hierarchy.bases for d in base.glob(f"healer-run-{Owner.current().text}-*")]
    assert left == []
