"""The HTTP doors. Nothing here reads an event: that happens in `healer.intake`, off the event loop."""

from healer.web.app import Doors, create_app

__all__ = ["Doors", "create_app"]
