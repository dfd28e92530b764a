"""Prints random mappings as MLflow writes them to a meta.yaml: one JSON object a line, with the text and the mapping."""

import json
import random
import sys
import tempfile
from pathlib import Path

from mlflow.utils.yaml_utils import read_yaml, write_yaml

seed, count = int(sys.argv[1]), int(sys.argv[2])
choose = random.Random(seed)

letters = "abcdefghijklmnopqrstuvwxyz"
# Not U+0085 and U+2028, which are line breaks to PyYAML alone.
odd = " '\"\\#:-?,[]{}&*!|>%@`~=<\t\n\r\u0000\u0007\u00a0\ufeff\u00fc\u00df\u6f22\U0001f600\u200b"
words = ["yes", "No", "null", "~", "true", "1", "0x1F", "1e5", "12e34567", "1_000", "1:30", ".inf", "2024-01-01", "=", "<<", "None", "-", "- a", "a: b", "a #b", "0123", "+1"]


def text():
    kind = choose.randrange(6)
    if kind == 0:
        return choose.choice(words)
    if kind == 1:
        return "%032x" % choose.getrandbits(128)
    if kind == 2:
        return "file:///" + "/".join(word(9) for _ in range(choose.randrange(1, 30)))
    if kind == 3:
        return " ".join(word(12) for _ in range(choose.randrange(40)))
    if kind == 4:
        return "".join(choose.choice(letters + odd) for _ in range(choose.randrange(200)))
    return "".join(choose.choice(letters + "   '\n\"\u00fc") for _ in range(choose.randrange(300)))


def word(longest):
    return "".join(choose.choice(letters) for _ in range(choose.randrange(1, longest)))


def value():
    kind = choose.randrange(10)
    if kind == 0:
        return None
    if kind == 1:
        return choose.randrange(-(10**4), 10**13)
    return text()


def mapping():
    fields = {word(12) + "_" + word(5): value() for _ in range(choose.randrange(1, 12))}
    if choose.random() < 0.3:
        fields["tags"] = {word(6) + "." + word(6): text() for _ in range(choose.randrange(3))}
    return fields


with tempfile.TemporaryDirectory() as folder:
    for _ in range(count):
        fields = mapping()
        write_yaml(folder, "meta.yaml", fields, overwrite=True)
        assert read_yaml(folder, "meta.yaml") == fields, fields
        print(json.dumps({"text": Path(folder, "meta.yaml").read_text("utf-8"), "fields": fields}))
