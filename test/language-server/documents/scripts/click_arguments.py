import click


@click.command()
@click.argument("source", type=click.File("rb"))
@click.argument("count", type=int, default=3)
@click.argument("maybe", required=False)
@click.argument("pair", nargs=2, type=int)
@click.argument("FILES", nargs=-1)
def main(**kwargs):
    pass


if __name__ == "__main__":
    main()
