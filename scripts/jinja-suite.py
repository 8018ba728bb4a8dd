"""Turns Jinja2's own test-suite into cases: every template that it renders, answered by dbt's environment.

usage: PYTHON jinja-suite.py SUITE_FOLDER OUT.json

PYTHON belongs to an environment with dbt-core and pytest; SUITE_FOLDER is an unpacked source distribution of Jinja2 3.1.
Its tests run once with a listener in them; each distinct template with plain data as its context becomes a case, and
dbt's own environment (not the one of the test) says what is right. Then: npm run -s cases:jinja -- OUT.json
"""
import json
import sys

import dbt_common.clients.jinja as dbt_jinja
import jinja2
import pytest
from markupsafe import Markup

DELIMITERS = ("{%", "%}", "{{", "}}", "{#", "#}", None, None)
LAYOUT = ("trim_blocks", "lstrip_blocks", "keep_trailing_newline")


class NotPlain(Exception):
    """A value that no case can carry."""


def spelled(value, depth=0):
    """A value in the spelling of the case files. Raises NotPlain for objects, markup and what is very deep."""
    if depth > 6 or isinstance(value, Markup):
        raise NotPlain
    inner = lambda item: spelled(item, depth + 1)  # noqa: E731
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else {"$int": str(value)}
    if isinstance(value, float):
        return {"$float": repr(value)}
    if type(value) is tuple:
        return {"$tuple": [inner(item) for item in value]}
    if type(value) is list:
        return [inner(item) for item in value]
    if type(value) is range:
        return {"$range": [value.start, value.stop, value.step]}
    if type(value) is dict:
        if all(isinstance(key, str) and not key.startswith("$") for key in value):
            return {key: inner(item) for key, item in value.items()}
        return {"$dict": [[inner(key), inner(item)] for key, item in value.items()]}
    raise NotPlain


class Listener:
    """Hears of each template that is compiled with the usual delimiters, and of each context that it is rendered with."""

    def __init__(self):
        self.heard = {}
        self.left_out = 0

    def install(self):
        compile_text, render = jinja2.Environment.from_string, jinja2.Template.render

        def from_string(env, source, *args, **kwargs):
            marks = (
                env.block_start_string,
                env.block_end_string,
                env.variable_start_string,
                env.variable_end_string,
                env.comment_start_string,
                env.comment_end_string,
                env.line_statement_prefix,
                env.line_comment_prefix,
            )
            case = None
            if isinstance(source, str) and marks == DELIMITERS and not env.is_async:
                layout = {name: True for name in LAYOUT if getattr(env, name)}
                case = {"template": source, "opts": layout, "context": {}}
                self.keep(case)
            template = compile_text(env, source, *args, **kwargs)
            template.heard_case = case
            return template

        def heard_render(template, *args, **kwargs):
            case = getattr(template, "heard_case", None)
            if case is not None:
                try:
                    self.keep({**case, "context": spelled(dict(*args, **kwargs))})
                except (NotPlain, TypeError, ValueError):
                    self.left_out += 1
            return render(template, *args, **kwargs)

        jinja2.Environment.from_string = from_string
        jinja2.Template.render = heard_render
        return lambda: (
            setattr(jinja2.Environment, "from_string", compile_text),
            setattr(jinja2.Template, "render", render),
        )

    def keep(self, case):
        self.heard.setdefault(json.dumps(case, sort_keys=True), case)


def read(value):
    """The inverse of `spelled`."""
    if isinstance(value, list):
        return [read(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((kind, held),) = value.items()
        if kind == "$float":
            return float(held)
        if kind == "$int":
            return int(held)
        if kind == "$tuple":
            return tuple(read(item) for item in held)
        if kind == "$range":
            return range(*held)
        if kind == "$dict":
            return {read(key): read(item) for key, item in held}
    return {key: read(item) for key, item in value.items()}


def answered(number, case):
    """The case with what dbt's environment makes of it: a text, or the class and first line of an error."""
    env = dbt_jinja.get_environment(None, capture_macros=False)
    for name, value in case["opts"].items():
        setattr(env, name, value)
    result = {"id": number, "group": "suite", "env": "text", **case}
    phase = "compile"
    try:
        template = env.from_string(case["template"])
        phase = "render"
        result["expected"] = template.render(read(case["context"]))
    except Exception as error:  # whatever it is, it is the answer
        result["error"] = type(error).__name__
        result["message"] = (str(error).split("\n") or [""])[0]
        result["phase"] = phase
    return result


def main():
    folder, out = sys.argv[1:]
    listener = Listener()
    remove = listener.install()
    pytest.main([f"{folder}/tests", "-q", "-p", "no:cacheprovider", "--no-header"])
    remove()
    cases = [answered(number, case) for number, case in enumerate(listener.heard.values())]
    with open(out, "w") as file:
        json.dump(cases, file)
    print(f"{len(cases)} cases; {listener.left_out} renders left out, their context is no plain data")


main()
