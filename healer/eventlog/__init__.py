"""The team's event log: one Postgres schema, fed over OTLP/HTTP or by COPY."""
