"""What a random store holds, as plain data: the same content goes into an mlflow.db and an mlruns directory.

Every value is one that MLflow's own client accepts, and that people really log or that breaks readers: few distinct
start times (ties), values with newlines and quotes, letters beyond the BMP, NaN, infinity, steps beyond 2^53.
"""

import math
import random

START = 1_700_000_000_000
MINUTE = 60_000

PARAM_KEYS = ["lr", "model", "depth", "order", "model name", "a/b c", "größe", "x-y.z", "𝒳", "__proto__", "Model", "n:1"]
METRIC_KEYS = ["rmse", "loss", "val/f1", "end", "f1 score", "größe", "x.y-z", "constructor", "𝒳", "r:2"]
TAG_KEYS = ["env", "mlflow.note.content", "team/owner", "with space", "größe", "dotted.key.x", "𝒳", "__proto__", "ENV"]
TEXTS = ["tree", "Tree", "TREE", "", " ", "a_b", "a%b", "0.1", "100", "ÄÖÜ", "äöü", "straße", "STRASSE", "it's", 'say "x"',
         "line\nbreak", "line\r\nbreak", "ends\n", "\nstarts", "two\n\nlines\n", "tab\there", "back\\slash", "end\\", "日本語", "😀 astral", "𝒳𝒴",
         "\uffee", "\U0001f600", "e\u0301", "\u00e9", "\u0130stanbul", "\u212aelvin", "a.b", "a*b", "[ab]", "(x|y)", "^a$", "null", "None",
         "[1, 2]", "x" * 300, "%", "_", "-- no", "/* no */", "a;b", "`tick`", "\u2028", "\u00a0", "trailing ", " leading"]
NUMBERS = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 0.5, 0.30000000000000004, 1e-320, 5e-324, 1e308, -1e308, 1.7976931348623157e308,
           math.inf, -math.inf, math.nan, 123456789.123, 1e-7, 1e16, 9007199254740993.0, -2.5]
STEPS = [0, 0, 1, 2, 3, 10, 10, -1, -5, 2**31, 2**53 - 1, 2**53, 2**53 + 1, 2**62 + 3, 2**63 - 1, -(2**63)]
NAMES = ["base", "Base", "run 1", "run-2", "größe", "𝒳 run", "it's", 'a "b"', "a_b", "a%b", "line\nbreak", "x", "sweep/1", "."]
USERS = ["ada", "Ada", "bob smith", "日本"]
STATUSES = ["FINISHED", "FINISHED", "FAILED", "KILLED", "RUNNING", "SCHEDULED"]
CONTEXTS = ["training", "Training", "eval", "größe", None]
DATASETS = ["iris", "Iris", "set_a", "größe", "a%b", "𝒳"]
STAGES = ["None", "Staging", "Production", "Archived"]


class Chance(random.Random):
    """Draws texts from few enough that runs share some."""

    def __init__(self, seed):
        super().__init__(seed)
        self.texts = self.sample(TEXTS, 16)


def pairs(chance, keys, most):
    return {key: chance.choice(chance.texts) for key in chance.sample(keys, chance.randint(0, min(most, len(keys))))}


def points(chance, key, count, datasets):
    """Points of one metric, in no order, with ties in step and in timestamp."""
    numbers = chance.sample(NUMBERS, chance.randint(1, 6))
    steps = chance.sample(STEPS, chance.randint(1, 4)) if chance.random() < 0.6 else list(range(count))
    dataset = chance.choice(datasets) if datasets and chance.random() < 0.2 else None
    return [
        {
            "key": key,
            "value": chance.choice(numbers) if chance.random() < 0.8 else chance.uniform(-1, 1),
            "timestamp": START + chance.randint(0, 3),
            "step": chance.choice(steps),
            "dataset": dataset,
        }
        for _ in range(count)
    ]


def dataset(chance, index):
    return {
        "name": chance.choice(DATASETS),
        "digest": f"d{index % 7}",
        "source_type": chance.choice(["local", "http", "hugging_face"]),
        "source": chance.choice(['{"uri": "data.csv"}', "größe", "{}"]),
        "schema": chance.choice(['{"mlflow_colspec": []}', None]),
        "profile": chance.choice(['{"num_rows": 3}', None]),
        "context": chance.choice(CONTEXTS),
    }


def run(chance, index, many):
    start = START + chance.randint(0, 5) * MINUTE
    datasets = [dataset(chance, index + k) for k in range(chance.choice([0, 0, 1, 2]))]
    metrics = [p for key in chance.sample(METRIC_KEYS, chance.randint(0, 7)) for p in points(chance, key, chance.choice([1, 1, 2, 7]), datasets)]
    if many:
        metrics += [p for k in range(300) for p in points(chance, f"many/{k:03d}", 1, [])]
    status = chance.choice(STATUSES)
    return {
        "name": chance.choice(NAMES),
        "user": chance.choice(USERS),
        "start": start,
        "end": None if status in ("RUNNING", "SCHEDULED") else start + chance.randint(0, 3) * MINUTE,
        "status": status,
        "params": pairs(chance, PARAM_KEYS, 9),
        "tags": pairs(chance, TAG_KEYS, 6),
        "metrics": metrics,
        "datasets": datasets,
        "parent": chance.randrange(index) if index and chance.random() < 0.3 else None,
        "deleted": chance.random() < 0.15,
    }


def experiment(chance, index, runs):
    return {
        "name": chance.choice(["plain", "größe", "𝒳 😀", "it's", 'a "b"', "with/slash", "a%b_c", " spaces "]) + f" {index}",
        "plain": f"experiment {index}",
        "tags": pairs(chance, TAG_KEYS, 4),
        "runs": [run(chance, k, many=index == 0 and k == 3) for k in range(runs)],
        "models": [logged_model(chance, runs) for _ in range(min(runs, 6))],
        "rename": chance.random() < 0.3,
        "deleted": index == 3,
    }


def logged_model(chance, runs):
    return {
        "name": chance.choice(["model", "Model", "größe", "a_b", "m-1"]),
        "run": chance.randrange(runs) if chance.random() < 0.8 else None,
        "tags": pairs(chance, TAG_KEYS, 3),
        "params": pairs(chance, PARAM_KEYS, 3),
        "type": chance.choice([None, "sklearn", "größe"]),
        "status": chance.choice([None, "READY", "FAILED"]),
        "input_of": chance.randrange(runs) if chance.random() < 0.6 else None,
        "output_of": chance.randrange(runs) if chance.random() < 0.6 else None,
        "step": chance.choice(STEPS),
        "metrics": [p for key in chance.sample(METRIC_KEYS, 2) for p in points(chance, key, 2, [])],
        "deleted": chance.random() < 0.15,
    }


def registered_model(chance, index):
    versions = [
        {
            "description": chance.choice(chance.texts + [None]),
            "tags": pairs(chance, TAG_KEYS, 3),
            "stage": chance.choice(STAGES),
            "run": chance.random() < 0.5,
            "model": chance.random() < 0.3,
            "deleted": chance.random() < 0.2,
        }
        for _ in range(chance.choice([0, 1, 3, 12]))
    ]
    return {
        "name": chance.choice(["churn", "Churn", "größe", "it's", 'a "b"', "a%b_c", "𝒳 😀", "."]) + f" {index}",
        "description": chance.choice(chance.texts + [None]),
        "tags": pairs(chance, TAG_KEYS, 3),
        "versions": versions,
        "aliases": {alias: chance.randrange(len(versions)) for alias in chance.sample(["champion", "Canary", "größe", "a-b"], chance.randint(0, 3)) if versions},
        "prompt": index % 4 == 3,
    }


def make_content(seed, runs):
    """`runs` runs over four experiments, one of which is deleted; a fifth is empty."""
    chance = Chance(seed)
    shares = [runs // 2, runs // 4, runs // 8, runs - runs // 2 - runs // 4 - runs // 8, 0]
    return {
        "experiments": [experiment(chance, index, share) for index, share in enumerate(shares)],
        "registered": [registered_model(chance, index) for index in range(8)],
    }
