"""Where subjects stand: what payments and customers wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.alerts.model.answers import Stand, Standing
from comity.alerts.model.state import Decided, Disposition
from comity.alerts.store import dossiers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from comity.alerts.model.answers import Dossier, Hit
    from comity.alerts.model.subject import SubjectKind
    from comity.infra.work import Work


def standing(work: Work, kind: SubjectKind, ids: Collection[str]) -> dict[str, Standing]:
    """Return where some subjects of one kind stand, by the subject's id; one of whom nothing was ever found is left out."""
    return {id_: stand(dossier) for id_, dossier in dossiers.of_subjects(work, kind, ids).items()}


def known(work: Work, kind: SubjectKind, ids: Collection[str]) -> dict[str, Standing]:
    """Return the same as far as it is for whoever asks: a subject whose alert is not is left out, like one without any."""
    found = dossiers.of_subjects(work, kind, ids)
    return {id_: stand(dossier) for id_, dossier in found.items() if dossier.alert.is_for(work.actor.id)}


def stand(dossier: Dossier) -> Standing:
    """Return where the subject of a dossier stands. Whatever is undecided outweighs what is decided."""
    undecided = _listed(hit for hit in dossier.hits if hit.is_undecided)
    true = _listed(hit for hit in dossier.hits if hit.disposition is Disposition.TRUE_MATCH)
    false = _listed(hit for hit in dossier.hits if hit.disposition is Disposition.FALSE_POSITIVE)
    stands = ((undecided, Stand.UNDECIDED), (true, Stand.TRUE_MATCH), (false, Stand.FALSE_POSITIVE))
    waits = [hit.due_at for hit in dossier.hits if hit.is_undecided]
    return Standing(
        subject_id=dossier.alert.subject.id,
        alert=dossier.alert.id,
        stand=next((stand for held, stand in stands if held), Stand.NOTHING),
        undecided=undecided,
        true=true,
        false=false,
        decided_at=max(
            (one.state.confirmed_at or one.state.decision.at for one in dossier.hits if isinstance(one.state, Decided)),
            default=None,
        ),
        due_at=min(waits, default=None),
    )


def _listed(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(hit.listed.id for hit in hits)
