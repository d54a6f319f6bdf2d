"""The agent's tools, defined once: typed, bounded, described. Served in-process and over MCP.

No tool reaches a shell, the network, a secret or the disk: what an agent changes is an overlay in memory.
"""

from healer.tools.base import Arguments, Result, Tool, Toolbox, ToolError
from healer.tools.session import Session
from healer.tools.shelf import AGENT_TOOLS

__all__ = ["AGENT_TOOLS", "Arguments", "Result", "Session", "Tool", "ToolError", "Toolbox"]
