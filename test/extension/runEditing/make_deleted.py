"""Makes an experiment and a run that are deleted beside a run that is not, whose id it prints."""

from mlflow.tracking import MlflowClient

client = MlflowClient()
kept = client.create_run("0")
client.delete_run(client.create_run("0").info.run_id)
client.delete_experiment(client.create_experiment("gone"))
print(kept.info.run_id)
