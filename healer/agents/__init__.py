"""Agents: each reads a brief and proposes an edit, or says why not."""
