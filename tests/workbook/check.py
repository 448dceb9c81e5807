"""Whether published workbooks are what a stranger's program takes them for.

    python -m venv VENV && VENV/bin/pip install -r requirements.txt
    VENV/bin/python check.py [FOLDER...]

Takes folders of releases (by default every one in `reports`), opens the workbook of each
with openpyxl, and asks: is it laid out as the guidance on accessible spreadsheets wants it,
do all links lead somewhere, and is every figure, as it is shown, the string that stands in
`results.csv`? Then it spoils copies of one workbook, each in one way, and every copy has to
be refused. Prints one line for each check; exits with 1 if any fails.
"""

import csv
import datetime
import io
import re
import sys
import tomllib
from itertools import groupby
from pathlib import Path

import openpyxl
from openpyxl.utils import range_boundaries

TOP = Path(__file__).resolve().parents[2]
FRONT = ["Cover", "Contents", "Notes"]
ONE_TABLE = "This worksheet contains one table."
BASE = "Base (unweighted)"
QUOTES = "Quotes"  # respondents' words: no figures
MARKER = re.compile(r" \[note \d+\]")
VERDICTS = {"higher": "higher", "lower": "lower", "none": "no difference found", "": "[z]"}


def table_of(sheet):
    """The cells of a sheet's table, row by row, heads first."""
    (table,) = sheet.tables.values()
    left, top, right, bottom = range_boundaries(table.ref)
    return list(sheet.iter_rows(top, bottom, left, right))


def shown(cell):
    """What a reader sees: the number with its format, or the words."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if cell.number_format == "General":
        return repr(value)
    sections = cell.number_format.split(";")
    code = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    before, places, after = re.fullmatch(
        r'(?:"([^"]*)")?#,##0(\.0+)?(?:"([^"]*)")?', code
    ).groups(default="")
    places = max(len(places) - 1, 0)
    return f"{before}{abs(value):,.{places}f}{after}"


def bare(head):
    """A head without its unit and notes."""
    return MARKER.sub("", head).removesuffix(" (%)").removesuffix(" (points)")


# The layout.


def front(book, _records, poll):
    """The sheets in front, and what the file says of itself."""
    if book.sheetnames[:3] != FRONT:
        yield f"begins with {book.sheetnames[:3]}"
    about = book.properties
    report = poll.get("report", {})
    day = report.get("published", datetime.date(1980, 1, 1))
    for name in ("created", "modified"):
        if getattr(about, name).date() != day:
            yield f"{name} {getattr(about, name)}, not {day}"
    for name in ("creator", "lastModifiedBy"):
        if (getattr(about, name) or "") != report.get("organisation", ""):
            yield f"{name} is `{getattr(about, name)}`"
    if poll["title"] not in about.title or not about.subject:
        yield f"title `{about.title}`, subject `{about.subject}`"
    if poll.get("synthetic") and not about.title.startswith("Synthetic data"):
        yield "made-up data are not marked in the title"


def plain(book, _records, _poll):
    """Nothing merged, frozen, filtered, hidden, calculated, drawn, coloured or noted."""
    for sheet in book:
        where = f"`{sheet.title}`"
        hidden = [d for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
                  if d.hidden]
        if hidden or sheet.sheet_state != "visible":
            yield f"{where} or part of it is hidden"
        if sheet.merged_cells.ranges or sheet.freeze_panes or sheet.auto_filter.ref:
            yield f"{where} has merged cells, frozen panes or a filter"
        if sheet._images or sheet._charts or sheet.conditional_formatting:
            yield f"{where} has pictures or rules of colour"
        if re.search(r"[^\w-]", sheet.title) or len(sheet.title) > 31:
            yield f"{where} is no name for a sheet"
        for cell in (cell for row in sheet for cell in row if cell.value is not None):
            at = f"{where} {cell.coordinate}"
            if cell.data_type not in "sn" or cell.comment:
                yield f"{at} is a formula or has a comment"
            if cell.fill.fill_type or (cell.font.color and cell.font.color.rgb is not None
                                       and cell.font.color.type == "rgb"):
                yield f"{at} is coloured"
            size = 16 if cell.coordinate == "A1" else 12
            if (cell.font.name, cell.font.sz) != ("Arial", size):
                yield f"{at} is in {cell.font.name} {cell.font.sz}"
    if len({name.lower() for name in book.sheetnames}) < len(book.sheetnames):
        yield "two sheets have one name"


def tables(book, _records, _poll):
    """One named table a sheet, from the first column to the last cell, without a gap."""
    names = []
    for sheet in book.worksheets[1:]:
        where = f"`{sheet.title}`"
        if not sheet["A1"].value or not sheet["A1"].font.b or sheet["A2"].value != ONE_TABLE:
            yield f"{where} has no title or does not say that it has one table"
        if len(sheet.tables) != 1:
            yield f"{where} has {len(sheet.tables)} tables"
            continue
        (table,) = sheet.tables.values()
        names.append(table.name)
        left, top, right, bottom = range_boundaries(table.ref)
        if (left, right, bottom) != (1, sheet.max_column, sheet.max_row) or table.autoFilter:
            yield f"{where}: the table is {table.ref}, the sheet {sheet.dimensions}"
        if table.headerRowCount != 1 or table.tableStyleInfo.name or table.totalsRowCount:
            yield f"{where}: the table has a look, a last row or no heads"
        heads = [cell.value for cell in sheet[top]]
        if heads != [column.name for column in table.tableColumns]:
            yield f"{where}: heads and columns differ"
        if any(cell.value in (None, "") for row in table_of(sheet) for cell in row):
            yield f"{where}: a cell is empty"
        above = [row[0].value for row in sheet.iter_rows(1, top - 1)]
        if not all(above):
            yield f"{where}: there is a gap above the table"
    if len(set(names)) < len(names):
        yield "two tables have one name"


def links(book, _records, _poll):
    """Contents lead to every table, every table back, and all notes are there."""
    listed = []
    for sheet in book:
        targets = []
        for row in sheet:
            for cell in (cell for cell in row if cell.hyperlink):
                name, place = re.fullmatch(r"'(.*)'!(\w+)", cell.hyperlink.location or "").groups()
                targets.append(name)
                if name not in book.sheetnames or place != "A1" or cell.hyperlink.target:
                    yield f"`{sheet.title}` {cell.coordinate} leads to {cell.hyperlink.location}"
        if sheet.title == "Contents":
            listed = targets
        elif "Contents" not in targets:
            yield f"`{sheet.title}` does not lead back"
    if listed != book.sheetnames[3:]:
        yield "contents are not the sheets"
    notes = {f" [{row[0].value}]" for row in table_of(book["Notes"])[1:]}
    for sheet in book.worksheets[3:]:
        if sheet.title == QUOTES:
            continue
        words = [cell.value for row in table_of(sheet) for cell in row]
        used = {m for word in words if isinstance(word, str) for m in MARKER.findall(word)}
        if not used or used - notes:
            yield f"`{sheet.title}` has notes {used}, of which {used - notes} are nowhere"


# The figures.


def expected(record):
    """How a record's value is shown, bounds and comparison included."""
    def number(text):
        whole, dot, places = text.removeprefix("-").partition(".")
        sign = "−" if text.startswith("-") else ""
        return f"{sign}{int(whole):,}{dot}{places}" if text else "[z]"

    value = number(record["value"]) if record["value"] else ""
    status = record["status"] or ("" if value else "[x]")
    verdict = VERDICTS[record["verdict"]]
    if record["table"].endswith("-waves"):
        # What a wave did not ask has a dash.
        status = "-" if status == "[z]" and not value else status
        verdict = "no clear change" if record["verdict"] == "none" else verdict
        if record["statistic"] == "change" and float(record["value"] or 0) > 0:
            value = f"+{value}"
    return {
        "value": f"{value} {status}".strip(),
        "low": number(record["low"]),
        "high": number(record["high"]),
        "verdict": verdict,
    }


def compare(where, cells, record):
    """The cells of one figure against its record."""
    wanted = expected(record)
    for part, cell in cells.items():
        said = shown(cell).replace("%", "")
        if part in ("low", "high") and not record[part] and said == "set by weighting":
            continue
        if said != wanted[part]:
            yield f"{where} {cell.coordinate}: shown `{said}`, {part} `{wanted[part]}`"
        if isinstance(cell.value, float) and cell.number_format != "General":
            places = len(shown(cell).partition(".")[2].rstrip("% []bu"))
            if round(cell.value, places) != cell.value:
                yield f"{where} {cell.coordinate}: {cell.value} has more places than are shown"


def columns(heads):
    """For each column of the page, its columns in the sheet: value, low, high, verdict."""
    found = {}
    for at, head in enumerate(heads[1:], 1):
        for end, part in [(", lower bound", "low"), (", upper bound", "high"),
                          (", compared with the rest", "verdict"),
                          (", result of the test", "verdict"), ("", "value")]:
            if bare(head).endswith(end):
                name = bare(head).removesuffix(end)
                # A topline's bounds stand under a head of their own.
                if name not in found and part != "value":
                    name = next(iter(found))
                found.setdefault(name, {})[part] = at
                break
    return found


def bases(where, heads, rows, records):
    """The unweighted bases against those of the first line's records."""
    names = [bare(head.value) for head in heads]
    lines = [line for _, line in lines_of(records)]
    if BASE in names:
        at = names.index(BASE)
        pairs = [(row[at], next(iter(line.values()))) for row, line in zip(rows, lines)]
    else:
        (row,) = (row for row in rows if bare(row[0].value) == BASE)
        # A topline has one column, whatever its head.
        line = {names[1]: lines[0]["Total"]} if list(lines[0]) == ["Total"] else lines[0]
        pairs = [(row[names.index(name)], record) for name, record in line.items()]
    for cell, record in pairs:
        if record["base"] and shown(cell) != f"{int(record['base']):,}":
            yield f"{where} {cell.coordinate}: base {shown(cell)}, not {record['base']}"


def lines_of(records):
    """The records of one sheet as its lines: label, then record by column."""
    battery = records[0]["item"] and not records[0]["banner"]
    row, column = ("item", "answer") if battery else ("answer", "group")
    for label, line in groupby(records, lambda r: (r[row], "" if battery else r["statistic"])):
        by_column = {}
        for record in line:
            by_column[record[column].removeprefix("'")] = record
        yield label[0].removeprefix("'"), by_column


def rows_of_waves(records):
    """The records of one trend as its lines: label, then record by column. A line ends with
    its change."""
    line = {}
    for record in records:
        change = record["statistic"] == "change"
        line[f"Change since {record['compared_with']}" if change else record["wave"]] = record
        if change:
            yield record["answer"].removeprefix("'"), line
            line = {}


def waves(sheets, records):
    """Every figure of an earlier wave and every change."""
    def sheet_key(record):
        return record["table"], record["item"]

    compared = 0
    parts = [(key, list(part)) for key, part in groupby(records, sheet_key)]
    if len(sheets) != len(parts):
        yield f"{len(sheets)} sheets hold {len(parts)} trends"
    for sheet, ((name, item), part) in zip(sheets, parts):
        where = f"`{sheet.title}`"
        if not sheet.title.startswith(name[:28]) or item not in sheet["A1"].value:
            yield f"{where} is where `{name}` {item} should be"
        heads, *rows = table_of(sheet)
        places = columns([cell.value for cell in heads])
        lines = list(rows_of_waves(part))
        if len(rows) != len(lines) + 1:
            yield f"{where} has {len(rows)} rows for {len(lines)} lines and the base"
        for row, (label, line) in zip(rows, lines):
            if row[0].value != label:
                yield f"{where}: `{row[0].value}` stands in the line of `{label}`"
            for column, record in line.items():
                cells = {part: row[at] for part, at in places[column].items()}
                yield from compare(where, cells, record)
                compared += 1
    if compared != len(records):
        yield f"{compared} of {len(records)} figures of waves stand in the book"


def figures(book, records, _poll):
    """Every figure of every question, in the order of the data file."""
    def sheet_key(record):
        return record["table"], record["item"] if record["banner"] else ""

    sheets = [s for s in book.worksheets[3:] if s.title != QUOTES]
    sheets = [s for s in sheets if not s.title.startswith("who-answered")]
    trends = [s for s in sheets if s["A1"].value.endswith(", by wave")]
    sheets = [s for s in sheets if s not in trends]
    trends = [s for s in trends if any("Change since" in c.value for c in table_of(s)[0])]
    yield from waves(trends, [r for r in records if r["table"].endswith("-waves")])
    records = [r for r in records if not r["table"].endswith("-waves")]
    parts = [(key, list(part)) for key, part in groupby(records, sheet_key)]
    if len(sheets) != len(parts):
        yield f"{len(sheets)} sheets hold {len(parts)} tables"
        return
    compared = 0
    for sheet, ((name, _), part) in zip(sheets, parts):
        where = f"`{sheet.title}`"
        if not sheet.title.startswith(name[:28]):
            yield f"{where} is where `{name}` should be"
        heads, *rows = table_of(sheet)
        places = columns([cell.value for cell in heads])
        yield from bases(where, heads, rows, part)
        for row, (label, line) in zip(rows, lines_of(part)):
            if row[0].value != label:
                yield f"{where}: `{row[0].value}` stands in the line of `{label}`"
            # A topline has one column, whatever its head.
            only = next(iter(places)) if list(line) == ["Total"] else None
            for group, record in line.items():
                cells = {part: row[at] for part, at in places[only or group].items()}
                yield from compare(where, cells, record)
                compared += 1
    if compared != len(records):
        yield f"{compared} of {len(records)} figures stand in the book"


CHECKS = {
    "front and properties": front,
    "nothing hidden, merged, frozen, filtered or coloured": plain,
    "one named table a sheet": tables,
    "links and notes": links,
    "figures are those of results.csv": figures,
}


# Spoilt copies.


def first_number(book):
    """A cell of a table that holds a percentage."""
    rows = table_of(book.worksheets[3])
    return next(c for row in rows for c in row if isinstance(c.value, (int, float)))


def first_change(book):
    """A cell that holds a change since an earlier wave, in points."""
    for rows in map(table_of, book.worksheets[1:]):
        for at, head in enumerate(rows[0]):
            for cell in (row[at] for row in rows[1:] if head.value.endswith(" (points)")):
                if isinstance(cell.value, (int, float)):
                    return cell
    raise StopIteration


def set_value(cell, value):
    cell.value = value


SPOILT = {
    "a figure is one too high": lambda b: set_value(first_number(b), first_number(b).value + 1),
    "a change is one too high": lambda b: set_value(first_change(b), first_change(b).value + 1),
    "a figure keeps its places": lambda b: set_value(first_number(b), first_number(b).value + 0.01),
    "a cell is a formula": lambda b: set_value(first_number(b), "=1+1"),
    "a cell is empty": lambda b: set_value(first_number(b), None),
    "cells are merged": lambda b: b.worksheets[3].merge_cells("A1:B1"),
    "a row is hidden": lambda b: setattr(b.worksheets[3].row_dimensions[5], "hidden", True),
    "a sheet is hidden": lambda b: setattr(b.worksheets[4], "sheet_state", "hidden"),
    "panes are frozen": lambda b: setattr(b.worksheets[3], "freeze_panes", "B2"),
    "a link leads nowhere": lambda b: setattr(
        b["Contents"][b["Contents"].max_row][0].hyperlink, "location", "'nowhere'!A1"),
    "a title is gone": lambda b: set_value(b.worksheets[3]["A1"], None),
    "a person is the author": lambda b: setattr(b.properties, "creator", "A. Person"),
    "a base is another": lambda b: set_value(table_of(b.worksheets[3])[-2][1], 12),
    "a label is another": lambda b: set_value(table_of(b.worksheets[3])[1][0], "Perhaps"),
}


def faults(book, records, poll):
    """Everything that any check says, by its name."""
    for name, check in CHECKS.items():
        try:
            yield name, list(check(book, records, poll))
        except (AttributeError, KeyError, StopIteration, TypeError, ValueError) as error:
            yield name, [f"it cannot be read: {error!r}"]


def spoilt(path, records, poll):
    """Each copy that is spoilt, and what is wrong if nobody minds, or if somebody minds a
    copy that is not."""
    for name, spoil in {"nothing": lambda _: None, **SPOILT}.items():
        book = openpyxl.load_workbook(path)
        spoil(book)
        # openpyxl signs what nobody has signed.
        book.properties.creator = book.properties.creator or ""
        copy = io.BytesIO()
        book.save(copy)
        book = openpyxl.load_workbook(copy)
        book.properties.modified = book.properties.created
        said = [fault for _, said in faults(book, records, poll) for fault in said]
        if name == "nothing":
            yield "a copy as it is", said
        else:
            yield f"refused: {name}", [] if said else ["nobody minds"]


def release(folder):
    """A release's workbook, the records beside it and its poll file."""
    with (folder / "results.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    polls = (path.read_text(encoding="utf-8") for path in TOP.glob("samples/**/poll.toml"))
    (poll,) = (poll for poll in map(tomllib.loads, polls) if poll["id"] == folder.name)
    return folder / "tables.xlsx", records, poll


def main():
    """Runs every check; the number of failures decides the exit code."""
    folders = [Path(folder) for folder in sys.argv[1:]] or sorted(TOP.glob("reports/*/"))
    failed = 0
    for folder in folders:
        path, records, poll = release(folder)
        checked = list(faults(openpyxl.load_workbook(path), records, poll))
        if folder is folders[-1]:
            checked += spoilt(path, records, poll)
        for name, said in checked:
            print(f"{'FAILED' if said else 'passed'} {folder.name}: {name}")
            for fault in said[:5]:
                print(f"  {fault}")
            failed += bool(said)
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
