"""The command line. Broad `except` only here: a user sees one sentence, never a traceback."""

from __future__ import annotations

import argparse
import contextlib
import errno
import importlib
import io
import logging
import os
import sys
from collections.abc import Sequence

from healer.errors import HealerError

COMMANDS = {
    "heal": "treat one error event: verdict, suspects, and where it can be proven, a branch with the fix",
    "serve": "receive events, work cases, until told to stop",
    "demo": "a shop that breaks, and is healed, on this machine alone",
    "sanitize": "clean a text or an event from standard input",
    "verify": "repeat a proof and say whether it holds",
    "sandbox": "run a command the way tests are run",
    "worktree": "a shell in the place where a case's tests run",
    "cases": "what is known, and why it was or was not worked on",
    "evidence": "what a case rests on, question by question; asked again, and compared",
    "mcp": "the record for people's own assistants, read-only, over MCP",
    "prompts": "the prompts: versions, inputs, and whether each may be used",
    "report": "the week, computed from the record",
    "doctor": "check what this machine can do",
}

NO_RIGHT = "let this user in"
NO_ROOM = "make room"
MOVES = {
    errno.EACCES: NO_RIGHT,
    errno.EPERM: NO_RIGHT,
    errno.EROFS: "make it writable",
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: NO_ROOM,
}


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Knows every command, and the options of those named in `words`: the others are not imported."""
    top = argparse.ArgumentParser(prog="healer", description="Fix proposals that a person can trust.")
    top.add_argument("--verbose", action="store_true", help="log what is done, to standard error")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if name in words:
            module = importlib.import_module(f"healer.commands.{name}")
            module.add(sub)
            sub.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done, 1 failed, 2 bad usage or input, 3 refused; 130 interrupted."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # no letter may be too much for a terminal
    words = sys.argv[1:] if argv is None else argv
    args = parser(words).parse_args(words)
    logging.basicConfig(level=logging.INFO if args.verbose else logging.ERROR, format="%(name)s: %(message)s")
    try:
        code = int(args.run(args))
        sys.stdout.flush()  # here, where it can still be said that it did not work
        return code
    except HealerError as error:
        from triage.sanitize.characters import visible

        print(f"healer: {visible(str(error))}", file=sys.stderr)  # it may quote a stranger
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _let_go_of_output()
        return 1
    except OSError as error:
        _let_go_of_output()
        where = f"{error.filename}: " if error.filename else ""
        move = MOVES.get(error.errno or 0, "mend that")
        print(f"healer: {where}{error.strerror or error}; {move}, or name another place", file=sys.stderr)
        return 1


def _let_go_of_output() -> None:
    """What is held back is written, or given up where it cannot be, lest it is tried again at the end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
