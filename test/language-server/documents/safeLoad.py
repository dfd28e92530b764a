"""Reads a JSON list of texts, and writes what yaml.safe_load makes of each: its value in a form that JSON can hold."""
import base64, datetime, json, sys
import yaml


def plain(value):
    if isinstance(value, dict):
        return {"map": [[plain(key), plain(item)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, set):
        return {"map": [[plain(item), None] for item in value]}
    if value is None or isinstance(value, str):
        return value
    return {type(value).__name__: str(value)}


def load(text):
    try:
        return {"value": plain(yaml.safe_load(text))}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


sys.setrecursionlimit(1000)
json.dump([load(text) for text in json.load(sys.stdin)], sys.stdout)
