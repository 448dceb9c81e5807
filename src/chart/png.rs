//! PNG from an outlined SVG, by resvg, at twice the size.
//!
//! No text is left in that SVG, so no font of the machine is asked: the same bytes
//! everywhere. Never sees a recording or a table.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels of the file for one CSS pixel.
const SCALE: u8 = 2;

/// Pixels for a metre: 96 for an inch of CSS, times the scale.
const DENSITY: u32 = 7559;

/// The length of a PNG's signature and its first chunk, after which ours is put.
const HEADER: usize = 8 + 25;

/// The picture as a PNG that says how large it is meant to be; none if the SVG cannot be
/// read or is too large to be held.
pub(super) fn render(svg: &str) -> Option<Vec<u8>> {
    let tree = Tree::from_str(svg, &Options::default()).ok()?;
    let scale = f32::from(SCALE);
    let size = tree.size().to_int_size().scale_by(scale)?;
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    with_density(&pixels.encode_png().ok()?)
}

/// Puts in the chunk that says how many pixels make a metre.
fn with_density(png: &[u8]) -> Option<Vec<u8>> {
    let (header, rest) = png.split_at_checked(HEADER)?;
    let mut body = b"pHYs".to_vec();
    body.extend(DENSITY.to_be_bytes());
    body.extend(DENSITY.to_be_bytes());
    body.push(1);
    let mut out = header.to_vec();
    out.extend(9_u32.to_be_bytes());
    out.extend(&body);
    out.extend(checksum(&body).to_be_bytes());
    out.extend(rest);
    Some(out)
}

/// CRC-32 as PNG asks (ISO 15948, annex D), bit by bit: it runs over 13 bytes.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\">\
                       <rect width=\"9\" height=\"9\" fill=\"#2073BC\"/></svg>";

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"IEND"), 0xAE42_6082);
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn the_file_is_twice_the_size_and_says_so() {
        let png = render(SVG).unwrap();
        assert_eq!(png[16..24], [0, 0, 0, 60, 0, 0, 0, 40]);
        assert_eq!(png[37..41], *b"pHYs");
        let decoded = Pixmap::decode_png(&png).unwrap();
        assert_eq!((decoded.width(), decoded.height()), (60, 40));
        assert_eq!(decoded.pixel(17, 17).unwrap().blue(), 0xBC);
    }

    #[test]
    fn the_same_picture_is_the_same_bytes() {
        assert_eq!(render(SVG), render(SVG));
    }

    #[test]
    fn what_is_no_picture_gives_none() {
        assert_eq!(render("<svg"), None);
    }
}
