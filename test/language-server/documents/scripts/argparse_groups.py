import argparse

p = argparse.ArgumentParser()
g = p.add_argument_group("data", "where it is")
g.add_argument("--data", required=True)
x = p.add_mutually_exclusive_group(required=True)
x.add_argument("--cpu", action="store_true")
x.add_argument("--gpu", type=int)
inner = g.add_mutually_exclusive_group()
inner.add_argument("--fast", action="store_true")
p.add_argument_group("optim").add_argument("--momentum", type=float, default=0.9)
p.parse_args()
