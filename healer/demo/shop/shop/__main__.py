"""Serves the shop: python -m shop --port 8000"""

import argparse
import os
import subprocess
from pathlib import Path

import sentry_sdk
from werkzeug.serving import make_server

from shop.app import create_app
from shop.orders import prepare


def release() -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "dev"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    url, version = os.environ["SHOP_DATABASE_URL"], release()
    sentry_sdk.init(
        dsn=os.environ.get("SENTRY_DSN"),
        release=version,
        environment="production",
        project_root=str(Path(__file__).parent.parent),
    )
    prepare(url)
    app = create_app(url, os.environ.get("SHOP_LOGS_URL", ""), version)
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
