import argparse
import sys

DEFAULT_LR = 10 ** -3


def get_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=DEFAULT_LR)
    return parser


def main(argv=None):
    args = get_parser().parse_args(argv)
    print(args)


if __name__ == "__main__":
    main(sys.argv[1:])
