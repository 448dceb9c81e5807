//! Runs of words as markup.

use maud::{Markup, html};

use crate::report::Run;

pub(super) fn text(runs: &[Run]) -> Markup {
    html! {
        @for run in runs {
            @match run {
                Run::Plain(words) => { (words) }
                Run::Strong(words) => { b { (words) } }
                Run::Day(words, iso) => { time datetime=(iso) { (words) } }
                Run::Link(words, address) => { a href=(address) { (words) } }
            }
        }
    }
}
