//! Persons who do not exist, marked so that they can be found again; and the search for
//! them in files of every kind: as they are, in parts of archives and pictures, in
//! hexadecimal, in Base64, and as plain hashes.

use std::io::{Cursor, Read};
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use sha2::{Digest, Sha256};

/// What every marked text has in it, in small letters; no file has it otherwise.
const STEMS: [&str; 5] = ["zk77", "zephyrmark", "quillonby", "xylovox", "07700 900461"];

/// Persons whose texts are looked for as hashes: the first, one who is there twice, one who
/// withdrew, one of two threads, and one who is on a list only.
const HASHED: [usize; 5] = [1, 2, 3, 150, 99_999];

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trace(String);

/// A member's number.
pub(crate) fn number(person: usize) -> String {
    format!("ZK77{person:06}")
}

/// A name with an address and a telephone number.
pub(crate) fn contact(person: usize) -> String {
    format!("Ms Zephyrmark {person}, zephyrmark{person}@quillonby.example, 07700 900461")
}

/// What somebody wrote.
pub(crate) fn verbatim(person: usize) -> String {
    format!("Xylovox {person}: our head, Mr Quillonby, told us to keep quiet")
}

/// What is marked in the bytes of a file, if anything is.
pub(crate) fn trace(bytes: &[u8]) -> Option<Trace> {
    plain(bytes).or_else(|| {
        let parts = members(bytes).into_iter().chain(chunks(bytes));
        let mut parts = parts;
        parts.find_map(|part| plain(&part))
    })
}

fn plain(bytes: &[u8]) -> Option<Trace> {
    let small = bytes.to_ascii_lowercase();
    let wide = small.iter().copied().filter(|byte| *byte != 0).collect::<Vec<u8>>();
    let stem = STEMS
        .iter()
        .find(|stem| holds(&small, stem.as_bytes()) || holds(&wide, stem.as_bytes()));
    let hash = || DISGUISES.iter().find(|disguise| holds(&small, disguise.as_bytes()));
    stem.map(|stem| Trace((*stem).to_owned())).or_else(|| hash().cloned().map(Trace))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// The forms in which a text may be hidden, in small letters.
static DISGUISES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let texts = HASHED.into_iter().flat_map(|p| [number(p), contact(p), verbatim(p)]);
    texts.flat_map(|text| disguises(text.as_bytes())).collect()
});

fn disguises(text: &[u8]) -> [String; 5] {
    let sha = Sha256::digest(text);
    // The beginning of a hash is as telling as the whole.
    [
        hex(&sha)[..16].to_owned(),
        hex(&md5(text))[..16].to_owned(),
        hex(text),
        STANDARD.encode(sha)[..20].to_ascii_lowercase(),
        STANDARD.encode(text).trim_end_matches('=').to_ascii_lowercase(),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The parts of an archive, such as a workbook.
fn members(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut raw = Vec::new();
        let mut member = archive.by_index_raw(index).unwrap();
        member.read_to_end(&mut raw).unwrap();
        let stored = member.compression() == zip::CompressionMethod::Stored;
        parts.push(if stored { raw } else { unpacked(DeflateDecoder::new(raw.as_slice())) });
    }
    parts
}

/// The parts of a picture that hold words, packed or not.
fn chunks(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return Vec::new() };
    let mut words = Vec::new();
    while let Some((head, after)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap()) as usize;
        let chunk = &after[..length];
        if [b"zTXt", b"iTXt", b"iCCP", b"eXIf"].iter().any(|name| head.ends_with(*name)) {
            let starts = (0..chunk.len()).filter(|at| chunk[*at] == 0x78);
            words.extend(starts.map(|at| unpacked(ZlibDecoder::new(&chunk[at..]))));
        }
        rest = &after[length + 4..];
    }
    words
}

/// As much as can be unpacked.
fn unpacked(mut packed: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = packed.read_to_end(&mut bytes);
    bytes
}

/// MD5 (RFC 1321), which nobody should use and somebody always does.
#[allow(clippy::disallowed_methods, reason = "the table of RFC 1321 is made of sines")]
fn md5(text: &[u8]) -> [u8; 16] {
    const TURNS: [[u32; 4]; 4] =
        [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut bytes = [text, &[0x80]].concat();
    bytes.resize((text.len() + 8) / 64 * 64 + 56, 0);
    bytes.extend((8 * text.len() as u64).to_le_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in bytes.chunks(64) {
        let word =
            |at: usize| u32::from_le_bytes(block[4 * at..4 * at + 4].try_into().unwrap());
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64 {
            let (mixed, at) = match step / 16 {
                0 => ((b & c) | (!b & d), step),
                1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
                2 => (b ^ c ^ d, (3 * step + 5) % 16),
                _ => (c ^ (b | !d), 7 * step % 16),
            };
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the whole part, below 2^32"
            )]
            let sine = (((step + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = mixed.wrapping_add(a).wrapping_add(sine).wrapping_add(word(at));
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(TURNS[step / 16][step % 4]));
        }
        for (held, more) in state.iter_mut().zip([a, b, c, d]) {
            *held = held.wrapping_add(more);
        }
    }
    let mut hash = [0; 16];
    for (place, word) in hash.chunks_mut(4).zip(state) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    hash
}

#[test]
fn marks_are_found_in_every_disguise() {
    assert_eq!(hex(&md5(b"abc")), "900150983cd24fb0d6963f7d28e17f72");
    assert_eq!(hex(&md5(&[b'1'; 80])), hex(&md5("1".repeat(80).as_bytes())));
    assert_eq!(trace(b"nobody"), None);
    let found = |text: &str| assert!(trace(text.as_bytes()).is_some(), "{text}");
    found(&number(5).to_lowercase());
    found(&contact(12));
    found(&hex(&Sha256::digest(number(2))).to_uppercase());
    found(&hex(&md5(verbatim(3).as_bytes())));
    found(&STANDARD.encode(contact(1)));
    let wide: Vec<u8> = verbatim(7).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(trace(&wide).is_some());
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, contact(1).as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let length = u32::try_from(packed.len()).unwrap().to_be_bytes();
    let picture = [b"\x89PNG\r\n\x1a\n", &length[..], b"zTXt", &packed, b"sums"].concat();
    assert!(trace(&picture).is_some());
}
