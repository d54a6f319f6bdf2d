"""Real installs, from wheels made here: no index is asked."""

from __future__ import annotations

import base64
import hashlib
import os
import sys
import zipfile

import pytest

from healer.errors import BadInput
from healer.protocols import Job
from healer.workshop.dependencies import Environments


class Files(dict):
    def paths(self):
        return tuple(self)

    def read(self, path):
        return self.get(path)


def wheel(directory, name: str, body: str) -> None:
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": body,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    with zipfile.ZipFile(directory / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(text.encode())}\n"
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")


@pytest.fixture
def environments(tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    wheel(wheels, "healerthing", "VALUE = 41 + 1\n")
    offline = {"UV_FIND_LINKS": str(wheels), "UV_OFFLINE": "1", "UV_NO_INDEX": "1"}
    return Environments(tmp_path / "environments", environment=offline)


def test_an_environment_is_made_once_and_used_inside(environments, sandbox, tree):
    source = Files({"requirements.txt": "healerthing==1.0\n-e .\n"})
    made = environments.environment(source, sys.executable)
    assert (made.lock, made.left_out) == ("requirements.txt", ("-e .",))
    stamp = os.stat(os.path.dirname(made.python)).st_mtime_ns
    assert environments.environment(source, sys.executable) == made
    assert os.stat(os.path.dirname(made.python)).st_mtime_ns == stamp
    code = (
        "import healerthing, sys; print(healerthing.VALUE, sys.prefix)\n"
        "try: open(healerthing.__file__, 'a'); print('poisoned')\n"
        "except OSError: pass"
    )
    done = sandbox.run(Job(tree=str(tree), command=("python", "-c", code), python=made.python))
    assert done.output.split() == ["42", os.path.dirname(os.path.dirname(made.python))]


def test_another_lock_is_another_environment(environments):
    one = environments.key(needed("a==1"), sys.executable)
    assert one == environments.key(needed("a==1"), sys.executable)
    assert one != environments.key(needed("a==2"), sys.executable)


def needed(line: str):
    from healer.workshop.lockfiles import needs

    return needs(Files({"requirements.txt": line}))


def test_no_dependencies_is_the_interpreter_itself(environments):
    assert environments.environment(Files(), sys.executable).python == sys.executable


def test_a_source_distribution_is_not_built(environments, tmp_path):
    import io
    import tarfile

    marker = tmp_path / "built"
    with tarfile.open(tmp_path / "wheels" / "evilsdist-1.0.tar.gz", "w:gz") as archive:
        for name, text in {
            "setup.py": f"open({str(marker)!r}, 'w')\nimport setuptools\nsetuptools.setup()\n",
            "PKG-INFO": "Metadata-Version: 2.1\nName: evilsdist\nVersion: 1.0\n",
        }.items():
            entry = tarfile.TarInfo(f"evilsdist-1.0/{name}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    with pytest.raises(BadInput, match="wheels alone"):
        environments.environment(Files({"requirements.txt": "evilsdist\n"}), sys.executable)
    assert not marker.exists()


def test_unused_and_unfinished_environments_are_pruned(environments):
    made = environments.environment(Files({"requirements.txt": "healerthing\n"}), sys.executable)
    half = environments.directory / "half"
    half.mkdir()
    (half / "requirements.txt").touch()
    assert environments.prune(days=1) == ("half",)
    assert os.path.exists(made.python)
    assert len(environments.prune(days=0)) == 1
