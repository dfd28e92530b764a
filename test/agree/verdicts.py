"""Reads cases as JSON lines, and writes what MLflow itself makes of each: whether it loads, and whether it would run.

A case: {"kind": "mlproject" | "python_env" | "conda", "text": …, "create": [paths of environment files to be there]}.
Or {"kind": "mlmodel", "text": …}, which is loaded as a model's description, or {"kind": "saved", "model": one of those in savedModels.py,
"text": …}, which takes the place of that model's MLmodel, and the model is loaded with each of its flavors.
A verdict: {"error": "Class: message" or null, "exists": {path: whether it is there}}.
"""
import io, json, logging, os, shutil, sys, tempfile, types

sys.stdout, answers = sys.stderr, sys.stdout
logging.disable(logging.CRITICAL)

import yaml
import mlflow
from mlflow.models import Model
from mlflow.projects import _project_spec
from mlflow.projects.backend.local import _get_docker_command
from mlflow.projects.docker import validate_docker_env
from mlflow.utils.environment import _PythonEnv

from savedModels import saved_models

mlflow.set_tracking_uri("http://tracking.invalid")
root = tempfile.mkdtemp()
storage = os.path.join(root, "storage")
os.mkdir(storage)
data = os.path.join(root, "data.csv")
open(data, "w").close()


def value_for(parameter):
    """What a run would be given, where the default does not do."""
    if parameter.type == "path":
        if parameter.default is not None and not isinstance(parameter.default, str):
            parameter.compute_value(parameter.default, storage, 0)
        return data
    if parameter.default is not None:
        return None
    return "http://host.invalid/x" if parameter.type == "uri" else "1"


def run_entry_point(entry_point, is_spark):
    given = {name: value_for(one) for name, one in entry_point.parameters.items()}
    given = {name: value for name, value in given.items() if value is not None}
    command = entry_point.compute_command(given, None if is_spark else storage)
    if is_spark and command.split(" ")[0] != "python":
        raise ValueError("Databricks spark job only supports 'python' command")


def run_docker(project):
    validate_docker_env(project)
    variables = project.docker_env.get("environment")
    for name in variables or []:
        if isinstance(name, str) and name and "=" not in name and "\0" not in name:
            os.environ.setdefault(name, "1")
    image = types.SimpleNamespace(tags=["image"])
    info = types.SimpleNamespace(run_id="r", experiment_id="0", artifact_uri="file:///tmp/artifacts")
    _get_docker_command(
        image, types.SimpleNamespace(info=info), None, project.docker_env.get("volumes"), variables
    )


def run_project(folder):
    project = _project_spec.load_project(folder)
    if project.docker_env:
        run_docker(project)
    spark = project.databricks_spark_job_spec
    if not (spark and spark.python_file is not None):
        for entry_point in project._entry_points.values():
            run_entry_point(entry_point, spark is not None)


def create_files(folder, home, paths):
    for path in paths:
        target = os.path.normpath(os.path.join(folder, path))
        if "\0" in path or not target.startswith(home + os.sep) or os.path.exists(target):
            continue
        try:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            open(target, "w").close()
        except OSError:
            pass


def run_environment(read, path):
    environment = read(path)
    for lines in (environment.build_dependencies, environment.dependencies):
        "\n".join(lines)


def load_saved(folder):
    model = Model.load(folder)
    if not model.flavors:
        raise ValueError("no flavors")
    for name in model.flavors:
        module = "pyfunc" if name == "python_function" else name
        if module in ("pyfunc", "sklearn"):
            getattr(mlflow, module).load_model(folder)


def judge_model(case):
    if case["kind"] == "mlmodel":
        folder = tempfile.mkdtemp(dir=root)
    else:
        folder = saved_models(root)[case["model"]]
    with open(os.path.join(folder, "MLmodel"), "w", newline="", encoding="utf-8", errors="surrogatepass") as file:
        file.write(case["text"])
    paths = [path for path in case.get("paths", []) if "\0" not in path]
    exists = {path: os.path.exists(os.path.join(folder, path)) for path in paths}
    try:
        Model.load(folder) if case["kind"] == "mlmodel" else load_saved(folder)
        error = None
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}".replace(folder, "…")[:300]
    return {"error": error, "exists": exists}


def judge(case):
    if case["kind"] in ("mlmodel", "saved"):
        return judge_model(case)
    home = tempfile.mkdtemp(dir=root)
    folder = os.path.join(home, "a", "b", "c")
    os.makedirs(folder)
    path = os.path.join(folder, "MLproject" if case["kind"] == "mlproject" else "env.yaml")
    with open(path, "w", newline="", encoding="utf-8", errors="surrogatepass") as file:
        file.write(case["text"])
    create_files(folder, home, case.get("create", []))
    paths = [path for path in case.get("paths", []) if "\0" not in path]
    exists = {path: os.path.exists(os.path.join(folder, path)) for path in paths}
    try:
        if case["kind"] == "mlproject":
            run_project(folder)
        elif case["kind"] == "python_env":
            run_environment(_PythonEnv.from_yaml, path)
        else:
            run_environment(_PythonEnv.from_conda_yaml, path)
        error = None
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}".replace(home, "…")[:300]
    shutil.rmtree(home, ignore_errors=True)
    return {"error": error, "exists": exists}


os.chdir(storage)
if "--saved" in sys.argv:
    for name, folder in saved_models(root).items():
        with open(os.path.join(folder, "MLmodel"), encoding="utf-8") as file:
            answers.write(json.dumps({"model": name, "text": file.read()}) + "\n")
    shutil.rmtree(root, ignore_errors=True)
    sys.exit()
for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"):
    answers.write(json.dumps(judge(json.loads(line))) + "\n")
shutil.rmtree(root, ignore_errors=True)
