"""A JSON file that a person names: whatever it is, it is read within bounds, or refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

from healer.errors import BadInput
from triage.noun import Json


def read_json(path: Path, most: int, wanted: str) -> Json:
    """What the file holds. `most`: bytes; `wanted`: what to give in its place, as `a proof.json`.

    Raises BadInput. A pipe is read, too; what never ends is not read to its end."""
    try:
        with open(path, "rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}; give the path of {wanted}") from None
    if len(data) > most:
        raise BadInput(f"{path}: larger than {most >> 20} MiB; give {wanted}")
    try:
        found: Json = json.loads(data)
    except (ValueError, RecursionError) as error:  # a number of too many digits is a plain ValueError
        raise BadInput(f"{path}: not JSON ({error}); give {wanted}") from None
    return found
