"""What can go wrong when somebody screens."""

from __future__ import annotations

from comity.kit.errors import Conflict, Corrupt, Invalid, NotFound, Refused


class QuestionUnfit(Invalid):
    """A field of a question cannot be asked about; the field is named, and its content never."""

    code = "screening.question_unfit"

    def __init__(self, field: str, detail: str, **context: object) -> None:
        super().__init__(detail, **context)
        self.field = field


class ProfileUnfit(Invalid):
    """A profile cannot be followed as it is written; the field is named."""

    code = "screening.profile_unfit"


class ProfileUnknown(NotFound):
    """There is no profile of this name, or no such version of it."""

    code = "screening.profile_unknown"


class ProfileSame(Conflict):
    """What is proposed is in force already."""

    code = "screening.profile_same"


class ProfileDecided(Conflict):
    """This version was released or withdrawn before, or a later one is in force."""

    code = "screening.profile_decided"


class FourEyesWanted(Refused):
    """A second person must do this: whoever proposed cannot release."""

    code = "screening.four_eyes_wanted"


class BacktestWanted(Refused):
    """People have decided under this profile, and the release does not name a trial of the version on what they decided."""

    code = "screening.backtest_wanted"


class FileUnfit(Invalid):
    """A file of names cannot be screened as it is; each place is named by line and field, and nothing was written."""

    code = "screening.file_unfit"


class GroundAbsent(Conflict):
    """No edition of any list is in force here, so that nobody can be cleared."""

    code = "screening.ground_absent"


class AnswerUnknown(NotFound):
    """There is no screening with this id."""

    code = "screening.answer_unknown"


class ReplayDiffers(Corrupt):
    """Asked again on the same ground, the answer is not what was stored."""

    code = "screening.replay_differs"
