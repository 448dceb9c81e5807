//! The cookbook: each recipe is followed as it stands there, in a folder of its own that
//! holds the samples and the two files with which the page begins.

use super::pages;
use super::trial::Trial;

/// What stands before the first recipe, and the recipes.
fn parts(text: &str) -> Vec<&str> {
    text.split("\n## ").collect()
}

fn follow(number: usize) {
    let text = pages::page("examples/cookbook.md");
    let parts = parts(&text);
    let recipe = parts[number];
    assert!(recipe.starts_with(&format!("{number}. ")), "{recipe}");
    let trial = Trial::with_samples();
    assert_eq!(pages::follow(parts[0], &trial), 0, "files only");
    assert!(pages::follow(recipe, &trial) >= 1, "a recipe without a command: {recipe}");
}

macro_rules! recipes {
    ($($name:ident = $number:literal,)*) => {
        $(#[test] fn $name() { follow($number); })*

        #[test]
        fn every_recipe_is_followed() {
            let followed = [$($number),*];
            let text = pages::page("examples/cookbook.md");
            let all: Vec<usize> = (1..parts(&text).len()).collect();
            assert_eq!(all, followed);
        }
    };
}

recipes! {
    export_to_page = 1,
    weighting = 2,
    battery_by_region = 3,
    hidden_statement = 4,
    merged_groups = 5,
    last_wave = 6,
    quotes = 7,
    press_release = 8,
    audit = 9,
    every_night = 10,
    any_file = 11,
    officers = 12,
}
