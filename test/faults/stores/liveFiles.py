"""Writes to a file store while it is read: liveFiles.py MODE MLRUNS EXPERIMENT RUN ARGUMENT.

Prints `ready` when it is about to begin and `done` at the end; where it waits in between, it waits for a line.
"""

import os
import pathlib
import shutil
import sys
import time

mode, root, experiment, run, argument = sys.argv[1:]
trees = pathlib.Path(root) / experiment
victim = trees / run


def say(word):
    print(word, flush=True)


def wait():
    sys.stdin.readline()


def run_again():
    meta = victim / "meta.yaml"
    meta.write_text(meta.read_text().replace("status: 3", "status: 1"))


def append():
    """Each point in two writes, so that a reader may find the first alone."""
    run_again()
    end = time.monotonic() + float(argument)
    step = 5
    with open(victim / "metrics/loss", "a") as file:
        while time.monotonic() < end:
            line = f"{1750000120000 + step} {1 / (step + 3)!r} {step}\n"
            half = 1 + step % (len(line) - 1)
            file.write(line[:half])
            file.flush()
            time.sleep(0.001)
            file.write(line[half:])
            file.flush()
            step += 1
            time.sleep(0.001)
    say(str(step))


def tear():
    run_again()
    with open(victim / "metrics/loss", "a") as file:
        file.write("1750000120005 0.1 5")
        file.flush()
        say("torn")
        wait()
        file.write("\n")


def move():
    wait()
    aside = trees / "0123456789abcdef0123456789abcdef"
    victim.rename(aside)
    say("renamed")
    wait()
    aside.rename(victim)


def delete():
    """Runs that vanish file by file while they are read."""
    doomed = [trees / f"c0ffee{number:026x}" for number in range(int(argument))]
    for folder in doomed:
        shutil.copytree(victim, folder)
        meta = folder / "meta.yaml"
        meta.write_text(meta.read_text().replace(run, folder.name))
    say("there")
    wait()
    for folder in doomed:
        shutil.rmtree(folder)


def restore():
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    import mlflow
    from mlflow import MlflowClient

    mlflow.set_tracking_uri(root)
    client = MlflowClient()
    say("loaded")
    wait()
    client.delete_experiment(experiment)
    say("deleted")
    wait()
    client.restore_experiment(experiment)


def grow():
    """As MLflow makes a run: its folders, then meta.yaml, then what is in them."""
    wait()
    for number in range(int(argument)):
        folder = trees / f"c0ffee{number:026x}"
        for name in ["metrics", "params", "artifacts", "tags"]:
            (folder / name).mkdir(parents=True)
        (folder / "meta.yaml").write_text((victim / "meta.yaml").read_text().replace(run, folder.name))
        (folder / "tags/mlflow.runName").write_text("cedar")
        (folder / "params/depth").write_text(str(number))


say("ready")
{"append": append, "tear": tear, "move": move, "delete": delete, "restore": restore, "grow": grow}[mode]()
say("done")
