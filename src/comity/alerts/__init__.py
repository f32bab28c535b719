"""Alerts: what screening found of somebody, until a person has decided it."""
