"""Fills a tracking server with made-up but lifelike work, through MLflow's own client.

Usage: MLFLOW_TRACKING_URI=http://… python seed.py [--demo]

Runs with every MLflow from 2.0.1 on and leaves out what an old one lacks. The same numbers come out each time. With
--demo, dates end today, there is less of everything, nothing is still running, and the experiment of hostile names is left out.
"""

import datetime
import json
import math
import os
import random
import sys
import tempfile
import time

import mlflow
import pandas
from mlflow.entities import Metric, Param, RunTag
from mlflow.models.signature import ModelSignature
from mlflow.tracking import MlflowClient
from mlflow.types.schema import ColSpec, Schema

DEMO = "--demo" in sys.argv[1:]
# What MLflow notes as the source of runs: no path of the machine that made the store.
sys.argv[0] = "train_churn.py"
SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

client = MlflowClient()


FIXED = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.timezone.utc).timestamp()
NOW = int((time.time() if DEMO else FIXED) * 1000)


def amount(full, demo):
    return demo if DEMO else full


def run(experiment, name, start, minutes=12.0, status="FINISHED", params=None, metrics=None, histories=None,
        tags=None, parent=None):
    """Creates a run with one log_batch per thousand metrics; answers its id."""
    all_tags = {"mlflow.user": "trainer", "mlflow.source.type": "LOCAL", **(tags or {})}
    if parent:
        all_tags["mlflow.parentRunId"] = parent
    started = client.create_run(experiment, start_time=int(start), run_name=name, tags=all_tags)
    run_id = started.info.run_id
    points = [Metric(key, value, int(start + minutes * MINUTE), 0) for key, value in (metrics or {}).items()]
    for key, values in (histories or {}).items():
        pace = minutes * MINUTE / max(1, len(values))
        points += [Metric(key, value, int(start + pace * index), index) for index, value in enumerate(values)]
    entries = [Param(key, str(value)) for key, value in (params or {}).items()]
    for first in range(0, max(1, len(points)), 900):
        client.log_batch(run_id, metrics=points[first : first + 900], params=entries if first == 0 else [])
    if status == "SCHEDULED":
        client.update_run(run_id, status="SCHEDULED")
    elif status != "RUNNING":
        client.set_terminated(run_id, status=status, end_time=int(start + minutes * MINUTE))
    return run_id


def git(rng, script, author="trainer"):
    return {
        "mlflow.user": author,
        "mlflow.source.name": script,
        "mlflow.source.type": "PROJECT" if rng.random() < 0.3 else "LOCAL",
        "mlflow.source.git.commit": "%040x" % rng.getrandbits(160),
        "mlflow.source.git.branch": rng.choice(["main", "features/recency", "tune-depth"]),
    }


def write_artifacts(run_id, files):
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            target = os.path.join(folder, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
        client.log_artifacts(run_id, folder)


def log_datasets(run_id, *datasets):
    """Names (context, frame name, rows) as a run's inputs, where this MLflow has inputs."""
    if not hasattr(client, "log_inputs"):
        return
    from mlflow.entities import DatasetInput, InputTag

    inputs = []
    for context, name, rows in datasets:
        frame = pandas.DataFrame({"customer": range(rows), "months": [row % 48 for row in range(rows)]})
        source = "/data/%s.parquet" % name
        entity = mlflow.data.from_pandas(frame, source=source, name=name)._to_mlflow_entity()
        inputs.append(DatasetInput(entity, [InputTag("mlflow.data.context", context)]))
    client.log_inputs(run_id, inputs)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000010000000100103000000253d6d220000000650"
    "4c5445e6ecf41f77b43a529697000000294944415478da25c13111c0200000b1700c8c48400a"
    "d22afd3b90f00c268bcde52323332b3b2737f50377f40a48cc80215d0000000049454e44ae42"
    "6082"
)


def confusion_svg(rng):
    cells = "".join(
        '<rect x="%d" y="%d" width="58" height="58" fill="rgb(%d,%d,255)"/>' % (x * 60, y * 60, shade, shade)
        for x in range(4)
        for y in range(4)
        for shade in [40 if x == y else rng.randrange(200, 250)]
    )
    return '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240">%s</svg>' % cells


# --- churn-model: many short runs, a sweep nested three deep -----------------------------------------------------


def churn(rng):
    experiment = client.create_experiment("churn-model", tags={
        "team": "growth",
        "mlflow.note.content": "# Churn model\n\nWho leaves in the next **30 days**?\n\n- baseline: logistic regression\n"
        "- target: AUC above 0.90\n\nSee [the plan](https://example.com/plan).",
    })
    start = NOW - 23 * DAY
    for index in range(amount(120, 30)):
        churn_run(rng, experiment, start + index * 4 * HOUR, index)
    sweep(rng, experiment, NOW - 3 * DAY)
    return experiment


def churn_run(rng, experiment, start, index, parent=None, name=None):
    model = rng.choice(["logistic", "random-forest", "gradient-boosting"])
    depth = rng.choice([3, 4, 6, 8, 12])
    rate = rng.choice([0.01, 0.03, 0.1, 0.3])
    quality = 0.74 + 0.02 * math.log2(depth) + {"logistic": 0, "random-forest": 0.05, "gradient-boosting": 0.08}[model]
    auc = min(0.97, quality + rng.gauss(0, 0.012) - abs(rate - 0.1) * 0.05)
    failed = index % 17 == 9
    metrics = {} if failed else {
        "auc": auc,
        "accuracy": auc - 0.04 + rng.gauss(0, 0.004),
        "precision": auc - 0.11 + rng.gauss(0, 0.02),
        "recall": auc - 0.17 + rng.gauss(0, 0.02),
        "log_loss": 1.25 - auc + rng.gauss(0, 0.01),
        "fit_seconds": depth * rng.uniform(3, 9),
    }
    run_id = run(
        experiment,
        name or "%s-%03d" % (model, index),
        start,
        minutes=rng.uniform(1, 22),
        status="FAILED" if failed else "FINISHED",
        params={"model": model, "max_depth": depth, "learning_rate": rate, "seed": 40 + index % 5,
                "features": "tenure,plan,support_calls,last_login"},
        metrics=metrics,
        histories={} if failed else {"val_auc": [auc - 0.2 * math.exp(-step / 4) for step in range(20)]},
        tags={**git(rng, "train_churn.py", rng.choice(["trainer", "notebook", "pipeline"])), "stage": rng.choice(["dev", "ci"])},
        parent=parent,
    )
    if index % 10 == 0:
        write_artifacts(run_id, {
            "report/summary.md": "# Churn run %d\n\nAUC **%.4f**\n\n| segment | auc |\n|---|---|\n| new | %.3f |\n"
            % (index, auc, auc - 0.02),
            "report/metrics.json": json.dumps({"auc": auc, "threshold": 0.42, "segments": ["new", "loyal"]}, indent=2),
            "report/plots/confusion.svg": confusion_svg(rng),
            "report/plots/roc.png": PNG,
            "predictions.csv": "customer,score\n" + "".join("%d,%.4f\n" % (row, rng.random()) for row in range(200)),
            "log.txt": "".join("%03d fitted tree %d\n" % (line, line) for line in range(300)),
        })
        log_datasets(run_id, ("training", "churn-2025-train", 80), ("validation", "churn-2025-holdout", 20))
    if index % 30 == 0:
        client.set_tag(run_id, "mlflow.note.content", "Baseline with **all** features.\n\nNext: drop `plan`.")
    return run_id


def sweep(rng, experiment, start):
    """A sweep over depth, a fold each: runs nested three deep."""
    parent = run(experiment, "sweep-depth", start, minutes=300, params={"trials": 8}, metrics={"best_auc": 0.931},
                 tags=git(rng, "sweep.py"))
    for trial in range(8):
        trial_start = start + trial * 35 * MINUTE
        child = churn_run(rng, experiment, trial_start, 1000 + trial, parent=parent, name="trial-%d" % trial)
        for fold in range(3):
            run(experiment, "trial-%d-fold-%d" % (trial, fold), trial_start + fold * 5 * MINUTE, minutes=4,
                params={"fold": fold, "max_depth": 2 + trial}, metrics={"auc": 0.86 + trial * 0.008 + rng.gauss(0, 0.01)},
                tags=git(rng, "sweep.py"), parent=child)


# --- price-forecast: a few long histories, every run status ------------------------------------------------------


def price(rng):
    experiment = client.create_experiment("price-forecast", tags={"team": "markets"})
    for index in range(amount(70, 9)):
        price_run(rng, experiment, NOW - 40 * DAY + index * 13 * HOUR, index)
    if not DEMO:
        run(experiment, "nightly-backfill", NOW - 2 * HOUR, status="RUNNING", params={"horizon": 28},
            histories={"rmse": [9 * math.exp(-step / 60) + 2.1 for step in range(140)]}, tags=git(rng, "backfill.py"))
        run(experiment, "weekly-retrain", NOW - 1 * HOUR, status="SCHEDULED", tags=git(rng, "retrain.py"))
    run(experiment, "too-slow", NOW - 5 * HOUR, status="KILLED", metrics={"rmse": 8.8}, tags=git(rng, "retrain.py"))
    for index in range(4):
        client.delete_run(run(experiment, "scratch-%d" % index, NOW - 9 * DAY, tags=git(rng, "scratch.py")))
    return experiment


def price_run(rng, experiment, start, index):
    horizon = rng.choice([7, 14, 28])
    floor = 1.6 + horizon * 0.05 + rng.gauss(0, 0.15)
    pace = rng.uniform(25, 70)
    status = {13: "FAILED", 29: "KILLED"}.get(index % 40, "FINISHED")
    steps = 40 if status != "FINISHED" else amount(160, 60)
    curve = [floor + 9 * math.exp(-step / pace) + rng.gauss(0, 0.08) for step in range(steps)]
    run_id = run(
        experiment,
        "%s-h%d-%02d" % (rng.choice(["arima", "lstm", "prophet", "transformer"]), horizon, index),
        start,
        minutes=rng.uniform(20, 200),
        status=status,
        params={"horizon": horizon, "lookback": rng.choice([30, 60, 90]), "dropout": rng.choice([0.0, 0.1, 0.25]),
                "optimizer": rng.choice(["adam", "sgd", "adamw"])},
        metrics={"mape": 0.04 + floor / 60, "coverage_90": 0.9 + rng.gauss(0, 0.02)},
        histories={"rmse": curve, "val_rmse": [value * 1.08 + rng.gauss(0, 0.12) for value in curve]},
        tags=git(rng, "forecast/train.py", rng.choice(["notebook", "pipeline"])),
    )
    if index % 12 == 0:
        write_artifacts(run_id, {
            "forecast/2025/q4/eur.csv": "day,low,mid,high\n" + "".join(
                "%d,%.2f,%.2f,%.2f\n" % (day, 90 + day, 95 + day, 101 + day) for day in range(60)),
            "config.yaml": "horizon: %d\noptimizer: adam\n" % horizon,
        })


# --- image-classifier: learning curves --------------------------------------------------------------------------


def images(rng):
    experiment = client.create_experiment("image-classifier", tags={
        "team": "vision", "mlflow.note.content": "Which *architecture* learns fastest on 40k photos?"})
    backbones = ["resnet18", "resnet50", "efficientnet-b0", "vit-small", "convnext-tiny"]
    for index in range(amount(60, 10)):
        backbone = backbones[index % len(backbones)]
        image_run(rng, experiment, NOW - 30 * DAY + index * 11 * HOUR, index, backbone)
    return experiment


def image_run(rng, experiment, start, index, backbone):
    rate = rng.choice([1e-4, 3e-4, 1e-3, 3e-3])
    epochs = 50
    best = 0.83 + len(backbone) * 0.006 + rng.gauss(0, 0.012)
    pace = 6 / math.sqrt(rate / 3e-4) + rng.uniform(0, 3)
    diverged = rate == 3e-3 and index % 3 == 0
    loss = [2.3 * math.exp(-epoch / pace) + 0.21 + rng.gauss(0, 0.015) for epoch in range(epochs)]
    if diverged:
        loss = loss[:18] + [loss[17] * 1.6 ** (epoch - 17) for epoch in range(18, 30)] + [float("inf"), float("nan")]
    accuracy = [best * (1 - math.exp(-(epoch + 1) / pace)) + rng.gauss(0, 0.006) for epoch in range(len(loss))]
    run_id = run(
        experiment,
        "%s-%02d" % (backbone, index),
        start,
        minutes=rng.uniform(60, 400),
        status="FAILED" if diverged else "FINISHED",
        params={"backbone": backbone, "learning_rate": rate, "batch_size": rng.choice([32, 64, 128]), "epochs": epochs,
                "augment": rng.choice([True, False])},
        metrics={"test_accuracy": float("nan") if diverged else accuracy[-1] - 0.01},
        histories={
            "train_loss": loss,
            "val_loss": [value * 1.12 + 0.03 + max(0, step - 30) * 0.004 for step, value in enumerate(loss)],
            "val_accuracy": accuracy,
            "learning_rate_now": [rate * 0.5 * (1 + math.cos(math.pi * step / epochs)) for step in range(len(loss))],
        },
        tags=git(rng, "train.py"),
    )
    if index % 15 == 0:
        write_artifacts(run_id, {
            "samples/%s.png" % name: PNG for name in ("cat", "dog", "horse")
        } | {"labels.json": json.dumps(["cat", "dog", "horse"]), "confusion/epoch-49.svg": confusion_svg(rng)})
        log_datasets(run_id, ("training", "photos-40k", 40))


# --- an empty one, a deleted one, and one of hostile names ------------------------------------------------------


def corners(rng):
    client.create_experiment("sandbox", tags={"mlflow.note.content": "Nothing here yet."})
    retired = client.create_experiment("retired-ranker")
    for index in range(3):
        run(retired, "ranker-%d" % index, NOW - 200 * DAY, metrics={"ndcg": 0.4 + index / 50}, tags=git(rng, "rank.py"))
    client.delete_experiment(retired)
    if not DEMO:
        hostile(rng)


HOSTILE_NAMES = [
    "naïve Modell – größer & schöner",
    "実験 日本語 🚀 emoji 👩‍🔬",
    "x" * 200,
    "<img src=x onerror=alert(1)><b>bold</b>",
    "[click me](command:workbench.action.quit) ![x](https://example.com/x.png)",
    "\u202eright to left\u202c שלום مرحبا",
    "line one\nline two\ttab \x07bell \x1b[31mred",
    "quotes ' \" ` ${HOME} $(id) %s \\ back",
    "..",
    " leading and trailing ",
    "a/b/c",
    "null",
    "__proto__",
    "constructor",
    "$(trash) codicon",
    "zero\u200bwidth\u00a0space",
]


def hostile(rng):
    experiment = client.create_experiment("hostile <b>names</b> [x](command:y) ünï 🧪", tags={
        "tag with spaces": "<script>alert(1)</script>", "mlflow.note.content": "<script>alert(1)</script> [x](command:y)"})
    for index, name in enumerate(HOSTILE_NAMES):
        run(experiment, name, NOW - 2 * DAY + index * HOUR,
            params={"param with spaces": name[:200] or "-", "unicode/größe": "42", "empty-ish": "-"},
            metrics={"metric with spaces": index, "__proto__": 1, "größe": 0.5},
            tags={"mlflow.source.name": name, "html": "<b>%s</b>" % name, "mlflow.note.content": name})
    numbers(experiment)
    long_values(experiment)
    many_keys(experiment, rng)


def numbers(experiment):
    """Values and steps at the edges of what the server takes."""
    edges = run(experiment, "edges of numbers", NOW - DAY, params={"int64": 2**63 - 1}, metrics={
        "not_a_number": float("nan"), "infinite": float("inf"), "minus_infinite": float("-inf"), "tiny": 5e-324,
        "huge": 1.7976931348623157e308, "minus_zero": -0.0, "third": 1 / 3})
    at = int(NOW - DAY)
    attempt("steps above 2^53", lambda: client.log_batch(edges, metrics=[
        Metric("huge_steps", step / 1e18, at, step) for step in (0, 2**53, 2**53 + 1, 2**60, 2**63 - 1)]))
    attempt("negative steps", lambda: client.log_batch(edges, metrics=[
        Metric("negative_steps", float(step), at, step) for step in (-5, -1, 0, 3)]))
    client.log_batch(edges, metrics=[
        Metric("unsteady", value, at + index * SECOND, index)
        for index, value in enumerate([1.0, float("nan"), 2.0, float("inf"), 3.0, float("-inf"), 4.0])])
    client.log_batch(edges, metrics=[Metric("same_step", float(value), at + value, 7) for value in range(5)])


def long_values(experiment):
    long_run = run(experiment, "long values", NOW - DAY)
    attempt("a long parameter", lambda: client.log_batch(long_run, params=[Param("prompt", "word " * 90)]))
    attempt("a long tag", lambda: client.set_tag(long_run, "notes", "tag " * 1000))
    attempt("a long key", lambda: client.log_batch(long_run, metrics=[Metric("k" * 240, 1.0, int(NOW), 0)]))


def many_keys(experiment, rng):
    run(experiment, "two hundred metrics", NOW - DAY,
        metrics={"layer%02d/%s" % (layer, kind): rng.random() for layer in range(50)
                 for kind in ("weight", "bias", "grad", "norm")},
        params={"layer%02d.width" % layer: 2 ** (layer % 10) for layer in range(50)})


def attempt(what, act):
    try:
        act()
    except Exception as error:  # the server says no: that is this MLflow's own limit
        print("left out: %s (%s)" % (what, str(error)[:80]))


# --- registered models ------------------------------------------------------------------------------------------


class Threshold(mlflow.pyfunc.PythonModel):
    """Enough of a model to be logged, loaded and served."""

    def predict(self, context, model_input, params=None):
        return [float(value) > 5 for value in model_input["support_calls"]]


def register(name, description, source_runs, tags=None, stages=(), aliases=None, artifact="model"):
    client.create_registered_model(name, tags=tags or {}, description=description)
    for index, run_id in enumerate(source_runs, start=1):
        uri = client.get_run(run_id).info.artifact_uri
        client.create_model_version(name, "%s/%s" % (uri, artifact), run_id=run_id, tags={"validated": str(index % 2 == 1)},
                                    description="Version %d, trained on more data." % index)
    for version, stage in stages:
        client.transition_model_version_stage(name, version, stage)
    if hasattr(client, "set_registered_model_alias"):
        for alias, version in (aliases or {}).items():
            client.set_registered_model_alias(name, alias, str(version))


def models(experiments):
    best = {name: [found.info.run_id for found in client.search_runs([identity], order_by=["start_time"], max_results=12)]
            for name, identity in experiments.items()}
    signed_model(experiments["churn-model"])
    register("price-forecast", "Daily prices, 28 days ahead.", best["price-forecast"][:5], {"team": "markets"},
             stages=[("1", "Archived"), ("3", "Staging"), ("4", "Production")], aliases={"champion": 4, "challenger": 5})
    register("image-classifier", "Labels *photos*.\n\nSee the model card.", best["image-classifier"][:8],
             {"team": "vision", "framework": "torch"}, aliases={"champion": 7})
    register("fraud-detector", "", best["churn-model"][:1])
    register("embedding-encoder", "Shared by search and ranking.", best["image-classifier"][3:6], {"team": "search"},
             stages=[("2", "Production")], aliases={"prod": 2, "prod-eu": 2, "canary": 3})
    client.create_registered_model("recommender", tags={"team": "growth"}, description="No version yet.")


def signed_model(experiment):
    """churn-classifier: two versions of a real pyfunc model with a signature."""
    signature = ModelSignature(
        inputs=Schema([ColSpec("long", "tenure"), ColSpec("string", "plan"), ColSpec("double", "support_calls")]),
        outputs=Schema([ColSpec("boolean")]),
    )
    client.create_registered_model("churn-classifier", tags={"team": "growth", "owner": "trainer"},
                                   description="Says who will **leave** within 30 days.")
    for version in (1, 2):
        with mlflow.start_run(experiment_id=experiment, run_name="churn-classifier-v%d" % version) as active:
            mlflow.log_params({"threshold": 5, "version": version})
            mlflow.log_metric("auc", 0.9 + version / 100)
            mlflow.pyfunc.log_model("model", python_model=Threshold(), pip_requirements=["pandas"],
                                    signature=signature, registered_model_name="churn-classifier")
        client.update_model_version("churn-classifier", str(version),
                                    description="Threshold on support calls, %d." % version)
    client.transition_model_version_stage("churn-classifier", "2", "Production")
    if hasattr(client, "set_registered_model_alias"):
        client.set_registered_model_alias("churn-classifier", "champion", "2")


# --- what MLflow 3 added: logged models, traces, prompts ---------------------------------------------------------


def logged_models(rng, experiment):
    if not hasattr(client, "create_logged_model"):
        return
    for index in range(6):
        model = client.create_logged_model(experiment, "resnet50-checkpoint-%d" % index, params={"epoch": str(index * 8)},
                                           tags={"team": "vision"}, model_type="classifier")
        if index != 5:
            client.finalize_logged_model(model.model_id, "FAILED" if index == 4 else "READY")


def traces(rng):
    if not hasattr(mlflow, "start_span_no_context"):
        return
    experiment = client.create_experiment("support-agent", tags={"team": "support"})
    questions = ["Where is my parcel?", "Cancel my plan", "Why was I charged twice?", "¿Hablas español?", "Reset password"]
    for index in range(25):
        trace(rng, experiment, index, questions[index % len(questions)])
    if hasattr(mlflow, "flush_trace_async_logging"):
        mlflow.flush_trace_async_logging()


def trace(rng, experiment, index, question):
    start = int((NOW - DAY + index * 20 * MINUTE) * 1_000_000)
    millisecond = 1_000_000
    root = mlflow.start_span_no_context("answer", span_type="AGENT", inputs={"question": question},
                                        experiment_id=experiment, start_time_ns=start, tags={"channel": "chat"})
    found = mlflow.start_span_no_context("search_articles", span_type="RETRIEVER", parent_span=root,
                                         inputs={"query": question}, start_time_ns=start + 5 * millisecond)
    found.set_outputs([{"id": article, "score": 0.9 - article / 10} for article in range(3)])
    found.end(end_time_ns=start + 90 * millisecond)
    call = mlflow.start_span_no_context("chat", span_type="CHAT_MODEL", parent_span=root,
                                        inputs={"messages": [{"role": "user", "content": question}]},
                                        attributes={"model": "small-1"}, start_time_ns=start + 95 * millisecond)
    took = int(400 + rng.random() * 2500)
    failed = index % 8 == 5
    if failed:
        call.record_exception(TimeoutError("the model did not answer"))
    else:
        call.set_outputs({"role": "assistant", "content": "Let me look that up for you."})
    call.end(end_time_ns=start + (95 + took) * millisecond)
    root.set_outputs(None if failed else {"answer": "Let me look that up for you."})
    if failed:
        root.set_status("ERROR")
    root.end(end_time_ns=start + (100 + took) * millisecond)


def prompts():
    if not hasattr(mlflow, "genai") or not hasattr(mlflow.genai, "register_prompt"):
        return
    for version, tone in enumerate(["short", "friendly", "formal"], start=1):
        mlflow.genai.register_prompt("summarise-ticket", "Summarise this ticket in a %s tone:\n\n{{ ticket }}" % tone,
                                     commit_message="Version %d: %s" % (version, tone), tags={"team": "support"})
    mlflow.genai.set_prompt_alias("summarise-ticket", alias="production", version=2)
    mlflow.genai.register_prompt("chat-agent", [
        {"role": "system", "content": "You help customers of {{ company }}."},
        {"role": "user", "content": "{{ question }}"}], commit_message="First")


def main():
    rng = random.Random(20260302)
    experiments = {"churn-model": churn(rng), "price-forecast": price(rng), "image-classifier": images(rng)}
    corners(rng)
    models(experiments)
    logged_models(rng, experiments["image-classifier"])
    traces(rng)
    prompts()


main()
