import argparse as ap
from argparse import ArgumentParser as AP, FileType

parser = AP()
parser.add_argument("--in", type=FileType("r"), dest="source", required=True)
parser.add_argument("--lr", type=float, default=-1e-3)
parser.add_argument("--rest", nargs=ap.REMAINDER)
parser.parse_args()
