"""Turns fakesnow's own tests into cases for `npm run cases:sql`.

usage: corpus-fakesnow.py FAKESNOW_CHECKOUT > FILE.jsonl     (with the Python of an environment that has fakesnow and pytest)

The tests run as they are while every statement is listened to. A statement that fakesnow accepts, or refuses for a reason
that Snowflake has too, becomes one case: what went before it on the same warehouse is its setup, what the test then read is
its rows. Tests of fakesnow's server, of S3 and of its own parts are left out: they send no SQL of their own.
"""

import datetime
import decimal
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

LEFT_OUT = ["test_server.py", "test_copy_into.py", "test_sqlalchemy.py", "test_cli.py", "test_transforms.py"]
# Errors that are Snowflake's: syntax, absent, taken, ambiguous, a value that does not convert.
# Not among them: no database, no schema. The runner's session always has both.
SNOWFLAKE_ERRORS = {1003, 2002, 2003, 2043, 100035}
STATES = {
    "ALTER", "BEGIN", "COMMENT", "COMMIT", "COPY", "CREATE", "DELETE", "DROP", "GRANT", "INSERT", "MERGE", "PUT", "ROLLBACK",
    "SET", "START", "TRUNCATE", "UNSET", "UPDATE", "USE",
}


class Recorder:
    def __init__(self):
        self.cases = []
        self.is_reading = False
        self.start("")

    def start(self, name):
        self.name = name
        self.setup = []
        self.current = None
        self.connection = None
        self.is_lost = False

    def begin(self, cursor, sql):
        # The log of a second session cannot be replayed on one connection.
        if self.connection is not cursor._conn:
            self.is_lost = self.is_lost or any(re.match(r"begin|start", sql, re.I) for sql in self.setup)
            self.connection = cursor._conn
        self.current = {"category": category(sql), "source": self.name, "setup": list(self.setup), "sql": sql}

    def accepted(self, cursor):
        case = self.current
        if case is None:
            return
        if not self.is_lost:
            self.cases.append(case)
        if verb(case["sql"]) in STATES:
            self.setup.append(case["sql"])
        cursor._case = case
        self.current = None

    def refused(self, error):
        case = self.current
        self.current = None
        if case is not None and not self.is_lost and getattr(error, "errno", None) in SNOWFLAKE_ERRORS:
            self.cases.append({**case, "error": ""})

    def read(self, cursor, rows):
        case = getattr(cursor, "_case", None)
        if case is None:
            return
        # A test that reads only the first rows states nothing of the others.
        case["isWhole"] = cursor._rowcount is None or len(rows) == cursor._arrow_table.num_rows
        cells = [list(row.values()) if isinstance(row, dict) else list(row) for row in rows]
        case.setdefault("rows", []).extend([cell_of(cell) for cell in row] for row in cells)


def verb(sql):
    text = re.sub(r"^(\s|--[^\n]*\n|/\*.*?\*/)*", "", sql, flags=re.S)
    return (re.match(r"\w*", text).group() or "(").upper()


CATEGORIES = [
    (r"^\s*(begin|start|commit|rollback)\b", "transactions"),
    (r"^\s*(show|describe|desc)\b", "show and describe"),
    (r"information_schema", "information schema"),
    (r"\bstage\b|^\s*(put|list|ls|copy)\b|^\s*select.*@", "stages and copy"),
    (r"^\s*(use|set|unset|alter\s+session)\b|\$\w|getvariable", "session"),
    (r"^\s*merge\b", "merge"),
    (r"sequence|nextval|autoincrement|identity\b", "sequences"),
    (r"^\s*(insert|update|delete|truncate)\b", "changes of rows"),
    (r"^\s*create\b.*\bas\s+\(?(select|with)\b|\bview\b|\bclone\b", "tables and views from queries"),
    (r"^\s*(create|alter|drop|comment|undrop)\b", "definitions"),
    (r"^\s*(grant|revoke|call|execute|exec)\b|\btag\b|\buser\b", "administration"),
    (r"flatten|variant|object|array|parse_json|::json|:\w+|\[", "semi-structured"),
    (r"date|time|interval", "dates and times"),
]


def category(sql):
    return next((name for pattern, name in CATEGORIES if re.search(pattern, sql, re.I | re.S)), "queries")


def cell_of(cell):
    if isinstance(cell, bool) or cell is None or isinstance(cell, (str, int)):
        return cell
    if isinstance(cell, float):
        return cell if cell == cell and abs(cell) != float("inf") else str(cell)
    if isinstance(cell, decimal.Decimal):
        return str(cell)
    if isinstance(cell, (datetime.datetime, datetime.date, datetime.time)):
        return str(cell)
    if isinstance(cell, (bytes, bytearray)):
        return cell.hex().upper()
    return str(cell)


# What differs from run to run cannot be compared.
VOLATILE = re.compile(
    r"current_|sysdate|localtime|getdate|\brandom\b|uuid|\bseq\d\b|^\s*show\b|^\s*(ls|list|put)\b|created|last_altered|"
    r"randstr|uniform|sample|last_query_id|result_scan|is_password|version\(",
    re.I,
)


def finished(case):
    one = {key: case[key] for key in ("category", "source", "setup", "sql", "rows", "error") if key in case}
    if VOLATILE.search(one["sql"]) or not case.get("isWhole", True):
        one.pop("rows", None)
    return one


def quoted(value):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float, decimal.Decimal)):
        return str(value)
    if isinstance(value, (bytes, bytearray)):
        return f"X'{value.hex()}'"
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"


def kept_files(sql):
    """A test removes the files that it puts into stages: copies of them stay."""

    def keep(match):
        folder = Path(tempfile.gettempdir()) / "dagbook-corpus"
        folder.mkdir(exist_ok=True)
        target = folder / Path(match.group(1)).name
        shutil.copy(match.group(1), target)
        return f"file://{target}"

    return re.sub(r"file://(/[^\s']+)", keep, sql) if re.match(r"\s*put\b", sql, re.I) else sql


def with_parameters(sql, parameters):
    """Puts values in for `?` and `:1`; text inside of quotes is left alone."""
    if not isinstance(parameters, (list, tuple)):
        return sql
    values = iter(parameters)

    def put(match):
        text = match.group()
        if text == "?":
            return quoted(next(values))
        if re.fullmatch(r":\d+", text):
            return quoted(parameters[int(text[1:]) - 1])
        return text

    return re.sub(r"'(?:''|\\.|[^'])*'|\"[^\"]*\"|\$\$.*?\$\$|\?|(?<![:\w]):\d+", put, sql, flags=re.S)


def listen(recorder):
    from fakesnow.conn import FakeSnowflakeConnection
    from fakesnow.cursor import FakeSnowflakeCursor
    import fakesnow.pandas_tools as pandas_tools

    make = FakeSnowflakeConnection.__init__
    execute = FakeSnowflakeCursor.execute
    insert = pandas_tools._insert_df

    def made(self, duck, cache, database=None, schema=None, *args, **kwargs):
        make(self, duck, cache, database, schema, *args, **kwargs)
        if database and kwargs.get("create_database", True):
            recorder.setup.append(f"create database if not exists {database}")
        if database and schema and kwargs.get("create_schema", True):
            recorder.setup.append(f"create schema if not exists {database}.{schema}")
        if self.schema_set:
            recorder.setup.append(f"use schema {database}.{schema}")
        elif self.database_set:
            recorder.setup.append(f"use database {database}")
        if kwargs.get("autocommit", True) is False:
            recorder.is_lost = True

    def executed(self, command, params=None, *args, **kwargs):
        if kwargs.get("server"):
            recorder.is_lost = True
            return execute(self, command, params, *args, **kwargs)
        text, rest = self._rewrite_with_params(command, params)
        recorder.begin(self, kept_files(with_parameters(text, rest)))
        try:
            answer = execute(self, command, params, *args, **kwargs)
        except Exception as error:
            recorder.refused(error)
            raise
        recorder.accepted(self)
        return answer

    def inserted(duck, frame, name):
        columns = ", ".join(f'"{column}"' for column in frame.columns)
        rows = [[quoted(json.dumps(cell) if isinstance(cell, (dict, list)) else (cell.item() if hasattr(cell, "item") else cell))
                 for cell in row] for row in frame.itertuples(index=False)]
        recorder.setup.append(f"insert into {name} ({columns}) select * from values " + ", ".join(f"({', '.join(row)})" for row in rows))
        return insert(duck, frame, name)

    def reading(method, many):
        kept = getattr(FakeSnowflakeCursor, method)

        def read(self, *args, **kwargs):
            # One way to read calls another: only the test's own call counts.
            is_own = not recorder.is_reading
            recorder.is_reading = True
            try:
                rows = kept(self, *args, **kwargs)
            finally:
                recorder.is_reading = not is_own
            if is_own and rows is not None:
                recorder.read(self, rows if many else [rows])
            return rows

        setattr(FakeSnowflakeCursor, method, read)

    FakeSnowflakeConnection.__init__ = made
    FakeSnowflakeCursor.execute = executed
    pandas_tools._insert_df = inserted
    reading("fetchall", True)
    reading("fetchone", False)
    reading("fetchmany", True)


class Plugin:
    def __init__(self, recorder):
        self.recorder = recorder

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        self.recorder.start(item.nodeid)


def main():
    checkout = Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(checkout))
    recorder = Recorder()
    listen(recorder)
    output, sys.stdout = sys.stdout, sys.stderr
    ignored = [f"--ignore={checkout / 'tests' / name}" for name in LEFT_OUT]
    pytest.main(["-q", "-p", "no:cacheprovider", f"--rootdir={checkout}", *ignored, str(checkout / "tests")], plugins=[Plugin(recorder)])
    for case in recorder.cases:
        print(json.dumps(finished(case), ensure_ascii=False), file=output)


main()
