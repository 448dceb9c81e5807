//! One part of a workbook as a row of XML nodes.
//!
//! Takes unpacked bytes, gives [`Node`]s in which entities are resolved. Every element
//! must be closed by its own name; an end that comes too early is an error in whoever
//! waits for more. Never expands entities of a document's own making.

use std::borrow::Cow;
use std::io::{self, BufReader};

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::super::trouble::{Trouble, damaged};
use super::super::unpack::Unpacked;

/// A part that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<BufReader<Unpacked<'a>>>,
    buffer: Vec<u8>,
    /// How many elements are open.
    depth: usize,
}

/// What comes next in a part. An empty element is opened and closed.
pub(super) enum Node<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// An element ends.
    Close(End<'x>),
    /// Text, or a piece of it.
    Text(Cow<'x, str>),
    /// Something without meaning here, such as a comment.
    Other,
}

/// The beginning of an element.
pub(super) struct Element<'x>(BytesStart<'x>);

/// The end of an element.
pub(super) struct End<'x>(BytesEnd<'x>);

impl<'a> Xml<'a> {
    /// Reads a part from its beginning.
    pub(super) fn new(part: Unpacked<'a>) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next node; none at the end of the document.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] for anything but well-formed XML.
    pub(super) fn next(&mut self) -> io::Result<Option<Node<'_>>> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(ours)?;
        Ok(Some(match event {
            Event::Start(start) => {
                self.depth += 1;
                Node::Open(Element(start))
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Node::Close(End(end))
            }
            Event::Text(text) => Node::Text(text.xml10_content()),
            Event::CData(text) => Node::Text(text.xml10_content()),
            Event::GeneralRef(entity) => Node::Text(resolved(&entity)?),
            Event::Eof if self.depth > 0 => return Err(damaged("a part of it ends too early")),
            Event::Eof => return Ok(None),
            _ => Node::Other,
        }))
    }

    /// Reads past the rest of the element that has just begun.
    pub(super) fn skip(&mut self) -> io::Result<()> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }
}

impl Element<'_> {
    /// Its name with prefix.
    pub(super) fn name(&self) -> &str {
        self.0.name().0
    }

    /// Its name without prefix.
    pub(super) fn local(&self) -> &str {
        local(self.name())
    }

    /// The attribute of this full name.
    pub(super) fn attribute(&self, name: &str) -> io::Result<Option<Cow<'_, str>>> {
        self.find(|key| key == name)
    }

    /// The attribute of this name without prefix.
    pub(super) fn attribute_local(&self, name: &str) -> io::Result<Option<Cow<'_, str>>> {
        self.find(|key| local(key) == name)
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> io::Result<Option<Cow<'_, str>>> {
        for attribute in self.0.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| ours(error.into()))?;
            if wanted(attribute.key.0) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                return value.map(Some).map_err(ours);
            }
        }
        Ok(None)
    }
}

impl End<'_> {
    /// Its name with prefix.
    pub(super) fn name(&self) -> &str {
        self.0.name().0
    }

    /// Its name without prefix.
    pub(super) fn local(&self) -> &str {
        local(self.name())
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn resolved(entity: &BytesRef<'_>) -> io::Result<Cow<'static, str>> {
    if let Some(text) = resolve_xml_entity(entity) {
        return Ok(Cow::Borrowed(text));
    }
    match entity.resolve_char_ref().map_err(ours)? {
        Some(character) => Ok(Cow::Owned(character.to_string())),
        None => Err(damaged("a part of it uses an entity of its own")),
    }
}

/// What the XML reader says, in our words; what came up from below it as it is.
fn ours(error: quick_xml::Error) -> io::Error {
    match error {
        quick_xml::Error::Io(below) => match Trouble::of(&below) {
            Some(trouble) => trouble.clone().into(),
            None => io::Error::new(below.kind(), below.to_string()),
        },
        other => damaged(format!("a part of it is not well-formed: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Memory, zipped};
    use super::super::super::unpack::PART;
    use super::super::super::zip::Archive;
    use super::{Node, Trouble, Unpacked, Xml};

    fn nodes(text: &str) -> Result<String, String> {
        let file = Memory(zipped(&[("a", text.as_bytes())]));
        let mut archive = Archive::open(&file).unwrap();
        let mut xml = Xml::new(archive.read("a", PART).unwrap().unwrap());
        let mut seen = String::new();
        loop {
            match xml.next().map_err(|error| error.to_string())? {
                None => return Ok(seen),
                Some(Node::Open(e)) => {
                    let k = e.attribute_local("k").map_err(|error| error.to_string())?;
                    seen.extend(["<", e.local(), &k.unwrap_or_default()]);
                    let skipped = e.name() == "skip";
                    drop(e);
                    if skipped {
                        xml.skip().map_err(|error| error.to_string())?;
                    }
                }
                Some(Node::Close(_)) => seen.push('>'),
                Some(Node::Text(text)) => seen += &text,
                Some(Node::Other) => {}
            }
        }
    }

    #[test]
    fn nodes_come_in_order_with_entities_resolved() {
        let text =
            "<?xml version='1.0'?><a:b k='1&amp;2'>x &lt;&#233;<![CDATA[&]]><!-- --><c/></a:b>";
        assert_eq!(nodes(text).unwrap(), "<b1&2x <é&<c>>");
        assert_eq!(nodes("<a><skip><skip>x</skip><b/></skip>y</a>").unwrap(), "<a<skipy>");
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        for text in ["<a>", "<a><b></a>", "<a", "<a>&own;</a>", "<skip><b>", "<a>\u{0}&#0;</a>"]
        {
            assert!(nodes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_below_is_said_as_it_is() {
        let file = Memory(zipped(&[("a", b"<a>text</a>")]));
        let mut member = Archive::open(&file).unwrap().member("a").unwrap().unwrap();
        member.crc ^= 1;
        let packed = &file.0[usize::try_from(member.start).unwrap()..];
        let mut xml = Xml::new(Unpacked::member(Box::new(packed), &member, PART));
        let error = loop {
            match xml.next() {
                Ok(node) => assert!(node.is_some(), "the end without an error"),
                Err(error) => break error,
            }
        };
        let expected = Trouble::Damaged("its checksum is wrong".to_owned());
        assert_eq!(Trouble::of(&error), Some(&expected));
    }
}
