//! Whether a chart says the same on the page and in its file.

use crate::assert_sound;
use crate::release;
use crate::svg::{Area, Picture, Text};

/// The texts within an area as they are read, from top to bottom and from left to right.
fn read(picture: &Picture, area: Area) -> Vec<&Text> {
    let mut texts: Vec<&Text> =
        picture.texts().filter(|text| area.meets(text.area())).collect();
    texts.sort_by(|a, b| (a.y, a.left).partial_cmp(&(b.y, b.left)).unwrap());
    texts
}

/// Whether two texts say the same, are set alike and stand at one place; outlines begin at
/// whole units of the font.
fn is_same(one: &Text, other: &Text) -> bool {
    let setting =
        |text: &Text| (text.bold, text.colour.clone(), text.content.trim().to_owned());
    let near = |a: f64, b: f64| (a - b).abs() < 0.05;
    setting(one) == setting(other)
        && near(one.size, other.size)
        && near(one.left, other.left)
        && near(one.y, other.y)
}

/// Where a chart of the page and that of its file part. The page shows a part of the file,
/// without title and notes, which are its own words there.
fn faults(page: &Picture, file: &Picture) -> Vec<String> {
    let (own, others) = (read(page, page.view), read(file, page.view));
    let parted = own.iter().zip(&others).find(|(one, other)| !is_same(one, other));
    let parted = parted.map(|(one, other)| format!("{one:?} is {other:?} in the file"));
    let mut faults: Vec<String> = parted.into_iter().collect();
    if own.len() != others.len() {
        faults.push(format!("{} texts are {} in the file", own.len(), others.len()));
    }
    if page.texts().count() != own.len() {
        faults.push("texts are hidden".to_owned());
    }
    if (&page.title, &page.description) != (&file.title, &file.description) {
        faults.push(format!("the file says “{}: {}”", file.title, file.description));
    }
    faults
}

#[test]
fn a_chart_says_the_same_on_the_page_and_in_its_file() {
    let (mut broken, mut compared) = (Vec::new(), 0);
    for release in release::all() {
        let mut names: Vec<&str> = release.page.iter().map(|p| p.name.as_str()).collect();
        names.sort_unstable();
        let mut files: Vec<&str> = release.files.iter().map(|p| p.name.as_str()).collect();
        files.sort_unstable();
        assert_eq!(names, files, "{}", release.name);
        for page in &release.page {
            let file = release.files.iter().find(|file| file.name == page.name).unwrap();
            compared += 1;
            let at = format!("{}, {}", release.name, page.name);
            broken.extend(faults(page, file).iter().map(|fault| format!("{at}: {fault}")));
        }
    }
    assert_sound(&broken, compared, 300);
}
