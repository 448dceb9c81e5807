//! What is taken of logos, and what is refused.

use resvg::tiny_skia::{Color, Pixmap};

use super::super::font::Fonts;
use super::super::frame::{Composed, Foot, Frame, compose};
use super::super::scene::{Mark, Scene};
use super::super::{Width, png as files};
use super::*;
use crate::diagnostic::concise;

const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" \
                    xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"40\" height=\"20\">";
const RECT: &str = "<rect id=\"a\" class=\"b\" data-maker=\"c\" width=\"30\" height=\"9\"/>";

fn svg(inside: &str) -> String {
    format!("{HEAD}{RECT}{inside}</svg>")
}

fn logo(bytes: &[u8]) -> Logo {
    Logo::read("logo", bytes, "A", &mut Findings::default()).unwrap()
}

/// What is said of a file, a line each.
fn said(bytes: &[u8]) -> String {
    let mut findings = Findings::default();
    let logo = Logo::read("logo", bytes, "A", &mut findings);
    assert_eq!(logo.is_none(), findings.list().iter().any(|f| f.code.id != "Q057"));
    findings.list().iter().map(concise).collect::<Vec<_>>().join("\n")
}

fn decoded(address: &str) -> Vec<u8> {
    STANDARD.decode(address.split_once(',').unwrap().1).unwrap()
}

/// A PNG with a blue middle that cannot be seen through.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Pixmap::new(width, height).unwrap();
    let data = pixels.pixels_mut();
    let blue = Color::from_rgba8(18, 67, 109, 255).premultiply().to_color_u8();
    let middle = data.len() / 4..data.len() * 3 / 4;
    data[middle].fill(blue);
    pixels.encode_png().unwrap()
}

#[test]
fn a_drawing_is_written_anew_and_nothing_of_its_file_is_left() {
    let logo =
        logo(svg("<!-- made by somebody --><title>T</title><metadata>M</metadata>").as_bytes());
    assert!((logo.shape - 2.0).abs() < 1e-9);
    let text = String::from_utf8(decoded(&logo.address())).unwrap();
    let path = "<path id=\"logo-a\" fill=\"#000000\" stroke=\"none\" \
                d=\"M 0 0 L 30 0 L 30 9 L 0 9 Z\"/></svg>";
    assert!(text.starts_with("<svg xmlns=") && text.ends_with(path), "{text}");
    assert!(text.contains(" width=\"40\" height=\"20\" viewBox=\"0 0 40 20\">"), "{text}");
    for gone in ["class", "data-maker", "somebody", "<title", "<metadata", "<rect"] {
        assert!(!text.contains(gone), "{gone}");
    }
    let area = Area { left: 1.0, top: 2.0, width: 40.0, height: 20.0 };
    let element = logo.element(area);
    assert!(element.starts_with(
        "<svg x=\"1\" y=\"2\" width=\"40\" height=\"20\" viewBox=\"0 0 40 20\"><path"
    ));
}

#[test]
fn what_could_run_or_load_or_need_a_font_is_refused() {
    let refused = [
        ("<script>1</script>", "a script"),
        ("<g onclick=\"x()\"/>", "an event handler"),
        ("<g ONload=\"x()\"/>", "an event handler"),
        ("<foreignObject/>", "content that is no drawing"),
        ("<a xlink:href=\"javascript:x()\"><path/></a>", "a link"),
        ("<use xlink:href=\"https://example.org/a.svg#b\"/>", "outside the file"),
        ("<use href=\"file:///etc/passwd#a\"/>", "outside the file"),
        ("<use href=\" data:image/svg+xml,a#b\"/>", "outside the file"),
        ("<rect fill=\"url( 'https://example.org/a#b')\"/>", "outside the file"),
        ("<rect style=\"fill:URL(//example.org/a)\"/>", "outside the file"),
        ("<style>@import 'a.css';</style>", "outside the file"),
        ("<style>@font-face{src:url(a)}</style>", "outside the file"),
        ("<image xlink:href=\"#a\"/>", "a picture inside the drawing"),
        ("<text>A</text>", "text, which would need a font"),
        ("<animate attributeName=\"href\" to=\"a\"/>", "an animation"),
        ("<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\"/>", "content that is no drawing"),
    ];
    for (inside, what) in refused {
        let said = said(svg(inside).as_bytes());
        assert!(
            said.starts_with("logo:1:") && said.contains("error[Q056]"),
            "{inside}: {said}"
        );
        assert!(said.contains(what), "{inside}: {said}");
    }
    let sheet = format!("<?xml-stylesheet href=\"a.css\"?>{}", svg(""));
    assert!(said(sheet.as_bytes()).contains("a style sheet of another file"));
    let entities = format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{}", svg("&a;"));
    assert!(said(entities.as_bytes()).contains("a document type"));
}

#[test]
fn all_that_is_refused_is_said_at_once_and_each_kind_once() {
    let said = said(svg("<text>A</text><text>B</text>\n<script/>").as_bytes());
    insta::assert_snapshot!(said, @r"
    logo:1:168: error[Q056] the logo has text, which would need a font
    logo:2:1: error[Q056] the logo has a script
    ");
}

#[test]
fn references_within_the_file_and_styles_may_stand() {
    let inside = "<defs><linearGradient id=\"g\"><stop stop-color=\"#123\"/></linearGradient>\
                  <path id=\"p\" d=\"M0 0H9V9z\"/></defs><style>.k{fill:url(#g)}</style>\
                  <use xlink:href=\"#p\" class=\"k\"/><use href=\"#p\" style=\"fill:url('#g')\"/>";
    assert_eq!(said(svg(inside).as_bytes()), "");
}

#[test]
fn names_of_parts_cannot_break_out() {
    let hostile =
        "<g id=\"&quot;&gt;&lt;script&gt;\" opacity=\".5\"><path d=\"M0 0H9V9z\"/></g>";
    assert!(said(svg(hostile).as_bytes()).contains("Q054"));
    let odd = "<g id=\"Logo/Primary one\" opacity=\".5\"><path d=\"M0 0H9V9z\"/></g>";
    assert_eq!(said(svg(odd).as_bytes()), "");
}

#[test]
fn what_is_no_logo_is_refused_in_plain_words() {
    assert!(said(b"GIF89a").contains("Q054"));
    assert!(said(b"\x1f\x8b\x08").contains("neither a PNG nor an SVG"));
    assert!(said(svg("<g>").as_bytes()).contains("damaged"));
    assert!(said(&png(40, 20)[..60]).contains("damaged"));
    assert!(said(&vec![b' '; 1_000_001]).contains("Q055"));
    let long = "<path d=\"M0 0L1 1L2 2\"/>".repeat(9000);
    assert!(said(svg(&long).as_bytes()).contains("Q055"));
    let flat = HEAD.replace("40", "2000") + RECT + "</svg>";
    assert!(said(flat.as_bytes()).contains("2000 wide and 20 high"));
}

#[test]
fn a_huge_picture_is_refused_before_it_is_unpacked() {
    let mut huge = png(40, 20);
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    assert!(said(&huge).contains("the logo has 65536 by 65536 pixels"));
}

#[test]
fn a_white_or_empty_logo_is_refused() {
    let white = HEAD.to_owned() + "<rect width=\"40\" height=\"20\" fill=\"#fff\"/></svg>";
    assert!(said(white.as_bytes()).contains("Q058"));
    assert!(said(format!("{HEAD}</svg>").as_bytes()).contains("Q058"));
    let clear = Pixmap::new(40, 20).unwrap().encode_png().unwrap();
    assert!(said(&clear).contains("Q058"));
}

#[test]
fn a_large_picture_is_made_smaller_and_a_small_one_stays() {
    assert!(
        said(&png(2000, 1000)).contains("note[Q057] the logo was made smaller: 224 by 112")
    );
    assert_eq!(said(&png(200, 100)), "");
    let page = decoded(&logo(&png(2000, 1000)).address());
    let page = Pixmap::decode_png(&page).unwrap();
    assert_eq!((page.width(), page.height()), (224, 112));
    assert_eq!(page.pixel(100, 56).unwrap().demultiply().blue(), 109);
    assert_eq!(page.pixel(100, 5).unwrap().alpha(), 0);
}

#[test]
fn nothing_but_pixels_is_left_of_a_picture() {
    // A chunk of words, which a decoder passes over, right after the head of 33 bytes.
    let mut file = png(200, 100);
    let words = b"\0\0\0\x0etEXtAuthor\0A Maker\x34\x12\x0c\x01";
    file.splice(33..33, words.iter().copied());
    if let Some(logo) = Logo::read("logo", &file, "A", &mut Findings::default()) {
        let page = decoded(&logo.address());
        assert!(!page.windows(7).any(|bytes| bytes == b"A Maker"));
    }
}

#[test]
fn a_mean_of_pixels_knows_how_far_each_is_covered() {
    let mut pixels = Pixmap::new(3, 1).unwrap();
    let white = Color::WHITE.premultiply().to_color_u8();
    pixels.pixels_mut()[0] = white;
    // The first of two new pixels covers one and a half old ones.
    let two = raster::scaled(&pixels, 2, 1).unwrap();
    assert_eq!((two.pixels()[0].alpha(), two.pixels()[1].alpha()), (170, 0));
}

#[test]
fn it_fits_into_its_box() {
    let logo = logo(&png(200, 100));
    assert_eq!(logo.fit(20.0, 100.0), (40.0, 20.0));
    assert_eq!(logo.fit(20.0, 30.0), (30.0, 15.0));
}

#[test]
fn the_same_file_gives_the_same_logo() {
    assert_eq!(logo(&png(900, 300)), logo(&png(900, 300)));
    assert_eq!(logo(svg("").as_bytes()), logo(svg("").as_bytes()));
}

/// A chart of nothing, signed.
fn signed(source: &str, name: &str, logo: Option<&Logo>, width: Width) -> Composed {
    let frame = Frame {
        title: "T".to_owned(),
        subtitle: String::new(),
        marks: Vec::new(),
        question: String::new(),
        notes: Vec::new(),
        source: source.to_owned(),
    };
    let fonts = Fonts::load().unwrap();
    compose(&frame, Scene::default(), width, &fonts, Foot { name, logo })
}

/// The places of all texts with their words.
fn texts(composed: &Composed) -> Vec<(Area, String)> {
    let fonts = Fonts::load().unwrap();
    let texts = composed.scene.marks.iter().filter_map(|mark| match mark {
        Mark::Text(text) => Some((text.area(&fonts), text.content.clone())),
        _ => None,
    });
    texts.collect()
}

#[test]
fn logo_and_name_stand_at_the_foot_and_touch_nothing() {
    let logo = logo(&png(200, 100));
    let sources = ["Source.", &"A source of many words. ".repeat(9), &"Source ".repeat(14)];
    for source in sources {
        for (width, name) in [
            (Width::Wide, "A union"),
            (Width::Narrow, "A union"),
            (Width::Narrow, &"Long ".repeat(30)),
        ] {
            let composed = signed(source, name, Some(&logo), width);
            let place = composed.logo.unwrap();
            assert!((place.left - place.left.round()).abs() < 1e-9, "{place:?}");
            assert!(
                place.left >= 16.0 && place.top + place.height <= composed.scene.height - 8.0
            );
            let texts = texts(&composed);
            let (own, _) = texts.last().unwrap();
            assert!(own.left >= place.left + place.width);
            assert!((own.left + own.width - (width.px() - 16.0)).abs() < 0.1);
            for (at, (text, words)) in texts.iter().enumerate() {
                let apart = |other: &Area| {
                    text.left + text.width <= other.left
                        || text.left >= other.left + other.width
                        || text.top + text.height <= other.top
                        || text.top >= other.top + other.height
                };
                assert!(apart(&place), "{words} and the logo: {text:?}, {place:?}");
                assert!(at + 1 == texts.len() || apart(own), "{words} and the name");
            }
        }
    }
}

#[test]
fn a_name_without_a_logo_stands_beside_a_short_source() {
    let line = |source: &str| {
        let texts = texts(&signed(source, "A union", None, Width::Wide));
        let [.., above, own] = texts.as_slice() else { panic!("{texts:?}") };
        own.0.top - above.0.top
    };
    assert!(line("Source.") < 1.0 && line(&"Source ".repeat(17)) > 15.0);
    let none = signed("Source.", "", None, Width::Wide);
    assert_eq!((none.logo, texts(&none).len()), (None, 2));
}

#[test]
fn pixels_of_a_logo_are_put_on_the_png_where_the_svg_has_them() {
    let logo = logo(&png(200, 100));
    let area = Area { left: 4.0, top: 6.0, width: 40.0, height: 20.0 };
    let stuck = files::stuck(&logo, area).unwrap();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"40\"/>";
    let file = Pixmap::decode_png(&files::render(svg, Some(&stuck)).unwrap()).unwrap();
    let blue = |x, y| file.pixel(x, y).unwrap().red() == 18;
    // The middle half of the rows is blue; around the logo nothing is.
    assert!(blue(8, 32) && blue(87, 32) && !blue(7, 32) && !blue(88, 32) && !blue(20, 14));
    let address = logo.element(area);
    assert!(address.starts_with(
        "<image x=\"4\" y=\"6\" width=\"40\" height=\"20\" xlink:href=\"data:image/png;base64,"
    ));
    assert!(files::stuck(&self::logo(svg_of_two().as_bytes()), area).is_none());
}

fn svg_of_two() -> String {
    svg("<path d=\"M0 0H9V9z\"/>")
}
