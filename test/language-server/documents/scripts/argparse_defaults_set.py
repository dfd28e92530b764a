import argparse

common = dict(type=int, default=5)
p = argparse.ArgumentParser(conflict_handler="resolve")
p.add_argument("--a", **common, help="first")
p.add_argument("--b", **{"type": float})
p.add_argument("--c", default="before")
p.set_defaults(c="after", a=6)
p.add_argument("--d", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
p.add_argument("--b", type=int, default=9)
p.parse_args()
