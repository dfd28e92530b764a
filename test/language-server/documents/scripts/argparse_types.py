import argparse
import pathlib


def str2bool(value):
    return value.lower() == "true"


def positive(value):
    return int(value)


p = argparse.ArgumentParser()
p.add_argument("--flagged", type=bool, default=False)
p.add_argument("--positive", type=positive, default=1)
p.add_argument("--made", type=lambda text: text.split(","))
p.add_argument("--where", type=pathlib.Path, default="data")
p.add_argument("--text", type=str, default="a" + "b" "c")
p.add_argument("--hex", type=int, default=0x1F)
p.add_argument("--raw", default=r"a\n")
p.parse_args()
