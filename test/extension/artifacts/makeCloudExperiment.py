"""Makes the experiment `cloud` whose artifacts lie at the given root, with its bucket where S3's emulator has none yet."""

import sys

import mlflow

root = sys.argv[1]
if root.startswith("s3:"):
    import boto3

    boto3.client("s3").create_bucket(Bucket=root.split("/")[2])
mlflow.create_experiment("cloud", artifact_location=root)
