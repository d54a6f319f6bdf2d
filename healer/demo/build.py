"""The shop's repository: a checkout with a history, and a bare origin."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from healer.errors import HealerError

ADA = ("Ada Marsh", "ada@shop.example")
BEN = ("Ben Holt", "ben@shop.example")

# (author, day, subject, files that arrive with it); a folder stands for all in it.
HISTORY = (
    (
        ADA,
        "2026-09-01",
        "Sell three products",
        (
            "README.md",
            "pyproject.toml",
            "shop/__init__.py",
            "shop/money.py",
            "shop/catalog.py",
            "shop/app.py",
            "shop/__main__.py",
            "shop/logs.py",
            "shop/orders.py",
            "shop/pages/__init__.py",
            "shop/pages/products.py",
            "tests/conftest.py",
        ),
    ),
    (ADA, "2026-09-08", "Add the cart", ("shop/cart.py", "tests/test_cart.py")),
    (
        BEN,
        "2026-09-21",
        "Add coupons and orders",
        ("shop/coupons.py", "shop/pages/cart.py", "shop/pages/orders.py", "tests/test_coupons.py"),
    ),
    (
        BEN,
        "2026-10-05",
        "Let customers review products",
        ("shop/reviews.py", "shop/pages/reviews.py", "tests/test_reviews.py", "tests/test_pages.py"),
    ),
)


@dataclass(frozen=True)
class ShopRepository:
    checkout: Path
    origin: Path  # bare


def build(directory: Path) -> ShopRepository:
    """Makes both repositories below `directory`, or adopts what an earlier start finished."""
    made = ShopRepository(directory / "shop", directory / "origin.git")
    if (made.origin / "refs" / "heads" / "main").exists():
        return made
    for half_done in (made.checkout, made.origin):
        shutil.rmtree(half_done, ignore_errors=True)
    made.checkout.mkdir(parents=True)
    _git(made.checkout, "init", "-q", "-b", "main")
    for (name, email), day, subject, files in HISTORY:
        for file in files:
            _copy(file, made.checkout)
        _git(made.checkout, "add", "-A")
        identity = ("-c", f"user.name={name}", "-c", f"user.email={email}")
        _git(made.checkout, *identity, "commit", "-q", "-m", subject, date=f"{day}T09:30:00Z")
    _git(made.checkout, "clone", "-q", "--bare", ".", str(made.origin))
    _git(made.checkout, "remote", "add", "origin", str(made.origin))
    return made


def _copy(file: str, checkout: Path) -> None:
    there = checkout / file
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_bytes(resources.files("healer.demo").joinpath("shop", *file.split("/")).read_bytes())


def _git(where: Path, *args: str, date: str = "") -> None:
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    env = {
        "PATH": os.defpath,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }
    done = subprocess.run(
        ["git", *args], cwd=where, env=env | dates, capture_output=True, text=True, check=False
    )
    if done.returncode:
        told = done.stderr.strip()
        raise HealerError(f"git {args[0]} failed in {where}: {told}; is git 2.28 or newer installed?")
