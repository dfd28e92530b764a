import click


@click.group(chain=True, invoke_without_command=True)
def cli():
    pass


@click.command()
@click.option("--n", type=int)
def first(n):
    pass


@click.command("second-one")
def second():
    pass


cli.add_command(first)
cli.add_command(cmd=second)
cli.main()
