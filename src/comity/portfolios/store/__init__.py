"""The feature's only SQL: portfolios and imports, customers with their history, runs and what they found."""
