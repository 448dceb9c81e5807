"""Whether the data files of a release are what is said of them.

    VENV/bin/python check.py path/to/pollsmith

Uses the environment of tests/table_schema. Reads every committed results.json against the
published JSON Schema, publishes every sample for the analyst, reads its results.json against
the same schema and its data.csv against its codebook, by programs that others wrote. Copies
with faults put in have to be refused. Prints one line for each check; exits with 1 if any
fails. Nothing is asked of the network.
"""

import copy
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from frictionless import Resource, Schema
from jsonschema import Draft202012Validator

TOP = Path(__file__).resolve().parents[2]


def read(path):
    """A file of JSON."""
    return json.loads(path.read_text(encoding="utf-8"))


def faults(validator, document):
    """What the JSON Schema says against a document."""
    return [f"{error.json_path}: {error.message[:120]}" for error in validator.iter_errors(document)]


def spoilt(results):
    """Copies of some results, each with one fault, by what the fault is."""

    def change(what, edit):
        document = copy.deepcopy(results)
        edit(document)
        return what, document

    def first(document):
        return document["results"][0]

    yield change("a hidden figure with a value", lambda d: first(d).update(status="[c]", value=1))
    yield change("an unknown status", lambda d: first(d).update(status="[q]"))
    yield change("an unknown statistic", lambda d: first(d).update(statistic="mode"))
    yield change("a figure as text", lambda d: first(d).update(value="39"))
    yield change("a further field", lambda d: first(d).update(name="Ann"))
    yield change("a field that is absent", lambda d: first(d).pop("verdict"))
    yield change("an analyst's field in public", lambda d: first(d).update(se=0.1))
    yield change("a further key", lambda d: d.update(records=[]))
    yield change("an unknown profile", lambda d: d["poll"].update(profile="everybody"))


def records(folder):
    """What frictionless says against the records of a release by their codebook."""
    schema = Schema.from_descriptor(read(folder / "codebook.json"))
    report = Resource(path="data.csv", basepath=str(folder), schema=schema).validate()
    return [error.message for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


def strange(folder):
    """Whether a code that nobody declared is refused."""
    descriptor = read(folder / "codebook.json")
    names = [field["name"] for field in descriptor["fields"]]
    coded = next(field["name"] for field in descriptor["fields"] if "categories" in field)
    path = folder / "data.csv"
    header, line, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = line.split(",")
    cells[names.index(coded)] = "-77"
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    return [] if records(folder) else ["-77 is taken for an answer"]


def analysts(program, folder):
    """The release of each sample for the analyst, by its name."""
    for poll in sorted(TOP.glob("samples/**/poll.toml")):
        command = [program, "run", poll, "--profile", "analyst", "--quiet"]
        command += ["--out", f"{folder}/out", "--private", f"{folder}/private"]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        yield str(poll.parent.relative_to(TOP)), Path(run.stdout.strip()).parent


def checks(program, folder):
    """Every check: its name, and what is wrong; nothing if it holds."""
    command = [program, "schema", "json-schema", "results"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    published = sorted(TOP.glob("reports/*/results.json"))
    for path in published:
        yield f"{path.parent.name}: results.json", faults(validator, read(path))
    for what, document in spoilt(read(published[0])):
        refused = faults(validator, document)
        yield f"refused: {what}", [] if refused else ["it was taken"]
    for name, release in analysts(program, folder):
        results = read(release / "results.json")
        yield f"{name}, analyst: results.json", faults(validator, results)
        del results["results"][0]["se"]
        refused = faults(validator, results)
        yield f"{name}, analyst: a figure without se", [] if refused else ["it was taken"]
        yield f"{name}, analyst: data.csv", records(release)
        yield f"{name}, analyst: an unknown code", strange(release)


def main():
    """Runs every check; the number of failures decides the exit code."""
    program = Path(sys.argv[1]).resolve()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, wrong in checks(program, folder):
            print(f"{'FAILED' if wrong else 'passed'} {name}")
            for fault in wrong[:5]:
                print(f"  {fault}")
            failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
