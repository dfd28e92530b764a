"""What MLflow's own client says of a store, as JSON that loses nothing: doubles and 64-bit integers are text."""

from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException
from mlflow.utils.search_utils import SearchUtils

VIEWS = {"active": ViewType.ACTIVE_ONLY, "deleted": ViewType.DELETED_ONLY, "all": ViewType.ALL}

# Pages that are walked at most, for time's sake.
MOST_PAGES = 6


def every(search, **query):
    """All items of a paged search."""
    token = None
    while True:
        page = search(page_token=token, **query)
        yield from page
        token = getattr(page, "token", None)
        if not token:
            return


class Describer:
    def __init__(self, is_sql):
        self.is_sql = is_sql

    def double(self, value):
        """The SQL store keeps infinity as the largest double, which our stores take back."""
        if self.is_sql and abs(value) == 1.7976931348623157e308:
            return "inf" if value > 0 else "-inf"
        return repr(float(value))

    def experiment(self, it):
        return {
            "id": it.experiment_id,
            "name": it.name,
            "lifecycle": it.lifecycle_stage,
            "artifactLocation": it.artifact_location,
            "createdAt": it.creation_time,
            "updatedAt": it.last_update_time,
            "tags": it.tags,
        }

    def run(self, it):
        info, data, inputs, outputs = it.info, it.data, it.inputs, it.outputs
        return {
            "id": info.run_id,
            "name": info.run_name or "",
            "experimentId": info.experiment_id,
            "status": info.status,
            "lifecycle": info.lifecycle_stage,
            "startedAt": info.start_time,
            "endedAt": info.end_time,
            "userId": info.user_id,
            "artifactUri": info.artifact_uri,
            "params": data.params,
            "metrics": {m.key: {"value": self.double(m.value), "step": str(m.step), "timestamp": m.timestamp} for m in data._metric_objs},
            "tags": data.tags,
            "datasets": [self.dataset(d) for d in inputs.dataset_inputs] if inputs else [],
            "modelInputs": [m.model_id for m in inputs.model_inputs or []] if inputs else [],
            "modelOutputs": [{"modelId": m.model_id, "step": str(m.step)} for m in outputs.model_outputs or []] if outputs else [],
        }

    def dataset(self, it):
        contexts = [tag.value for tag in it.tags if tag.key == "mlflow.data.context"]
        return {
            "name": it.dataset.name,
            "digest": it.dataset.digest,
            "sourceType": it.dataset.source_type,
            "source": it.dataset.source,
            "schema": it.dataset.schema or None,
            "profile": it.dataset.profile or None,
            "context": contexts[0] if contexts else None,
        }

    def history(self, points):
        return [[self.double(p.value), str(p.step), p.timestamp] for p in points]

    def version(self, it):
        return {
            "name": it.name,
            "version": str(it.version),
            "description": it.description or "",
            "createdAt": it.creation_timestamp,
            "updatedAt": it.last_updated_timestamp,
            "stage": it.current_stage,
            "source": it.source,
            "runId": it.run_id or None,
            "modelId": it.model_id or None,
            "status": it.status,
            "statusMessage": it.status_message or "",
            "tags": it.tags,
        }

    def registered_model(self, it):
        return {
            "name": it.name,
            "description": it.description or "",
            "createdAt": it.creation_timestamp,
            "updatedAt": it.last_updated_timestamp,
            "tags": it.tags,
            "aliases": [{"alias": alias, "version": str(version)} for alias, version in it.aliases.items()],
            "latestVersions": [self.version(version) for version in it.latest_versions],
        }

    def logged_model(self, it):
        status = it.status.value
        return {
            "id": it.model_id,
            "experimentId": it.experiment_id,
            "name": it.name,
            # The client's own word; REST says LOGGED_MODEL_UPLOAD_FAILED.
            "status": "UPLOAD_FAILED" if status == "FAILED" else status,
            "modelType": it.model_type or "",
            "sourceRunId": it.source_run_id or None,
            "artifactUri": it.artifact_location,
            "createdAt": it.creation_timestamp,
            "tags": it.tags,
            "params": it.params,
        }


def answer_search(client, question, some_run):
    """The pages of ids, or why MLflow refuses; `some_run` is one that it has to look at, if not None."""
    pages, token = [], None
    try:
        while len(pages) < MOST_PAGES:
            page = client.search_runs(
                question["experimentIds"],
                question["filter"] or "",
                VIEWS[question["view"]],
                question["pageSize"],
                question["orderBy"],
                token,
            )
            pages.append([run.info.run_id for run in page])
            token = page.token
            if not token:
                break
        if some_run is not None:
            refuse_on_sight(question, some_run)
        return {"pages": pages, "isWhole": not token}
    except MlflowException as error:
        return {"refusal": str(error)}
    # A search that breaks MLflow itself is no answer either.
    except Exception as error:
        return {"refusal": f"{type(error).__name__}: {error}"}


def refuse_on_sight(question, run):
    """
    A file store finds some mistakes only once a run gets so far, so that a search that finds none may pass with them.
    Throws what MLflow says as soon as it looks at a run.
    """
    for clause in SearchUtils.parse_search_filter(question["filter"]):
        SearchUtils._does_run_match_clause(run, clause)
    SearchUtils.sort([run], question["orderBy"])


def describe_store(client, is_sql):
    """Every entity that our stores give."""
    say = Describer(is_sql)
    experiments = {view: [say.experiment(it) for it in every(client.search_experiments, view_type=type)] for view, type in VIEWS.items()}
    ids = [it["id"] for it in experiments["all"]]
    found = [run for id in ids for run in every(client.search_runs, experiment_ids=[id], run_view_type=ViewType.ALL)]
    runs = [client.get_run(run.info.run_id) for run in found]
    models = list(every(client.search_registered_models))
    versions = {it.name: list(every(client.search_model_versions, filter_string=f"name = {quote(it.name)}", order_by=["version_number DESC"])) for it in models}
    return {
        "experiments": experiments,
        "runs": [say.run(run) for run in runs],
        # An SQL store leaves out a run's model inputs unless it is asked for that run alone.
        "found": [say.run(run) for run in found],
        "histories": {
            run.info.run_id: {key: say.history(client.get_metric_history(run.info.run_id, key)) for key in run.data.metrics}
            for run in runs
        },
        "models": [say.registered_model(it) for it in models],
        "versions": {name: [say.version(it) for it in some] for name, some in versions.items()},
        "loggedModels": {id: [say.logged_model(it) for it in every(client.search_logged_models, experiment_ids=[id])] for id in ids},
    }


def quote(text):
    """No escapes in MLflow's grammar; content.py has no name with both quotes."""
    return f'"{text}"' if "'" in text else f"'{text}'"
