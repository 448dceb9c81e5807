"""Writes the awkward poll beside this file: schema, poll file and made-up answers.

Its words are what a layout breaks on: labels of 300 letters, one of them a single word,
writing from right to left, marks that turn its direction, emoji, forty answers, an answer
that everybody gave, one that is hidden everywhere, and words that would be markup.

    python3 tests/awkward/make.py
"""

import csv
import json
import random
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20240113
PEOPLE = 600
ORGANISATION = "Invented & <Sons> \u202eLtd\u202c 😀"

LONG = ("The way in which schools are inspected ought to be looked at again from the very beginning "
        "by people who have worked in them, with time to listen to those who teach and learn there, "
        "and without a date by which the answer is already known, whatever it costs and whoever it "
        "may please or offend")
WORD = "Donaudampfschiff" * 19

QUESTIONS = {
    "long": [LONG, LONG.upper(), WORD, "Short"],
    "rtl": ["כן, בהחלט (3)", "لا أوافق على ذلك", "\u202eturned\u202c round", "Left to right"],
    "emoji": ["👩🏽‍🏫 Teacher", "🏴󠁧󠁢󠁷󠁬󠁳󠁿 Cymru", "😀😀😀", "ŵ ŷ ŵyth “quoted” – dash — − → ▲ ½ € £"],
    "markup": ["<script>alert(1)</script>", "]]> <![CDATA[", "\" onload=\"alert(1)", "--> <!-- </style>",
               "&amp; &lt; &#x26; {braces} {{7*7}}"],
    "forty": [f"Answer {number} of forty, with some more words" for number in range(1, 41)],
    "everybody": ["Yes", "No"],
}
TITLES = {
    "long": LONG + "?",
    "rtl": "שאלה and \u202eenoemos\u202c?",
    "emoji": "Which of these 😀?",
    "markup": "<b>Bold</b> & \"quoted\" ]]> title",
    "forty": "One of forty",
    "everybody": "Was it so?",
}
SCALE = ["Strongly agree " + LONG, "Agree", "Neither", "Disagree", "😀 disagree"]
GROUPS = ["<i>Group</i> & one", "קבוצה", LONG, WORD, "😀"]


def quoted(text):
    """A TOML string; JSON's escapes are TOML's, but for the planes above the first."""
    return json.dumps(text, ensure_ascii=False).replace("\u202e", "\\u202e").replace("\u202c", "\\u202c")


def categories(answers):
    return "[" + ", ".join(f"{{ value = \"{i}\", label = {quoted(a)}, id = \"a{i}\" }}" for i, a in enumerate(answers)) + "]"


def schema():
    lines = ["#:schema ../../schemas/json/schema.json", "# Made by make.py: words on which a layout breaks.",
             "format = 1", 'id = "awkward"', "", "[source]", 'dialect = "plain"', "header_rows = 1", 'delimiter = ","',
             'missingValues = [{ value = "", label = "No answer" }]',
             'key = { column = "id", duplicates = "reject" }', ""]
    lines += ["[question.group]", 'kind = "single"', f"title = {quoted(GROUPS[0] + ' by group')}", "report = false",
              f"categories = {categories(GROUPS)}", ""]
    for name, answers in QUESTIONS.items():
        lines += [f"[question.{name}]", 'kind = "single"', f"title = {quoted(TITLES[name])}",
                  f"text = {quoted(TITLES[name] + ' ' + LONG)}", f'column = "{name}"',
                  f"categories = {categories(answers)}",
                  f"note = {quoted('<script>alert(2)</script> ]]> ' + GROUPS[1])}", ""]
    lines += ["# Asked of so few that nothing of it may be shown.", "[question.few]", 'kind = "single"',
              'title = "Asked of few"', 'asked_if = "everybody = \'No\'"', 'categories = ["Yes", "No"]', ""]
    lines += ["[question.views]", 'kind = "grid"', 'title = "Views <of> everything"',
              "rows = [" + ", ".join(f"{{ label = {quoted(a)}, id = \"r{i}\", column = \"views{i}\" }}"
                                     for i, a in enumerate(QUESTIONS["long"] + QUESTIONS["rtl"])) + "]",
              f"categories = {categories(SCALE)}",
              "categoriesOrdered = true",
              f"nets = {{ {quoted('All who agree: ' + LONG)} = [{quoted(SCALE[0])}, \"Agree\"] }}", ""]
    lines += ["[question.score]", 'kind = "single"', f"title = {quoted('Score ' + WORD)}", "range = [0, 10]",
              "nps = true", ""]
    lines += ["[question.hours]", 'kind = "number"', f"title = {quoted('Hours ' + GROUPS[1])}", 'unit = "<hours>"', ""]
    return "\n".join(lines)


def poll():
    return f'''#:schema ../../schemas/json/poll.json
# Made by make.py: words on which a layout breaks.
format = 1
id = "awkward"
title = {quoted("<script>alert(0)</script> ]]> " + LONG)}
schema = "schema.toml"
data = ["responses.csv"]
synthetic = true
wave = "2024-01"

[method]
sampling = "nonprobability"
sponsor = {quoted("Invented & <b>Sons</b> ]]> קבוצה")}
mode = {quoted(WORD)}
limitations = {quoted("</style><script>alert(3)</script>")}

[tables]
banner = ["group"]

[report]
status = "embargoed"
organisation = {quoted(ORGANISATION)}
'''


def answers():
    chance = random.Random(SEED)
    views = [f"views{number}" for number in range(8)]
    yield ["id", "group", *QUESTIONS, "few", *views, "score", "hours"]
    for person in range(1, PEOPLE + 1):
        weights = [50, 30, 12, 6, 2]
        row = [person, chance.choices(range(5), weights)[0]]
        for name, options in QUESTIONS.items():
            # All but three say Yes.
            row.append(int(person <= 3) if name == "everybody" else chance.randrange(len(options)))
        row.append(chance.choice(["Yes", "No"]) if person <= 3 else "")
        row += [chance.choices(range(5), [5, 4, 3, 2, 1])[0] for _ in views]
        row += [chance.randint(0, 10), chance.randint(1, 90)]
        yield row


(HERE / "schema.toml").write_text(schema(), encoding="utf-8")
(HERE / "poll.toml").write_text(poll(), encoding="utf-8")
with open(HERE / "responses.csv", "w", encoding="utf-8", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(answers())
