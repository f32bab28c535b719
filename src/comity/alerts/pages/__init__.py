"""The console's pages of alerts: the queue, one alert, good-guy entries, statistics and tuning."""

from comity.alerts.pages.alert import AlertPages
from comity.alerts.pages.good_guys import GoodGuyPages
from comity.alerts.pages.measuring import StatisticsPages
from comity.alerts.pages.queue import QueuePages
from comity.alerts.pages.together import TogetherPages

CONTROLLERS = (QueuePages, TogetherPages, GoodGuyPages, StatisticsPages, AlertPages)

__all__ = ["CONTROLLERS"]
