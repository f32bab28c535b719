"""Customers and how files of them are read; portfolios, imports, runs; and what can go wrong."""
