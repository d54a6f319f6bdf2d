"""The event log: one record a step of a request, sent as OpenTelemetry logs."""

import time

from flask import Flask, g
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import SimpleLogRecordProcessor
from opentelemetry.sdk.resources import Resource

LEVELS = {"info": SeverityNumber.INFO, "error": SeverityNumber.ERROR}


def connect(app: Flask, url: str, release: str) -> None:
    """Without a URL, as in the tests, records go nowhere."""
    app.extensions["logs"] = None
    if url:
        about = {
            "service.name": "shop",
            "service.version": release,
            "deployment.environment.name": "production",
        }
        provider = LoggerProvider(resource=Resource.create(about))
        provider.add_log_record_processor(SimpleLogRecordProcessor(OTLPLogExporter(endpoint=url)))
        app.extensions["logs"] = provider.get_logger("shop")


def write(app: Flask, level: str, message: str, **attributes: str | int | float) -> None:
    logger = app.extensions["logs"]
    if logger is None:
        return
    known = {"request_id": g.request_id, "user.id": g.user}
    logger.emit(
        LogRecord(
            timestamp=time.time_ns(),
            severity_number=LEVELS[level],
            severity_text=level,
            body=message,
            attributes={**known, **attributes},
        )
    )
