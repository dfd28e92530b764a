import click


@click.group()
@click.option("--debug/--no-debug", default=False)
@click.version_option("1.0")
@click.pass_context
def cli(ctx, debug):
    pass


@cli.command()
@click.option("--lr", type=float, default=1e-4)
def train_model(lr):
    pass


@cli.command("eval")
@click.argument("model")
@click.pass_obj
def evaluate(obj, model):
    pass


@cli.group()
def db():
    pass


@db.command(name="up")
@click.option("--force", is_flag=True)
def upgrade(force):
    pass


@click.command()
@click.option("--other")
def other(other):
    pass


cli.add_command(other, "another")

if __name__ == "__main__":
    cli(obj={})
