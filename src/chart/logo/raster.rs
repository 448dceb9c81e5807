//! A PNG logo: bytes go in, pixels in the two sizes that are needed come out.
//!
//! Knows only PNG. Its words, places, dates and colour profiles are left behind.

use resvg::tiny_skia::{IntSize, Pixmap};

use super::codes::{DAMAGED, SMALLER};
use super::too_large;
use crate::diagnostic::Finding;

/// The first bytes of every PNG file.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The most pixels in a row, and the most rows.
const LARGEST_SIDE: u32 = 4000;

/// What the page can show: twice the pixels of CSS, for sharp screens.
const PAGE: (u32, u32) = (480, 112);
/// What stands below a chart: four times, for print.
const FOOT: (u32, u32) = (640, 80);

/// The pixels of a logo.
pub(super) struct Picture {
    /// For the page.
    pub(super) page: Pixmap,
    /// For the foot of a chart.
    pub(super) foot: Pixmap,
}

/// The pixels, and a note if there were more of them.
pub(super) fn read(bytes: &[u8]) -> Result<(Picture, Option<Finding>), Box<Finding>> {
    // The size stands in the first chunk: nothing is unpacked before it is known.
    let side = |at: usize| {
        let digits = bytes.get(at..at + 4)?;
        Some(u32::from_be_bytes(digits.try_into().ok()?))
    };
    let (Some(width), Some(height)) = (side(16), side(20)) else { return Err(damaged()) };
    if width > LARGEST_SIDE || height > LARGEST_SIDE {
        let headline = format!("the logo has {width} by {height} pixels");
        return Err(Box::new(too_large(&headline)));
    }
    super::vector::check_shape(f64::from(width), f64::from(height))?;
    let whole = Pixmap::decode_png(bytes).map_err(|_| damaged())?;
    let page = within(&whole, PAGE).ok_or_else(damaged)?;
    let foot = within(&whole, FOOT).ok_or_else(damaged)?;
    let note = (page.width() < width).then(|| smaller((width, height), &page));
    Ok((Picture { page, foot }, note))
}

fn damaged() -> Box<Finding> {
    let finding = Finding::new(&DAMAGED, "the PNG file of the logo is damaged");
    Box::new(finding.help("save the logo again as PNG"))
}

fn smaller((width, height): (u32, u32), page: &Pixmap) -> Finding {
    let headline =
        format!("the logo was made smaller: {} by {} pixels", page.width(), page.height());
    Finding::new(&SMALLER, headline)
        .because(format!("it has {width} by {height}, more than the page can show"))
}

/// The picture within a box, never larger than it is.
fn within(pixels: &Pixmap, (widest, highest): (u32, u32)) -> Option<Pixmap> {
    let (width, height) = (f64::from(pixels.width()), f64::from(pixels.height()));
    let by = (f64::from(widest) / width).min(f64::from(highest) / height);
    if by >= 1.0 {
        return Some(pixels.clone());
    }
    // Rounded from within the box, so it fits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 640")]
    let whole = |side: f64| (side * by).round().max(1.0) as u32;
    scaled(pixels, whole(width), whole(height))
}

/// The picture at another size: each new pixel is the mean of the old ones that it covers,
/// each as far as it is covered. Colours are multiplied by their alpha already, so that
/// what cannot be seen has no colour to give.
pub(super) fn scaled(pixels: &Pixmap, width: u32, height: u32) -> Option<Pixmap> {
    let size = IntSize::from_wh(width, height)?;
    let columns: Vec<_> = (0..width).map(|at| covered(pixels.width(), width, at)).collect();
    let mut data = Vec::with_capacity(4 * width as usize * height as usize);
    for row in 0..height {
        let rows = covered(pixels.height(), height, row);
        for columns in &columns {
            data.extend(mean(pixels, columns, &rows));
        }
    }
    Pixmap::from_vec(data, size)
}

/// The old pixels of a line that new pixel `at` covers, each with its part of the whole.
fn covered(old: u32, new: u32, at: u32) -> Vec<(u32, f64)> {
    let step = f64::from(old) / f64::from(new);
    let (from, to) = (f64::from(at) * step, f64::from(at + 1) * step);
    let part = |pixel: u32| {
        let (start, end) = (f64::from(pixel), f64::from(pixel) + 1.0);
        (end.min(to) - start.max(from)).max(0.0) / step
    };
    // Between the first and the last that can be touched.
    let (first, last) = (u64::from(at) * u64::from(old) / u64::from(new), to.ceil());
    let pixels = u32::try_from(first).unwrap_or(old)..old;
    let pixels = pixels.take_while(|pixel| f64::from(*pixel) < last);
    pixels.map(|pixel| (pixel, part(pixel))).collect()
}

fn mean(pixels: &Pixmap, columns: &[(u32, f64)], rows: &[(u32, f64)]) -> [u8; 4] {
    let mut sums = [0.0; 4];
    for (y, high) in rows {
        for (x, wide) in columns {
            let Some(pixel) = pixels.pixel(*x, *y) else { continue };
            let old = [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()];
            for (sum, old) in sums.iter_mut().zip(old) {
                *sum += f64::from(old) * high * wide;
            }
        }
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let [red, green, blue, alpha] = sums.map(|sum| sum.round().clamp(0.0, 255.0) as u8);
    // Rounded apart, a colour may pass its alpha by one.
    [red.min(alpha), green.min(alpha), blue.min(alpha), alpha]
}
