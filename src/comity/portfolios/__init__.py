"""Portfolios: customers, suppliers, crews, whom a node screens again and again, and what each screening of them found."""
