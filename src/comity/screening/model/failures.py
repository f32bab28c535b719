"""What can go wrong when somebody screens."""

from __future__ import annotations

from comity.kit.errors import Conflict, Corrupt, Invalid, NotFound


class QuestionUnfit(Invalid):
    """A field of a question cannot be asked about; the field is named, and its content never."""

    code = "screening.question_unfit"

    def __init__(self, field: str, detail: str, **context: object) -> None:
        super().__init__(detail, **context)
        self.field = field


class ProfileUnfit(Invalid):
    """A threshold is a probability from 0 to 1, and an answer has between one and `MATCHES_MAX` matches."""

    code = "screening.profile_unfit"


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
