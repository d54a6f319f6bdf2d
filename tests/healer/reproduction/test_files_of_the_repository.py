"""Paths of production that the checkout has are read from the checkout."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from healer.reproduction.deployed import Deployment, find
from healer.stages.reproduce import reproduce
from triage.incident import Frame, Located

Deploy = Callable[..., Any]

PROGRAM = """
import csv
from pathlib import Path

def totals(path):
    text = Path(path).read_text()
    return _sums(list(csv.reader(text.splitlines())))

def _sums(rows):
    return [_number(row) for row in rows]

def _number(row):
    return int(row[1])
"""
DRIVER = "import shop, pathlib\ndef main():\n    shop.totals({path})\n"
ABSOLUTE = "str(pathlib.Path(shop.__file__).parent / 'data' / 'prices.csv')"


@pytest.mark.parametrize("path", [ABSOLUTE, ABSOLUTE.removeprefix("str")])
def test_a_file_of_the_repository_is_the_checkouts_own(path: str, deploy: Deploy) -> None:
    rows = "".join(f"pen,{n}\n" for n in range(40)) + "cap\n"
    shop = deploy({"shop.py": PROGRAM, "data/prices.csv": rows}, DRIVER.format(path=path))
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "data/prices.csv" in made.source
    assert "tmp_path" not in made.source
    assert "/srv/" not in made.source
    assert shop.passes(made, {"shop.py": PROGRAM.replace("int(row[1])", "int((row + ['0'])[1])")})


def test_a_reproduction_names_the_diagnosis_it_was_asked_for(deploy: Deploy) -> None:
    shop = deploy({"shop.py": PROGRAM, "data/prices.csv": "cap\n"}, DRIVER.format(path=ABSOLUTE))
    asked = shop.diagnosis()
    assert reproduce(asked, shop.bench).diagnosis == asked


def located(deployed: str, path: str) -> Located:
    return Located(path=path, function="f", line=1, frame=Frame(abs_path=deployed))


def deployment(paths: list[str], *frames: tuple[str, str], folder: str = "") -> Deployment:
    return find([located(*frame) for frame in frames], paths, folder)


def test_only_what_the_checkout_has_is_moved() -> None:
    known = deployment(["shop.py", "data/a.csv"], ("/srv/app/shop.py", "shop.py"))
    assert known.home("PosixPath('/srv/app/data/a.csv')") == "PosixPath('data/a.csv')"
    assert known.home({"/srv/app/data": ["'/srv/app'", "/srv/app/data/b.csv"]}) == {
        "data": ["'.'", "/srv/app/data/b.csv"]
    }
    assert known.home("/srv/apple/data/a.csv") == "/srv/apple/data/a.csv"
    assert known.home("/srv/app/data/a.csv.bak") == "/srv/app/data/a.csv.bak"
    assert known.home(3) == 3


def test_a_package_may_be_deployed_without_its_source_root() -> None:
    known = deployment(
        ["src/shop/rates.py", "src/shop/eu.json"],
        ("/usr/lib/python3/site-packages/shop/rates.py", "src/shop/rates.py"),
    )
    assert known.home("'/usr/lib/python3/site-packages/shop/eu.json'") == "'src/shop/eu.json'"


def test_paths_are_those_of_the_folder_in_which_the_tests_run() -> None:
    known = deployment(
        ["back/shop.py", "back/data/a.csv", "front/b.csv"],
        ("/srv/back/shop.py", "back/shop.py"),
        folder="back",
    )
    assert known.home("/srv/back/data/a.csv") == "data/a.csv"
    assert known.home("/srv/front/b.csv") == "/srv/front/b.csv"


def test_a_frame_at_the_root_of_the_machine_moves_nothing() -> None:
    known = deployment(["shop.py", "tmp/a"], ("/shop.py", "shop.py"))
    assert known.home("/tmp/a") == "/tmp/a"


SETTINGS = """
import {module}

def rates():
    with open('rates.{kind}', {mode!r}) as stream:
        settings = {call}(stream)
    zones = settings['zones']
    return [zone['rate'] for zone in zones]
"""
OPENED = {
    "json": ("json.load", "r", '{"zones": [{"name": "eu"}]}'),
    "toml": ("tomllib.load", "rb", 'zones = [{name = "eu", near = ["at", "ch"]}]\n'),
}


@pytest.mark.parametrize("kind", OPENED)
def test_a_file_that_was_open_where_it_ran_holds_what_was_read(kind: str, deploy: Deploy) -> None:
    call, mode, text = OPENED[kind]
    program = SETTINGS.format(module=call.partition(".")[0], kind=kind, mode=mode, call=call)
    driver = (
        "import os, shop, tempfile\ndef main():\n    os.chdir(tempfile.mkdtemp())\n"
        f"    with open('rates.{kind}', 'w') as out:\n        out.write({text!r})\n    work()\n\n\n\n\n\n\n\n"
        "def work():\n    shop.rates()\n"
    )
    shop = deploy({"shop.py": program}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "monkeypatch.chdir(tmp_path)" in made.source
    assert shop.passes(made, {"shop.py": program.replace("zone['rate']", "zone.get('rate', 0)")})
