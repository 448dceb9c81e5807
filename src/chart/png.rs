//! PNG from an outlined SVG, by resvg, at twice the size.
//!
//! No text is left in that SVG, so no font of the machine is asked: the same bytes
//! everywhere. Never sees a recording or a table.

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{Options, Tree};

use super::logo::Logo;
use super::scene::Area;

/// Pixels of the file for one CSS pixel.
const SCALE: u8 = 2;

/// Pixels for a metre: 96 for an inch of CSS, times the scale.
const DENSITY: u32 = 7559;

/// Pixels that are put on the picture, and the pixel of the file where they begin.
pub(super) type Stuck = (Pixmap, (i32, i32));

/// The picture as a PNG that says how large it is meant to be; none if the SVG cannot be
/// read or is too large to be held. Where nothing is drawn it is white: a picture with
/// holes would be unreadable on a dark page. What the SVG has as pixels is given besides.
pub(super) fn render(svg: &str, stuck: Option<&Stuck>) -> Option<Vec<u8>> {
    let tree = Tree::from_str(svg, &Options::default()).ok()?;
    let scale = f32::from(SCALE);
    let size = tree.size().to_int_size().scale_by(scale)?;
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    if let Some((picture, (left, top))) = stuck {
        let (paint, place) = (PixmapPaint::default(), Transform::identity());
        pixels.draw_pixmap(*left, *top, picture.as_ref(), &paint, place, None);
    }
    encode(&pixels).ok()
}

/// The pixels of a logo at its place; none if it is a drawing.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a picture")]
pub(super) fn stuck(logo: &Logo, area: Area) -> Option<Stuck> {
    let side = |length: f64| (length * f64::from(SCALE)).round();
    let pixels = logo.pixels(side(area.width) as u32, side(area.height) as u32)?;
    Some((pixels, (side(area.left) as i32, side(area.top) as i32)))
}

/// The pixels without their alpha, which is full everywhere.
fn encode(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let colours: Vec<u8> = pixels
        .data()
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: DENSITY,
        yppu: DENSITY,
        unit: Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\">\
                       <rect width=\"9\" height=\"9\" fill=\"#2073BC\"/></svg>";

    #[test]
    fn the_file_is_twice_the_size_and_says_so() {
        let png = render(SVG, None).unwrap();
        assert_eq!(png[16..24], [0, 0, 0, 60, 0, 0, 0, 40]);
        assert_eq!(png[37..41], *b"pHYs");
        let metre = 7559_u32.to_be_bytes();
        assert_eq!([&png[41..45], &png[45..49]], [metre, metre]);
        let decoded = Pixmap::decode_png(&png).unwrap();
        assert_eq!((decoded.width(), decoded.height()), (60, 40));
        assert_eq!(decoded.pixel(17, 17).unwrap().blue(), 0xBC);
    }

    #[test]
    fn the_same_picture_is_the_same_bytes() {
        assert_eq!(render(SVG, None), render(SVG, None));
    }

    #[test]
    fn what_is_no_picture_gives_none() {
        assert_eq!(render("<svg", None), None);
    }
}
