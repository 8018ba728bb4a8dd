"""
Records how dbt-snowflake renders relations: `python scripts/record-relations.py > test/fixtures/relations/snowflake.jsonl`.

A line a case: [[database, schema, identifier], [quoted, quoted, quoted], [as such, its schema, with a quoted identifier,
in the information schema, the identifier by itself in quotes]]. The same 2,000 cases every time.
"""

import json
import random
import sys

from dbt.adapters.snowflake import SnowflakeAdapter
from dbt.adapters.snowflake.relation import SnowflakeRelation

WORDS = [
    "orders", "Orders", "ORDERS", "_x", "x$1", "1st", "two words", " lead", "trail ", "a.b", "a..b", ".", "-", "a-b",
    'say "hi"', '"', '""', "it's", "select", "TABLE", "Order By", "null", "a\tb", "a\nb", "a;drop table b", "/*a*/",
    "--a", "é", "e\u0301", "Ünïcode", "U\u0308", "ß", "İ", "ı", "ﬁ", "Ａ", "名前", "имя", "اسم", "\U0001F986",
    "\U0001F468\u200D\U0001F469", "a\u200Bb", "\u202Eabc", "{{ x }}", "{% if %}", "%s", "a/b", "a\\b", "`a`", "[a]",
    "@stage", "$1", "#x", "x" * 255, "é" * 127,
]
POLICIES = [
    [bool(number & 4), bool(number & 2), bool(number & 1)] for number in range(8)
]
PARTS = ("database", "schema", "identifier")


def name(chance: random.Random) -> str:
    word = chance.choice(WORDS)
    if chance.random() < 0.4 and len(word) < 20:
        word += chance.choice(["", "_", " ", "."]) + chance.choice(WORDS)[:20]
    return chance.choice([word, word, word.upper(), word.lower(), word.swapcase()])


def case(chance: random.Random) -> list:
    names = [None if chance.random() < 0.05 else name(chance) for _ in PARTS]
    if names[2] is None:
        names[2] = name(chance)
    policy = chance.choice(POLICIES)
    relation = SnowflakeRelation.create(
        **dict(zip(PARTS, names)), quote_policy=dict(zip(PARTS, policy))
    )
    rendered = [
        relation.render(),
        relation.without_identifier().render(),
        relation.include(database=False).quote(identifier=True).render(),
        relation.information_schema("TABLES").render(),
        SnowflakeAdapter.quote(names[2]),
    ]
    return [names, [int(one) for one in policy], rendered]


def main() -> None:
    chance = random.Random(2026)
    for _ in range(2000):
        sys.stdout.write(json.dumps(case(chance), ensure_ascii=False, separators=(",", ":")) + "\n")


main()
