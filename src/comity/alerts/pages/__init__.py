"""The console's pages of alerts: the queue, one alert, good-guy entries, statistics, tuning and trials."""

from comity.alerts.pages.alert import AlertPages
from comity.alerts.pages.comparing import ComparingPages
from comity.alerts.pages.good_guys import GoodGuyPages
from comity.alerts.pages.measuring import StatisticsPages
from comity.alerts.pages.queue import QueuePages
from comity.alerts.pages.together import TogetherPages
from comity.alerts.pages.trying import TrialPages, TryingPages

CONTROLLERS = (
    QueuePages,
    TogetherPages,
    ComparingPages,
    GoodGuyPages,
    StatisticsPages,
    TrialPages,
    TryingPages,
    AlertPages,
)

__all__ = ["CONTROLLERS"]
