"""Prints, as JSON, what the parsers of the scripts named on the command line really take."""

import argparse
import contextlib
import io
import json
import os
import runpy
import sys

import click


class Asked(BaseException):
    """Carries a script's parser away at the moment it would read its words."""


def take(parser, *_args, **_kwargs):
    raise Asked(parser)


def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else {"other": repr(type(value))}


def argparse_type(action):
    if isinstance(action, argparse._CountAction):
        return "int"
    if isinstance(action, (argparse._StoreConstAction, argparse._AppendConstAction)):
        is_switch = isinstance(action, (argparse._StoreTrueAction, argparse._StoreFalseAction))
        return "bool" if is_switch else "unknown"
    if isinstance(action, argparse.BooleanOptionalAction):
        return "bool"
    names = {int: "int", float: "float", str: "string", bool: "bool", None: "string"}
    found = names.get(action.type) if not isinstance(action.type, argparse.FileType) else "path"
    if found is None:
        found = "path" if "Path" in getattr(action.type, "__name__", "") else "unknown"
    return "choice" if found == "string" and action.choices is not None else found


def argparse_option(action):
    is_many = isinstance(action, (argparse._AppendAction, argparse._AppendConstAction, argparse._ExtendAction))
    is_many = is_many or action.nargs in ("*", "+", "...") or (isinstance(action.nargs, int) and action.nargs > 1)
    return {
        "names": sorted(action.option_strings or [action.dest]),
        "dest": action.dest,
        "kind": "positional" if not action.option_strings else "flag" if action.nargs == 0 else "option",
        "type": argparse_type(action),
        "default": None if action.default == argparse.SUPPRESS else plain(action.default),
        "required": bool(action.required) and action.nargs != "*",
        "multiple": is_many,
        "choices": None if action.choices is None else plain(list(action.choices)),
        "help": None if action.help == argparse.SUPPRESS else action.help,
    }


def argparse_set(parser):
    commands, options, leaving = {}, [], []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                commands.setdefault(id(child), (child, []))[1].append(name)
        elif isinstance(action, (argparse._HelpAction, argparse._VersionAction)):
            leaving += action.option_strings
        else:
            options.append(argparse_option(action))
    children = [{"names": sorted(names), **argparse_set(child)} for child, names in commands.values()]
    return {"options": options, "leaving": sorted(leaving), "commands": children}


def click_type(param):
    for kind, name in (
        (click.types.BoolParamType, "bool"),
        (click.types.IntParamType, "int"),
        (click.types.FloatParamType, "float"),
        (click.types.Choice, "choice"),
        (click.types.Path, "path"),
        (click.types.File, "path"),
        (click.types.StringParamType, "string"),
        (click.types.DateTime, "string"),
        (click.types.UUIDParameterType, "string"),
    ):
        if isinstance(param.type, kind):
            return name
    return "unknown"


def click_option(param):
    default = param.default
    is_flag = getattr(param, "is_flag", False) or getattr(param, "count", False)
    if callable(default) or type(default).__name__ == "Sentinel":
        default = None
    return {
        "names": sorted([*param.opts, *param.secondary_opts]),
        "dest": param.name,
        "kind": "positional" if isinstance(param, click.Argument) else "flag" if is_flag else "option",
        "type": click_type(param),
        "default": plain(default),
        "required": param.required,
        "multiple": param.multiple or param.nargs != 1,
        "choices": plain(list(param.type.choices)) if isinstance(param.type, click.Choice) else None,
        "help": getattr(param, "help", None),
    }


def click_set(command):
    context = click.Context(command, **command.context_settings)
    options, leaving = [], []
    for param in command.get_params(context):
        if param.is_eager and not param.expose_value:
            leaving += param.opts
        else:
            options.append(click_option(param))
    children = getattr(command, "commands", {})
    return {
        "options": options,
        "leaving": sorted(leaving),
        "commands": [{"names": [name], **click_set(child)} for name, child in children.items()],
    }


def ask(path):
    sys.argv = [path]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            runpy.run_path(path, run_name="__main__")
        except Asked as asked:
            (parser,) = asked.args
            return argparse_set(parser) if isinstance(parser, argparse.ArgumentParser) else click_set(parser)
        except SystemExit:
            return None
    return None


argparse.ArgumentParser.parse_known_args = take
click.Command.main = take
print(json.dumps({os.path.basename(path): ask(path) for path in list(sys.argv[1:])}))
