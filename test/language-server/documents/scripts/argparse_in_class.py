import argparse


class Options:
    def __init__(self):
        self.parser = argparse.ArgumentParser()
        self.parser.add_argument("--base", default="b")
        self.declare()

    def declare(self):
        group = self.parser.add_argument_group("more")
        group.add_argument("--size", type=int, default=2 * 128)

    def parse(self):
        return self.parser.parse_args()


Options().parse()
