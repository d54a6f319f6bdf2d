"""Durable work on PostgreSQL: a thin port over absurd.

A case is one task. Its steps are checkpoints, its worker holds a lease that a heartbeat extends, and a
worker that lost its lease can neither checkpoint nor finish. Whatever dies, another worker goes on from
the last finished step. What the engine cannot do is make outside effects happen once: whoever acts on
the world looks first, by a natural key.
"""

from healer.engine.control import cancel, retry
from healer.engine.leases import Cancelled, Interrupted, LeaseLost, Stopping, Suspended
from healer.engine.queue import Claim, Queue
from healer.engine.reconcile import reconcile
from healer.engine.steps import DurableStep

__all__ = [
    "Cancelled",
    "Claim",
    "DurableStep",
    "Interrupted",
    "LeaseLost",
    "Queue",
    "Stopping",
    "Suspended",
    "cancel",
    "reconcile",
    "retry",
]
