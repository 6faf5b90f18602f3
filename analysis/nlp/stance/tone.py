"""Tone of words: TextBlob's polarity and subjectivity, whoever the words are about."""


def tone(text: str) -> tuple[float, float]:
    """Polarity (-1 to 1) and subjectivity (0 to 1) of the words, by TextBlob.

    It says how the words sound, not what anybody thinks of anybody, and is no measure of tension.

    Source: TextBlob 0.20, default (pattern) analyser.
    """
    from textblob import TextBlob  # takes three seconds, since it loads nltk; many commands need no tone

    polarity, subjectivity = TextBlob(text).sentiment
    return float(polarity), float(subjectivity)
