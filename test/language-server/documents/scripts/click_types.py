import click


@click.command()
@click.option("--a", type=click.INT, default=1)
@click.option("--b", type=click.FLOAT)
@click.option("--c", type=click.Choice(["x", "y"], case_sensitive=False), default="x")
@click.option("--d", type=click.Path(exists=True, dir_okay=False))
@click.option("--e", type=click.IntRange(0, 10), default=3)
@click.option("--f", type=click.FloatRange(min=0), default=3.5)
@click.option("--g", type=click.STRING)
@click.option("--h", type=click.BOOL, default=True)
@click.option("--i", type=click.File("r"))
@click.option("--j", type=(str, int))
@click.option("--k", nargs=2, type=float)
@click.option("--l", type=bool)
@click.option("--m", type=click.UUID)
@click.argument("src", type=click.Path())
def main(**kwargs):
    pass


main()
