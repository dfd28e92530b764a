import argparse

KINDS = ("small", "large")
MODELS = {"a": int, "b": float}
p = argparse.ArgumentParser()
p.add_argument("--kind", choices=KINDS, default=KINDS[0])
p.add_argument("--model", choices=list(MODELS), default="a")
p.add_argument("--depth", type=int, choices=[1, 2, 3], default=2)
p.add_argument("stage", choices=["train", "test"])
p.parse_args()
