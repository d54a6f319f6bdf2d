"""The base of every noun: frozen, strict about unknown fields, and its own JSON."""

from __future__ import annotations

from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, JsonValue

Json: TypeAlias = JsonValue


class Noun(BaseModel):
    """An immutable value. `model_dump_json` and `model_validate_json` are inverse to each other,
    because every noun may have to survive a checkpoint and a restart."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")
