import argparse
from pathlib import Path

p = argparse.ArgumentParser()
p.add_argument("source", type=Path)
p.add_argument("target", nargs="?", default="out")
p.add_argument("others", nargs="*")
p.add_argument("--pair", nargs=2, type=float, default=(0.9, 0.999))
p.add_argument("--one", nargs=1)
p.add_argument("--some", nargs="+", default=["a", "b"])
p.add_argument("--maybe", nargs="?", const="yes", default=None)
p.parse_args()
