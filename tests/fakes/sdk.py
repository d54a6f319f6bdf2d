"""Programs that crash under the real sentry-sdk, and what it would have sent."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

# Loading the SDK and what it looks at takes longer than most programs run: one process has done so, and is
# forked for each.
SERVER = """
import json, os, runpy, signal, sys, traceback
import sentry_sdk, sentry_sdk.spotlight
from sentry_sdk.integrations import argv, atexit, excepthook, logging, modules, stdlib, threading
from sentry_sdk.transport import Transport
from sentry_sdk.utils import package_version

sys.dont_write_bytecode = True  # a checkout stays as it was written
kept = []

class Keep(Transport):
    def capture_envelope(self, envelope):
        event = envelope.get_event()
        if event and event.get("exception"):
            kept.append(event)

def integration(name):
    module = __import__("sentry_sdk.integrations." + name, fromlist=["*"])
    return getattr(module, name.capitalize() + "Integration")()

def crash(root, script, out, integrations, options):
    os.chdir(os.path.dirname(out))
    sys.argv[:] = [script]
    sys.path.insert(0, root)
    sentry_sdk.init(
        dsn="http://public@127.0.0.1:9/1", transport=Keep, project_root=root,
        auto_enabling_integrations=False, integrations=[*map(integration, integrations)], **options,
    )
    try:
        runpy.run_path(script, run_name="driver")["main"]()
    except BaseException as error:
        if not kept:
            sentry_sdk.capture_exception(error)
    sentry_sdk.flush(2)
    with open(out, "w") as file:
        json.dump(kept[0], file, default=str)

def child(order):
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    signal.alarm(60)
    try:
        crash(**order)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)

package_version("sentry-sdk")  # all versions are read, once
for line in iter(sys.stdin.readline, ""):
    pid = os.fork()
    if not pid:
        child(json.loads(line))
    print(os.waitpid(pid, 0)[1], flush=True)
"""


class Sdk:
    """`with Sdk() as sdk: sdk.event(root, script)`"""

    def __enter__(self) -> Sdk:
        self.said = tempfile.TemporaryFile("w+")
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", SERVER]
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self.said, text=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.process, self.said:
            self.process.stdin.close()

    def event(self, root: Path, script: Path, *integrations: str, **options: Any) -> dict[str, Any]:
        """What was sent when the script's `main()` failed in a process of its own, with `root` as project
        and first place for imports; paths in it are this machine's. `options` are for `sentry_sdk.init`."""
        out = root.with_name("event.json")
        order = {"root": str(root), "script": str(script), "out": str(out)}
        order |= {"integrations": integrations, "options": options}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        status = int(self.process.stdout.readline())
        self.said.seek(0)
        assert status == 0, self.said.read()
        sent: dict[str, Any] = json.loads(out.read_text())
        return sent
