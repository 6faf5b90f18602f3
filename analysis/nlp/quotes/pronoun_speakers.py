"""Whom a pronoun means: the best antecedent among those met so far."""

from analysis.nlp.quotes.speakers import Cast, Sighting, Speaker

HE, SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
THEY, IT = frozenset(("they", "them", "their", "themselves")), frozenset(("it", "its", "itself"))
FAR = 6  # paragraphs
FAR_PLURAL = 2
NEAR = 4.0  # score of somebody in the same paragraph, one less for each paragraph before
PER_SIGHTING = 0.12  # less for each of those met since
SUBJECT, SPOKEN, SAME_GENDER = 1.5, 2.0, 0.7
SPOKEN_BACK = 12  # sightings after which having spoken no longer counts
LAST_SUBJECT = 2.0  # as much as having spoken: after `Doe disagreed.`, he is Doe
SOLE_LEAD = 3.0  # lead of the only candidate


def gender_of(pronoun: str) -> str | None:
    """`he`, `she` or `it`; None for another word."""
    words = {"he": HE, "she": SHE, "it": IT}
    return next((gender for gender, forms in words.items() if pronoun in forms), None)


def may_be(speaker: Speaker, gender: str) -> bool:
    """Whether a pronoun of this gender can mean the speaker."""
    return speaker.gender == "it" if gender == "it" else speaker.gender in (None, gender)


def singular_antecedent(cast: Cast, head: int, gender: str) -> Speaker | None:
    """The best antecedent: near, of that gender, a subject, and above all somebody who has just spoken."""
    scored: dict[str, tuple[float, Speaker]] = {}
    is_last = True
    for back, sighting in enumerate(reversed(cast.recent)):
        speaker = sighting.speaker
        away = cast.paragraphs[head] - sighting.paragraph
        if away > FAR:
            break
        if speaker.number == "many" or not may_be(speaker, gender):
            continue
        score = sighting_score(sighting, away, back, gender)
        if is_last and away == 0 and (sighting.has_spoken or (sighting.is_subject and sighting.is_main)):
            score += LAST_SUBJECT
            is_last = False
        if speaker.id not in scored or scored[speaker.id][0] < score:
            scored[speaker.id] = (score, speaker)
    if not scored:
        return None
    ranked = sorted(scored.values(), key=lambda pair: -pair[0])
    lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else SOLE_LEAD
    return ranked[0][1]._replace(probability=min(0.95, 0.6 + 0.15 * lead))


def sighting_score(sighting: Sighting, away: int, back: int, gender: str) -> float:
    """How much speaks for a sighting `away` paragraphs and `back` sightings before a pronoun."""
    score = NEAR - away - PER_SIGHTING * back + SUBJECT * sighting.is_subject
    score += SPOKEN * (sighting.has_spoken and back < SPOKEN_BACK)
    return score + SAME_GENDER * (sighting.speaker.gender == gender)


def plural_antecedent(cast: Cast, head: int) -> Speaker | None:
    """`they`: several people, or a body that has just spoken."""
    for sighting in reversed(cast.recent):
        if cast.paragraphs[head] - sighting.paragraph > FAR_PLURAL:
            return None
        if sighting.speaker.number == "many" or (sighting.speaker.gender == "it" and sighting.has_spoken):
            return sighting.speaker._replace(probability=0.7)
    return None
