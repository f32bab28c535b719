"""Screening payments: what is held until somebody has decided, and what the law makes of each."""
