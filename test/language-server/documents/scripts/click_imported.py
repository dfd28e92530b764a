from click import command, option as opt, argument, Choice, IntRange


@command("run")
@opt("--mode", type=Choice(("a", "b")), multiple=True)
@opt("-n", type=IntRange(1))
@argument("x")
def run(mode, n, x):
    pass


if __name__ == "__main__":
    run()
