import functools

import click

seed_option = click.option("--seed", type=int, default=1)
_more = [click.option("--x", default=1.5), click.option("--y", is_flag=True)]


def common(function):
    @click.option("--host", default="localhost")
    @click.option("--port", type=int)
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


def add_options(options):
    def wrap(function):
        for option in reversed(options):
            function = option(function)
        return function

    return wrap


@click.command()
@common
@seed_option
@add_options(_more)
@click.option("--last")
def main(**kwargs):
    pass


if __name__ == "__main__":
    main()
