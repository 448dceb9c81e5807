//! The JSON Schema of the poll file, for editors.
//!
//! Made from the struct that a poll file fills, so that it names the keys that are read and
//! no other. Here is what the struct does not tell.

use schemars::{Schema, SchemaGenerator, json_schema as form};
use serde_json::{Value, json};

use super::typed::PollFile;
use crate::document;

/// The JSON Schema (draft 2020-12) of the poll file, pretty-printed.
#[must_use]
pub fn json_schema() -> String {
    document::json_schema::<PollFile>()
}

/// A day. Editors hand over dates of TOML as text.
pub(super) fn day(_: &mut SchemaGenerator) -> Schema {
    form!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" })
}

/// Forms of which exactly one holds: that one of these keys is there.
pub(super) fn one_of(keys: &[&str]) -> Vec<Value> {
    keys.iter().map(|key| json!({ "required": [key] })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::poll::load;

    fn form() -> Value {
        json_schema().parse().unwrap()
    }

    #[test]
    fn the_file_for_editors_is_up_to_date() {
        let held = include_str!("../../schemas/json/poll.json");
        assert!(held == json_schema(), "write what `pollsmith schema json-schema` prints");
    }

    #[test]
    fn every_key_is_described() {
        assert_eq!(document::testing::undescribed(&form()), [""; 0]);
    }

    #[test]
    fn what_load_needs_is_required() {
        let mut findings = Findings::default();
        let _ = load("poll.toml", "", &mut findings);
        let errors = findings.list().iter().filter(|f| f.headline.contains("does not say `"));
        let needed = errors.filter_map(|f| f.place.as_ref()?.column.as_deref());
        assert_eq!(form()["required"], needed.collect::<Value>());
    }
}
