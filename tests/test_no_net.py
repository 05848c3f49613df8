"""Words for no net: whoever uses them, in a netlist, in a part's own nets or on a board, each such pad stands alone."""

import pytest

from overmold.check import check
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package.no_net import means_no_net
from package_text import read, said
from reports import text_of

PACKAGE = """\
package: T
carrier: {kind: substrate, size: [10 mm, 10 mm]}
chips: [{name: U1, size: [3 mm, 3 mm], bonded: flip-chip, bumps: {array: {grid: [3, 1], pitch: 0.5 mm}, diameter: 100 um}}]
passives: [{name: C1, size: "0201", at: [4 mm, 0 mm], nets: ["%s", VDD]}]
balls: {array: {grid: [4, 1], pitch: 1 mm}, diameter: 0.4 mm}
netlist: [["%s", U1.A1, A1], ["%s", U1.A2, A2], [VDD, U1.A3, A3]]
"""
NONE = ["NC", "nc", "N/C", "N.C.", "n/a", "DNU", "DNC", "RFU", "RSVD_12", "no connect", "No_Connect", "not connected",
        "do not use", "unconnected-(U1-A1)", "NC1", "NC_A5", "<NC>", "-", "--"]
NETS = ["VDD", "GND", "NCS", "NCLK", "NRST", "CAN_N", "RFUSE", "DNC_EN", "OPEN", "NA1", "NC_IO", "N", "RESET", "D1", "", "A-"]


@pytest.mark.parametrize("word", NONE)
def test_a_word_for_no_net_joins_nothing(word):
    package = read(PACKAGE % (word, word, word))
    for one in (package, read_board(board_file(package), "t.kicad_pcb")):
        assert one.chips[0].bumps.nets == ("", "", "VDD")
        assert one.balls.nets == ("", "", "VDD", "")
        assert [terminal.net for terminal in one.passives[0].terminals] == ["", "VDD"]


@pytest.mark.parametrize("word", NETS)
def test_a_net_that_only_looks_like_one_stays_a_net(word):
    assert not means_no_net(word)


def test_a_board_whose_balls_share_a_net_called_nc_joins_none_of_them():
    board = board_file(read(PACKAGE % ("VDD", "GND", "GND"))).replace(b'"GND"', b'"N.C."')
    assert read_board(board, "t.kicad_pcb").balls.nets == ("", "", "VDD", "")


def test_a_pad_cannot_be_in_a_net_and_in_none():
    (fault,) = said((PACKAGE % ("VDD", "NC", "NC")).replace("[VDD, U1.A3", "[VDD, U1.A1"))
    assert "pad 'U1.A1' is in net 'VDD' here and in no net in line 6; it can be in one only" in fault


def test_the_report_says_once_which_words_were_taken_for_no_net():
    package = read(PACKAGE % ("VDD", "NC", "N/C"))
    told = "taken for no net: N/C, NC; whatever carries it is connected to nothing"
    assert package.remarks == (told,)
    assert text_of(check(package)).count(told) == 1
    on_board = read_board(board_file(read(PACKAGE % ("VDD", "VDD", "GND"))).replace(b'"GND"', b'"DNU"'), "t.kicad_pcb")
    assert on_board.remarks == ("taken for no net: DNU; whatever carries it is connected to nothing",)
