"""Regimes, one module each: what a body of sanctions law makes of a payment, each defining `REGIME` with its own cases."""
