"""One case, one database, gone with the run."""

from __future__ import annotations

import pytest

from healer.case import Limits
from healer.errors import BadInput, NotConfigured
from healer.protocols import Job
from healer.workshop import servers
from healer.workshop.database import Databases, unpack
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.servers import Server, embedded, installed, server_of

BINARIES = embedded().binaries
PSQL = f'{BINARIES}/psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -Atc'
LIMITS = Limits(seconds=60)


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def box(state, sandbox):
    made = Bubblewrap(state)
    made._tested = sandbox.check()
    return made


def sh(tree, script, **job):
    fields = {"tree": str(tree), "command": ("/bin/sh", "-c", script), "limits": LIMITS, **job}
    return Job.model_validate(fields)


def test_each_run_has_its_own_empty_database(box, tree):
    for _ in range(2):
        script = (
            f"{PSQL} 'create table t (a int); insert into t values (1); select count(*) from t' && touch x"
        )
        done = box.run(sh(tree, script, database=True))
        assert done.exit_code == 0, done.output
        assert done.output.splitlines()[-1] == "1"
    assert not (tree / "x").exists()
    assert box.run(sh(tree, f"{PSQL} 'select 1'")).exit_code != 0


def test_migrations_are_applied_once(box, state, tree):
    (tree / "schema.sql").write_text("create table shop (name text); insert into shop values ('corner');")
    databases = Databases(state / "databases", box)
    migrate = sh(tree, f'{BINARIES}/psql "$DATABASE_URL" -f schema.sql')
    place = databases.prepared("commit-1", migrate)
    (tree / "schema.sql").write_text("broken")
    assert databases.prepared("commit-1", migrate) == place
    job = sh(tree, f"{PSQL} 'delete from shop returning name'", database=True, database_from=str(place))
    for _ in range(2):
        assert box.run(job).output.splitlines()[0] == "corner"


def test_migrations_that_fail_say_so_and_leave_nothing(box, state, tree):
    databases = Databases(state / "databases", box)
    before = sorted(p.name for p in databases.directory.iterdir() if p.is_dir())
    with pytest.raises(BadInput, match="no such table"):
        databases.prepared("commit-2", sh(tree, "echo no such table; exit 3"))
    assert sorted(p.name for p in databases.directory.iterdir() if p.is_dir()) == before


ELSEWHERE = "/opt/other"


def other_server() -> Server:
    """The same programs, shown elsewhere: another server for all that looks at it."""
    ours = embedded()
    mounts = tuple(m.model_copy(update={"inside": m.inside.replace("/opt", ELSEWHERE)}) for m in ours.mounts)
    return Server("other", ours.binaries.replace("/opt", ELSEWHERE, 1), mounts)


def test_where_a_server_lacks_an_extension_the_next_is_asked(box, state, tree, monkeypatch):
    monkeypatch.setattr(servers, "installed", lambda: iter([other_server()]))
    psql = f"{other_server().binaries}/psql"
    script = (
        f"case $PATH in *{ELSEWHERE}*) {psql} -c 'create table t ()';;"
        " *) echo 'ERROR:  extension \"rare\" is not available' >&2; exit 3;; esac"
    )
    databases = Databases(state / "databases", box)
    place = databases.prepared("commit-rare", sh(tree, script))
    assert server_of(str(place)).key == "other"
    assert databases.prepared("commit-rare", sh(tree, "exit 3")) == place, "it is not tried again"
    counted = sh(tree, f"{psql} -Atc 'select count(*) from t'", database=True, database_from=str(place))
    assert box.run(counted).output.splitlines()[-1] == "0"


def test_an_extension_that_no_server_has_is_named_with_what_to_do(box, state, tree, monkeypatch):
    monkeypatch.setattr(servers, "installed", lambda: iter([]))
    migrate = sh(tree, f"{PSQL} 'create extension nowhere'")
    with pytest.raises(BadInput, match=r"(?s)nowhere.* is not available.*; install a PostgreSQL that has it"):
        Databases(state / "databases", box).prepared("commit-no", migrate)


def test_what_a_removed_server_baked_is_made_again(box, tree, tmp_path):
    (tmp_path / "0-0-base").mkdir()
    job = sh(tree, "true", database=True, database_from=str(tmp_path / "0-0-base"))
    with pytest.raises(BadInput, match="is gone; let the workshop make it again"):
        box.run(job)


def test_servers_of_a_machine_are_found_newest_first(tmp_path):
    for name in ("lib/postgresql/9.6", "lib/postgresql/15", "pgsql-17", "lib/postgresql/16"):
        place = tmp_path / name / "bin"
        place.mkdir(parents=True)
        for program in ("postgres", "initdb", "pg_ctl", "createdb") if "16" not in name else ("pg_ctl",):
            (place / program).touch()
    found = [server.binaries.removeprefix(f"{tmp_path}/") for server in installed(tmp_path)]
    assert found == ["pgsql-17/bin", "lib/postgresql/15/bin", "lib/postgresql/9.6/bin"], "16 is no server"


def test_without_a_place_to_keep_it(sandbox, tree):
    with pytest.raises(NotConfigured):
        sandbox.run(sh(tree, "true", database=True))


def test_a_hostile_archive_stays_below_its_place(tmp_path):
    import io
    import tarfile

    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for name, kind, target in (
            ("../out", tarfile.REGTYPE, ""),
            ("/abs", tarfile.REGTYPE, ""),
            ("link", tarfile.SYMTYPE, str(tmp_path)),
            ("hard", tarfile.LNKTYPE, "/etc/passwd"),
            ("fifo", tarfile.FIFOTYPE, ""),
            ("good", tarfile.REGTYPE, ""),
            ("link/through", tarfile.REGTYPE, ""),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.mode = kind, target, 0o6777
            tar.addfile(member)
    unpack(data.getvalue(), tmp_path / "place", None)
    made = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*"))
    assert made == ["place", "place/good", "place/link", "place/link/through"]
    assert (tmp_path / "place" / "good").stat().st_mode & 0o7777 == 0o600
