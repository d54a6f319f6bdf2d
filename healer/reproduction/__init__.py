"""Writes pytest tests from a production event. Pure: nothing of an event is ever evaluated, nothing is run."""
