import argparse
import os

p = argparse.ArgumentParser()
p.add_argument("--always", type=int, default=int(os.environ.get("A", "4")))
if True:
    p.add_argument("--conditional")
with open(os.devnull) as f:
    p.add_argument("--in-with", type=float)
try:
    p.add_argument("--tried", dest="other")
finally:
    p.parse_args()
