"""Makes a bucket, and the experiment `cloud` whose artifacts lie in it."""

import boto3
import mlflow

boto3.client("s3").create_bucket(Bucket="bucket")
mlflow.create_experiment("cloud", artifact_location="s3://bucket/root")
