"""A stand-in for a training script: a curve that learns, logged step by step."""

import argparse
import math

import mlflow


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--max-depth", type=int, default=6)
    parser.add_argument("--learning-rate", type=float, default=0.1)
    parser.add_argument("--threshold", type=float, default=0.5)
    options = parser.parse_args()
    mlflow.set_experiment("churn-model")
    with mlflow.start_run():
        mlflow.log_params(vars(options))
        for step in range(30):
            mlflow.log_metric("val_auc", 0.7 + 0.2 * (1 - math.exp(-step * options.learning_rate)), step=step)


if __name__ == "__main__":
    main()
