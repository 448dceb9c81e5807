//! What can be wrong with a logo.

use crate::diagnostic::{Code, Severity};

const fn code(
    id: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
) -> Code {
    Code { id, severity, title, explanation }
}

pub(super) static DAMAGED: Code = code(
    "Q054",
    Severity::Error,
    "the logo cannot be read",
    "A logo is a PNG or an SVG file. Other kinds of pictures, compressed SVG and damaged files are \
     refused.\n\n\
     Remedy: open the logo in a drawing program and save it as plain SVG or as PNG.",
);

pub(super) static TOO_LARGE: Code = code(
    "Q055",
    Severity::Error,
    "the logo is too large",
    "A logo stands in the page and in every chart, so its file has at most 1 MB, a picture at most \
     4,000 by 4,000 pixels, and a drawing at most 64 kB when it is written anew. It is at most \
     twelve times as wide as it is high, and not more than twice as high as it is wide.\n\n\
     Remedy: save it as a PNG of 500 pixels, or simplify the drawing.",
);

pub(super) static REFUSED: Code = code(
    "Q056",
    Severity::Error,
    "the logo holds something that a logo may not hold",
    "A report neither runs nor loads anything, and looks the same on every machine. So an SVG logo \
     has no script, no event handlers such as `onload`, no links, no pictures or styles from \
     elsewhere, no foreign content, no document type, no animation, and no text, which would need \
     a font of the reader's machine.\n\n\
     Example: `<text>Example Education Union</text>`. Remedy: in the drawing program convert text \
     to outlines (\"object to path\") and save as plain SVG; or save the logo as PNG.",
);

pub(super) static SMALLER: Code = code(
    "Q057",
    Severity::Note,
    "the logo was made smaller",
    "A picture with more pixels than the page can show is made smaller, so that the page stays \
     small. Only its pixels are kept, nothing else that the file says.\n\n\
     Remedy: none is needed; an SVG file stays sharp at every size.",
);

pub(super) static UNSEEN: Code = code(
    "Q058",
    Severity::Error,
    "nothing of the logo can be seen on white",
    "A logo stands on white everywhere: on the page, also in dark mode, below charts and in print. \
     A white logo, or an empty picture, would not be seen.\n\n\
     Remedy: take the version of the logo that is made for light ground.",
);

/// Every code of logos.
pub static CODES: &[&Code] = &[&DAMAGED, &TOO_LARGE, &REFUSED, &SMALLER, &UNSEEN];
