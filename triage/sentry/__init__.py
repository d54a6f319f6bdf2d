"""The only room that knows Sentry's headers, hooks and three event shapes. It does no I/O."""

from triage.lenient import Malformed
from triage.sentry.hook import WORDS, Hook, content_key, read_hook
from triage.sentry.shapes import read_event
from triage.sentry.signature import verify

__all__ = ["WORDS", "Hook", "Malformed", "content_key", "read_event", "read_hook", "verify"]
