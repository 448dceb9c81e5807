"""Makes the chart fonts: a subset of Source Sans 3, renamed PollSans.

Takes two TTF files of the npm package `source-sans` 3.52.0 (SIL Open Font License 1.1),
gives beside this script a TTF of each for measuring and outlines, without layout tables,
and a WOFF2 of each for the page, with kerning. Prints the SHA-256 of every file, which
`mod.rs` pins in a test. The licence reserves the name "Source", so every name record is
written anew.

    npm pack source-sans@3.52.0 && tar xzf source-sans-3.52.0.tgz
    pip install fonttools==4.68.0 brotli==1.2.1
    python3 subset.py package/TTF
"""

import hashlib
import pathlib
import sys

import brotli
import fontTools
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

VERSIONS = {"fonttools": "4.68.0", "brotli": "1.2.1"}
FAMILY = "PollSans"
WEIGHTS = {"Regular": "SourceSans3-Regular.ttf", "SemiBold": "SourceSans3-Semibold.ttf"}
# Seconds since 1904 of 2024-01-01: the font's own date, so that no clock is asked.
MODIFIED = 3786912000
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A
    *range(0x218, 0x21C),  # Romanian S and T with comma below
    *range(0x2010, 0x2016),  # hyphens and dashes
    *range(0x2018, 0x201F),  # quotation marks
    *range(0x2020, 0x2023),  # daggers, bullet
    *map(ord, "\u2026\u2030\u2032\u2033\u2039\u203a\u2044"),
    *map(ord, "\u20ac\u2122\u2190\u2191\u2192\u2193\u2212\u2248\u2260\u2264\u2265"),
    *map(ord, "\u25b2\u25b6\u25bc\u25c0\u25c6\u25cf\u25a0\u2713\u1e80\u1e81\u1e82\u1e83"),
    *map(ord, "\u1e84\u1e85\u1ef2\u1ef3\u1e9e"),  # Welsh W and Y, German capital sharp s
]
COPYRIGHT = (
    "Copyright 2010-2024 Adobe (http://www.adobe.com/), with Reserved Font Name"
    " 'Source'. This is a modified subset under another name."
)
LICENCE = (
    "This Font Software is licensed under the SIL Open Font License, Version 1.1."
)


def rename(font, style):
    """Writes every name record anew, without the reserved name."""
    table = font["name"]
    table.names = []
    records = {
        0: COPYRIGHT,
        1: FAMILY if style == "Regular" else f"{FAMILY} {style}",
        2: "Regular",
        3: f"{FAMILY}-{style}-1",
        4: f"{FAMILY} {style}",
        5: "Version 1.000",
        6: f"{FAMILY}-{style}",
        13: LICENCE,
        14: "https://openfontlicense.org",
        16: FAMILY,
        17: style,
    }
    for number, text in records.items():
        table.setName(text, number, 3, 1, 0x409)


def subset(path, features):
    """The font with our characters only, and the given layout features."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = []
    options.drop_tables += ["BASE", "DSIG", "gasp", "meta"]
    if not features:
        options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font["head"].modified = MODIFIED
    return font


def write(font, style, path, flavor):
    """Writes one file and prints its SHA-256 and size."""
    rename(font, style)
    font.flavor = flavor
    font.save(path)
    data = path.read_bytes()
    print(hashlib.sha256(data).hexdigest(), path.name, len(data))


def main(folder):
    """Makes the four files from the folder of TTF files."""
    installed = {"fonttools": fontTools.version, "brotli": brotli.__version__}
    if installed != VERSIONS:
        sys.exit(f"versions differ: {installed}, expected {VERSIONS}")
    here = pathlib.Path(__file__).parent
    for style, name in WEIGHTS.items():
        source = pathlib.Path(folder) / name
        write(subset(source, []), style, here / f"{FAMILY}-{style}.ttf", None)
        write(subset(source, ["kern"]), style, here / f"{FAMILY}-{style}.woff2", "woff2")


if __name__ == "__main__":
    main(sys.argv[1])
