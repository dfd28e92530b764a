"""Random searches for runs, over every row of MLflow's grammar (and now and then just outside of it)."""

import re

from content import CONTEXTS, DATASETS, METRIC_KEYS, MINUTE, NAMES, NUMBERS, PARAM_KEYS, START, TAG_KEYS, TEXTS, USERS

EQUAL = ["=", "!="]
LIKES = ["LIKE", "ILIKE", "like", "iLike"]
ORDERED = ["=", "!=", ">", ">=", "<", "<="]
NULLS = ["IS NULL", "IS NOT NULL", "is null", "is not null"]
LISTS = ["IN", "NOT IN", "in", "not in"]
METRICS = ["metrics", "metric"]
PARAMS = ["params", "param", "parameter", "parameters"]
TAGS = ["tags", "tag"]
PREFIXES = ["", "", "attributes.", "attribute.", "attr.", "run."]
TIMES = ["start_time", "end_time", "created", "Created"]
TEXT_ATTRIBUTES = ["run_name", "run name", "Run name", "Run Name", "status", "user_id", "artifact_uri", "run_id"]
STATUSES = ["FINISHED", "finished", "RUNNING", "FAILED", "SCHEDULED", "KILLED", "DONE"]


class Searches:
    """Most searches are after a run that is there, so that many an answer is neither nothing nor everything."""

    def __init__(self, chance, experiment_ids, runs):
        self.chance = chance
        self.experiment_ids = experiment_ids
        self.runs = runs
        self.run_ids = [run["id"] for run in runs]
        self.sought = None

    def question(self):
        chance = self.chance
        self.sought = chance.choice(self.runs)
        others = chance.sample(self.experiment_ids, chance.choice([0, 0, 0, 1, len(self.experiment_ids)]))
        own = [self.sought["experimentId"]] if chance.random() < 0.95 or not others else []
        return {
            "experimentIds": list(dict.fromkeys(own + others)),
            "filter": self.filter(),
            "view": chance.choice(["active", "active", "all", "all", "all", "deleted"]),
            "orderBy": self.order_by(),
            "pageSize": chance.choice([1000, 1000, 50, 50, 20, 7]),
        }

    def filter(self):
        chance = self.chance
        if chance.random() < 0.1:
            return None
        if chance.random() < 0.08:
            return self.oddity()
        clauses = [self.clause() for _ in range(chance.choice([1, 1, 1, 1, 2, 3]))]
        return chance.choice([" AND ", " and ", " And ", "\nAND\n", "  AND  "]).join(clauses)

    def clause(self):
        make = self.chance.choice([self.metric, self.metric, self.param, self.param, self.tag, self.tag, self.text_attribute,
                                   self.text_attribute, self.time, self.dataset, self.run_ids_list])
        return make()

    def metric(self):
        chance = self.chance
        logged = {key: float(metric["value"]) for key, metric in self.sought["metrics"].items()}
        key = self.some_key(logged, METRIC_KEYS + ["many/007", "nowhere"])
        value = logged.get(key, chance.choice(NUMBERS))
        return f"{chance.choice(METRICS)}.{self.key(key)} {self.comparator(ORDERED)} {self.number(value)}"

    def some_key(self, present, all):
        """Mostly one that the sought run has."""
        return self.chance.choice(sorted(present) if present and self.chance.random() < 0.85 else all)

    def number(self, value):
        if value != value or abs(value) == float("inf"):
            value = 0.25
        if self.chance.random() < 0.5:
            return repr(value)
        return self.chance.choice([repr(value), f"{value:.3f}", "0", "1", "-1", "1e3", "1.5E-2", ".5", "1e308"])

    def param(self):
        return self.text_clause(PARAMS, self.sought["params"], PARAM_KEYS + ["nowhere"])

    def tag(self):
        return self.text_clause(TAGS, self.sought["tags"], TAG_KEYS + ["nowhere", "mlflow.runName", "mlflow.user", "mlflow.parentRunId"])

    def text_clause(self, entities, present, all):
        entity, key = self.chance.choice(entities), self.some_key(present, all)
        comparator = self.comparator(EQUAL + EQUAL + LIKES + NULLS)
        if comparator.upper().startswith("IS"):
            return f"{entity}.{self.key(key)} {comparator}"
        return f"{entity}.{self.key(key)} {comparator} {self.text_for(comparator, present.get(key), TEXTS + NAMES + USERS)}"

    def text_attribute(self):
        chance = self.chance
        attribute = chance.choice(TEXT_ATTRIBUTES)
        values = {"status": STATUSES, "user_id": USERS, "run_id": self.run_ids}.get(attribute, NAMES)
        if attribute == "artifact_uri":
            values = ["/artifacts", "mlruns", chance.choice(self.run_ids)]
        own = {"status": "status", "user_id": "userId", "run_id": "id", "artifact_uri": "artifactUri"}.get(attribute, "name")
        comparator = self.comparator(EQUAL + LIKES)
        prefix = chance.choice(PREFIXES)
        name = f"`{attribute}`" if " " in attribute or chance.random() < 0.1 else attribute
        return f"{prefix}{name} {comparator} {self.text_for(comparator, self.sought[own], values)}"

    def time(self):
        chance = self.chance
        value = START + chance.randint(-1, 6) * MINUTE
        literal = chance.choice([str(value), str(value), f"{value}.0", f"{value}.5", "0", "-5"])
        return f"{chance.choice(PREFIXES)}{chance.choice(TIMES)} {self.comparator(ORDERED)} {literal}"

    def dataset(self):
        chance = self.chance
        key = chance.choice(["name", "digest", "context"])
        values = {"name": DATASETS, "digest": ["d1", "d2", "D3"], "context": [it for it in CONTEXTS if it]}[key]
        own = self.sought["datasets"][0][key] if self.sought["datasets"] else None
        comparator = self.comparator(EQUAL + LIKES + LISTS)
        value = self.listed(values) if comparator in LISTS else self.text_for(comparator, own, values)
        return f"{chance.choice(['dataset', 'datasets'])}.{key} {comparator} {value}"

    def run_ids_list(self):
        values = self.chance.sample(self.run_ids, 3) + ["nowhere", self.sought["id"]]
        # A file store alone takes `=` with a list, for something that never holds; an SQL store and ours refuse.
        return f"{self.chance.choice(PREFIXES)}run_id {self.chance.choice(LISTS)} {self.listed(values)}"

    def listed(self, values):
        some = self.chance.sample(values, min(len(values), self.chance.randint(1, 4)))
        return "(" + self.chance.choice([", ", ",", " , "]).join(self.literal(it) for it in some) + ")"

    def comparator(self, allowed):
        """One that is allowed; rarely any."""
        return self.chance.choice(ORDERED + LIKES + LISTS + NULLS + ["<>", "=="] if self.chance.random() < 0.02 else allowed)

    def text_for(self, comparator, own, others):
        """A literal, mostly of the sought run's own value."""
        value = own if own is not None and self.chance.random() < 0.7 else self.chance.choice(others)
        if comparator.upper() in ("LIKE", "ILIKE"):
            value = self.pattern(value)
        if self.chance.random() < 0.02:
            return self.chance.choice(["0.1", "bare", "()", "NULL"])
        return self.literal(value)

    def pattern(self, value):
        chance = self.chance
        if chance.random() < 0.3:
            value = chance.choice([value.upper(), value.lower()])
        if value and chance.random() < 0.4:
            at = chance.randrange(len(value))
            value = value[:at] + "_" + value[at + 1 :]
        if chance.random() < 0.3:
            value = value[: chance.randint(0, len(value))] + "%" + value[chance.randint(0, len(value)) :]
        return chance.choice(["%", ""]) + value + chance.choice(["%", ""])

    def literal(self, value):
        """In quotes; there are no escapes, so a text with both quotes loses one kind."""
        if "'" in value:
            return '"' + value.replace('"', "") + '"'
        return f'"{value}"' if '"' not in value and self.chance.random() < 0.3 else f"'{value}'"

    def key(self, key):
        if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", key) and self.chance.random() < 0.8:
            return key
        return self.chance.choice(["`%s`", '"%s"']) % key

    def oddity(self):
        """What MLflow refuses, or takes though one would not think so."""
        clause, other = self.clause(), self.clause()
        return self.chance.choice([
            f"{clause} OR {other}", f"({clause})", f"NOT {clause}", f"{clause} {other}", f"AND {clause}", f"{clause} AND",
            f"{clause};", f"{clause}; {other}", " ", "AND", "lifecycle_stage = 'active'", "experiment_id = '1'", "foo.bar = 'x'",
            "params.lr BETWEEN '0' AND '1'", "metrics.rmse = '1'", "metrics.rmse > inf", "metrics.rmse = nan", "params.lr = 0.1",
            "params = 'x'", "params. = 'x'", "metrics.rmse", "rmse > 1", "params.lr = 'x", "status IN ('FINISHED')",
            "end_time IS NULL", "metrics.rmse IS NULL", "dataset.schema = 'x'", "tags.env = ''", "'x' = params.lr",
            "start_time > '5'", "run_id IN ()", "run_id IN ('a'", "run_id IN (1, 2)", "params.lr = tags.env", "1 = 1",
            "params.`model name = 'x'", "tags.mlflow.user = 'ada'", "PARAMS.lr = 'tree'", "Metrics.rmse > 0",
            "attributes.Created > 0", "metrics.rmse>0", "params.lr='tree'", "params.lr = 'tree' -- end", "metrics.rmse > +1",
            "metrics.rmse > 0x10", "metrics.rmse > 1_000", "params.model name = 'x'", "params.größe = 'tree'", "tags.a-b = 'x'",
        ])

    def order_by(self):
        chance = self.chance
        if chance.random() < 0.3:
            return None
        return [self.order_key() for _ in range(chance.choice([1, 1, 1, 2, 3]))]

    def order_key(self):
        chance = self.chance
        if chance.random() < 0.03:
            return chance.choice(["nowhere", "duration", "dataset.name", "metrics.rmse down", "Run Name", "", "params.", "experiment_id", "metrics.rmse ASC DESC"])
        key = chance.choice([
            lambda: f"{chance.choice(METRICS)}.{self.key(chance.choice(METRIC_KEYS + ['nowhere']))}",
            lambda: f"{chance.choice(PARAMS)}.{self.key(chance.choice(PARAM_KEYS))}",
            lambda: f"{chance.choice(TAGS)}.{self.key(chance.choice(TAG_KEYS + ['mlflow.runName']))}",
            lambda: chance.choice(PREFIXES) + chance.choice(["run_id", "run_name", "status", "user_id", "artifact_uri", "start_time", "end_time", "created", "Created"]),
        ])()
        return key + chance.choice(["", " ASC", " DESC", " DESC", " asc", " desc", "  DESC"])
