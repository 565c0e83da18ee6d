"""Asks DuckDB what Athena would be asked: each statement is read by Trino's grammar (sqlglot) and written in DuckDB's.

From standard input: tables ({name, files, columns}), views and questions ({name, sql}). To standard output: the rows of each question,
and the columns of each view with their types.
"""
import json
import sys

import duckdb
import sqlglot

asked = json.load(sys.stdin)
base = duckdb.connect()


def duck(sql):
    [statement] = sqlglot.parse(sql, read="athena", error_level=sqlglot.ErrorLevel.RAISE)
    return statement.sql(dialect="duckdb")


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


HIVE = {"string": "VARCHAR", "bigint": "BIGINT", "boolean": "BOOLEAN"}


def typed(type):
    if type.startswith("array<"):
        return typed(type[6:-1]) + "[]"
    if type.startswith("struct<"):
        members = (one.split(":") for one in type[7:-1].split(","))
        return "STRUCT(" + ", ".join(f"{name} {typed(kind)}" for name, kind in members) + ")"
    return HIVE[type]


for table in asked["tables"]:
    columns = ", ".join(f"{quoted(name)}: {quoted(typed(type))}" for name, type in table["columns"])
    base.execute(
        f"CREATE VIEW {table['name']} AS SELECT * FROM read_json({quoted(table['files'])}, format='newline_delimited', "
        f"columns={{{columns}}}, hive_partitioning=true, hive_types={{'day': VARCHAR}})"
    )

views = {}
for view in asked["views"]:
    base.execute(f"CREATE VIEW {view['name']} AS {duck(view['sql'])}")
    views[view["name"]] = [[name, str(type)] for name, type, *_ in base.execute(f"DESCRIBE {view['name']}").fetchall()]

answers = {}
for question in asked["questions"]:
    cursor = base.execute(duck(question["sql"]))
    names = [name for name, *_ in cursor.description]
    answers[question["name"]] = [dict(zip(names, row)) for row in cursor.fetchall()]

json.dump({"views": views, "answers": answers}, sys.stdout, default=str)
