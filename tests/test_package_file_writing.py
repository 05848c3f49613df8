"""What is written for people who write package files: the starter and the JSON Schema."""

import json
import re

import jsonschema
import pytest

from overmold.faults import Faults
from overmold.marked_yaml import load
from overmold.package_file import read_package_file
from overmold.package_file.schema import json_schema
from overmold.package_file.starter import starter
from package_text import DEMO, SMALL, changed


def test_the_starter_is_sound_and_every_key_of_it_is_in_the_schema(tmp_path):
    files = starter("My-BGA_1")
    assert sorted(files) == ["My-BGA_1.yaml", "My-BGA_1_nets.csv", "overmold.schema.json"]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    package = read_package_file(tmp_path / "My-BGA_1.yaml")
    assert package.name == "My-BGA_1"
    assert "" not in package.chips[0].bumps.nets + package.balls.nets
    assert set(package.balls.nets) == set(package.chips[0].bumps.nets)
    assert json.loads(files["overmold.schema.json"]) == json_schema()


def test_every_comment_of_the_starter_is_what_the_schema_says_of_the_key():
    said = {value.get("description") or "" for group in (json_schema(), *json_schema()["$defs"].values())
            for value in group["properties"].values()} | {group["description"] for group in json_schema()["$defs"].values()}
    said = {" ".join(words.split()).rstrip(".") for words in said}
    text = starter("X")["X.yaml"]
    body = text[text.index("package:"):text.index("# A chip on a chip")]
    comments = re.sub(r"\n +# ", " ", body)  # a long one goes on in the next line
    keys = [line for line in comments.splitlines() if re.match(r" *(- )?\w+:", line)]
    assert len(keys) > 35
    for line in keys:
        comment = line.partition("  # ")[2]
        assert comment in said or comment.partition(": ")[0] in said, line
    assert all(len(line) <= 120 for line in body.splitlines())


def test_a_starter_cannot_be_named_what_no_package_can_be_named():
    with pytest.raises(Faults, match=r"overmold new: '\.\./x' cannot be a package's name"):
        starter("../x")


def test_the_schema_is_sound_and_takes_what_the_reader_takes():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for text in (DEMO, SMALL, starter("X")["X.yaml"]):
        assert [error.message for error in validator.iter_errors(load(text, "f").data)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("kind: substrate", "kind: paper"), ("10 mm, 8 mm", "10 mm, 8"), ("name: U1, ", ""), ("balls:", "bals:"),
     ("diameter: 80 um", "diameter: 80 kg")],
)
def test_the_schema_refuses_what_the_reader_refuses(old, new):
    validator = jsonschema.Draft202012Validator(json_schema())
    assert list(validator.iter_errors(load(changed(old, new), "f").data))


def test_every_key_of_the_schema_is_described():
    schema = json_schema()
    for group in (schema, *schema["$defs"].values()):
        for key, value in group["properties"].items():
            assert value.get("description") or "$ref" in value, key
