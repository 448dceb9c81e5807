//! How dates are written: our patterns go in, those of the standard come out.
//!
//! Both are in the manner of strftime. The standard asks for what Python and C understand;
//! ours has short forms that Python's `strptime` lacks, which are written out here.

/// Short forms, and what they stand for.
const SHORT: [(&str, &str); 8] = [
    ("F", "%Y-%m-%d"),
    ("T", "%H:%M:%S"),
    ("D", "%m/%d/%y"),
    ("R", "%H:%M"),
    ("e", "%d"),
    ("k", "%H"),
    ("l", "%I"),
    ("h", "%b"),
];

/// Directives that mean the same in both.
const SHARED: &str = "aAbBcdHIjmMpSUwWxXyYzZ%";

/// Directives for a time of day.
const CLOCK: [&str; 6] = ["%H", "%I", "%M", "%S", "%c", "%X"];

/// The type and format of a column of dates. Without a declared form any ISO 8601 form is
/// read, with or without a time, for which the standard has only `any`. A form that the
/// standard cannot express is text.
pub(super) fn type_and_format(form: Option<&str>) -> (&'static str, Option<String>) {
    let Some(form) = form else { return ("date", Some("any".to_owned())) };
    let Some(pattern) = pattern(form) else { return ("string", None) };
    let timed = CLOCK.iter().any(|directive| pattern.contains(directive));
    match (timed, pattern.as_str()) {
        (false, "%Y-%m-%d") => ("date", None),
        (false, _) => ("date", Some(pattern)),
        (true, "%Y-%m-%dT%H:%M:%S") => ("datetime", None),
        (true, _) => ("datetime", Some(pattern)),
    }
}

/// The pattern in the standard's directives; none if one of ours has no counterpart.
fn pattern(form: &str) -> Option<String> {
    let mut pattern = String::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('%') {
        pattern.push_str(before);
        // `%-d` is a day without its nought: `strptime` takes it either way.
        let after = after.strip_prefix(['-', '_', '0']).unwrap_or(after);
        let directive = after.chars().next()?;
        rest = &after[directive.len_utf8()..];
        let short = SHORT.iter().find(|(name, _)| name.chars().eq([directive]));
        match short {
            Some((_, long)) => pattern.push_str(long),
            None if SHARED.contains(directive) => pattern.extend(['%', directive]),
            None => return None,
        }
    }
    Some(pattern + rest)
}

#[cfg(test)]
mod tests {
    use super::type_and_format;

    fn of(form: &str) -> (&'static str, Option<String>) {
        type_and_format(Some(form))
    }

    #[test]
    fn the_standards_own_forms_need_no_format() {
        assert_eq!(of("%Y-%m-%d"), ("date", None));
        assert_eq!(of("%FT%T"), ("datetime", None));
    }

    #[test]
    fn short_forms_are_written_out() {
        assert_eq!(of("%-d/%-m/%Y"), ("date", Some("%d/%m/%Y".to_owned())));
        assert_eq!(of("%e %b %Y, %R"), ("datetime", Some("%d %b %Y, %H:%M".to_owned())));
        assert_eq!(of("100%% %Y"), ("date", Some("100%% %Y".to_owned())));
    }

    #[test]
    fn what_the_standard_lacks_is_text() {
        assert_eq!(of("%s"), ("string", None));
        assert_eq!(of("%d/%m/%"), ("string", None));
    }

    #[test]
    fn without_a_form_any_is_taken() {
        assert_eq!(type_and_format(None), ("date", Some("any".to_owned())));
    }
}
