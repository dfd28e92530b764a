import click

RATE = 0.25


@click.command()
@click.option("--rate", default=RATE)
@click.option("--count", default=3)
@click.option("--label", default="a")
@click.option("--on", default=True)
@click.option("--none", default=None)
@click.option("--many", default=[1, 2], multiple=True)
@click.option("--called", default=lambda: 3)
def main(**kwargs):
    pass


main(standalone_mode=False)
