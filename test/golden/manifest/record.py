#!/usr/bin/env python3
"""Records what real dbt makes of a fixture project: the facts of its manifest, and selections.

usage: record.py VENV PROJECT_DIR OUT.json      (VENV holds dbt-core 1.12.6 with its adapters)

The project is copied first, so that nothing is written beside it. Paths of this machine do not enter the facts.
"""
import json, os, shutil, subprocess, sys, tempfile
from pathlib import Path

venv, project, out = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
KINDS = ("nodes", "sources", "exposures", "metrics", "semantic_models", "saved_queries", "unit_tests", "functions")
FACTS = ("resource_type name package_name path original_file_path fqn database schema alias relation_name tags meta description "
         "config columns refs sources raw_code patch_path access version latest_version test_metadata column_name attached_node group "
         "identifier source_name loader loaded_at_field loaded_at_query freshness source_description quoting "
         "type owner label maturity url given expect overrides model constraints deprecation_date language unrendered_config").split()
COLUMN = ("name", "description", "data_type", "meta", "quote", "tags")

with tempfile.TemporaryDirectory() as scratch:
    work = Path(scratch) / "project"
    shutil.copytree(project, work)
    env = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DBT_PROFILES_DIR": str(work), "TZ": "UTC", "PYTHONHASHSEED": "0"}

    def dbt(*args):
        done = subprocess.run([venv / "bin/dbt", "--quiet", *args], cwd=work, env=env, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    code, text, fault = dbt("parse", "--no-partial-parse")
    if code:
        sys.exit(text + fault)
    manifest = json.loads((work / "target/manifest.json").read_text())

    def facts(node):
        row = {key: node[key] for key in FACTS if key in node}
        row["depends_on"] = {key: (node.get("depends_on") or {}).get(key, []) for key in ("nodes", "macros")}
        row["columns"] = {name: {key: column.get(key) for key in COLUMN} for name, column in (node.get("columns") or {}).items()}
        checksum = node.get("checksum")
        if isinstance(checksum, dict):
            row["checksum"] = checksum["checksum"]
        return row

    nodes = {uid: facts(node) for kind in KINDS for uid, node in (manifest.get(kind) or {}).items()}
    disabled = {uid: len(rows) for uid, rows in manifest["disabled"].items()}
    selections = []
    file = project / "selections.txt"
    for line in file.read_text().splitlines() if file.exists() else []:
        if not line or line.startswith("#"):
            continue
        args = line.split("\t")
        code, text, fault = dbt("ls", "--output", "json", "--output-keys", "unique_id", *args)
        ids = sorted(json.loads(row)["unique_id"] for row in text.splitlines() if row.startswith("{"))
        selections.append({"args": args, "result": ids if code == 0 else "error"})
        print(code, len(ids), *args, text[-300:] if code else "")
    docs = {uid: doc["block_contents"] for uid, doc in manifest["docs"].items() if not uid.startswith("doc.dbt.")}
    groups = {uid: group["owner"] for uid, group in manifest["groups"].items()}
    out.write_text(json.dumps({"dbt": manifest["metadata"]["dbt_version"], "nodes": nodes, "disabled": disabled, "docs": docs,
                               "groups": groups, "selections": selections}, indent=1, sort_keys=True) + "\n")
    print(out, len(nodes), "nodes", len(disabled), "disabled", len(selections), "selections")
