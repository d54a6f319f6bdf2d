"""The pieces of the sandbox, each by itself."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import pytest

from healer.case import Outcome, Project
from healer.errors import BadInput
from healer.workshop import cgroups, junit, record, remedies, seccomp, shell
from healer.workshop.denials import denied
from healer.workshop.output import HeadTail, clean
from healer.workshop.owner import Owner
from healer.workshop.prefixes import installation
from healer.workshop.usage import descendants, resident
from healer.workshop.yard import Yard

ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000


def decide(program: bytes, number: int, *arguments: int, arch: int = 0xC000003E) -> int:
    """A small machine for the filter's instructions, as the kernel's own."""
    padded = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("=iIQ6Q", number if number < 1 << 31 else number - (1 << 32), arch, 0, *padded)
    code = [struct.unpack_from("=HBBI", program, i) for i in range(0, len(program), 8)]
    accumulator = position = 0
    while True:
        op, then, otherwise, value = code[position]
        position += 1
        if op == seccomp.RET:
            return value
        if op == seccomp.LD:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif op == seccomp.AND:
            accumulator &= value
        else:
            tests = {
                seccomp.JEQ: accumulator == value,
                seccomp.JGT: accumulator > value,
                seccomp.JGE: accumulator >= value,
                seccomp.JSET: bool(accumulator & value),
            }
            position += then if tests[op] else otherwise


@pytest.mark.parametrize(
    ("machine", "arch", "column"), [("x86_64", 0xC000003E, 0), ("aarch64", 0xC00000B7, 1)]
)
def test_the_filter_decides_by_its_table(machine, arch, column):
    program = seccomp.program(machine)
    it = seccomp.MACHINES[machine]
    refused = {numbers[column] for numbers in seccomp.REFUSED.values()} - {None}
    special = {it.socket, it.socketpair, it.ioctl, it.clone, it.clone3, it.shmget, 133, 259, 33}
    for number in range(470):
        if number not in special:
            expected = ERRNO | 1 if number in refused else ALLOW
            assert decide(program, number, arch=arch) == expected, number
    assert decide(program, 0, arch=0x40000003) == KILL
    assert decide(program, it.clone3, arch=arch) == ERRNO | 38
    for family in range(50):
        allowed = decide(program, it.socket, family, arch=arch) == ALLOW
        assert allowed == (family in {1, 2, 10})
    assert decide(program, it.clone, 17, arch=arch) == ALLOW
    assert decide(program, it.clone, 17 | 0x10000000, arch=arch) == ERRNO | 1
    assert decide(program, it.ioctl, 1, 0x5413, arch=arch) == ALLOW
    assert decide(program, it.ioctl, 1, 0x5412 | 1 << 40, arch=arch) == ERRNO | 1
    for level, option, result in ((1, 26, ERRNO | 1), (1, 50, ERRNO | 1), (41, 26, ALLOW), (1, 2, ALLOW)):
        assert decide(program, it.setsockopt, 0, level, option, arch=arch) == result
    assert decide(program, it.shmget, 0, 4096, arch=arch) == ALLOW
    assert decide(program, it.shmget, 0, 1 << 33, arch=arch) == ERRNO | 1
    alone = seccomp.program(machine, counted=False)
    assert decide(alone, it.memfd_create, arch=arch) == ERRNO | 1
    assert decide(program, it.memfd_create, arch=arch) == ALLOW
    mknodat = 259 if column == 0 else 33
    assert decide(program, mknodat, 0, 0, 0o010644, arch=arch) == ALLOW
    assert decide(program, mknodat, 0, 0, 0o020644, arch=arch) == ERRNO | 1
    assert decide(program, mknodat, 0, 0, 0o060644, arch=arch) == ERRNO | 1


@pytest.mark.parametrize("size", [2, 10, 1000])
@pytest.mark.parametrize("pieces", [["abc"], ["x" * 5000], ["a" * 7, "b" * 7, "c" * 400, "END"]])
def test_head_and_tail(size, pieces):
    kept = HeadTail(size)
    for piece in pieces:
        kept.add(piece.encode())
    whole = "".join(pieces)
    assert kept.total == len(whole)
    text = kept.text()
    if len(whole) <= 2 * kept.half:
        assert text == whole
    else:
        assert text.startswith(whole[: kept.half])
        assert text.endswith(whole[-kept.half :])


def test_cleaning_is_linear_on_floods():
    for evil in (
        "\x1b[" * 200_000,
        "\x1b]" * 200_000,
        "\x1b[" + "0" * 400_000,
        "\x1b]" + "x" * 400_000,
        "\r" * 400_000,
    ):
        assert "\x1b" not in clean(evil)


def test_interpreters(tmp_path):
    found = installation(sys.executable)
    assert str(Path(sys.executable).parent) in found.binaries
    for prefix in (sys.prefix, sys.base_prefix):
        assert prefix.startswith("/usr") or any(prefix.startswith(d) for d in found.directories)


@pytest.mark.skipif(not Path("/bin").is_symlink(), reason="/bin is a directory of its own here")
def test_the_systems_interpreter_by_its_short_name():
    """`which python3` often says /bin/python3; what lies there is part of every sandbox."""
    assert installation("/bin/sh").directories == ()


def test_an_interpreter_behind_links(tmp_path):
    """As uv lays it out: environment -> minor version -> exact version, in a home nobody may enter."""
    exact = tmp_path / "pythons" / "cpython-3.12.5"
    (exact / "bin").mkdir(parents=True)
    (exact / "lib" / "python3.12").mkdir(parents=True)
    (exact / "lib" / "python3.12" / "os.py").touch()
    (exact / "bin" / "python3.12").write_bytes(b"\x7fELF")
    (tmp_path / "pythons" / "cpython-3.12").symlink_to("cpython-3.12.5")
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text(f"home = {tmp_path}/pythons/cpython-3.12/bin\n")
    (venv / "bin" / "python").symlink_to(tmp_path / "pythons" / "cpython-3.12" / "bin" / "python3.12")
    (tmp_path / "shortcut").symlink_to(venv / "bin" / "python")
    found = installation(str(venv / "bin" / "python"))
    assert str(venv) in found.directories
    assert f"{tmp_path}/pythons/cpython-3.12" in found.directories
    assert str(tmp_path) not in found.directories


@pytest.mark.parametrize("kind", ["missing", "shim", "relative", "directory"])
def test_what_is_no_interpreter(kind, tmp_path):
    path = tmp_path / "python"
    if kind == "shim":
        path.write_text("#!/bin/sh\nexec pyenv exec python\n")
    elif kind == "directory":
        path.mkdir()
    with pytest.raises(BadInput):
        installation("python3" if kind == "relative" else str(path))


def test_owners():
    me = Owner.current()
    assert me.alive()
    assert Owner.parse(me.text) == me
    assert not Owner(me.pid, me.started + 1).alive()
    assert not Owner(2**22 + 1, 5).alive()
    assert Owner.parse("x-1") is None


def test_groups_of_the_dead_are_swept(tmp_path):
    """On a plain directory: the kernel's files are not needed to see which are taken for dead."""
    hierarchy = cgroups.Hierarchy(1, tmp_path, tmp_path)
    (tmp_path / f"{cgroups.PREFIX}{Owner.current().text}-0").mkdir()
    (tmp_path / f"{cgroups.PREFIX}4194400-7-0").mkdir()
    (tmp_path / "else").mkdir()
    cgroups.sweep(hierarchy)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["else", f"{cgroups.PREFIX}{Owner.current().text}-0"]


@pytest.mark.parametrize(("inhabitants", "ours"), [((), True), ((1,), False)])
def test_only_our_own_processes_are_moved_to_a_leaf(tmp_path, inhabitants, ours):
    """Version 2, on plain files that stand in for the kernel's: this machine may not have it."""
    (tmp_path / "cgroup.subtree_control").write_text("")
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids\n")
    (tmp_path / "cgroup.procs").write_text("\n".join(map(str, (os.getpid(), *inhabitants))))
    assert cgroups.delegated(tmp_path) == ours
    assert (tmp_path / cgroups.SERVICE).exists() == ours
    assert (tmp_path / "cgroup.subtree_control").read_text() == ("+memory +pids" if ours else "")


def test_usage_of_processes():
    child = os.fork()
    if child == 0:
        import time

        time.sleep(5)
        os._exit(0)
    try:
        assert child in descendants(os.getpid(), 10_000)
        assert resident(child) > 0
        assert resident(4194400) == 0
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


@pytest.mark.parametrize(
    ("state", "why", "says"),
    [
        ({}, "bubblewrap is missing; …", "apt-get install bubblewrap"),
        ({"kernel.unprivileged_userns_clone": "0"}, "x", "sysctl -w kernel.unprivileged_userns_clone=1"),
        ({"user.max_user_namespaces": "0"}, "x", "sysctl -w user.max_user_namespaces=15000"),
        (
            {"kernel.apparmor_restrict_unprivileged_userns": "1"},
            "bwrap: setting up uid map: Permission denied",
            "/etc/apparmor.d/bwrap",
        ),
        (
            {"container": "1"},
            "bwrap: Can't mount proc: Operation not permitted",
            "--security-opt seccomp=unconfined",
        ),
        ({}, "limit disk: broken", "limit disk: broken"),
    ],
)
def test_remedies_name_the_cause(monkeypatch, state, why, says):
    monkeypatch.setattr(remedies, "sysctl", lambda name: state.get(name, ""))
    monkeypatch.setattr(remedies, "in_container", lambda: "container" in state)
    assert says in remedies.remedy(why)


def test_denials_in_words():
    assert denied(0, "all is well") == ()
    assert denied(3, "Network is unreachable") == ("network: 3 packets had no way out",)
    assert "EROFS" in denied(0, "fs.open: EROFS")[0]


def test_a_persons_door(repository, tmp_path, sandbox):
    project = Project(name="shop", repository=str(repository), base="HEAD~1", secrets=("STRIPE_TEST_KEY",))
    given = {"STRIPE_TEST_KEY": "sk_test_for_the_tests", "PROD_KEY": "never"}
    with Yard(tmp_path / "state", sandbox) as yard:
        target = yard.open(project)
        done = shell.run(yard, sandbox, target, ["cat", "src/shop.py"])
        seen = shell.run(
            yard, sandbox, target, ["sh", "-c", "echo $STRIPE_TEST_KEY $PROD_KEY"], secrets=given
        )
    assert done.output == "def price(x):\n    return x\n"
    assert seen.output == "[secret]\n"
    assert list((tmp_path / "state").glob("trees/*")) == []


def test_a_test_that_is_told_of_twice_comes_to_the_worst():
    cases = (
        "<testcase name='a'/><testcase name='a'><failure type='x.E' message='m'/></testcase>"
        "<testcase name='a'><skipped/></testcase><testcase name='b'><skipped/></testcase>"
        "<testcase name='b'/><testcase name='c'/>"
    )
    told = record.Record(
        junit=f"<testsuites><testsuite failures='1' errors='0'>{cases}</testsuite></testsuites>"
    )
    junit.fill(told)
    assert told.outcomes == {"a": Outcome.FAILED, "b": Outcome.SKIPPED, "c": Outcome.PASSED}
    assert told.raised["a"].exception == "E"
