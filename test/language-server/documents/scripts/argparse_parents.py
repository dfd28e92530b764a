import argparse

base = argparse.ArgumentParser(add_help=False)
base.add_argument("--seed", type=int, default=1)
log = argparse.ArgumentParser(add_help=False)
log.add_argument("--log-level", default="INFO")
p = argparse.ArgumentParser(parents=[base, log])
p.add_argument("--own")
p.parse_args()
