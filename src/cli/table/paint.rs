//! Escape sequences of terminals, where colour is asked for.

/// Whether text is set off by escape sequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    /// What should be seen first.
    pub(super) fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    /// What is looked up.
    pub(super) fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    /// What must not be overlooked.
    pub(super) fn warning(self, text: &str) -> String {
        self.with("33", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
