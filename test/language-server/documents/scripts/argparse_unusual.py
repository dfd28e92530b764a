import argparse

p = argparse.ArgumentParser(prefix_chars="-+")
p.add_argument("+w", "++width", type=int)
p.add_argument(
    "--long-name",  # said here
    "--longer-name",
    metavar="X",
    type=float,
    default=(3 / 4),
)
p.add_argument(dest="place")
p.add_argument("two-words")
p.parse_intermixed_args()
