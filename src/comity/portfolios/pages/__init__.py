"""The console's pages of portfolios: where each stands, taking files in, customers, and what runs changed."""

from comity.portfolios.pages.customers import CustomerPages
from comity.portfolios.pages.importing import ImportPages
from comity.portfolios.pages.overview import PortfolioPages

CONTROLLERS = (PortfolioPages, ImportPages, CustomerPages)

__all__ = ["CONTROLLERS"]
