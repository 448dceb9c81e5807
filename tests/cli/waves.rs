//! Earlier waves as an analyst types them: a poll file beside this one, or a page that was
//! published long ago.

use insta::assert_snapshot;

use super::trial::Trial;

/// The small poll as a second wave, with the lines of `[[previous]]`.
fn second_wave(previous: &str) -> Trial {
    let trial = Trial::new();
    assert_eq!(trial.publish().code, Some(0));
    let published = trial.files("out")["canteen/results.json"].clone();
    trial.write("old/results.json", published);
    trial.change("poll.toml", "id = \"canteen\"", "id = \"canteen-2\"");
    trial.change("poll.toml", "wave = \"2024-01\"", "wave = \"2024-06\"");
    trial.change("poll.toml", "2024-01-13", "2024-06-13");
    trial.change("poll.toml", "2024-01-14", "2024-06-14");
    let text = format!("\n[[previous]]\n{previous}\n[report]\n");
    trial.change("poll.toml", "\n[report]\n", &text);
    trial
}

#[test]
fn a_published_wave_stands_in_tables_charts_and_data_files() {
    let trial = second_wave("poll = \"old/results.json\"");
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let files = trial.files("out/canteen-2");
    assert!(files.contains_key("charts/enough-waves.svg"));
    let data = String::from_utf8(files["results.csv"].clone()).unwrap();
    let rows: Vec<&str> =
        data.lines().filter(|line| line.contains(",enough-waves,enough,,Agree,")).collect();
    assert_snapshot!(rows.join("\n"), @r"
    canteen-2,2024-01,enough-waves,enough,,Agree,,Total,percent,25,,,%,all who answered (synthetic data),200,,,,,
    canteen-2,2024-06,enough-waves,enough,,Agree,,Total,change,0,,,points,,200,,,,2024-01,
    ");
}

#[test]
fn a_wave_that_is_the_poll_itself_is_refused() {
    let end = second_wave("poll = \"poll.toml\"").publish();
    assert_eq!(end.code, Some(3));
    assert_snapshot!(end.stderr, @r"
    error[T002]: the earlier wave is this poll file
      --> poll.toml:27:8   `previous.poll`
        help: name the poll file of another wave, or take the entry out
    ");
}
