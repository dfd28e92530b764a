import argparse


def add_common(p, seed):
    p.add_argument("--seed", type=int, default=7)
    return p


class Model:
    @staticmethod
    def add_model_args(parent_parser):
        group = parent_parser.add_argument_group("model")
        group.add_argument("--layers", type=int, default=3)
        return parent_parser


parser = argparse.ArgumentParser()
parser = add_common(parser, 1)
parser = Model.add_model_args(parser)
commands = parser.add_subparsers()
fit = commands.add_parser("fit")
fit.add_argument("--lr", type=float)
add_common(fit, 2)
parser.parse_args()
