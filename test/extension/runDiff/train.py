"""A training as people write it. The test puts it into a git repository, from where MLflow notes the commit it runs from.

Arguments: a seed, and how often to log. Prints the ids of the runs as JSON.
"""

import json
import random
import sys

import mlflow

seed, count = int(sys.argv[1]), int(sys.argv[2])
random.seed(seed)

TEXTS = ["adam", "Adam", "a b", "ab", " a b", "", "new york", "newyork", "x\ny", "xy", "é", "<b>", "none of it"]
NUMBERS = [1, 1.0, "1", "1.0", "1e0", " 1", "01", 100, "1e2", 0.1, ".1", "0.10", -0.0, 0, "+1", 2**63 - 1, 2**63 - 2, "1."]
WORDS = [True, "true", "True", False, "false", None, "null", "NaN", float("nan"), "inf", float("inf"), "-inf"]


def scalar():
    return random.choice(random.choice([TEXTS, NUMBERS, WORDS]))


def plain():
    return random.choice([random.choice(TEXTS), random.randint(-3, 3), random.random(), True, False, None])


def nested(depth):
    if depth == 0 or random.random() < 0.4:
        return plain()
    if random.random() < 0.5:
        return {name: nested(depth - 1) for name in random.sample("abcd", random.randint(0, 3))}
    return [nested(depth - 1) for _ in range(random.randint(0, 3))]


def container():
    value = {name: nested(2) for name in random.sample("pqrs", random.randint(1, 4))}
    return value if random.random() < 0.5 else json.dumps(value, ensure_ascii=random.random() < 0.5)


def metric():
    return random.choice([0.0, -0.0, 0.5, 0.25, 1e-9, 1e300, random.random(), float("nan"), float("inf"), -float("inf")])


ids = []
for index in range(count):
    with mlflow.start_run(run_name=f"run {index}") as run:
        keys = [f"p{number}" for number in range(20) if random.random() < 0.9]
        params = {key: scalar() for key in keys}
        params |= {f"n{number}": container() for number in range(6) if random.random() < 0.9}
        # A dict in some runs, and a scalar in others.
        params["mixed"] = random.choice(["adam", {"lr": 0.1}, '{"lr": 0.2}', "[1 2]", "{broken"])
        params["tuple"] = (0.9, 0.999, random.choice([1, "1"]))
        mlflow.log_params({key: value for key, value in params.items()})
        for number in range(8):
            if random.random() < 0.9:
                mlflow.log_metric(f"loss_{number}", metric(), step=1)
                mlflow.log_metric(f"loss_{number}", metric(), step=2)
        mlflow.set_tag("team", random.choice(["a", "b"]))
        mlflow.log_text("x" * random.randint(1, 3), "notes.txt")
        ids.append(run.info.run_id)
print(json.dumps(ids))
