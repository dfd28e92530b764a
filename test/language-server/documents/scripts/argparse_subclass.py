import argparse


class Parser(argparse.ArgumentParser):
    def __init__(self):
        super().__init__(description="own")
        self.add_argument("--inside", type=int)


parser = Parser()
parser.add_argument("--outside")
parser.parse_args()
