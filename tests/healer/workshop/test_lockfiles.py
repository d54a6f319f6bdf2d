from __future__ import annotations

import json

import pytest

from benchmarks.source import Files
from healer.workshop.lockfiles import needs

H1, H2 = "sha256:" + "1" * 64, "sha256:" + "2" * 64


def test_requirements_follow_their_includes():
    found = needs(
        Files(
            {
                "requirements.txt": "-r requirements/base.txt\nflask>=2 # web\n"
                "attrs==23.1 ; python_version < '4'\n",
                "requirements/base.txt": "-c ../constraints.txt\nrequests[socks]~=2.31\n"
                "-r ../requirements.txt\n",
                "constraints.txt": "urllib3<3\n",
                "requirements-dev.txt": "pytest\n",
            }
        )
    )
    assert found.lock == "requirements.txt"
    assert found.lines == [
        "requests[socks]~=2.31",
        "flask>=2",
        "attrs==23.1 ; python_version < '4'",
        "pytest",
    ]
    assert found.constraints == ["urllib3<3"]
    assert not found.pinned
    assert found.left_out == []


def test_who_exports_a_lock_names_a_python_with_every_line():
    text = (
        f'a==1 ; python_version >= "3.9" and python_version < "4.0" --hash={H1}\n'
        "b==1 ; python_full_version >= '3.8.1'\nc==1 ; python_version < '3.11'\n"
        "d==1 ; python_version >= '3.9' and sys_platform == 'win32'\ne==1\n"
    )
    assert needs(Files({"requirements.txt": text})).main == ["a", "b", "e"]


def test_hashes_make_it_pinned():
    found = needs(
        Files({"requirements.txt": f"a==1 \\\n    --hash={H1} \\\n    --hash={H2}\nb==2 --hash={H1}\n"})
    )
    assert found.lines == [f"a==1 --hash={H1} --hash={H2}", f"b==2 --hash={H1}"]
    assert found.pinned


@pytest.mark.parametrize(
    "line",
    [
        "-e .",
        "--index-url https://evil.example/simple",
        "--extra-index-url=https://evil.example",
        "--find-links /tmp",
        "git+https://evil.example/x.git",
        "x @ https://evil.example/x-1.whl",
        "x @ file:///etc/x",
        "./local",
        "/abs/path.whl",
        "https://evil.example/x.tar.gz",
        "--no-binary :all:",
        "x==1 --global-option=build",
        "x==1 --config-settings=a=b",
        "$(touch x)",
    ],
)
def test_what_would_fetch_or_run_something_else_is_left_out(line):
    found = needs(Files({"requirements.txt": f"good==1\n{line}\n"}))
    assert found.lines == ["good==1"]
    assert found.left_out == [line]


def test_includes_cannot_leave_the_repository_nor_go_round():
    found = needs(Files({"requirements.txt": "-r ../../../etc/passwd\n-r requirements.txt\na==1\n"}))
    assert found.lines == ["a==1"]


def test_uv_lock():
    text = f"""
version = 1
[[package]]
name = "app"
version = "0.1"
source = {{ editable = "." }}
[[package]]
name = "six"
version = "1.16.0"
source = {{ registry = "https://pypi.org/simple" }}
sdist = {{ url = "https://x/six.tar.gz", hash = "{H1}", size = 1 }}
wheels = [{{ url = "https://x/six.whl", hash = "{H2}", size = 1 }}]
[[package]]
name = "evil"
version = "1"
source = {{ git = "https://evil.example/x" }}
"""
    found = needs(Files({"uv.lock": text, "requirements.txt": "other==1\n"}))
    assert (found.lock, found.pinned) == ("uv.lock", True)
    assert found.lines == [f"six==1.16.0 --hash={H2} --hash={H1}"]
    assert found.left_out == ["evil (not from a registry)"]


def test_poetry_and_pdm_locks():
    package = '[[package]]\nname = "six"\nversion = "1.16.0"\n{}'
    package += f'files = [{{{{file = "six.whl", hash = "{H1}"}}}}]\n'
    poetry = needs(Files({"poetry.lock": package.format("markers = \"python_version < '4'\"\n")}))
    assert poetry.lines == [f"six==1.16.0 ; python_version < '4' --hash={H1}"]
    pdm = needs(Files({"pdm.lock": package.format("")}))
    assert pdm.lines == [f"six==1.16.0 --hash={H1}"]


def test_the_lock_that_all_installers_share():
    text = f"""
lock-version = "1.0"
[[packages]]
name = "six"
version = "1.16.0"
marker = "python_version < '4'"
sdist = {{ url = "https://x/six.tar.gz", hashes = {{ sha256 = "{"1" * 64}" }} }}
wheels = [{{ url = "https://x/six.whl", hashes = {{ sha256 = "{"2" * 64}" }} }}]
[[packages]]
name = "pytest"
version = "8"
marker = "'dev' in dependency_groups"
[[packages]]
name = "evil"
vcs = {{ type = "git", url = "https://evil.example/x", commit-id = "0" }}
"""
    found = needs(Files({"pylock.toml": text, "requirements.txt": "other==1\n"}))
    assert (found.lock, found.pinned) == ("pylock.toml", True)
    assert found.lines == [f"six==1.16.0 ; python_version < '4' --hash={H2} --hash={H1}", "pytest==8"]
    assert found.left_out == ["evil (not from a registry)"]


def test_pipenvs_lock():
    six = {"version": "==1.16.0", "hashes": [H1], "markers": "python_version < '4'"}
    redis = {"version": "==5", "extras": ["hiredis"], "hashes": [H2]}
    evil = {"git": "https://evil.example/x", "ref": "0"}
    text = json.dumps({"default": {"six": six, "redis": redis}, "develop": {"six": six, "evil": evil}})
    found = needs(Files({"Pipfile.lock": text}))
    assert found.lines == [
        f"six==1.16.0 ; python_version < '4' --hash={H1}",
        f"redis[hiredis]==5 --hash={H2}",
    ]
    assert (found.lock, found.pinned) == ("Pipfile.lock", True)
    assert found.left_out == ["evil (not from a registry)"]


def test_poetrys_own_words_where_it_keeps_no_lock():
    text = """
[tool.poetry.dependencies]
python = "^3.10"
a = "^1.2.3"
b = "^0.2.3"
c = "~1.2"
d = "*"
e = { version = ">=2,<3", optional = true }
f = { git = "https://evil.example/f" }
g = "1.5"
h = "^1 || ^2"
[tool.poetry.group.dev.dependencies]
pytest = "^8"
[tool.poetry.group.docs.dependencies]
sphinx = "*"
"""
    found = needs(Files({"pyproject.toml": text}))
    assert found.lines == ["a>=1.2.3,<2", "b>=0.2.3,<0.3", "c>=1.2,<1.3", "d", "g==1.5", "pytest>=8,<9"]
    assert [line.partition(" ")[0] for line in found.left_out] == ["f", "h"]
    assert found.main == ["a", "b", "c", "d", "g"]


def test_setuptools_own_words():
    config = (
        "[options]\ninstall_requires =\n  a>=1\n  file: x.txt\n"
        "[options.extras_require]\ntest = pytest\ndocs = sphinx\n"
    )
    script = (
        "from setuptools import setup\nimport os\n"
        "setup(name='x', install_requires=['b==2', '-e .'], tests_require=os.listdir(),\n"
        "      extras_require={'dev': ['hypothesis'], 'docs': ['sphinx']})\n"
    )
    found = needs(Files({"setup.cfg": config, "setup.py": script, "pyproject.toml": "[build-system]\n"}))
    assert found.lines == ["a>=1", "pytest", "b==2", "hypothesis"]
    assert found.left_out == ["file: x.txt", "-e ."]
    assert (found.lock, found.main, found.pinned) == ("setup.cfg", ["a", "b"], False)


def test_pyproject_with_what_its_tests_need():
    text = """
[project]
dependencies = ["a>=1", "b @ git+https://evil.example/b"]
[project.optional-dependencies]
test = ["pytest"]
docs = ["sphinx"]
[dependency-groups]
dev = ["hypothesis", {include-group = "docs"}]
"""
    found = needs(Files({"sub/pyproject.toml": text}), "sub")
    assert found.lines == ["a>=1", "hypothesis", "pytest"]
    assert found.lock == "sub/pyproject.toml"
    assert found.left_out == ["b @ git+https://evil.example/b"]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"pyproject.toml": "not [toml"},
        {"pyproject.toml": ""},
        {"pyproject.toml": "project = 3"},
        {"pyproject.toml": "[tool]\npoetry = [1]"},
        {"requirements.txt": "# x\n"},
        {"setup.cfg": "not an ini", "setup.py": "from setuptools import ("},
        {"setup.py": "setup(install_requires=open('x').read(), extras_require=[1])"},
    ],
)
def test_nothing_named(files):
    assert needs(Files(files)).lines == []


@pytest.mark.parametrize("text", ["not [toml", "package = 3", "[[package]]\nname = 3\n", "[package]\nx = 1"])
def test_a_broken_lock_file_is_passed_over(text):
    for name in ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock"):
        assert needs(Files({name: text, "requirements.txt": "a==1\n"})).lines == ["a==1"]
