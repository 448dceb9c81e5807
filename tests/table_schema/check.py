"""Whether exported Table Schemas are what another program takes them for.

    python -m venv VENV && VENV/bin/pip install -r requirements.txt
    VENV/bin/python check.py path/to/pollsmith

Takes the program, exports the schema of every sample, and gives both to frictionless: the
schema has to be valid, the sample's data have to fit it, and copies of the data with faults
put in have to be refused, each fault at its own field. Prints one line for each check; exits
with 1 if any fails. Nothing is asked of the network.
"""

import csv
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from frictionless import Resource, Schema, validate

TOP = Path(__file__).resolve().parents[2]
STRANGER = "an answer that nobody offered"


def export(program, schema, *options):
    """The schema's Table Schema, as text."""
    command = [program, "schema", "export", "--to", "table-schema", schema, *options]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return run.stdout


def samples():
    """Each sample's name, schema, files of data, and the columns of its design."""
    for path in sorted(TOP.glob("samples/**/poll.toml")):
        poll = tomllib.loads(path.read_text(encoding="utf-8"))
        design = poll.get("design", {})
        columns = []
        for key in ("weight", "strata", "psu", "population"):
            named = design.get(key, [])
            columns += [named] if isinstance(named, str) else named
        name = str(path.parent.relative_to(TOP / "samples"))
        data = [path.parent / file for file in poll["data"]]
        yield name, path.parent / poll["schema"], data, columns


def all_errors(report):
    """What a report says of the whole and of each of its files."""
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]


def schema_faults(descriptor):
    """What frictionless says against a schema."""
    report = validate(descriptor, type="schema")
    return [error.message for error in all_errors(report)]


def data_faults(path, descriptor):
    """Field, kind and words of what frictionless says against a file."""
    schema = Schema.from_descriptor(descriptor)
    resource = Resource(path=path.name, basepath=str(path.parent), schema=schema)
    errors = all_errors(resource.validate())
    return [(getattr(e, "field_name", None), e.type, e.message) for e in errors]


def spoil(path, folder, change):
    """A copy of a file, its rows changed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    change(header, rows)
    copy = Path(folder) / "spoilt.csv"
    with copy.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return copy


def ranges(field):
    """The numbers that mean no answer, as ranges."""
    return [m for m in field.get("survey:missingValues", []) if "from" in m]


def mended(path, descriptor, folder):
    """The file, or a copy in which is done what our schema says and the standard has no word
    for: byte order marks within cells are overlooked, ranges of numbers mean no answer."""
    fields = descriptor["fields"]
    invisible = any("invisible" in field.get("survey:fold", []) for field in fields)
    if not invisible and not any(map(ranges, fields)):
        return path

    def number(cell):
        try:
            return float(cell)
        except ValueError:
            return None

    def change(header, rows):
        for row in rows:
            row[:] = [cell.replace("\ufeff", "") for cell in row]
            for field in filter(ranges, fields):
                at = header.index(field["name"])
                value = number(row[at])
                missing = (r for r in ranges(field) if value is not None)
                if any(r["from"] <= value <= r["to"] for r in missing):
                    row[at] = ""

    return spoil(path, folder, change).rename(Path(folder) / path.name)


def unknown_answers(path, descriptor, folder):
    """Puts one unknown answer into every column with a list; names those let through."""
    listed = [field["name"] for field in descriptor["fields"] if "categories" in field]
    if not listed:
        return ["no field has a list of answers"]

    def change(header, rows):
        for row, name in enumerate(listed):
            rows[row % len(rows)][header.index(name)] = STRANGER

    faults = data_faults(spoil(path, folder, change), descriptor)
    caught = {name for name, kind, _ in faults if kind in ("constraint-error", "type-error")}
    return [f"`{name}` took an unknown answer" for name in listed if name not in caught]


def repeated_key(path, descriptor, folder):
    """Gives the second row the key of the first; says so if nobody minds."""
    key = descriptor.get("primaryKey")
    if key is None:
        return []

    def change(header, rows):
        rows[1][header.index(key[0])] = rows[0][header.index(key[0])]

    faults = data_faults(spoil(path, folder, change), descriptor)
    minded = any(kind in ("primary-key", "unique-error") for _, kind, _ in faults)
    return [] if minded else ["a key that occurs twice was taken"]


def further_column(path, descriptor, folder):
    """Adds a column that nothing names; says so if it is taken against the schema's word."""

    def change(header, rows):
        for row, cell in zip([header, *rows], ["unheard of"] + ["x"] * len(rows)):
            row.append(cell)

    minded = bool(data_faults(spoil(path, folder, change), descriptor))
    wanted = descriptor["fieldsMatch"] in ("exact", "equal")
    return [] if minded == wanted else [f"an unknown column: refused {minded}, not {wanted}"]


SPOILT = {
    "unknown answers are refused": unknown_answers,
    "a repeated key is refused": repeated_key,
    "a further column is taken or refused, as declared": further_column,
}


def checks(program, folder):
    """Every check: its name, and what is wrong; nothing if it holds."""
    for schema in sorted(TOP.glob("schemas/*.toml")):
        for options in ([], ["--labelled"]):
            name = " ".join([schema.name, *options])
            text = export(program, schema, *options)
            yield f"{name}: a valid schema", schema_faults(json.loads(text))
    for name, schema, data, design in samples():
        for path in data:
            options = ["--data", path] + (["--design", ",".join(design)] if design else [])
            descriptor = json.loads(export(program, schema, *options))
            path = mended(path, descriptor, folder)
            yield f"{name}: the data fit", [words for *_, words in data_faults(path, descriptor)]
            for title, spoilt in SPOILT.items():
                yield f"{name}: {title}", spoilt(path, descriptor, folder)


def main():
    """Runs every check; the number of failures decides the exit code."""
    program = Path(sys.argv[1]).resolve()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, faults in checks(program, folder):
            print(f"{'FAILED' if faults else 'passed'} {name}")
            for fault in faults[:5]:
                print(f"  {fault}")
            failed += bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
