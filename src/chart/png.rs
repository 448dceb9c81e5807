//! PNG from an outlined SVG, by resvg, at twice the size.
//!
//! No text is left in that SVG, so no font of the machine is asked: the same bytes
//! everywhere. Never sees a recording or a table.

use indexmap::IndexSet;
use png::{
    BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter, PixelDimensions,
    Unit,
};
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
/// How hard the file is packed, up to 9. Each further step takes longer than what it saves
/// is worth: 9 makes a file a sixth smaller in fifteen times the time.
const LEVEL: u8 = 2;

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
fn encode(pixels: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: DENSITY,
        yppu: DENSITY,
        unit: Unit::Meter,
    }));
    let (colours, _) = pixels.data().as_chunks();
    let data = if let Some((palette, places)) = indexed(colours) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette);
        encoder.set_filter(Filter::NoFilter); // neighbours in a palette are no neighbours
        places
    } else {
        encoder.set_color(ColorType::Rgb);
        opaque(colours.iter())
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(file)
}

type Colour = [u8; 4];

fn opaque<'a>(colours: impl Iterator<Item = &'a Colour>) -> Vec<u8> {
    colours.flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect()
}

/// The palette of a picture and, for each pixel, the place of its colour there; none if it
/// has more than 256. A chart has about a hundred: a few flat ones and the edges of letters.
fn indexed(pixels: &[Colour]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut palette = IndexSet::new();
    let mut places = Vec::with_capacity(pixels.len());
    // Greys each have an entry of their own here, which spares most of the looking up.
    let mut met = [(Colour::default(), 0_u8); 256];
    for run in pixels.chunk_by(|one, other| one == other) {
        let colour @ [red, _, blue, _] = *run.first()?;
        let entry = &mut met[usize::from(red.wrapping_add(blue.wrapping_mul(2)))];
        if entry.0 != colour {
            *entry = (colour, u8::try_from(palette.insert_full(colour).0).ok()?);
        }
        places.resize(places.len() + run.len(), entry.1);
    }
    Some((opaque(palette.iter()), places))
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
    fn no_colour_is_lost_with_a_palette_or_without() {
        // One colour a pixel: 256 fit into a palette, 257 do not.
        for (width, kind) in [(256_u16, ColorType::Indexed), (257, ColorType::Rgb)] {
            let mut pixels = Pixmap::new(width.into(), 1).unwrap();
            let data = pixels.data_mut().as_chunks_mut::<4>().0;
            for (n, pixel) in (0..width).zip(data) {
                let [high, low] = n.to_be_bytes();
                *pixel = [low, high, low / 2, 255];
            }
            let file = encode(&pixels).unwrap();
            assert_eq!(file[25], kind as u8);
            assert_eq!(Pixmap::decode_png(&file).unwrap(), pixels);
        }
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
