"""Random searches for registered models, and what MLflow's own client finds."""

COMPARATORS = ["=", "!=", "LIKE", "ILIKE", "like", "Ilike"]
# What MLflow refuses, or reads in ways that are its own.
ODD = ["name", " ", "name = 1", "name > 'a'", "attributes.name = 'a'", "tags.team IN ('a')", "tags.team IS NULL", "version = '1'",
       "name = 'a' OR name = 'b'", "name = 'a' AND", "AND name != 'a'", "name != 'a' name != 'b'"]


def answer_model_searches(client, chance, models, count):
    return [answer(client, text) for text in [*ODD, *(question(chance, models) for _ in range(count))]]


def answer(client, text):
    try:
        return {"filter": text, "names": [model.name for model in client.search_registered_models(text)]}
    # A search that breaks MLflow itself is no answer either.
    except Exception as error:
        return {"filter": text, "refusal": f"{type(error).__name__}: {error}"}


def question(chance, models):
    joint = chance.choice([" AND ", " and "])
    return joint.join(clause(chance, models) for _ in range(chance.choice([1, 1, 2, 3])))


def clause(chance, models):
    model = chance.choice(models)
    if chance.random() < 0.2:
        names = ", ".join(quote(it["name"]) for it in chance.sample(models, 2))
        return f"{chance.choice(['name', 'attribute.name'])} {chance.choice(['IN', 'NOT IN', 'in'])} ({names})"
    if model["tags"] and chance.random() < 0.6:
        key, value = chance.choice(sorted(model["tags"].items()))
        if "`" not in key and quotable(value):
            return f"{chance.choice(['tag', 'tags'])}.`{key}` {chance.choice(COMPARATORS)} {quote(pattern(chance, value))}"
    return f"{chance.choice(['name', 'attribute.name'])} {chance.choice(COMPARATORS)} {quote(pattern(chance, model['name']))}"


def pattern(chance, value):
    start, end = sorted([chance.randrange(len(value) + 1), chance.randrange(len(value) + 1)])
    return chance.choice([value, value.upper(), value[:start] + "%", "%" + value[start:end] + "%", value.replace("a", "_")])


def quotable(value):
    """MLflow's reader has escapes of its own, and reads no line breaks in some places."""
    return not any(mark in value for mark in "\\\n\r") and not ("'" in value and '"' in value)


def quote(text):
    return f'"{text}"' if "'" in text else f"'{text}'"
