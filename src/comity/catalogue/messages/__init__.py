"""Kinds of payment message, one module each, each defining `MESSAGE`."""
