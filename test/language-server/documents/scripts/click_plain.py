import click


@click.command()
@click.option("--alpha", type=float, default=0.5, show_default=True, help="the rate")
@click.option("--epochs", "-e", type=int, required=True)
@click.option("--name")
@click.option("--Big-Name", default="x")
@click.argument("data")
def main(alpha, epochs, name, big_name, data):
    pass


if __name__ == "__main__":
    main()
