"""Runs between the service and bubblewrap, in a process of its own that `sandbox.py` starts.

Lays out everything the sandbox will see below a size-capped tmpfs in a private mount namespace,
drops to an unprivileged host user where the service is root, and becomes bubblewrap. It knows
nothing of Healer and imports only what starts in milliseconds.

All sources are opened before the tmpfs covers /tmp, so sources below /tmp, or below a home that
only root may enter, are reached through their descriptors.
"""

from __future__ import annotations

import _socket
import ctypes
import errno
import os
import resource
import stat
import sys

TYPE_CHECKING = False  # `typing` itself takes longer to import than everything else here
if TYPE_CHECKING:
    from typing import Any

STAGE = "/tmp"
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38

libc = ctypes.CDLL(None, use_errno=True)


class BadPath(Exception):
    """A path of the job cannot be used; the caller named it wrongly, or the tree plays tricks."""


def check(result: int, what: str) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    encoded = [os.fsencode(text) if text else None for text in (source, target, kind)]
    check(
        libc.mount(*encoded, ctypes.c_ulong(flags), os.fsencode(options) if options else None),
        f"mount {kind or 'bind'} on {target}",
    )


def unshare(privileged: bool) -> None:
    uid, gid = os.getuid(), os.getgid()
    check(libc.unshare(CLONE_NEWNS if privileged else CLONE_NEWNS | CLONE_NEWUSER), "unshare")
    if not privileged:
        write("/proc/self/setgroups", "deny")
        write("/proc/self/uid_map", f"0 {uid} 1")
        write("/proc/self/gid_map", f"0 {gid} 1")
    mount("none", "/", flags=MS_REC | MS_PRIVATE)


def write(path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def limit(limits: dict[int, int]) -> None:
    for kind, value in limits.items():
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def stage(spec: dict[str, Any], owner: int | None) -> int:
    """Mount the tmpfs and everything on it; returns a descriptor of the tmpfs."""
    opened = [(os.open(host, os.O_PATH), place) for host, place in spec["show"]]
    lowers = [(os.open(host, os.O_PATH | os.O_DIRECTORY), place) for host, place in spec["overlays"]]
    mount("tmpfs", STAGE, "tmpfs", MS_NOSUID | MS_NODEV, f"size=16G,nr_inodes={1 << 23},mode=0755")
    for place, text in spec["texts"].items():
        put(place, text)
    for place in spec["writable"]:
        os.mkdir(f"{STAGE}/{place}", 0o700)
        give(f"{STAGE}/{place}", owner)
    for fd, place in opened:
        bind(fd, place, owner)
    for fd, place in lowers:
        overlay(fd, place, owner)
    return os.open(STAGE, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def put(place: str, text: bytes) -> None:
    path = f"{STAGE}/{place}"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    with os.fdopen(fd, "wb") as file:
        file.write(text)


def give(path: str, owner: int | None) -> None:
    if owner is not None:
        os.chown(path, owner, owner, follow_symlinks=False)


def bind(fd: int, place: str, owner: int | None) -> None:
    """Show what the service can see. What others cannot read is shown as the sandbox user's own."""
    target = f"{STAGE}/{place}"
    os.makedirs(os.path.dirname(target), exist_ok=True)
    mode = os.fstat(fd).st_mode
    hidden = owner is not None and mode & 0o004 == 0
    if stat.S_ISDIR(mode) and hidden:
        overlay(fd, place, owner)
        return
    if hidden:
        copy(fd, target, owner)
        return
    if stat.S_ISDIR(mode):
        os.mkdir(target)
    else:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    mount(f"/proc/self/fd/{fd}", target, flags=MS_BIND | MS_REC)


def copy(fd: int, target: str, owner: int | None) -> None:
    with open(f"/proc/self/fd/{fd}", "rb") as source, open(target, "xb") as file:
        while chunk := source.read(1 << 20):
            file.write(chunk)
        os.fchmod(file.fileno(), 0o444)
    give(target, owner)


def overlay(lower: int, place: str, owner: int | None) -> None:
    """A writable view of `lower`. As root its files are handed to the sandbox's user where they are
    not his already; `metacopy` keeps that from copying their contents."""
    base = f"{STAGE}/.layers/{place}"
    for part in ("upper", "work"):
        os.makedirs(f"{base}/{part}")
    seen = os.stat(f"/proc/self/fd/{lower}")
    os.chmod(f"{base}/upper", stat.S_IMODE(seen.st_mode))
    give(f"{base}/upper", owner)
    target = f"{STAGE}/{place}"
    os.mkdir(target)
    options = f"lowerdir=/proc/self/fd/{lower},upperdir={base}/upper,workdir={base}/work"
    options += ",userxattr" if owner is None else ",metacopy=on"
    mount("overlay", target, "overlay", MS_NOSUID | MS_NODEV, options)
    if owner is not None and seen.st_uid != owner:
        adopt(target, owner)


def settle(space: int, spec: dict[str, Any]) -> None:
    """What is on the stage already is not counted against the job's quota."""
    use = os.fstatvfs(space)
    blocks, inodes = use.f_blocks - use.f_bfree, use.f_files - use.f_ffree
    options = f"size={spec['disk'] + blocks * use.f_frsize},nr_inodes={spec['inodes'] + inodes}"
    mount("tmpfs", STAGE, "tmpfs", MS_REMOUNT | MS_NOSUID | MS_NODEV, options)


def adopt(directory: str, owner: int) -> None:
    with os.scandir(directory) as entries:
        for entry in entries:
            give(entry.path, owner)
            if entry.is_dir(follow_symlinks=False):
                adopt(entry.path, owner)


def parent_of(path: str, owner: int | None, make: bool) -> tuple[int, str]:
    """A descriptor of the directory that holds `path` in the tree, reached without any symlink."""
    parts = path.split("/")
    if not path or path.startswith("/") or {"", ".", ".."} & set(parts):
        raise BadPath(f"{path!r} is not a plain relative path")
    here = os.open(f"{STAGE}/work", os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            if make:
                make_directory(part, here, owner)
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
    except OSError as error:
        os.close(here)
        if error.errno in (errno.ENOTDIR, errno.ELOOP):
            raise BadPath(f"{path!r} passes through a symlink or a file of the tree") from None
        raise
    return here, parts[-1]


def make_directory(name: str, parent: int, owner: int | None) -> None:
    try:
        os.mkdir(name, 0o755, dir_fd=parent)
    except FileExistsError:
        return
    if owner is not None:
        os.chown(name, owner, owner, dir_fd=parent, follow_symlinks=False)


def lay(path: str, text: bytes, owner: int | None) -> None:
    parent, name = parent_of(path, owner, make=True)
    mode = 0o644
    try:
        mode = stat.S_IMODE(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode) & 0o777
        os.unlink(name, dir_fd=parent)
    except FileNotFoundError:
        pass
    except IsADirectoryError:
        raise BadPath(f"{path!r} is a directory of the tree") from None
    fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=parent)
    with os.fdopen(fd, "wb") as file:
        file.write(text)
        os.fchmod(fd, (mode if mode & 0o400 else 0o644))
        if owner is not None:
            os.fchown(fd, owner, owner)
    os.close(parent)


def hide(path: str) -> None:
    """Absent paths are hidden already."""
    try:
        parent, name = parent_of(path, None, make=False)
    except FileNotFoundError:
        return
    try:
        os.unlink(name, dir_fd=parent)
    except FileNotFoundError:
        pass
    except IsADirectoryError:
        remove_directory(f"{STAGE}/work/{path}")
    os.close(parent)


def remove_directory(directory: str) -> None:
    with os.scandir(directory) as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                remove_directory(entry.path)
            else:
                os.unlink(entry.path)
    os.rmdir(directory)


def protect(paths: list[str]) -> None:
    """Bind the paths on themselves, read-only. The directories above become mount points too:
    a mount point cannot be renamed, so nothing can be moved from under a protected file."""
    present = sorted(path for path in paths if plain(path))
    above = {path.rsplit("/", n)[0] for path in present for n in range(1, path.count("/") + 1)}
    for path in sorted(above):
        again(path, 0)
    for path in present:
        again(path, MS_RDONLY)


def plain(path: str) -> bool:
    try:
        parent, name = parent_of(path, None, make=False)
        mode = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return False
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise BadPath(f"{path!r} is neither a file nor a directory, so it cannot be made read-only")
    os.close(parent)
    return True


def again(path: str, flags: int) -> None:
    target = f"{STAGE}/work/{path}"
    mount(target, target, flags=MS_BIND | MS_REC)
    if flags:
        mount("none", target, flags=MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV | flags)


def drop(owner: int) -> None:
    os.setgroups([])
    os.setresgid(owner, owner, owner)
    os.setresuid(owner, owner, owner)
    check(libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), "prctl")  # or /proc/self belongs to root


def prepare(spec: dict[str, Any]) -> int:
    owner: int | None = spec["owner"]
    write("/proc/self/oom_score_adj", "500")
    for path in spec["cgroups"]:
        write(path, "0")
    os.umask(0o022)
    unshare(privileged=owner is not None)
    space = stage(spec, owner)
    for path in spec["deleted"]:
        hide(path)
    for path, text in spec["files"].items():
        lay(path, text, owner)
    protect(spec["read_only"])
    settle(space, spec)
    if owner is not None:
        drop(owner)
        if spec["own_count"]:  # processes are counted per user namespace: share the count with nobody
            unshare(privileged=False)
    limit(spec["limits"])
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    os.chdir("/")
    return space


def main(spec: dict[str, Any]) -> None:
    """Never returns: becomes bubblewrap, or says on the control socket why not."""
    control = _socket.socket(fileno=spec["control"])
    os.set_inheritable(spec["control"], False)
    try:
        space = prepare(spec)
    except BadPath as error:
        control.send(b"input " + str(error).encode())
        os._exit(1)
    except OSError as error:
        control.send(b"system " + str(error).encode())
        os._exit(1)
    rights = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, space.to_bytes(4, sys.byteorder))
    control.sendmsg([b"ready"], [rights])
    try:
        os.execve(spec["argv"][0], spec["argv"], {})
    except OSError as error:
        control.send(b"system " + f"{spec['argv'][0]}: {error}".encode())
        os._exit(1)
