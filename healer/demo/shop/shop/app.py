"""The application: every module of `shop.pages` brings its own pages."""

import importlib
import pkgutil
import time
import uuid

import sentry_sdk
from flask import Flask, Response, g, request

from shop import logs, pages


def create_app(database_url: str = "", logs_url: str = "", release: str = "dev") -> Flask:
    app = Flask("shop")
    app.config["DATABASE_URL"] = database_url
    logs.connect(app, logs_url, release)
    for found in pkgutil.iter_modules(pages.__path__):
        app.register_blueprint(importlib.import_module(f"shop.pages.{found.name}").blueprint)

    @app.before_request
    def begin() -> None:
        g.started = time.monotonic()
        g.request_id = request.headers.get("X-Request-ID", uuid.uuid4().hex)
        g.user = request.headers.get("X-Customer", "guest")
        sentry_sdk.set_tag("request_id", g.request_id)
        sentry_sdk.set_user({"id": g.user})
        logs.write(app, "info", f"{request.method} {request.path}")

    @app.after_request
    def end(response: Response) -> Response:
        level = "error" if response.status_code >= 500 else "info"
        logs.write(
            app,
            level,
            f"{request.method} {request.path} {response.status_code}",
            duration_ms=round((time.monotonic() - g.started) * 1000, 2),
        )
        response.headers["X-Request-ID"] = g.request_id
        return response

    return app
