"""Writes pytest tests from a production event. Pure: nothing of an event is evaluated, nothing is run."""
