"""A server process: `web_process.py DSN PORT`."""

from __future__ import annotations

import sys

import uvicorn

from healer.engine import Queue
from healer.intake import Entrance, Office, Routes
from healer.settings import Floor
from healer.web import Doors, create_app
from healer.web.crew import crew, handle

if __name__ == "__main__":
    entrance = Entrance("shop", Floor(events=1, levels=()), id="42", key="aabbccddeeff00112233445566778899")
    with crew(Office(sys.argv[1], Routes((entrance,)), Queue()), processes=1) as executor:
        app = create_app(Doors(handle, executor))
        uvicorn.run(app, port=int(sys.argv[2]), log_level="error", access_log=False)
