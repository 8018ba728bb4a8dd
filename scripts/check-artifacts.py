"""Reads dagbook's artifacts with dbt's own classes.

usage: check-artifacts.py TARGET_DIR      (with the Python of an environment that has dbt-core)

Prints one line a file that is there, and exits 1 if dbt could not read one. A manifest is also turned into what dbt-core
works on, as it does with the manifest of another parser.
"""

import sys
from pathlib import Path

from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.freshness import FreshnessExecutionResultArtifact
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.run import RunResultsArtifact
from dbt.contracts.graph.manifest import Manifest


def read_manifest(path):
    written = WritableManifest.read_and_check_versions(path)
    manifest = Manifest.from_writable_manifest(written)
    manifest.build_parent_and_child_maps()
    parents = sum(len(ids) for ids in manifest.parent_map.values())
    return f"{len(manifest.nodes)} nodes, {len(manifest.sources)} sources, {parents} edges, {len(manifest.macros)} macros"


def read_results(cls):
    return lambda path: f"{len(cls.read_and_check_versions(path).results)} results"


def read_catalog(path):
    catalog = CatalogArtifact.read_and_check_versions(path)
    return f"{len(catalog.nodes)} nodes, {len(catalog.sources)} sources"


READERS = {
    "manifest.json": read_manifest,
    "run_results.json": read_results(RunResultsArtifact),
    "sources.json": read_results(FreshnessExecutionResultArtifact),
    "catalog.json": read_catalog,
}


def main(target):
    failed = 0
    for name, read in READERS.items():
        path = target / name
        if not path.exists():
            continue
        try:
            print(f"{name}: {read(str(path))}")
        except Exception as fault:  # whatever dbt raises is the finding
            failed += 1
            print(f"{name}: {type(fault).__name__}: {str(fault)[:2000]}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
