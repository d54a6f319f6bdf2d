"""The zero-token agent: templates over the syntax tree, ranked by what the code itself says."""

from healer.agents.rules.agent import RulesAgent

__all__ = ["RulesAgent"]
