"""Compares runs as MLflow's own client reads them, independently of the extension: with Python's own parsers and decimals.

Arguments: ids of runs, the first being the baseline. Prints JSON.
"""

import ast
import json
import math
import sys
from decimal import Decimal, InvalidOperation

from mlflow import MlflowClient

WORDS = {"true": "true", "false": "false", "none": "none", "null": "none", "nan": "nan"}
WORDS |= {"inf": "inf", "infinity": "inf", "+inf": "inf", "-inf": "-inf"}


def parse(text):
    """A dict or list, and how its scalars are written; nothing for any other text."""
    for read, write in ((json.loads, json.dumps), (ast.literal_eval, repr)):
        try:
            value = read(text)
        except (ValueError, SyntaxError):
            continue
        if isinstance(value, (dict, list, tuple)):
            return value, write
    return None


def reads_otherwise(text):
    stripped = text.strip()
    return stripped.lower() in WORDS or as_number(stripped) is not None or stripped in ("{}", "[]", "()")


def leaves(path, value, write):
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(f"{path}.{key}", inner, write)
    elif isinstance(value, (list, tuple)) and value:
        for index, inner in enumerate(value):
            yield from leaves(f"{path}.{index}", inner, write)
    elif isinstance(value, str):
        yield path, json.dumps(value, ensure_ascii=False) if reads_otherwise(value) else value
    else:
        yield path, write(value)


def flatten(params):
    flat = {}
    for key, text in params.items():
        parsed = parse(text)
        if parsed is None:
            flat[key] = text
        else:
            flat.update(leaves(key, *parsed))
    return flat


def as_number(text):
    if not text or not all(letter in "0123456789.eE+-" for letter in text):
        return None
    try:
        return Decimal(text).normalize() + 0
    except InvalidOperation:
        return None


def meaning(text):
    bare = "".join(text.split())
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        bare = bare[1:-1]
    if bare.lower() in WORDS:
        return ("word", WORDS[bare.lower()])
    number = as_number(bare)
    return ("text", bare) if number is None else ("number", str(number))


def state(texts):
    present = [text for text in texts if text is not None]
    if len({meaning(text) for text in present}) > 1 and len({"".join(text.split()) for text in present}) > 1:
        return "differs"
    if len(present) < len(texts):
        return "missing"
    if len(set(present)) == 1:
        return "equal"
    return "space" if len({"".join(text.split()) for text in present}) == 1 else "type"


def rows(runs):
    keys = sorted({key for run in runs for key in run})
    return {key: [run.get(key) for run in runs] for key in keys}


def change(value, base):
    if value is None or base is None:
        return None
    if value == base or (math.isnan(value) and math.isnan(base)):
        return ["0", "same"]
    delta = value - base
    if math.isnan(delta):
        return None
    # All of them are losses: less is better.
    return [delta, "better" if delta < 0 else "worse"]


def number(value):
    return value if value is None else str(value).replace("inf", "Infinity")


def metrics_of(run):
    """SQL stores keep infinities as the largest number; the extension takes that back."""
    largest = sys.float_info.max
    return {key: math.copysign(math.inf, value) if abs(value) == largest else value for key, value in run.data.metrics.items()}


client = MlflowClient()
runs = [client.get_run(run_id) for run_id in sys.argv[1:]]
params = rows([flatten(run.data.params) for run in runs])
metrics = rows([metrics_of(run) for run in runs])
sizes = rows([{file.path: file.file_size for file in client.list_artifacts(run_id)} for run_id in sys.argv[1:]])
changes = {key: [change(value, values[0]) for value in values] for key, values in metrics.items()}
print(
    json.dumps(
        {
            "params": {key: {"state": state(texts), "texts": texts} for key, texts in params.items()},
            "changes": {
                key: [None if one is None else [number(one[0]), one[1]] for one in row] for key, row in changes.items()
            },
            "sizes": {key: [number(size) for size in row] for key, row in sizes.items()},
            "commits": [run.data.tags.get("mlflow.source.git.commit") for run in runs],
        }
    )
)
