//! Made-up files of published figures, for the tests of this room.

/// One figure of a file.
pub(crate) fn figure(question: &str, answer: &str, value: &str, more: &str) -> String {
    format!(
        "{{\"table\": \"{question}\", \"question\": \"{question}\", \"item\": null, \
         \"answer\": \"{answer}\", \"banner\": null, \"statistic\": \"percent\", \
         \"value\": {value}, \"low\": null, \"high\": null, \"base\": 3910, \
         \"percent_of\": \"all who answered (synthetic data)\"{more}}}"
    )
}

/// A whole file.
pub(crate) fn file(figures: &[String]) -> String {
    format!(
        "{{\"format\": 1, \"poll\": {{\"id\": \"p\", \"title\": \"P\", \"wave\": \"2023\", \
         \"synthetic\": true, \"profile\": \"public\", \"respondents\": 3912}}, \
         \"method\": {{\"sampling\": \"probability\", \"field_start\": \"2023-11-04\", \
         \"field_end\": \"2023-11-06\"}}, \"results\": [{}]}}",
        figures.join(", ")
    )
}
