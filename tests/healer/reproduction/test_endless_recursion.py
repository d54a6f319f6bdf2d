"""A recursion without end is the same crash wherever in its circle the limit is met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from healer.reproduction.engine import ENDS, Workbench

Deploy = Callable[..., Any]

SETTINGS = """
class Settings:
    def __init__(self):
        self.data = {}

    def set(self, key, value):
        if "." in key or "[" in key:
            return self._dotted(key, value)
        self.data[key] = value

    def _dotted(self, key, value):
        names = [name for name in key.split(".") if name]
        tree = {names[0]: value}
        return self.update(tree)

    def update(self, data):
        for key, value in data.items():
            self.set(key, value)
"""
FIXED = SETTINGS.replace(' or "[" in key', "")
DRIVER = "from settings import Settings\n\nsettings = Settings()\nsettings.set('a[1]', 'v' * 2000)\n"


def test_a_recursion_of_a_thousand_frames_is_reproduced(deploy: Deploy) -> None:
    shop = deploy({"settings.py": SETTINGS}, DRIVER)
    assert len(shop.diagnosis().located) > 300
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert shop.passes(made, {"settings.py": FIXED})


def test_the_frames_between_its_ends_are_not_read(deploy: Deploy) -> None:
    shop = deploy({"settings.py": SETTINGS}, DRIVER)
    diagnosis = shop.diagnosis()
    bench = Workbench(diagnosis, shop.bench.source(diagnosis.target))
    assert len(bench.sites) == 2 * ENDS
    assert (bench.sites[0].name, bench.sites[-1].line) == ("set", diagnosis.located[-1].line)
