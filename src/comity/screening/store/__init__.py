"""The only SQL of screening: what was asked and answered, and under which profiles."""
