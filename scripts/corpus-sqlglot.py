"""Turns sqlglot's Snowflake tests into cases for `npm run cases:sql`.

usage: corpus-sqlglot.py SQLGLOT_CHECKOUT [TEST_FILE] > FILE.jsonl     (with a Python that can import the checkout)

Each Snowflake text that the tests read or write becomes one case. The tests state no rows and have no tables, so a case
passes if it runs: a bare expression is put into a SELECT, a SELECT that names columns and no table gets one, and the tables
that a statement names are made with the columns it names. Types of columns come from how they are used, by rules below.

With another dialect's TEST_FILE (`test_duckdb`) only the Snowflake side of its statements is taken: texts that nobody here
has read.
"""

import json
import logging
import re
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(sys.argv[1]).resolve()))
from sqlglot import exp, parse_one  # noqa: E402
from tests.dialects.test_dialect import Validator  # noqa: E402

module = sys.argv[2] if len(sys.argv) > 2 else "test_snowflake"
texts = {}


def listen():
    identity, every = Validator.validate_identity, Validator.validate_all

    def note(text, test):
        if isinstance(text, str) and text.strip():
            texts.setdefault(text, test)

    def on_identity(self, sql, *args, **kwargs):
        if self.dialect == "snowflake":
            note(sql, self._testMethodName)
        return identity(self, sql, *args, **kwargs)

    def on_all(self, sql, read=None, write=None, **kwargs):
        if self.dialect == "snowflake":
            note(sql, self._testMethodName)
        note((read or {}).get("snowflake"), self._testMethodName)
        if self.dialect != "snowflake":
            note((write or {}).get("snowflake"), self._testMethodName)
        return every(self, sql, read, write, **kwargs)

    Validator.validate_identity, Validator.validate_all = on_identity, on_all


# What a column is, by the function around it: one type for each place, the last one for all that follow.
TEXT, NUMBER, TIME, VARIANT, ARRAY, OBJECT, BOOLEAN, BINARY, DATE, VECTOR = (
    "VARCHAR", "NUMBER(10,2)", "TIMESTAMP_NTZ", "VARIANT", "ARRAY", "OBJECT", "BOOLEAN", "BINARY", "DATE", "VECTOR(INT, 3)",
)
PLACES = {
    "ARRAY_SLICE": [ARRAY, "INT"], "ARRAY_SIZE": [ARRAY], "ARRAY_TO_STRING": [ARRAY, TEXT], "ARRAY_CONTAINS": [VARIANT, ARRAY],
    "ARRAY_COMPACT": [ARRAY], "ARRAY_DISTINCT": [ARRAY], "ARRAY_SORT": [ARRAY], "ARRAYS_OVERLAP": [ARRAY], "ARRAY_UNION_AGG": [ARRAY],
    "ARRAY_INTERSECTION": [ARRAY], "ARRAY_EXCEPT": [ARRAY], "TRANSFORM": [ARRAY], "FILTER": [ARRAY], "REDUCE": [ARRAY],
    "REGEXP_REPLACE": [TEXT, TEXT, TEXT, "INT"], "REGEXP_SUBSTR": [TEXT, TEXT, "INT", "INT", TEXT, "INT"],
    "REGEXP_EXTRACT_ALL": [TEXT, TEXT, "INT", "INT", TEXT, "INT"], "REGEXP_SUBSTR_ALL": [TEXT, TEXT, "INT", "INT", TEXT, "INT"],
    "REGEXP_LIKE": [TEXT], "RLIKE": [TEXT], "REGEXP_INSTR": [TEXT, TEXT, "INT", "INT", "INT", TEXT, "INT"], "REGEXP_COUNT": [TEXT, TEXT, "INT", TEXT],
    "DECRYPT_RAW": [BINARY, BINARY, BINARY, BINARY, TEXT, BINARY], "ENCRYPT_RAW": [BINARY, BINARY, BINARY, BINARY, TEXT],
    "DECRYPT": [BINARY, TEXT, BINARY, TEXT], "ENCRYPT": [TEXT, TEXT, TEXT, TEXT], "TO_NUMBER": [TEXT], "TO_DECIMAL": [TEXT], "TO_NUMERIC": [TEXT],
    "TO_DOUBLE": [TEXT], "TO_CHAR": [TIME, TEXT], "TO_VARCHAR": [TIME, TEXT], "TO_DATE": [TEXT], "DATE": [TEXT], "TRY_TO_DATE": [TEXT],
    "TO_TIME": [TEXT], "TIME": [TEXT], "TRY_TO_TIME": [TEXT], "TRY_TO_TIMESTAMP": [TEXT], "PARSE_JSON": [TEXT], "TRY_PARSE_JSON": [TEXT],
    "CHECK_JSON": [TEXT], "GET": [VARIANT, TEXT], "GET_PATH": [VARIANT, TEXT], "LEVENSHTEIN": [TEXT, TEXT, "INT"], "EDITDISTANCE": [TEXT, TEXT, "INT"],
    "REPLACE": [TEXT], "TRIM": [TEXT], "LTRIM": [TEXT], "RTRIM": [TEXT], "LPAD": [TEXT, "INT", TEXT], "RPAD": [TEXT, "INT", TEXT], "SPLIT": [TEXT],
    "SPLIT_PART": [TEXT, TEXT, "INT"], "SOUNDEX": [TEXT], "SOUNDEX_P123": [TEXT], "TRANSLATE": [TEXT], "UNICODE": [TEXT], "STUFF": [TEXT, "INT", "INT", TEXT],
    "INSERT": [TEXT, "INT", "INT", TEXT], "UPPER": [TEXT], "LOWER": [TEXT], "LENGTH": [TEXT], "STARTSWITH": [TEXT], "ENDSWITH": [TEXT], "CONTAINS": [TEXT],
    "CHARINDEX": [TEXT, TEXT, "INT"], "POSITION": [TEXT, TEXT, "INT"], "SUBSTR": [TEXT, "INT"], "SUBSTRING": [TEXT, "INT"], "LEFT": [TEXT, "INT"],
    "RIGHT": [TEXT, "INT"], "REPEAT": [TEXT, "INT"], "BASE64_ENCODE": [TEXT, "INT", TEXT], "BASE64_DECODE_BINARY": [TEXT], "BASE64_DECODE_STRING": [TEXT],
    "TO_BINARY": [TEXT], "TRY_TO_BINARY": [TEXT], "LIKE": [TEXT], "ILIKE": [TEXT], "SEARCH": [TEXT], "SEARCH_IP": [TEXT], "PARSE_IP": [TEXT],
    "CONVERT_TIMEZONE": [TEXT, TEXT, TIME] , "DATE_PART": [TEXT, TIME], "DATEADD": [TEXT, "INT", TIME], "TIMEADD": [TEXT, "INT", TIME], "TIMESTAMPADD": [TEXT, "INT", TIME],
    "DATEDIFF": [TEXT, TIME], "TIMEDIFF": [TEXT, TIME], "TIMESTAMPDIFF": [TEXT, TIME], "DATE_TRUNC": [TEXT, TIME], "LAST_DAY": [TIME],
    "NEXT_DAY": [DATE, TEXT], "PREVIOUS_DAY": [DATE, TEXT], "TIMESTAMP_FROM_PARTS": ["INT"], "DATE_FROM_PARTS": ["INT"], "WEEK": [TIME], "DAYOFWEEKISO": [TIME],
    "DAYOFYEAR": [TIME], "YEAR": [TIME], "MONTH": [TIME], "DAY": [TIME], "MONTHS_BETWEEN": [TIME], "TIME_SLICE": [TIME, "INT", TEXT],
    "VECTOR_COSINE_SIMILARITY": [VECTOR], "VECTOR_INNER_PRODUCT": [VECTOR], "VECTOR_L1_DISTANCE": [VECTOR], "VECTOR_L2_DISTANCE": [VECTOR],
    "IS_NULL_VALUE": [VARIANT], "TYPEOF": [VARIANT], "XMLGET": [OBJECT, TEXT], "OBJECT_KEYS": [OBJECT], "OBJECT_AGG": [TEXT, VARIANT], "IFF": [BOOLEAN, NUMBER],
    "LISTAGG": [TEXT, TEXT], "MD5": [TEXT], "SHA1": [TEXT], "SHA2": [TEXT, "INT"], "BITMAP_OR_AGG": [BINARY], "BITMAP_CONSTRUCT_AGG": ["INT"],
    "BOOLOR_AGG": [BOOLEAN], "BOOLAND_AGG": [BOOLEAN], "BOOLXOR_AGG": [BOOLEAN], "AI_AGG": [TEXT], "AI_SUMMARIZE_AGG": [TEXT], "TO_GEOGRAPHY": [TEXT], "TO_GEOMETRY": [TEXT],
    "ST_DISTANCE": ["GEOGRAPHY"], "TO_FILE": [TEXT], "HEX_DECODE_BINARY": [TEXT], "HEX_DECODE_STRING": [TEXT], "HEX_ENCODE": [TEXT], "COLLATE": [TEXT],
    "COMPRESS": [TEXT, TEXT], "DECOMPRESS_BINARY": [BINARY, TEXT], "DECOMPRESS_STRING": [BINARY, TEXT], "DAYNAME": [TIME], "MONTHNAME": [TIME], "JAROWINKLER_SIMILARITY": [TEXT],
    "MINHASH_COMBINE": [VARIANT], "APPROXIMATE_SIMILARITY": [VARIANT], "HLL_ESTIMATE": [BINARY], "HLL_COMBINE": [BINARY], "HLL_IMPORT": [VARIANT],
    "APPROX_PERCENTILE_ESTIMATE": [VARIANT, NUMBER], "APPROX_PERCENTILE_COMBINE": [VARIANT], "APPROX_TOP_K_ESTIMATE": [VARIANT, "INT"], "APPROX_TOP_K_COMBINE": [VARIANT, "INT"],
    "BITAND": ["INT"], "BITOR": ["INT"], "BITXOR": ["INT"], "BITNOT": ["INT"], "GETBIT": ["INT"], "BITANDAGG": ["INT"], "BITORAGG": ["INT"], "BITXORAGG": ["INT"], "BITAND_AGG": ["INT"], "BITOR_AGG": ["INT"], "BITXOR_AGG": ["INT"],
    "TRUNC": [NUMBER, "INT"], "WIDTH_BUCKET": [NUMBER], "DECODE": [NUMBER], "GET_BIT": ["INT"],
    "STRIP_NULL_VALUE": [VARIANT], "FLATTEN": [VARIANT], "TO_ARRAY": [VARIANT], "AS_INTEGER": [VARIANT],
}


def type_of(column):
    child, parent = column, column.parent
    while isinstance(parent, (exp.Paren, exp.Alias, exp.Distinct, exp.Order, exp.Ordered, exp.WithinGroup)):
        child, parent = parent, parent.parent
    if isinstance(parent, exp.Kwarg) or isinstance(parent, (exp.JSONExtract, exp.Bracket, exp.GetExtract, exp.Explode)):
        return VARIANT
    if isinstance(parent, exp.Cast):
        return VARIANT if parent.to.this in (exp.DataType.Type.ARRAY, exp.DataType.Type.OBJECT, exp.DataType.Type.MAP, exp.DataType.Type.STRUCT) else TEXT
    if isinstance(parent, exp.Extract):
        return TIME
    if isinstance(parent, (exp.Connector, exp.Not, exp.Where, exp.Having, exp.Qualify)) or (isinstance(parent, exp.If) and child is parent.this):
        return BOOLEAN
    if isinstance(parent, (exp.Like, exp.ILike, exp.DPipe, exp.Escape)):
        return TEXT
    if isinstance(parent, exp.Binary) and not isinstance(parent, exp.Func):
        other = parent.expression if child is parent.this else parent.this
        if other is not None and other.find(exp.Interval):
            return TIME
        if isinstance(other, exp.Literal) and other.is_string:
            return TEXT
        if isinstance(other, exp.Cast):
            return other.to.sql("snowflake")
        if isinstance(other, exp.Column) and isinstance(parent, (exp.EQ, exp.GT, exp.LT, exp.GTE, exp.LTE, exp.NEQ)):
            return by_name(column)
        return NUMBER
    if isinstance(parent, (exp.In, exp.Between)):
        first = next((one for one in parent.args.get("expressions") or [parent.args.get("low")] if one is not None), None)
        return TEXT if isinstance(first, exp.Literal) and first.is_string else by_name(column)
    if isinstance(parent, exp.Func):
        return by_place(column, child, parent) or by_name(column)
    return by_name(column)


def by_place(column, child, parent):
    written = parent.sql("snowflake")
    call = re.match(r"(\w+)\s*\(", written)
    places = PLACES.get(call.group(1).upper()) if call else None
    if places is None:
        return None
    arguments = [part.strip() for part in split_arguments(written[call.end() : -1])]
    mine = child.sql("snowflake")
    at = next((index for index, part in enumerate(arguments) if part == mine or mine in part), 0)
    return places[min(at, len(places) - 1)]


def split_arguments(text):
    parts, depth, start, quote = [], 0, 0, False
    for index, letter in enumerate(text):
        if letter == "'":
            quote = not quote
        elif not quote and letter in "([{":
            depth += 1
        elif not quote and letter in ")]}":
            depth -= 1
        elif not quote and letter == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


NAMES = [
    (r"(^|_)(date|day|dt)$|^d\d?$", DATE), (r"time|_at$|^ts|date|^t\d?s$", TIME), (r"name|text|str|status|region|^s\d?$|comment|city|addr|email|cat|url|^col$|pattern|key", TEXT),
    (r"json|^v$|variant|payload|^src|data|^j$|raw", VARIANT), (r"^arr|array|list", ARRAY), (r"^obj", OBJECT), (r"^is_|flag|bool", BOOLEAN), (r"id$|cnt|count|year|month", "INT"),
]


def by_name(column):
    name = column.name.lower()
    return next((kind for pattern, kind in NAMES if re.search(pattern, name)), NUMBER)


def quote(identifier):
    return identifier.sql("snowflake", identify=True) if identifier.quoted else f'"{identifier.name.upper()}"'


def columns_by_table(tree):
    """The tables that a statement names and does not make, each with the columns it is asked for."""
    made = {cte.alias_or_name.upper() for cte in tree.find_all(exp.CTE)}
    target = tree.find(exp.Table) if isinstance(tree, exp.Create) else None
    tables = {}
    for table in tree.find_all(exp.Table):
        if table is target or not isinstance(table.this, exp.Identifier) or table.name.startswith(("@", "%")) or (table.name.upper() in made and not table.db):
            continue
        tables.setdefault(tuple(quote(part) for part in table.parts if isinstance(part, exp.Identifier)), {})
    for column in tree.find_all(exp.Column):
        if isinstance(column.this, exp.Star) or not isinstance(column.this, exp.Identifier) or column.name.startswith("$"):
            continue
        owner = owner_of(column, made)
        if owner is not None and owner in tables:
            tables[owner].setdefault(quote(column.this), type_of(column))
    return tables


def owner_of(column, made):
    select = column.find_ancestor(exp.Select, exp.Update, exp.Delete, exp.Merge, exp.Insert)
    while select is not None:
        sources = [table for table in select.find_all(exp.Table) if table.find_ancestor(exp.Select, exp.Update, exp.Delete, exp.Merge, exp.Insert) is select]
        for table in sources:
            if not isinstance(table.this, exp.Identifier) or table.name.upper() in made:
                continue
            if not column.table or table.alias_or_name.upper() == column.table.upper():
                return tuple(quote(part) for part in table.parts if isinstance(part, exp.Identifier))
        select = select.find_ancestor(exp.Select, exp.Update, exp.Delete, exp.Merge, exp.Insert)
    return None


def setup_of(tables):
    statements = []
    for parts, columns in tables.items():
        if len(parts) == 3:
            statements.append(f"create database if not exists {parts[0]}")
        if len(parts) > 1:
            statements.append(f"create schema if not exists {'.'.join(parts[:-1])}")
        listed = ", ".join(f"{name} {kind}" for name, kind in columns.items()) or '"ID" INT'
        statements.append(f"create table if not exists {'.'.join(parts)} ({listed})")
    if any(len(parts) > 1 for parts in tables):
        statements.append("use schema db.public")
    return statements


ENDS = ("WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "UNION", "EXCEPT", "INTERSECT", "CONNECT", "START")


def with_table(sql, tree):
    """Gives a SELECT that names columns and no table one to read them from."""
    select = tree if isinstance(tree, exp.Select) else None
    if select is None or select.args.get("from") or select.args.get("from_"):
        return sql, {}
    columns = {}
    for column in select.find_all(exp.Column):
        if column.find_ancestor(exp.Select) is select and isinstance(column.this, exp.Identifier) and not column.name.startswith("$"):
            columns.setdefault(quote(column.this), type_of(column))
    aliases = {alias.alias.upper() for alias in select.expressions if isinstance(alias, exp.Alias)}
    lambdas = {name.name.upper() for one in select.find_all(exp.Lambda) for name in one.expressions}
    columns = {name: kind for name, kind in columns.items() if name.strip('"') not in aliases | lambdas}
    if not columns:
        return sql, {}
    owner = next((column.table for column in select.find_all(exp.Column) if column.table), "t")
    depth, at = 0, len(sql.rstrip().rstrip(";"))
    for match in re.finditer(r"'(?:''|\\.|[^'])*'|\"[^\"]*\"|[()\[\]{}]|\b\w+\b", sql):
        text = match.group()
        depth += text in ("(", "[", "{")
        depth -= text in (")", "]", "}")
        follows = re.search(r"(within|start)\s*$", sql[: match.start()], re.I)
        if depth == 0 and text.upper() in ENDS and match.start() > 0 and not follows:
            at = match.start()
            break
    return f"{sql[:at].rstrip()} FROM {owner} {sql[at:]}".rstrip(), {(f'"{owner.upper()}"',): columns}


# What Snowflake answers where there is no such object, and none of the kind can be made here.
NOT_THERE = [
    (r"^\s*desc(ribe)?\s+(semantic view|external volume|compute pool|masking policy|row access policy|\w+ integration|application package|network rule|database role)", "does not exist or not authorized"),
    (r"^\s*undrop\b", "did not exist or was purged"),
    (r"^\s*(call|drop function)\b", "does not exist or not authorized"),
    (r"in (application|class)\b", "does not exist or not authorized"),
    (r"^\s*select .*from directory\(@", "does not exist or not authorized"),
]


def objects_of(sql, tree):
    """Statements that make what a SHOW, DESCRIBE, COPY or PUT names."""
    name = r"((?:\"[^\"]+\"|\w+)(?:\.(?:\"[^\"]+\"|\w+))*)"
    made = []
    def schema(parts):
        if len(parts) == 2:
            made.append(f"create database if not exists {parts[0]}")
        made.append(f"create schema if not exists {'.'.join(parts)}")
    def container(text):
        parts = re.findall(r"\"[^\"]+\"|\w+", text)
        if len(parts) == 3:
            schema(parts[:2])
        elif len(parts) == 2:
            schema(parts[:1])
    show = re.search(rf"^\s*show\s+(?:terse\s+)?([\w ]*?)\s*(?:history\s+)?(?:like\s+'[^']*'\s+)?in\s+(account|database|schema|table|view|application|class)?\s*{name}?", sql, re.I)
    if show:
        kind, holder, found = show.groups()
        parts = re.findall(r"\"[^\"]+\"|\w+", found or "")
        is_table = (holder or "").lower() in ("table", "view") or "keys" in kind.lower() or kind.lower() == "columns"
        if (holder or "").lower() == "database" and parts:
            made.append(f"create database if not exists {parts[0]}")
        elif parts and (holder is None or (holder or "").lower() == "schema" or is_table):
            if is_table and (holder or "").lower() != "schema":
                container(found)
                made.append(f"create table if not exists {found} (id int)")
            else:
                schema(parts)
    describe = re.search(rf"^\s*desc(?:ribe)?\s+(dynamic |iceberg |hybrid |external |materialized )?(table|view|stage|file format)\s+{name}", sql, re.I)
    if describe:
        container(describe.group(3))
        kind = describe.group(2).lower()
        made.append(f"create view if not exists {describe.group(3)} as select 1 as id" if kind == "view" else f"create table if not exists {describe.group(3)} (id int)")
    describe = re.search(rf"^\s*desc(?:ribe)?\s+{name}\s*$", sql, re.I)
    if describe:
        container(describe.group(1))
        made.append(f"create table if not exists {describe.group(1)} (id int)")
    for found in re.findall(r"(?<![\w'])'?@((?:\"[^\"]+\"|[\w%]+)(?:\.(?:\"[^\"]+\"|[\w%]+))*)", sql):
        parts = re.findall(r"\"[^\"]+\"|[\w%]+", found)
        container(found)
        if parts[-1].startswith("%"):
            made.append(f"create table if not exists {'.'.join([*parts[:-1], parts[-1][1:]])} (id int)")
        else:
            made.append(f"create stage if not exists {found}")
    for found in re.findall(r"(?:file_format\s*=>?\s*(?:\(\s*)?(?:format_name\s*=\s*)?)'?([a-z_][\w.]*)'?\s*[,)]", sql, re.I):
        if found.lower() not in ("type",):
            container(found)
            made.append(f"create file format if not exists {found} type = csv")
    target = re.search(rf"^\s*copy\s+into\s+{name}(?:\s*\(([^)]*)\))?\s", sql, re.I)
    if target:
        container(target.group(1))
        columns = ", ".join(f"{column.strip()} varchar" for column in (target.group(2) or "c1").split(","))
        made.append(f"create table if not exists {target.group(1)} ({columns})")
    source = re.search(rf"^\s*copy\s+into\s+(?:@|').*?\sfrom\s+{name}", sql, re.I | re.S)
    if source:
        container(source.group(1))
    for found in re.findall(r"\btable\s*\(\s*(?:'|\$\$)([\w.\" ]+)(?:'|\$\$)", sql, re.I):
        container(found)
        made.append(f"create table if not exists {found} (id int, col1 int)")
    for found in re.findall(r"(?<![$\w])\$([a-z_]\w*)", sql, re.I):
        if re.search(rf"(table|identifier)\s*\(\s*\${found}", sql, re.I):
            made += [f"set {found} = 'T_{found}'", f"create table if not exists t_{found} (col1 int)"] if "create" not in sql.lower() else [f"set {found} = 'T_{found}'"]
        else:
            made.append(f"set {found} = 1")
    alter = re.search(rf"^\s*alter\s+table\s+(?:if exists\s+)?{name}\s+(?:alter|modify)\s+column\s+(\w+)", sql, re.I)
    if alter:
        made.append(f"create table if not exists {alter.group(1)} ({alter.group(2)} int)")
    clone = re.search(rf"^\s*create\s+(database|schema)\s+\S+\s+clone\s+{name}", sql, re.I)
    if clone:
        made.append(f"create {clone.group(1)} if not exists {clone.group(2)}")
    if made and any(line.startswith(("create database", "create schema")) for line in made):
        made.append("use schema db.public")
    return made


def case_of(text, test):
    # Files that PUT and GET name, where the runner may reach them.
    folder = Path(tempfile.gettempdir()) / "dagbook-corpus"
    sql = text.replace("file:///dir/tmp.csv", f"file://{folder}/{'tmp.csv' if text.upper().startswith('PUT') else 'got'}") if re.match(r"\s*(put|get)\b", text, re.I) else text
    if sql != text:
        folder.mkdir(exist_ok=True)
        (folder / "tmp.csv").write_text("1\n")
    tree = parse_one(sql, read="snowflake")
    if isinstance(tree, exp.Condition) and not isinstance(tree, (exp.Subquery, exp.Query)) or isinstance(tree, exp.Interval):
        sql = f"SELECT {text}"
        tree = parse_one(sql, read="snowflake")
    sql, tables = with_table(sql, tree)
    tables = {**columns_by_table(tree), **tables}
    made = objects_of(sql, tree)
    # An ALTER or a clone has its own idea of the table.
    named = setup_of(tables) if not (made and re.match(r"\s*(alter|show|desc|create\s+(database|schema))", sql, re.I)) else []
    case = {"category": category(sql), "source": f"{module}.{test}", "setup": [*made, *named], "sql": sql}
    error = next((words for pattern, words in NOT_THERE if re.search(pattern, sql, re.I | re.S)), None)
    return case if error is None else {**case, "setup": [], "error": error}


CATEGORIES = [
    (r"match_recognize", "match_recognize"), (r"semantic_view|semantic view", "semantic views"),
    (r"^\s*(show|describe|desc)\b", "show and describe"), (r"^\s*(copy|put|get|rm|remove|list|ls)\b|from\s*\(?\s*'?@|\bstage\b", "stages and copy"),
    (r"^\s*(create|alter|drop|comment|undrop|grant|revoke|use|set|call)\b", "definitions and session"),
    (r"^\s*(insert|update|delete|merge|truncate)\b", "changes of rows"),
    (r"\bai_\w+\(|cortex|predict|vector|st_\w+\(|geograph|geometr|encrypt|decrypt|to_file|\bfile\b|search", "models, vectors, geography, keys"),
    (r"regexp|rlike", "regular expressions"),
    (r"flatten|variant|object|array|parse_json|:\w+|\[|xml", "semi-structured"),
    (r"date|time|interval|month|year|day|hour|week", "dates and times"),
    (r"join|pivot|qualify|over\s*\(|with\s|connect by|sample|lateral|from\s+values|group by|union", "queries"),
]


def category(sql):
    return next((name for pattern, name in CATEGORIES if re.search(pattern, sql, re.I | re.S)), "functions")


def main():
    listen()
    tests = unittest.defaultTestLoader.loadTestsFromName(f"tests.dialects.{module}")
    unittest.TextTestRunner(verbosity=0, stream=sys.stderr).run(tests)
    logging.disable(logging.CRITICAL)
    for text, test in texts.items():
        try:
            print(json.dumps(case_of(text, test), ensure_ascii=False))
        except Exception as error:  # the other dialects' texts are not all Snowflake's
            print(f"left out: {text[:100]!r}: {error!r}", file=sys.stderr)


main()
