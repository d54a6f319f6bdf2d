"""The sandbox's system call filter, as a classic BPF program for x86_64 and aarch64.

It is the second wall: bubblewrap's namespaces are the first. Refused calls fail with EPERM, so a
program that only probes for a feature goes on without it; only a foreign architecture is killed.
"""

from __future__ import annotations

import errno
import functools
import platform
import struct
from dataclasses import dataclass, field

LD, AND, JEQ, JGT, JGE, JSET, RET = 0x20, 0x54, 0x15, 0x25, 0x35, 0x45, 0x06
NR, ARCH, ARGS = 0, 4, 16  # offsets in struct seccomp_data
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
NEW_NAMESPACES = 0x7E020080  # CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET,TIME}
FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6
TERMINAL_INJECTION = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
SHARED_MEMORY = 1 << 16  # bytes per System V segment: PostgreSQL needs 56, and no quota counts them
X32 = 0x40000000

# name -> (x86_64, aarch64); None where the architecture lacks it
REFUSED: dict[str, tuple[int | None, int | None]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "io_setup": (206, 0),  # contexts are counted for the whole machine
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "lookup_dcookie": (212, 18),
    "vhangup": (153, 58),
    "fanotify_init": (300, 262),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "mbind": (237, 235),
    "set_mempolicy": (238, 237),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
    "ustat": (136, None),
    "sysfs": (139, None),
}
SOL_SOCKET, ATTACH = 1, (26, 50, 51, 52)  # SO_ATTACH_*: programs, from a memory that all sandboxes share
MAKE_NODE = ((133, None, 1), (259, 33, 2))  # mknod, mknodat, and which argument is the mode
S_IFMT, S_IFCHR, S_IFBLK = 0o170000, 0o020000, 0o060000


@dataclass(frozen=True)
class Machine:
    audit: int
    column: int  # of REFUSED
    socket: int
    socketpair: int
    ioctl: int
    clone: int
    clone3: int
    shmget: int
    memfd_create: int
    setsockopt: int


MACHINES = {
    "x86_64": Machine(0xC000003E, 0, 41, 53, 16, 56, 435, 29, 319, 54),
    "aarch64": Machine(0xC00000B7, 1, 198, 199, 29, 220, 435, 194, 279, 208),
}


@dataclass
class Program:
    """Straight code; every branch jumps over the few instructions that follow it."""

    code: list[tuple[int, int, int, int]] = field(default_factory=list)

    def load(self, offset: int) -> None:
        self.code.append((LD, 0, 0, offset))

    def when(self, test: int, value: int, then: int, otherwise: int = 0) -> None:
        self.code.append((test, then, otherwise, value))

    def give(self, result: int) -> None:
        self.code.append((RET, 0, 0, result))

    def refuse_call(self, number: int, error: int) -> None:
        self.when(JEQ, number, 0, 1)
        self.give(ERRNO | error)

    def bytes(self) -> bytes:
        return b"".join(struct.pack("=HBBI", *instruction) for instruction in self.code)


@functools.cache
def program(machine: str = "", counted: bool = True) -> bytes:
    """The filter as `struct sock_filter[]`. `counted`: a control group counts memory; where none does,
    files in memory, which no other limit sees, are refused. Raises KeyError for a machine without a table.
    """
    it = MACHINES[machine or platform.machine()]
    out = Program()
    out.load(ARCH)
    out.when(JEQ, it.audit, 1)
    out.give(KILL)
    out.load(NR)
    if it.column == 0:
        out.when(JGE, X32, 0, 1)
        out.give(ERRNO | errno.ENOSYS)
    out.refuse_call(it.clone3, errno.ENOSYS)  # its flags cannot be read here; libc falls back to clone
    for numbers in REFUSED.values():
        number = numbers[it.column]
        if number is not None:
            out.refuse_call(number, errno.EPERM)
    if not counted:
        out.refuse_call(it.memfd_create, errno.EPERM)
    argument_rules(out, it)
    out.give(ALLOW)
    return out.bytes()


def argument_rules(out: Program, it: Machine) -> None:
    for call in (it.socket, it.socketpair):
        only(out, call, 0, FAMILIES, errno.EAFNOSUPPORT)
    never(out, it.ioctl, 1, TERMINAL_INJECTION)
    programs(out, it.setsockopt)
    out.when(JEQ, it.clone, 0, 4)
    out.load(ARGS)
    out.when(JSET, NEW_NAMESPACES, 0, 1)
    out.give(ERRNO | errno.EPERM)
    out.give(ALLOW)
    out.when(JEQ, it.shmget, 0, 7)
    out.load(ARGS + 8 + 4)
    out.when(JEQ, 0, 1)
    out.give(ERRNO | errno.EPERM)
    out.load(ARGS + 8)
    out.when(JGT, SHARED_MEMORY, 0, 1)
    out.give(ERRNO | errno.EPERM)
    out.give(ALLOW)
    for row in MAKE_NODE:
        number = row[it.column]
        if number is not None:
            nodes(out, number, row[2])


def only(out: Program, call: int, argument: int, values: tuple[int, ...], error: int) -> None:
    out.when(JEQ, call, 0, len(values) + 3)
    out.load(ARGS + 8 * argument)
    for index, value in enumerate(values):
        out.when(JEQ, value, len(values) - index)
    out.give(ERRNO | error)
    out.give(ALLOW)


def never(out: Program, call: int, argument: int, values: tuple[int, ...]) -> None:
    out.when(JEQ, call, 0, len(values) + 3)
    out.load(ARGS + 8 * argument)
    for index, value in enumerate(values):
        out.when(JEQ, value, len(values) - index)
    out.give(ALLOW)
    out.give(ERRNO | errno.EPERM)


def programs(out: Program, call: int) -> None:
    """No filter programs for sockets: the same number means something else at other levels."""
    out.when(JEQ, call, 0, len(ATTACH) + 5)
    out.load(ARGS + 8)
    out.when(JEQ, SOL_SOCKET, 0, len(ATTACH) + 1)
    out.load(ARGS + 8 * 2)
    for index, value in enumerate(ATTACH):
        out.when(JEQ, value, len(ATTACH) - index)
    out.give(ALLOW)
    out.give(ERRNO | errno.EPERM)


def nodes(out: Program, call: int, argument: int) -> None:
    """Named pipes, sockets and plain files may be made; device nodes may not."""
    out.when(JEQ, call, 0, 6)
    out.load(ARGS + 8 * argument)
    out.code.append((AND, 0, 0, S_IFMT))
    out.when(JEQ, S_IFCHR, 2)
    out.when(JEQ, S_IFBLK, 1)
    out.give(ALLOW)
    out.give(ERRNO | errno.EPERM)
