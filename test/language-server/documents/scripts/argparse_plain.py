import argparse

parser = argparse.ArgumentParser(description="Trains.")
parser.add_argument("--alpha", type=float, default=0.5, help="the mixing rate")
parser.add_argument("--epochs", "-e", type=int, default=1_000)
parser.add_argument("--name", default='it\'s "x"\n')
parser.add_argument("-q", type=int)
parser.add_argument("data")
args = parser.parse_args()
