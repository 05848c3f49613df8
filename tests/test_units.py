from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.units import (
    ANGLE,
    LENGTH,
    PRESSURE,
    RATIO,
    TEMPERATURE,
    Toleranced,
    UnitError,
    decimal_text,
    mm,
    parse,
    parse_toleranced,
    show,
    show_toleranced,
)


@pytest.mark.parametrize(
    ("text", "nanometres"),
    [("65 um", 65_000), ("65um", 65_000), ("65 µm", 65_000), ("65 μm", 65_000), ("0.8 mm", 800_000), ("1 mil", 25_400),
     ("1 in", 25_400_000), ("-4 mm", -4_000_000), ("1e3 nm", 1_000), (".5 mm", 500_000), (" 10mm ", 10_000_000)],
)
def test_a_length_is_read_to_whole_nanometres(text, nanometres):
    assert parse(text, LENGTH) == nanometres


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("65 um", Toleranced(65_000)),
        ("65 um ± 10 um", Toleranced(65_000, 10_000, 10_000)),
        ("65 ± 10 um", Toleranced(65_000, 10_000, 10_000)),
        ("65 um ± 10", Toleranced(65_000, 10_000, 10_000)),
        ("65 um +/- 10 um", Toleranced(65_000, 10_000, 10_000)),
        ("65 um +10/-5 um", Toleranced(65_000, 10_000, 5_000)),
        ("65 um +10 um -5 um", Toleranced(65_000, 10_000, 5_000)),
        ("0.3 mm ± 50 um", Toleranced(300_000, 50_000, 50_000)),
        ("60..70 um", Toleranced(65_000, 5_000, 5_000)),
        ("60 um .. 0.07 mm", Toleranced(65_000, 5_000, 5_000)),
        ("60.5 um..61 um", Toleranced(60_750, 250, 250)),
    ],
)
def test_a_tolerance_is_read_in_every_way_people_write_it(text, quantity):
    assert parse_toleranced(text, LENGTH) == quantity


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("65", "'65' has no unit; write for example 65 um"),
        ("0.8", "'0.8' has no unit; write for example 0.8 mm"),
        ("65 degC", "'degC' is not a unit of length (known: nm, um, mm, cm, mil, in, inch, µm, μm)"),
        ("", "'' is not a valid length; write for example 65 um or 0.8 mm"),
        ("fat", "'fat' is not a valid length; write for example 65 um or 0.8 mm"),
        ("70 um .. 60 um", "'70 um .. 60 um' runs backwards; write the smaller value first"),
        ("2000 mm", "'2000 mm' is out of range: a length here is at most 1000 mm"),
        ("1e99 mm", "'1e99 mm' is out of range for a length"),
        ("9" * 300, "this is not a valid length; write for example 65 um or 0.8 mm"),
    ],
)
def test_what_is_no_length_is_told_what_to_write(text, message):
    with pytest.raises(UnitError) as caught:
        parse_toleranced(text, LENGTH)
    assert str(caught.value) == message


def test_a_plain_length_takes_no_tolerance():
    with pytest.raises(UnitError, match="has a tolerance; expected a plain length"):
        parse("65 um ± 1 um", LENGTH)


def test_pressures_of_different_units_compare_as_they_should():
    limit = parse("20 mmHg", PRESSURE)
    assert limit == 2_666_447_748
    assert parse("20 Torr", PRESSURE) == limit
    assert parse("2666 Pa", PRESSURE) < limit < parse("2667 Pa", PRESSURE)
    assert parse("26.66 mbar", PRESSURE) == parse("2.666 kPa", PRESSURE) == parse("2666 Pa", PRESSURE)


def test_temperatures_and_angles_are_whole_thousandths():
    assert parse("175 degC", TEMPERATURE) == parse("175 °C", TEMPERATURE) == 175_000
    assert parse("22.5 deg", ANGLE) == 22_500


def test_a_ratio_has_no_unit():
    assert parse("2", RATIO) == 2
    with pytest.raises(UnitError):
        parse("2 mm", RATIO)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1, "0.000001"), (100_000_000, "100"), (-25_400, "-0.0254"), (1_500_000, "1.5"), (-1, "-0.000001")],
)
def test_millimetres_are_written_as_kicad_writes_them(value, text):
    assert mm(value) == text


def test_numbers_are_shown_in_the_unit_people_read():
    assert show(65_000, LENGTH) == "65 um"
    assert show(10_000_000, LENGTH) == "10 mm"
    assert show(10_000_001, LENGTH) == "10.000001 mm"
    assert show(parse("20 mmHg", PRESSURE), PRESSURE) == "20 mmHg"
    assert show(Fraction(17, 12), RATIO) == "1.417"
    assert show(-32_500, LENGTH) == "-32.5 um"


def test_rounding_keeps_the_sign_and_drops_trailing_zeros():
    assert decimal_text(Fraction(-1, 3), 3) == "-0.333"
    assert decimal_text(Fraction(-1, 9999), 3) == "0"
    assert decimal_text(2, 3) == "2"


@given(st.integers(-10**9, 10**9), st.integers(0, 10**8), st.integers(0, 10**8))
def test_a_shown_tolerance_reads_back_to_the_same_quantity(nominal, plus, minus):
    quantity = Toleranced(nominal, plus, minus)
    assert parse_toleranced(show_toleranced(quantity, LENGTH), LENGTH) == quantity


@given(st.text(max_size=40))
def test_any_text_is_a_length_or_a_unit_error(text):
    try:
        quantity = parse_toleranced(text, LENGTH)
    except UnitError:
        return
    assert quantity.low <= quantity.nominal <= quantity.high


def test_worst_case_sums_add_their_tolerances():
    a, b = Toleranced(100, 10, 5), Toleranced(30, 3, 2)
    assert a + b == Toleranced(130, 13, 7)
    assert a - b == Toleranced(70, 12, 8)
    assert ((a - b).low, (a - b).high) == (62, 82)
