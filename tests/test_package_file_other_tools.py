"""Package files before other tools: what reads YAML 1.1 and our JSON Schema, as editors and scripts do, takes them too."""

import jsonschema
import pytest
import yaml

from overmold.marked_yaml import load
from overmold.package_file.cases import CASES
from overmold.package_file.schema import json_schema
from overmold.package_file.starter import starter
from package_text import read
from paths import REPOSITORY

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
FILES = [path for folder in ("examples", "tests/packages", "footprints/specs")
         for path in sorted((REPOSITORY / folder).glob("*.yaml"))]
CAPACITOR = """\
package: P
carrier: {kind: substrate, size: [10 mm, 10 mm]}
passives: [{name: C1, size: %s, at: [0 mm, 0 mm]}]
"""


def wrong(data):
    return [error.message for error in VALIDATOR.iter_errors(data)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_yaml_1_1_and_our_schema_take_every_package_file_we_ship(path):
    assert wrong(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def test_yaml_1_1_and_our_schema_take_the_starter():
    assert wrong(yaml.safe_load(starter("X")["X.yaml"])) == []


@pytest.mark.parametrize("case", CASES)
def test_a_case_size_may_stand_without_quotes(case):
    text = CAPACITOR % case
    assert read(text).passives[0].outline.size == CASES[case].size
    assert wrong(load(text, "p.yaml").data) == wrong(yaml.safe_load(text)) == []


def test_a_number_that_is_no_case_size_is_wrong_for_the_schema():
    assert wrong(load(CAPACITOR % "0202", "p.yaml").data)


@pytest.mark.parametrize("case", CASES)
def test_the_pads_of_a_case_do_not_touch_and_its_body_lies_over_both(case):
    one = CASES[case]
    inner, outer = one.pad_x - one.pad[0] // 2, one.pad_x + one.pad[0] // 2
    assert 0 < inner < one.size[0] // 2 < outer
    assert one.height.nominal <= max(one.size)
