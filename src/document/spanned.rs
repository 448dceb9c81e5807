//! A value that knows where it stands in its file.
//!
//! Takes its place from the parser, gives it to whoever has something to say of the value.
//! It is the parser's own type under another name, since only a type of this crate can
//! have a JSON Schema: that of the value.

use std::borrow::{Borrow, Cow};
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

/// A value and the bytes of the file in which it stands. Two are equal if their values
/// are, wherever they stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct Spanned<T>(toml::Spanned<T>);

impl<T> Spanned<T> {
    /// A value that stands at these bytes.
    pub fn new(span: Range<usize>, value: T) -> Self {
        Self(toml::Spanned::new(span, value))
    }

    /// The bytes at which it stands.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.0.span()
    }

    /// The value.
    #[must_use]
    pub fn get_ref(&self) -> &T {
        self.0.get_ref()
    }

    /// The value, to be changed.
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl Borrow<str> for Spanned<String> {
    fn borrow(&self) -> &str {
        self.get_ref()
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;

    #[test]
    fn a_value_knows_its_place() {
        let file: IndexMap<Spanned<String>, Spanned<i64>> = toml::from_str("ab = 12").unwrap();
        let (key, value) = file.get_index(0).unwrap();
        assert_eq!((key.get_ref().as_str(), key.span()), ("ab", 0..2));
        assert_eq!((value.get_ref(), value.span()), (&12, 5..7));
    }

    #[test]
    fn the_place_makes_no_difference() {
        let file: IndexMap<Spanned<String>, i64> = toml::from_str("ab = 12").unwrap();
        assert_eq!(file.get("ab"), Some(&12));
        assert_eq!(file.get(&Spanned::new(7..9, "ab".to_owned())), Some(&12));
        assert_eq!(Spanned::new(0..1, 3), Spanned::new(1..2, 3));
    }

    #[test]
    fn its_schema_is_that_of_the_value() {
        assert_eq!(schemars::schema_for!(Spanned<i64>), schemars::schema_for!(i64));
    }
}
