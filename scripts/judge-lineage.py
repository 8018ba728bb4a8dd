"""Reads models as JSON lines, asks sqlglot for the lineage of their columns, says where it differs from ours."""

import collections
import json
import logging
import sys
import time

import sqlglot
from sqlglot import exp
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

logging.disable(logging.CRITICAL)


def schema_of(model):
    """Columns of tables as sqlglot takes them: nested by database and schema."""
    nested = {}
    for table in model["tables"]:
        parts = table["parts"]
        if len(parts) != 3:
            continue
        level = nested
        for part in parts[:-1]:
            level = level.setdefault(f'"{part}"', {})
        level[f'"{parts[-1]}"'] = {f'"{name}"': "varchar" for name in table["columns"]}
    return nested


def lowered(model):
    """Quoting out of the way: relations are quoted by some adapters, and both sides compare without case."""
    tree = sqlglot.parse_one(model["sql"], read=model["dialect"])
    for identifier in tree.find_all(exp.Identifier):
        identifier.set("this", identifier.name.lower())
        identifier.set("quoted", True)
    return tree


def leaves_of(node):
    found = set()
    for part in node.walk():
        if part.downstream:
            continue
        table = part.expression
        if isinstance(table, exp.Table):
            names = [n.name for n in table.parts]
            found.add(".".join([*names, part.name.split(".")[-1].strip('"')]).lower())
    return found


def judged(model):
    """(name, ours, theirs or the error) of every column that both could have."""
    ours = {c["name"].lower(): c for c in model["columns"]}
    tree = lowered(model)
    schema = schema_of(model)
    tree = qualify(
        tree,
        dialect=model["dialect"],
        schema=schema,
        validate_qualify_columns=False,
        allow_partial_qualification=True,
    )
    scope = build_scope(tree)
    names = [s.alias_or_name for s in tree.selects]
    stars = [n for n in names if n == "*"]
    for name in names:
        if name == "*" or name == "":
            continue
        theirs = lineage(
            exp.column(name, quoted=True),
            tree,
            schema,
            scope=scope,
            trim_selects=False,
            copy=False,
            dialect=model["dialect"],
        )
        yield name, ours.get(name.lower()), leaves_of(theirs)
    if not stars:
        for name in ours.keys() - {n.lower() for n in names}:
            yield name, ours[name], None


def main():
    show = int(sys.argv[1])
    counts = collections.Counter()
    started = time.process_time()
    for line in sys.stdin:
        model = json.loads(line)
        try:
            found = list(judged(model))
        except Exception as error:  # noqa: BLE001: whatever stops the other is counted, not hidden
            counts["columns that sqlglot fails on"] += len(model["columns"])
            if counts["shown"] < show:
                counts["shown"] += 1
                print(f"  {model['id']}: sqlglot: {type(error).__name__}: {str(error)[:160]!r}")
            continue
        for name, mine, theirs in found:
            inputs = None if mine is None else {i for i in mine["inputs"]}
            if inputs == theirs:
                counts["equal"] += 1
                continue
            counts["different"] += 1
            if mine is not None and mine["unresolved"]:
                counts["of these unresolved by us"] += 1
            if counts["shown"] < show:
                counts["shown"] += 1
                print(f"  {model['id']}.{name}")
                extra = lambda a, b: sorted((a or set()) - (b or set()))[:4]  # noqa: E731
                print(f"    only ours:   {extra(inputs, theirs)}{' (no such column)' if mine is None else ''}")
                print(f"    only theirs: {extra(theirs, inputs)}{' (no such column)' if theirs is None else ''}")
                if mine is not None and mine["unresolved"]:
                    print(f"    unresolved:  {mine['unresolved'][:2]}")
    total = counts["equal"] + counts["different"]
    share = 100 * counts["equal"] / total if total else 0
    print(f"  {counts['equal']} of {total} columns equal ({share:.2f} %)")
    for key in ("of these unresolved by us", "columns that sqlglot fails on"):
        if counts[key]:
            print(f"  {counts[key]} {key}")
    print(f"  sqlglot: {time.process_time() - started:.1f} s CPU")


main()
