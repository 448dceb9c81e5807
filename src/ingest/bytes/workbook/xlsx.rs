//! Excel workbooks as Excel 2007 and later write them (ECMA-376, part 1): sheets and cells.
//!
//! Reads cells as they stand in the file, one after the other; holds the table of texts
//! and nothing else of a sheet. Formulas give the value that was saved with them.

use std::io;

use super::super::trouble::{Trouble, damaged};
use super::super::unpack::PART;
use super::super::zip::Archive;
use super::cell::{self, Shown};
use super::xml::{Element, Node, Xml};
use super::{Book, Cell, LARGEST, Listed, Take};

/// An open workbook.
pub(super) struct Xlsx<'a> {
    archive: Archive<'a>,
    sheets: Vec<Listed>,
    /// Where each sheet is, in the same order.
    paths: Vec<String>,
    strings: Vec<String>,
    formats: Vec<Shown>,
    from_1904: bool,
}

/// One part's link to another.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl<'a> Xlsx<'a> {
    /// Reads everything but the sheets.
    pub(super) fn open(mut archive: Archive<'a>) -> io::Result<Self> {
        let roots = relations(&mut archive, "")?;
        let path =
            target(&roots, "officeDocument").ok_or_else(|| damaged("it has no workbook"))?;
        let relations = relations(&mut archive, path)?;
        let path = path.to_owned();
        let strings = match target(&relations, "sharedStrings") {
            Some(path) => strings(&mut archive, path)?,
            None => Vec::new(),
        };
        let formats = match target(&relations, "styles") {
            Some(path) => formats(&mut archive, path)?,
            None => Vec::new(),
        };
        let (sheets, paths, from_1904) = workbook(&mut archive, &path, &relations)?;
        Ok(Self { archive, sheets, paths, strings, formats, from_1904 })
    }

    /// The text of a cell, whose attributes and content have been read.
    fn value(&self, kind: &str, style: usize, content: String) -> io::Result<String> {
        Ok(match kind {
            "s" => {
                let text = content.trim().parse().ok().and_then(|i: usize| self.strings.get(i));
                text.ok_or_else(|| damaged("a cell names a text that is not there"))?.clone()
            }
            "b" => match content.trim() {
                "1" | "true" => cell::truth(true).to_owned(),
                "0" | "false" => cell::truth(false).to_owned(),
                _ => content,
            },
            "d" => cell::iso(content.trim()),
            "str" => unescaped(&content),
            "n" | "" => match content.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => {
                    let shown = self.formats.get(style).copied().unwrap_or(Shown::Number);
                    cell::dated(value, shown, self.from_1904)
                }
                _ => content,
            },
            _ => content,
        })
    }
}

impl Book for Xlsx<'_> {
    fn sheets(&self) -> &[Listed] {
        &self.sheets
    }

    fn cells(&mut self, sheet: usize, take: &mut Take<'_>) -> io::Result<()> {
        let Some(path) = self.paths.get(sheet).cloned() else { return Ok(()) };
        let mut xml = part(&mut self.archive, &path)?;
        let (mut row, mut column) = (0_u64, 0_u64);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) if element.local() == "row" => {
                    row = match element.attribute("r")? {
                        Some(number) => {
                            number.parse().map_err(|_| damaged("a row has no number"))?
                        }
                        None => row + 1,
                    };
                    column = 0;
                }
                Node::Open(element) if element.local() == "c" => {
                    (row, column) = match element.attribute("r")? {
                        Some(name) => place(&name)?,
                        None => (row, column + 1),
                    };
                    let kind = element.attribute("t")?.unwrap_or_default().into_owned();
                    let style = number(&element, "s")?;
                    drop(element);
                    let (content, inline) = content(&mut xml)?;
                    let text =
                        if inline { content } else { self.value(&kind, style, content)? };
                    if take(Cell { row, column, text: &text })?.is_break() {
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What is in a cell that has just begun, up to its end, and whether it is a text of its
/// own rather than a value.
fn content(xml: &mut Xml<'_>) -> io::Result<(String, bool)> {
    let (mut value, mut inline, mut inside) = (String::new(), None, false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) if element.local() == "v" => inside = true,
            Node::Open(element) => {
                let own = element.local() == "is";
                drop(element);
                if own { inline = Some(rich(xml, "is")?) } else { xml.skip()? }
            }
            Node::Close(end) if end.local() == "c" => break,
            Node::Close(_) => inside = false,
            Node::Text(text) if inside => value += &text,
            _ => {}
        }
    }
    Ok(inline.map_or((value, false), |text| (text, true)))
}

/// A text, which may change its look on the way, up to the end of the element that holds
/// it. How it is pronounced is left out.
fn rich(xml: &mut Xml<'_>, holder: &str) -> io::Result<String> {
    let (mut whole, mut inside) = (String::new(), false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) if element.local() == "rPh" => {
                drop(element);
                xml.skip()?;
            }
            Node::Open(element) => inside = element.local() == "t",
            Node::Close(end) if end.local() == holder => break,
            Node::Close(_) => inside = false,
            Node::Text(text) if inside => whole += &text,
            _ => {}
        }
    }
    Ok(unescaped(&whole))
}

/// Excel writes control characters as `_x000D_`, by their UTF-16 unit.
fn unescaped(text: &str) -> String {
    let (mut whole, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once("_x") {
        let unit = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        let character = unit.and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let character = character.and_then(char::from_u32);
        whole += before;
        whole += character.map_or("_x", |_| "");
        whole.extend(character);
        rest = if character.is_some() { after.get(5..).unwrap_or_default() } else { after };
    }
    whole + rest
}

/// Row and column of a cell by its name, such as `AB12`, both from 1.
fn place(name: &str) -> io::Result<(u64, u64)> {
    let bad = || damaged("a cell has no proper name");
    let digits = name.find(|c: char| c.is_ascii_digit()).ok_or_else(bad)?;
    let (letters, row) = name.split_at_checked(digits).ok_or_else(bad)?;
    let mut column = 0_u64;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() || column > 1 << 32 {
            return Err(bad());
        }
        column = column * 26 + u64::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    Ok((row.parse().map_err(|_| bad())?, column))
}

/// A number in an attribute; 0 if there is none.
fn number(element: &Element<'_>, name: &str) -> io::Result<usize> {
    Ok(element.attribute(name)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

fn part<'a>(archive: &mut Archive<'a>, path: &str) -> io::Result<Xml<'a>> {
    let part = archive.read(path, PART)?;
    part.map(Xml::new).ok_or_else(|| damaged(format!("its part {path} is missing")))
}

/// The links of a part, with targets as paths from the top of the archive.
fn relations(archive: &mut Archive<'_>, path: &str) -> io::Result<Vec<Relation>> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut xml = part(archive, &joined(folder, &format!("_rels/{name}.rels")))?;
    let mut found = Vec::new();
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.local() == "Relationship" {
            let get = |name| Ok::<_, io::Error>(element.attribute(name)?.unwrap_or_default());
            let kind = get("Type")?;
            found.push(Relation {
                id: get("Id")?.into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: joined(folder, &get("Target")?),
            });
        }
    }
    Ok(found)
}

/// The path of a target that is named from within a folder.
fn joined(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn target<'r>(relations: &'r [Relation], kind: &str) -> Option<&'r str> {
    relations.iter().find(|relation| relation.kind == kind).map(|found| found.target.as_str())
}

/// The sheets with their paths, and whether dates count from 1904. Sheets that are a chart
/// alone are left out.
fn workbook(
    archive: &mut Archive<'_>,
    path: &str,
    relations: &[Relation],
) -> io::Result<(Vec<Listed>, Vec<String>, bool)> {
    let mut xml = part(archive, path)?;
    let (mut sheets, mut paths, mut from_1904) = (Vec::new(), Vec::new(), false);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        match element.local() {
            "workbookPr" => {
                let mark = element.attribute("date1904")?;
                from_1904 |= mark.is_some_and(|mark| mark == "1" || mark == "true");
            }
            "sheet" => {
                let id = element.attribute_local("id")?.unwrap_or_default();
                let relation = relations.iter().find(|relation| relation.id == id);
                let relation = relation.ok_or_else(|| damaged("a sheet of it is missing"))?;
                let name = element.attribute("name")?.unwrap_or_default().into_owned();
                let hidden = element.attribute("state")?.is_some_and(|s| s != "visible");
                if relation.kind == "worksheet" {
                    sheets.push(Listed { name, hidden });
                    paths.push(relation.target.clone());
                }
            }
            _ => {}
        }
    }
    Ok((sheets, paths, from_1904))
}

/// The table of texts that cells name by number.
fn strings(archive: &mut Archive<'_>, path: &str) -> io::Result<Vec<String>> {
    let mut xml = part(archive, path)?;
    let (mut texts, mut held) = (Vec::new(), 0);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.local() == "si" {
            drop(element);
            let text = rich(&mut xml, "si")?;
            held += text.len() + size_of::<String>();
            if held > LARGEST {
                return Err(Trouble::Bomb("its texts are more than a sheet can hold").into());
            }
            texts.push(text);
        }
    }
    Ok(texts)
}

/// How numbers are shown, for each style that a cell may have.
fn formats(archive: &mut Archive<'_>, path: &str) -> io::Result<Vec<Shown>> {
    let mut xml = part(archive, path)?;
    let (mut own, mut formats, mut of_cells) = (Vec::new(), Vec::new(), false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => match element.local() {
                "numFmt" => {
                    let code = element.attribute("formatCode")?.unwrap_or_default();
                    own.push((number(&element, "numFmtId")?, cell::written(&code)));
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = number(&element, "numFmtId")?;
                    let own = own.iter().find(|(own, _)| *own == id).map(|(_, shown)| *shown);
                    let built = || cell::built_in(u32::try_from(id).unwrap_or(0));
                    formats.push(own.unwrap_or_else(built));
                }
                _ => {}
            },
            Node::Close(end) if end.local() == "cellXfs" => of_cells = false,
            _ => {}
        }
    }
    Ok(formats)
}

#[cfg(test)]
mod tests {
    use super::{joined, place, unescaped};

    #[test]
    fn cells_have_a_row_and_a_column() {
        assert_eq!(place("A1").unwrap(), (1, 1));
        assert_eq!(place("xfd1048576").unwrap(), (1_048_576, 16_384));
        for bad in ["", "A", "É1", "A1B", "AAAAAAAAAAAAAAA1", "A99999999999999999999999"] {
            assert!(place(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_are_joined() {
        assert_eq!(joined("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl", "/xl/sheet1.xml"), "xl/sheet1.xml");
        assert_eq!(joined("xl/a", "../b.xml"), "xl/b.xml");
        assert_eq!(joined("", "../../b.xml"), "b.xml");
    }

    #[test]
    fn control_characters_are_unescaped() {
        assert_eq!(unescaped("a_x000D_b"), "a\rb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        for plain in ["_x", "_x00", "_xD800_", "_xzzzz_", "_x00é_", "snake_x_case"] {
            assert_eq!(unescaped(plain), plain);
        }
    }
}
