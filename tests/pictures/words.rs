//! Whether a chart says the same on the page and in its file.

use crate::assert_sound;
use crate::release;
use crate::svg::{Picture, Text};

/// What can be compared of a text: what it says and how it is set.
fn setting(text: &Text) -> (&str, bool, String, &str) {
    (text.content.trim(), text.bold, format!("{:.2}", text.size), &text.colour)
}

/// What the page's chart has that does not stand in the file's in the same order. The file
/// has more: title and notes, which are the page's own text there.
fn faults(page: &Picture, file: &Picture) -> Vec<String> {
    let mut rest = file.texts();
    let mut faults: Vec<String> = page
        .texts()
        .filter(|text| !rest.any(|other| setting(other) == setting(text)))
        .map(|text| format!("“{}” is not in the file, or not in this order", text.content))
        .take(1)
        .collect();
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
    assert_sound(&broken, compared, 200);
}
