"""Which sentences a reader understands without the article that they are taken from."""

import pytest

from analysis.findings.checks import stands_alone
from analysis.findings.clauses import clean


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia struck the Ukrainian city of Kharkiv on Monday, killing three people.",
        "The attack on Odesa killed three people, Ukraine's interior ministry said.",
        "This week Iran launched a hundred missiles at military bases in Israel.",
        "Earlier this month Peru expelled the Mexican ambassador over an asylum case.",
        "Ukraine's president said he would meet the US president in Washington.",
        "“We will not yield,” Ukraine's president said after Russia struck Kharkiv.",
        "Russia attacked Sumy at dawn, and Ukraine said the attack killed two.",
        "Ukraine's navy struck two ships of Russia, the latter owned by the former president.",
        "Russia fires 500 drones at Ukraine, and in response to the attacks Poland scrambles its jets.",
        "Seven people in Kyiv, Ukraine, and three in Russia are killed as both countries launch strikes.",
        "The toll of the clashes between the army of Peru and that of Chile rises to nine.",
        "The number of people killed in the shelling of the border town of Arica has risen to 14.",
        "In response to a drone raid on Eilat, the air force of Israel bombs the port of Hudaydah.",
        "Amid a dispute between both countries, the president of Peru insults that of Chile.",
        "Peruvians vote to elect their president in the second round of the election.",
        "Peru expelled the ambassador of Chile on Monday, the latest in a series of expulsions.",
    ],
)
def test_a_sentence_that_names_whom_it_means_stands_alone(sentence):
    assert stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He also repeated a rejected proposal for Ukraine to withdraw from the south.",
        "But the funding was released this week as Israel braced for an attack by Iran.",
        "In a post on X, he said that Iran would strike Israel before the end of May.",
        "The overnight recovery operation was carried out by the army alongside Shin Bet.",
        "The US alleges the group guarded outposts of Israelis under US sanctions.",
        "Ukraine condemned the visit and called on all states to respect its borders.",
        "“The centre was used by Hamas to plan attacks against the soldiers of Israel.”",
        "We will strike Iran again if Iran attacks Israel, as we did in the spring.",
        "If the reports prove true, Ukraine has struck a Russian base in the far north.",
        "Why has Ukraine launched an attack across the border of Russia?",
        "Ukraine said “Russia struck Kharkiv with six missiles this morning.",
        "Russia struck Kharkiv again.",
        "Russia fired 90 drones at Kyiv overnight, it said on Telegram.",
        "The US alleges the group in Jenin guarded outposts under US sanctions.",
        "In response, the air force of Israel bombs the port of Hudaydah in Yemen.",
        "The prime minister of Czechia says the arson attack is part of a war by Russia.",
        "The airline transports weapons and fighters across the region for Iran's army.",
        "Russian forces also claimed to have taken a village in Ukraine's Sumy region.",
        "The president of Ukraine made the offer in a letter to Donald Trump.",
        "Seven people in Kyiv are killed as both countries launch strikes at each other.",
        "The president of Peru is unsure whether Israel is holding off on a deal with Hamas.",
        "The Philippines says that the arrests are related to arrests by China of Filipinos.",
        "Also in response to an arrest by Mali, two diplomats of Mali are expelled from France.",
        "Israel's cabinet voted for the deal on Friday, its office in Jerusalem said.",
    ],
)
def test_what_refers_back_asks_supposes_or_is_a_scrap_does_not(sentence):
    assert not stands_alone(sentence)


FIRST = [
    "Israel attacks Iran with the declared aim of the operation being to destroy its nuclear program.",
    "Hamas says that an Israeli strike has killed a member of the group's political bureau.",
    "Peru's president also sets tariffs of 20% on goods from Chile and from Ecuador.",
]


@pytest.mark.parametrize("sentence", FIRST)
def test_what_an_article_begins_with_has_nothing_to_refer_back_to(sentence):
    assert stands_alone(sentence, is_first=True)
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru's prime minister resigns in response to the protests amid a collapse of order.",
        "Poland's prime minister convenes the council of the alliance following the incursion.",
        "The United States announces that it sends a second aircraft carrier to the region.",
        "He says that the prime minister of Peru has resigned over the election.",
    ],
)
def test_a_first_sentence_that_leaves_its_occasion_open_is_not_printed(sentence):
    assert not stands_alone(sentence, is_first=True)


def test_a_sentence_with_half_of_a_quotation_does_not_stand_alone():
    half = '"Israel struck the city of Beirut on Monday.'
    assert not stands_alone(clean(half))
    assert stands_alone(clean(half.removeprefix('"')))
