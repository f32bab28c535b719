"""What can go wrong with portfolios. No failure says whether anybody is listed or was found."""

from __future__ import annotations

from comity.kit.errors import Conflict, Invalid, NotFound


class PortfolioUnknown(NotFound):
    """There is no portfolio with this id, or it is not for you to see."""

    code = "portfolios.portfolio_unknown"


class PortfolioUnfit(Invalid):
    """A portfolio has an id of small letters, digits and hyphens, a title, and a profile that exists."""

    code = "portfolios.portfolio_unfit"


class PortfolioExists(Conflict):
    """There is a portfolio with this id already."""

    code = "portfolios.portfolio_exists"


class CustomerUnknown(NotFound):
    """There is no customer with this id in the portfolio, or it is not for you to see."""

    code = "portfolios.customer_unknown"


class CustomerEnded(Conflict):
    """The customer has been ended already."""

    code = "portfolios.customer_ended"


class ImportUnknown(NotFound):
    """There is no import with this id."""

    code = "portfolios.import_unknown"


class ImportUnfit(Invalid):
    """A file of customers cannot be read as it is: the place is named, and nothing was taken."""

    code = "portfolios.import_unfit"


class MappingUnfit(Invalid):
    """Columns are not assigned so that customers can be read: an id and a name are needed, and no property that does not exist."""

    code = "portfolios.mapping_unfit"


class DatesAmbiguous(Invalid):
    """Days and months cannot be told apart in a column of dates; say which comes first."""

    code = "portfolios.dates_ambiguous"


class ImportSettled(Conflict):
    """The import has been taken or discarded already."""

    code = "portfolios.import_settled"


class RowsUnfit(Conflict):
    """Some rows cannot be read, so that nothing was taken; the error report names each, and a person may accept the rest."""

    code = "portfolios.rows_unfit"


class ManyEnded(Conflict):
    """A file would end more than ten customers, and more than a tenth, so that nothing was taken; a person may accept it."""

    code = "portfolios.many_ended"


class RunUnknown(NotFound):
    """There is no run with this id."""

    code = "portfolios.run_unknown"


class PortfolioEmpty(Conflict):
    """Nobody is in the portfolio, so that there is nobody to screen."""

    code = "portfolios.portfolio_empty"
