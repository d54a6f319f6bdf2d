"""Why a sandbox does not start, and the one thing to do about it."""

from __future__ import annotations

import os
import platform
from pathlib import Path

INSTALL = "bubblewrap is missing; install it: apt-get install bubblewrap (dnf, apk, pacman: same name)"
APPARMOR = (
    "AppArmor keeps programs from making user namespaces (kernel.apparmor_restrict_unprivileged_userns=1); "
    "give bubblewrap a profile: printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\n"
    "profile bwrap /usr/bin/bwrap flags=(unconfined) {\\n  userns,\\n}\\n' "
    "| sudo tee /etc/apparmor.d/bwrap && sudo systemctl reload apparmor"
)
SYSCTL = "user namespaces are switched off; switch them on: sysctl -w {name}={value}"
CONTAINER = (
    "this container's runtime forbids user namespaces or mounts; start it with "
    "--security-opt seccomp=unconfined --security-opt apparmor=unconfined "
    "--security-opt systempaths=unconfined --user 1000 "
    "(the sandbox brings its own filter), or run Healer on the host"
)
OTHER = (
    "the sandbox does not hold what it promises ({why}); run it on a Linux host with bubblewrap 0.8 or newer"
)


def remedy(why: str) -> str:
    """The cause in words and the next move, from the machine's own state."""
    if "bubblewrap is missing" in why:
        return INSTALL
    if platform.system() != "Linux":
        return "foreign code runs only on Linux; run Healer there, or in a virtual machine"
    switches = (("kernel.unprivileged_userns_clone", "0", "1"), ("user.max_user_namespaces", "0", "15000"))
    for name, off, on in switches:
        if sysctl(name) == off:
            return SYSCTL.format(name=name, value=on)
    if sysctl("kernel.apparmor_restrict_unprivileged_userns") == "1" and refused(why):
        return APPARMOR
    if refused(why) and in_container():
        return CONTAINER
    return OTHER.format(why=why)


def refused(why: str) -> bool:
    words = ("not permitted", "denied", "unshare", "namespace", "mount", "uid map", "proc")
    return any(word in why.lower() for word in words)


def sysctl(name: str) -> str:
    try:
        return Path("/proc/sys", name.replace(".", "/")).read_text().strip()
    except OSError:
        return ""


def in_container() -> bool:
    if os.path.exists("/.dockerenv") or os.path.exists("/run/.containerenv"):
        return True
    try:
        groups = Path("/proc/1/cgroup").read_text()
    except OSError:
        return False
    return any(word in groups for word in ("docker", "kubepods", "containerd", "libpod"))
