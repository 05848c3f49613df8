"""The claim chart against the 20 claims read naively off random designs; and every situation with its one word."""

import pytest

from claims_oracle import Doubtful, chart
from dose import dose
from overmold.check import check
from overmold.claims import claim_chart
from overmold.rule import load_deck
from random_claims import a_design

CLAIMS_ONLY = load_deck()
# Slits are no part of this oracle: they have one of their own, in test_measures_slits.
CLAIMS_ONLY = CLAIMS_ONLY._replace(rules=tuple(
    rule for rule in CLAIMS_ONLY.rules if rule.claims and rule.name != "slit-not-filled"))


@pytest.mark.parametrize("first", range(0, dose(100, 400), 50))
def test_the_chart_of_fifty_random_designs_is_that_of_an_oracle_in_either_reading(first):
    doubtful = 0
    for seed in range(first, first + 50):
        result = check(a_design(seed), CLAIMS_ONLY)
        for strict in (False, True):
            try:
                right = chart(result.package, strict)
            except Doubtful:
                doubtful += 1
                continue
            rows = claim_chart(result, strict)
            told = [(row.number, row.because) for row in rows]
            assert {row.number: row.status for row in rows} == right, (seed, strict, told)
    assert doubtful < 5


def test_the_random_designs_have_every_word_for_every_claim():
    words = ("met", "not met", "not checked", "not applicable")
    always = {(number, "not applicable") for number in (15, 16, 17, 18, 19, 20)}
    lacking = {(number, word) for number in range(1, 21) for word in words} - always
    for seed in range(400):
        lacking -= {(row.number, row.status) for row in claim_chart(check(a_design(seed), CLAIMS_ONLY))}
        if not lacking:
            break
    assert lacking == set()
