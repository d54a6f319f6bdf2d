"""Opening a conversation, or saying clearly what is missing for one."""

from __future__ import annotations

from collections.abc import Sequence

from healer.errors import NotConfigured
from healer.models.talk import Endpoint, Offer, Talk


def dial(endpoint: Endpoint, instructions: str, offers: Sequence[Offer]) -> Talk:
    """Raises NotConfigured where the extra `model` is not installed. Imported here: the SDKs take seconds."""
    try:
        from healer.models.vendors import VendorTalk
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("healer"):
            raise
        raise NotConfigured(
            f"[model] is configured, but {missing.name} is not installed; run in Healer's checkout:"
            " pip install '.[model]'"
        ) from None
    return VendorTalk(endpoint, instructions, offers)
