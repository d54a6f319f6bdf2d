"""A log of many kinds of lines: what is hidden in one of them takes nothing of the others."""

from random import Random

import pytest

from benchmarks.corpora.sanitize import blind
from triage.sanitize import clean

LOGS, HARMLESS, TELLING = 24, 50, 18  # logs, and lines of each kind in one


def _logs() -> list[list[str]]:
    rng = Random(20261122)
    harmless = [line for line in blind.harmless() if "\n" not in line]
    telling = [
        text
        for number in blind.ROUNDS
        for kind in ("secrets", "pii")
        for _, text, _ in blind.samples(number, kind)
    ]
    logs = [rng.sample(harmless, HARMLESS) + rng.sample(telling, TELLING) for _ in range(LOGS)]
    for log in logs:
        rng.shuffle(log)
    return logs


def test_nearly_every_line_without_a_secret_stays_beside_those_with_one() -> None:
    known = set(blind.harmless())
    lost, asked = [], 0
    for log in _logs():
        shown = set(clean("\n".join(log)).text.split("\n"))
        alone = [line for line in log if line in known and clean(line).text == line]
        asked += len(alone)
        lost += [line for line in alone if line not in shown]
    assert asked > 1000
    assert len(lost) <= asked / 500, lost


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("error: unknown option --password", "org.apache.solr.common.SolrException: undefined field"),
        ('expected "Bearer <token>")', 'frame 4412 dropped, state="lost"'),
        ('token = headers.get("Authorization", "").removeprefix("Bearer ")', '{"level": "error", "sku": "TEA-250"}'),
        ("token_type must be bearer", "java.security.InvalidKeyException: Illegal key size"),
        ("EHLO x AUTH LOGIN Ym9iQHguaW8=", "Jenkins agent went offline during the build"),
        ("P<UTOLINDQVIST<<ARVID<<<<<<<<<<<<<<<<<<<<<<<<", "RabbitMQ: PRECONDITION_FAILED for queue mail"),
        ("AKIA prefix means long-term credentials, ASIA means temporary", "grpc-status: 16, grpc-message: denied"),
        ("connect(username='ann', password='x7Hq2-w9')", "EXC_BAD_ACCESS (code=1, address=0x18)"),
        ("Private-Lines: 1\nfwtUq8bTAE5k5FwYyQYoLvtZ5YwUmQHJTynun21hX4Q4gla=", "INFO: [T53b702e3: worker] 42 rows written"),
    ],
)  # fmt: skip
def test_what_a_line_opens_ends_with_it(before: str, line: str) -> None:
    if before.startswith("Private-Lines"):
        before = f"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n{before}"
    assert clean(f"{before}\n{line}\nnext").text.endswith(f"\n{line}\nnext")


def test_values_of_many_lines_are_hidden_whole() -> None:
    continued = clean("deploy \\\n  --password \\\n  Kx83bd-92jdQ \\\n  --region eu").text
    assert "Kx83bd" not in continued
    assert "--region eu" in continued
    listed = clean("args:\n  - --password\n  - Kx83bd-92jdQ\n  - --region").text
    assert "Kx83bd" not in listed
    assert "--region" in listed
    assert "abcdefgh1234" not in clean("Authorization: Bearer\n  abcdefgh12345678abcd").text
    assert "c2VjcmV0" not in clean("AUTH LOGIN Ym9iQHguaW8=\r\nc2VjcmV0cGFzcw==\r\n235 ok").text
    assert "Hq2w9" not in clean('password="Kx83bd92jdQ\nHq2w9xx71"\nnext').text
