import click


@click.command()
@click.option("--shout/--no-shout", default=False)
@click.option("--quiet", "-q", is_flag=True)
@click.option("--on/--off", "-o/-f", "switch", default=True)
@click.option("-v", "--verbose", count=True)
@click.option("--upper", "case", flag_value="upper", default="upper")
@click.option(" /--skip", "wanted", default=True)
@click.option("--maybe", is_flag=False, flag_value="yes", default="no")
def main(**kwargs):
    pass


main()
