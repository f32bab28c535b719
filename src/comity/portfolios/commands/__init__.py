"""Portfolios at the command line."""

from comity.portfolios.commands.portfolio import COMMANDS

__all__ = ["COMMANDS"]
