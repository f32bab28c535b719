"""What can go wrong when somebody decides. No sentence says of whom an alert is, or that there is one."""

from __future__ import annotations

from comity.kit.errors import Conflict, Denied, Invalid, Limited, NotFound


class AlertUnknown(NotFound):
    """There is no such alert, or it is not for this reader to see: said alike of both."""

    code = "alerts.alert_unknown"


class QuestionUnfit(Invalid):
    """A filter, an order or a page of the queue is none that there is."""

    code = "alerts.question_unfit"


class SubjectUnfit(Invalid):
    """A subject needs an id within its kind, and a name by which to call it."""

    code = "alerts.subject_unfit"


class ReasonMissing(Invalid):
    """A decision needs a reason of the list that its profile gives for it."""

    code = "alerts.reason_missing"


class MeasuresUnseen(Invalid):
    """A true match is decided only by whoever was shown what follows from it: measures, who is bound, and exceptions."""

    code = "alerts.measures_unseen"


class StepClosed(Conflict):
    """The hit is no longer in a state from which this step leads on."""

    code = "alerts.step_closed"


class SamePerson(Denied):
    """The second person is another than the first."""

    code = "alerts.same_person"


class BulkUnfit(Invalid):
    """Only hits with one reason and one pattern of evidence are decided together, and only as false positives."""

    code = "alerts.bulk_unfit"


class BulkTooLarge(Limited):
    """More hits than `BULK_MAX` are never decided at once."""

    code = "alerts.bulk_too_large"


class CalendarUnfit(Invalid):
    """The office's calendar in `node.toml` has no working hour, or no such time zone."""

    code = "alerts.calendar_unfit"


class GoodGuyUnknown(NotFound):
    """There is no such good-guy entry, or it has ended already."""

    code = "alerts.good_guy_unknown"


class GoodGuyUnfit(Invalid):
    """A good-guy entry rests on a false positive that stands, and ends on a day within a year."""

    code = "alerts.good_guy_unfit"


class TrialUnknown(NotFound):
    """There is no trial of a profile under this digest."""

    code = "alerts.trial_unknown"


class MembersUnfit(Invalid):
    """Those who alone may know of an alert are two people here at least, so that one decides and another confirms."""

    code = "alerts.members_unfit"
