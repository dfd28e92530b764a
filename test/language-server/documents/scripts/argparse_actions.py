import argparse

p = argparse.ArgumentParser()
p.add_argument("--yes", action="store_true")
p.add_argument("--no-cache", action="store_false", dest="cache")
p.add_argument("--tag", action="append", default=[])
p.add_argument("-v", "--verbose", action="count", default=0)
p.add_argument("--const", action="store_const", const=42)
p.add_argument("--each", action="append_const", const="x", dest="all")
p.add_argument("--more", action="extend", nargs="+", type=int)
p.add_argument("--version", action="version", version="1.0")
p.add_argument("--feature", action=argparse.BooleanOptionalAction, default=True)
p.parse_args()
