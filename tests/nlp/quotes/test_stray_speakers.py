"""Speakers that the parser attaches elsewhere, documents, statements inside statements, headlines."""

import pytest

from analysis.nlp.quotes.attribution import headline_end, without_headline_repeats

pytestmark = pytest.mark.model


@pytest.fixture
def named(quotes_of):
    """(speaker's name, content) of each attribution of a text."""

    def run(text):
        return [
            (q.speaker_name, " ... ".join(text[a:b] for a, b in q.content_spans)) for q in quotes_of(text)
        ]

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ministers will visit Lima in May at the invitation of President Jan Nowak, Peru's Ministry of "
            "External Affairs announced Monday.",
            (
                "Peru's Ministry of External Affairs",
                "Ministers will visit Lima in May at the invitation of President Jan Nowak",
            ),
        ),
        (
            "Peru is ready to go to stage three, stressed the minister.",
            ("minister", "Peru is ready to go to stage three"),
        ),
        (
            "The Andes news agency quoted Maria Lopez as saying that the port was closed.",
            ("Maria Lopez", "that the port was closed"),
        ),
        (
            '"We will not talk," the Andes news agency cited Maria Lopez as saying.',
            ("Maria Lopez", "We will not talk,"),
        ),
        (
            "According to police chief Jan Nowak, teams searched the ruins for survivors.",
            ("Jan Nowak", "teams searched the ruins for survivors"),
        ),
        (
            "Nowak said Peru's interest in the pact, assuming the deal is signed, would help.",
            ("Nowak", "Peru's interest in the pact, assuming the deal is signed, would help"),
        ),
        ("Peru closed the port in what the navy called a routine exercise.", ("navy", "a routine exercise")),
    ],
)
def test_the_speaker_beside_the_verb_speaks_however_it_is_parsed(text, expected, named):
    assert expected in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "The firm closed two plants in Lima, announced a dividend.",
        "The minister met the mayor of Lima, his old friend, and said nothing.",
    ],
)
def test_a_verb_with_a_subject_in_the_clause_before_takes_no_other(text, named):
    assert all(speaker in ("firm", "minister") for speaker, _ in named(text))


@pytest.mark.parametrize(
    "text",
    [
        "The prisoner is unwell, according to information given out by Maria Lopez.",
        "The prisoner is unwell, according to a report by Maria Lopez.",
        "Maria Lopez said the prisoner was ill. The statement added that he was unwell.",
    ],
)
def test_a_document_speaks_for_whoever_put_it_out(text, named):
    assert named(text)[-1][0] == "Maria Lopez"


def test_a_document_of_nobody_who_has_spoken_keeps_its_own_name(named):
    assert (
        named("A statement was read in Lima. The statement added that he was unwell.")[-1][0] == "statement"
    )


def test_a_statement_inside_a_statement_is_reported_too(named):
    text = "The newspaper reported that the army had said that the port was closed."
    assert named(text) == [
        ("newspaper", "that the army had said that the port was closed"),
        ("army", "that the port was closed"),
    ]


def test_a_speaker_who_says_what_she_said_makes_one_statement(named):
    assert len(named("Maria Lopez said that she had said that the port was closed.")) == 1


def test_a_headline_that_the_article_repeats_is_counted_once(quotes_of):
    text = "Peru says talks failed\n\nPeru said on Monday that talks with Chile had failed."
    (quote,) = without_headline_repeats(text, quotes_of(text))
    assert quote.content_spans[0][0] > headline_end(text) > 0


def test_a_headline_that_nobody_repeats_is_kept(quotes_of):
    text = "Peru says talks failed\n\nMinisters went home on Monday."
    assert len(without_headline_repeats(text, quotes_of(text))) == 1


def test_a_first_line_with_a_full_stop_is_no_headline():
    assert headline_end("Peru said talks failed.\n\nMinisters went home.") == 0


def test_a_sentence_ends_after_the_network_x(named):
    text = "“It deserves praise,” Jan Nowak wrote on X. Maria Lopez said she “respects” the “hard” choice."
    assert [speaker for speaker, _ in named(text)] == ["Jan Nowak", "Maria Lopez"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nowak said the boats had been sent north, adding that their number was growing.", "Nowak"),
        ("Nowak said that Peru had refused, adding that the talks were over.", "Nowak"),
    ],
)
def test_whoever_said_something_also_adds_something(text, speaker, named):
    assert {name for name, content in named(text) if content.startswith("that the")} <= {speaker}
    assert named(text)[-1][0] == speaker


def test_whoever_agrees_has_spoken(named):
    text = "Mr Paul Ruiz said it was late. Mr Jan Nowak agrees.\n\nHe told reporters that the port was shut."
    assert named(text)[-1] == ("Jan Nowak", "that the port was shut")


def test_it_may_be_a_body_that_no_list_knows(named):
    text = 'The Fishermen and Families Forum praised Peru. "We thank them," it said.'
    assert named(text)[-1][0] != "Peru"
