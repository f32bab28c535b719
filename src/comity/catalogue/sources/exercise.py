"""Lists of regimes that do not exist, for exercises: to look at, to train with, to demonstrate.

Meridia (QM), Norland (QN), Ostravia (QO) and the World Assembly (WA) are invented, and so is everyone whom they list; nothing is
forbidden by them. An entry is known by the reference that its list gives it. The form is our own: `dialects/fictional.py`. Two
editions of each list, and one that its list would not publish so, are bundled with the console (`edge/fictional/`).
"""

from __future__ import annotations

from comity.catalogue.dialects.fictional import NAME, head, read, recognises
from comity.lists.model import Dataset, Every, Example, Expect, File, Format, Listed, Source
from comity.model.claim import Claim
from comity.model.jurisdiction import Issuer

NEVER_OVERDUE_DAYS = 36_500
"""Nobody publishes these lists: their age is no alarm."""


def _dataset(code: str, regime: str, title: str, authority: str) -> Dataset:
    issuer = Issuer(code=code, name=f"{regime} (fictional)", authority=f"{authority} (fictional, for exercise)")
    return Dataset(title=f"{title} (fictional, for exercise)", issuer=issuer)


EXAMPLE = """{"fictional_list":"qm","published_at":"2031-11-20T06:00:00Z","entries":2,"programmes":[{"name":"Straits shipping",
"basis":["Order 2029/17"],"measures":[{"kind":"asset_freeze","binds":"persons in Meridia","article":"Order 2029/17, art. 3"},
{"kind":"travel_ban","binds":"Meridia","article":"Order 2029/17, art. 5"}]}]}
{"reference":"MSL-2029-0061","schema":"Person","names":[{"name":"Oleg Varimovich Dresnov"},
{"name":"Олег Дреснов","kind":"alias","lang":"rus"}],"facts":{"birthDate":["1971-03"],"nationality":["QO"]},
"identifiers":[{"kind":"passportNumber","number":"4418 20937","country":"QO","calls":"Passport"}],
"addresses":[{"text":"Quay 7, Kavrel","country":"QO"}],"wallets":[{"key":"qm1q8zr0f6xk4w2m","currency":"QMC"}],
"notes":["Owner of a shipping line."],"designations":[{"programme":"Straits shipping","listed_on":"2029-03-16",
"amended_on":["2031-11-20"],"reasons":["Provides ships."]}]}
{"reference":"MSL-2030-0007","schema":"Company","names":[{"name":"Korvane Trading FZE"}],"facts":{"country":["QM"]},
"designations":[{"programme":"Straits shipping","listed_on":"2030-01-09","delisted_on":"2031-02-02","status":"de-listed",
"basis":["Order 2031/2"]}]}
""".replace(",\n", ",")

SOURCE = Source(
    id="exercise",
    title="Fictional list, for exercise",
    issuer=Issuer(code="QZ", name="Nowhere (fictional)", authority="Nobody (fictional, for exercise)"),
    homepage="https://example.org/fictional-lists",
    licence="Part of Comity, under its licence",
    says="Invented for exercises: no regime, person, company or ship on it exists, and nothing is forbidden by it.",
    formats=(
        Format(
            id="jsonl",
            files=(File(name=NAME, recognises=recognises),),
            read=read,
            head=head,
        ),
    ),
    schedule=Every(hours=24, overdue_days=NEVER_OVERDUE_DAYS),
    expect=Expect(designations=(30, 1_000), removed_at_once_max=0.05, removed_per_month_max=0.02),
    has_datasets=True,
    datasets={
        "qm": _dataset("QM", "Meridia", "Meridia Sanctions List", "Meridia Sanctions Office"),
        "qn": _dataset("QN", "Norland", "Norland Sanctions Register", "Norland Ministry of Trade"),
        "qo": _dataset("QO", "Ostravia", "Ostravia Restrictive Measures", "Ostravia State Council"),
        "wa": _dataset("WA", "World Assembly", "World Assembly Consolidated List", "World Assembly Security Committee"),
    },
    examples=(
        Example(
            format="jsonl",
            files={NAME: EXAMPLE.encode()},
            yields=(
                Listed(
                    reference="MSL-2029-0061",
                    schema="Person",
                    claims=(
                        Claim(property="name", value="Oleg Varimovich Dresnov"),
                        Claim(property="alias", value="Олег Дреснов", lang="rus"),
                        Claim(property="birthDate", value="1971-03"),
                        Claim(property="nationality", value="qo", original="QO"),
                        Claim(
                            property="passportNumber",
                            value="4418 20937",
                            detail={"country": "qo", "kind": "Passport"},
                        ),
                        Claim(property="address", value="Quay 7, Kavrel, QO", detail={"country": "qo"}),
                        Claim(property="country", value="qo", original="QO"),
                        Claim(property="notes", value="Owner of a shipping line."),
                        Claim(property="programme", value="Straits shipping", about="Straits shipping"),
                        Claim(property="legalBasis", value="Order 2029/17", about="Straits shipping"),
                        Claim(property="listedOn", value="2029-03-16", about="Straits shipping"),
                        Claim(property="amendedOn", value="2031-11-20", about="Straits shipping"),
                        Claim(
                            property="measure",
                            value='{"article":"Order 2029/17, art. 3","binds":"persons in Meridia","kind":"asset_freeze"}',
                            about="Straits shipping",
                        ),
                        Claim(
                            property="measure",
                            value='{"article":"Order 2029/17, art. 5","binds":"Meridia","kind":"travel_ban"}',
                            about="Straits shipping",
                        ),
                        Claim(property="reason", value="Provides ships.", about="Straits shipping"),
                        Claim(property="topics", value="sanction"),
                    ),
                    linked=(
                        Listed(
                            reference="MSL-2029-0061/wallet/qm1q8zr0f6xk4w2m",
                            schema="CryptoWallet",
                            claims=(
                                Claim(property="publicKey", value="qm1q8zr0f6xk4w2m"),
                                Claim(property="currency", value="QMC"),
                                Claim(property="topics", value="sanction"),
                            ),
                        ),
                    ),
                ),
                Listed(
                    reference="MSL-2030-0007",
                    schema="Company",
                    claims=(
                        Claim(property="name", value="Korvane Trading FZE"),
                        Claim(property="country", value="qm", original="QM"),
                        Claim(property="programme", value="Straits shipping", about="Straits shipping"),
                        Claim(property="status", value="de-listed", about="Straits shipping"),
                        Claim(property="legalBasis", value="Order 2029/17", about="Straits shipping"),
                        Claim(property="legalBasis", value="Order 2031/2", about="Straits shipping"),
                        Claim(property="listedOn", value="2030-01-09", about="Straits shipping"),
                        Claim(property="delistedOn", value="2031-02-02", about="Straits shipping"),
                    ),
                ),
            ),
        ),
    ),
)
