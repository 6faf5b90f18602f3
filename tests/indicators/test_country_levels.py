"""How much conflict is reported of countries and pairs: each incident once, by its strength."""

import pytest

from analysis.indicators.incident_timeline import country_levels, pair_levels
from analysis.schemas import QUADS, Incidents
from tests.tables import frame


def incidents(*rows):
    """Incidents of (source, target, root, intensity), or with a status after these."""
    defaults = {
        **dict.fromkeys(("is_joint", "is_claim", "is_denied"), False),
        **dict.fromkeys(("source_name", "target_name", "trigger_lemma", "article_id"), "x"),
        **dict.fromkeys(("article_ids", "event_ids"), "x"),
        **{"is_day_known": True, "story_count": 1, "outlet_count": 1, "probability": 0.9},
        **{"source_kind": "country", "target_kind": "country"},
        **{"start_char": 0, "end_char": 1, "status": "done"},
    }
    return frame(Incidents, [incident(n, *row) for n, row in enumerate(rows)], defaults)


def incident(number, source, target, root, intensity, status="done"):
    sides = {"source_code": source, "target_code": target, "dyad": "-".join(sorted((source, target)))}
    act = {"root": root, "quad": QUADS[root], "intensity": intensity, "status": status}
    return {"incident_id": str(number), **sides, **act}


def test_both_sides_of_a_hostile_incident_have_its_weight():
    levels = country_levels(incidents(("RUS", "UKR", "ASSAULT", -10), ("UKR", "RUS", "ACCUSE", -2)))
    assert levels.to_dict("records") == [
        {"country_code": "RUS", "conflict_weight": 1.2, "incident_count": 2},
        {"country_code": "UKR", "conflict_weight": 1.2, "incident_count": 2},
    ]


def test_a_mediator_has_incidents_but_no_conflict():
    levels = country_levels(incidents(("QAT", "ISR", "CONSULT", 1), ("ISR", "PSE", "ASSAULT", -9)))
    assert levels["country_code"].tolist() == ["ISR", "PSE", "QAT"]
    assert levels["conflict_weight"].tolist() == [0.9, 0.9, 0.0]
    assert levels["incident_count"].tolist() == [2, 1, 1]


def test_a_demand_is_an_incident_without_weight():
    rows = incidents(("USA", "IRN", "REQUEST", 0))
    assert country_levels(rows)["conflict_weight"].tolist() == [0, 0]
    assert pair_levels(rows).to_dict("records") == [
        {"dyad": "IRN-USA", "conflict_weight": 0, "cooperation_weight": 0, "incident_count": 1}
    ]


@pytest.mark.parametrize("levels", [country_levels, pair_levels])
def test_what_is_announced_does_not_count(levels):
    assert levels(incidents(("USA", "CHN", "CONSULT", 1, "announced"))).empty


def test_pairs_come_by_conflict_and_cooperation_together():
    levels = pair_levels(
        incidents(
            ("AUS", "PNG", "AGREE", 5),
            ("CHN", "USA", "SANCTION", -4),
            ("USA", "CHN", "CONSULT", 1),
            ("IND", "PAK", "ACCUSE", -2),
        )
    )
    assert levels["dyad"].tolist() == ["AUS-PNG", "CHN-USA", "IND-PAK"]  # 0.5 each for the first two
    assert levels.loc[1, ["conflict_weight", "cooperation_weight"]].tolist() == [0.4, 0.1]


def test_blocs_count_like_countries():
    assert country_levels(incidents(("EUU", "RUS", "SANCTION", -6)))["country_code"].tolist() == [
        "EUU",
        "RUS",
    ]


def test_the_order_of_the_incidents_changes_nothing():
    rows = incidents(*[("RUS", "UKR", "ACCUSE", -n / 7) for n in range(1, 30)], ("ISR", "PSE", "ASSAULT", -9))
    backwards = rows.iloc[::-1].reset_index(drop=True)
    assert country_levels(rows).equals(country_levels(backwards))
    assert pair_levels(rows).equals(pair_levels(backwards))
