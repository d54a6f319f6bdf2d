"""Imports an environment's packages, and sends the bytecode that leaves behind as a tar over the pipe.

No file of the repository is there: what is compiled is what the environment holds. Python 3.8 and newer.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
import tarfile


def main(names: list[str]) -> None:
    del sys.path[0]
    for name in names:
        with contextlib.suppress(BaseException):
            importlib.import_module(name)
    if "pytest" in sys.modules:
        with contextlib.suppress(BaseException), contextlib.redirect_stdout(io.StringIO()):
            sys.modules["pytest"].main(["--co", "-q", "-p", "no:cacheprovider", os.devnull])
    prefix = sys.pycache_prefix or ""
    with os.fdopen(int(os.environ["HEALER_REPORT_FD"]), "wb") as pipe:
        with tarfile.open(fileobj=pipe, mode="w|") as tar:
            tar.add(prefix, arcname=".")
        pipe.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
