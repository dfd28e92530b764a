import click

CONTEXT = dict(help_option_names=["-h", "--help"], ignore_unknown_options=True)


@click.command(context_settings=CONTEXT)
@click.option("--a", prompt=True, envvar="A")
@click.option("--b", hidden=True, type=int)
@click.argument("rest", nargs=-1, type=click.UNPROCESSED)
def main(**kwargs):
    pass


if __name__ == "__main__":
    main()
