#!/usr/bin/env python3
"""Records what real dbt selects by state on a fixture project that is changed in many ways.

usage: record.py PROJECT_DIR CHANGES.json OUT_DIR     (run by the Python that has dbt-core 1.12.6 and dbt-duckdb)

Writes base.json.gz, dbt's manifest of the project as it is, and selections.json: for each change and each way to compare, the
unique_ids that `dbt ls --select state:...` gives, or the error.
"""
import gzip, json, os, shutil, sys, tempfile
from pathlib import Path

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
from dbt.cli.main import dbtRunner

project, changes, out = Path(sys.argv[1]).resolve(), json.loads(Path(sys.argv[2]).read_text()), Path(sys.argv[3]).resolve()
WAYS = ["new", "old", "modified", "unmodified", "modified.body", "modified.configs", "modified.persisted_descriptions",
        "modified.relation", "modified.macros", "modified.contract"]

with tempfile.TemporaryDirectory() as scratch:
    base = Path(scratch) / "base"
    shutil.copytree(project, base)
    os.chdir(base)
    done = dbtRunner().invoke(["--quiet", "parse", "--project-dir", str(base), "--profiles-dir", str(base)])
    assert done.success, done.exception
    manifest = json.loads((base / "target/manifest.json").read_text())
    # dbt's own macros are long, and are not compared.
    manifest["macros"] = {uid: m for uid, m in manifest["macros"].items() if m["package_name"] == manifest["metadata"]["project_name"]}
    for node in manifest["nodes"].values():
        if "root_path" in node:
            node["root_path"] = "."
    (out / "base.json.gz").write_bytes(gzip.compress(json.dumps(manifest).encode(), mtime=0))
    recorded = []
    for change in changes:
        work = Path(scratch) / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(project, work)
        for path, old, new in change.get("edits", []):
            text = (work / path).read_text()
            assert old in text, (change["name"], path, old)
            (work / path).write_text(text.replace(old, new, 1))
        for path in change.get("remove", []):
            (work / path).unlink()
        for path, to in change.get("move", []):
            (work / to).parent.mkdir(parents=True, exist_ok=True)
            (work / path).rename(work / to)
        for path, text in change.get("new", []):
            (work / path).write_text(text)
        os.chdir(work)
        args = ["--project-dir", str(work), "--profiles-dir", str(work), "--no-partial-parse", *change.get("args", [])]
        done = dbtRunner().invoke(["--quiet", "parse", *args])
        assert done.success, (change["name"], done.exception)
        results = {}
        for way in WAYS:
            done = dbtRunner(manifest=done.result if hasattr(done.result, "nodes") else None).invoke(
                ["--quiet", "ls", "--output", "json", "--output-keys", "unique_id", "--resource-type", "all", "--indirect-selection", "empty",
                 "--select", f"state:{way}", "--state", str(base / "target"), *args[:4], *args[5:]])
            results[way] = sorted(json.loads(row)["unique_id"] for row in done.result) if done.success else "error"
        recorded.append({**change, "results": results})
        print(change["name"], {way: len(r) for way, r in results.items()}, flush=True)
    (out / "selections.json").write_text(json.dumps(recorded, indent=1) + "\n")
