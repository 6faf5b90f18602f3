"""The lists of names are free of doubles and split as texts are."""

from analysis.lexicons import load_lexicon
from analysis.nlp.actors import gazetteer
from analysis.nlp.actors.gazetteer import first_words, slug


def test_countries_have_each_code_once_and_three_letters():
    codes = load_lexicon("actors/countries")["country_code"]
    assert len(codes) == 250  # ISO 3166-1 has 249, and Kosovo
    assert codes.is_unique
    assert codes.str.fullmatch("[A-Z]{3}").all()


def test_no_listed_name_means_two_actors():
    for choices in first_words().values():
        assert len({words for words, _ in choices}) == len(choices)


def test_slug_drops_accents_and_keeps_other_scripts():
    assert slug("José Ortíz-Luna") == "jose-ortiz-luna"
    assert slug("习近平") == "习近平"


def test_a_listed_name_is_split_as_the_tokenizer_splits_it():
    entries = gazetteer.all_entries()
    columns = (("actors/places", "place"), ("actors/titles", "title"))
    terms = [term for term, _ in entries]
    terms += [term for name, column in columns for term in load_lexicon(name)[column]]
    split = gazetteer.tokenizer()
    assert [term for term in terms if gazetteer.split_words(term) != tuple(t.text for t in split(term))] == []
