import argparse

p = argparse.ArgumentParser(allow_abbrev=False)
p.add_argument("--x", type=int)
known, rest = p.parse_known_args()
