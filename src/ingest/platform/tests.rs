//! Every export in `tests/exports`: what its columns are called, and whose file it is.

use csv::ReaderBuilder;

use super::{Heading, PLATFORMS, Platform, Role, platform, recognise};
use crate::questionnaire::Dialect::{self, *};

/// An export: its name, its bytes, its dialect and how many rows of headers it has.
struct Export(&'static str, &'static [u8], Dialect, usize);

macro_rules! exports {
    ($($name:literal: $dialect:ident, $rows:literal;)*) => {
        &[$(Export(
            $name,
            include_bytes!(concat!("../../../tests/exports/", $name, ".csv")),
            $dialect,
            $rows,
        )),*]
    };
}

const EXPORTS: &[Export] = exports! {
    "surveymonkey": SurveyMonkey, 2;
    "surveymonkey-one-row": SurveyMonkey, 1;
    "qualtrics": Qualtrics, 3;
    "qualtrics-legacy": Qualtrics, 2;
    "microsoft-forms": MicrosoftForms, 1;
    "microsoft-forms-1252": MicrosoftForms, 1;
    "google-forms": GoogleForms, 1;
    "google-forms-download": GoogleForms, 1;
    "limesurvey-codes": LimeSurvey, 1;
    "limesurvey-labels": LimeSurvey, 1;
    "limesurvey-text": LimeSurvey, 1;
    "jisc-labels": Jisc, 1;
    "jisc-codes": Jisc, 1;
    "typeform": Typeform, 1;
    "alchemer": Alchemer, 1;
    "plain": Plain, 1;
};

fn export(name: &str) -> &'static Export {
    EXPORTS.iter().find(|export| export.0 == name).unwrap()
}

/// The text, where need be of the few letters of windows-1252 that the files hold.
fn decoded(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        0x92 => '\u{2019}',
        0x97 => '\u{2014}',
        other => char::from(*other),
    };
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(letter).collect())
}

/// The rows of the file as far as `count`, without the line above the headers of `plain`.
fn first(export: &Export, count: usize) -> Vec<Vec<String>> {
    let text = decoded(export.1);
    let text = text.strip_prefix("Poll of staff; draft;;;;\r\n").unwrap_or(&text);
    let line = text.lines().next().unwrap();
    let semicolons = line.matches(';').count() > line.matches(',').count();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let rows = reader.records().take(count).map(Result::unwrap);
    rows.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

fn headings(export: &Export) -> Vec<Heading> {
    (platform(export.2).headings)(&first(export, export.3))
}

/// One line for each column: role, part and names.
fn shown(name: &str) -> String {
    let line = |heading: Heading| {
        let part = heading.part.map(|part| format!(" <{part}>")).unwrap_or_default();
        let names = heading.names.join(" | ").replace('\n', "\\n");
        format!("{:?}{part}: {names}", heading.role).trim_end().to_owned() + "\n"
    };
    headings(export(name)).into_iter().map(line).collect()
}

fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
fn headings_of_surveymonkey() {
    insta::assert_snapshot!(shown("surveymonkey"), @r"
    Key: Respondent ID
    Technical: Collector ID
    Started: Start Date
    Ended: End Date
    Personal: IP Address
    Personal: Email Address
    Personal: First Name
    Personal: Last Name
    Personal: Custom Data 1
    Answer: What is your main role?
    OtherText <Other (please specify)>: What is your main role? [Other (please specify)]
    Answer <Planning>: Which of these took your time last week?<br>Please tick <b>all</b> that apply. [Planning] | Which of these took your time last week? Please tick all that apply. [Planning]
    Answer <Marking, assessment & data entry>: Which of these took your time last week?<br>Please tick <b>all</b> that apply. [Marking, assessment &amp; data entry] | Which of these took your time last week? Please tick all that apply. [Marking, assessment & data entry]
    Answer <Cover>: Which of these took your time last week?<br>Please tick <b>all</b> that apply. [Cover] | Which of these took your time last week? Please tick all that apply. [Cover]
    Answer <None of these>: Which of these took your time last week?<br>Please tick <b>all</b> that apply. [None of these] | Which of these took your time last week? Please tick all that apply. [None of these]
    OtherText <Other (please specify)>: Which of these took your time last week?<br>Please tick <b>all</b> that apply. [Other (please specify)] | Which of these took your time last week? Please tick all that apply. [Other (please specify)]
    Answer <I am paid fairly>: How far do you agree?\nThink of this term. [I am paid fairly] | How far do you agree? Think of this term. [I am paid fairly]
    Answer <My workload is manageable>: How far do you agree?\nThink of this term. [My workload is manageable] | How far do you agree? Think of this term. [My workload is manageable]
    Answer <Pay>: Please rank these from 1 (most urgent) to 3. [Pay]
    Answer <Workload>: Please rank these from 1 (most urgent) to 3. [Workload]
    Answer <Behaviour>: Please rank these from 1 (most urgent) to 3. [Behaviour]
    Answer: Is there anything else?
    ");
}

#[test]
fn headings_of_surveymonkey_one_row() {
    insta::assert_snapshot!(shown("surveymonkey-one-row"), @"
    Key: Respondent ID
    Started: Start Date
    Ended: End Date
    Answer: What is your main role?
    OtherText <Other (please specify)>: What is your main role? - Other (please specify) | What is your main role? [Other (please specify)]
    Answer <Planning>: Which of these took your time last week? - Planning | Which of these took your time last week? [Planning]
    Answer <Cover>: Which of these took your time last week? - Cover | Which of these took your time last week? [Cover]
    Answer <Other (please specify)>: Which of these took your time last week? - Other (please specify) | Which of these took your time last week? [Other (please specify)] | Which of these took your time last week? - Other (please specify) (1) | Which of these took your time last week? [Other (please specify)] (1)
    OtherText <Other (please specify)>: Which of these took your time last week? - Other (please specify) | Which of these took your time last week? [Other (please specify)] | Which of these took your time last week? - Other (please specify) (2) | Which of these took your time last week? [Other (please specify)] (2)
    Answer: How many hours did you work last week? (0 - 80)
    ");
}

#[test]
fn headings_of_qualtrics() {
    insta::assert_snapshot!(shown("qualtrics"), @r"
    Started: StartDate | Start Date
    Ended: EndDate | End Date
    Technical: Status | Response Type
    Personal: IPAddress | IP Address
    Technical: Progress
    Duration: Duration (in seconds)
    Completion: Finished
    Technical: RecordedDate | Recorded Date
    Key: ResponseId | Response ID
    Personal: ExternalReference | External Data Reference
    Technical: DistributionChannel | Distribution Channel
    Technical: UserLanguage | User Language
    Answer: Q1 | What is your main role? - Selected Choice | What is your main role?
    OtherText <Other (please specify)>: Q1_4_TEXT | What is your main role? - Other (please specify) - Text | What is your main role? [Other (please specify)] | Q1 [Other (please specify)]
    Answer <Pay>: Q2_1 | Why did you apply elsewhere?\n(Tick all that apply.) - Selected Choice - Pay | Why did you apply elsewhere? (Tick all that apply.) - Selected Choice - Pay | Why did you apply elsewhere? (Tick all that apply.) [Pay] | Q2 [Pay]
    Answer <Hours, travel or cover>: Q2_2 | Why did you apply elsewhere?\n(Tick all that apply.) - Selected Choice - Hours, travel or cover | Why did you apply elsewhere? (Tick all that apply.) - Selected Choice - Hours, travel or cover | Why did you apply elsewhere? (Tick all that apply.) [Hours, travel or cover] | Q2 [Hours, travel or cover]
    Answer <Other>: Q2_5 | Why did you apply elsewhere?\n(Tick all that apply.) - Selected Choice - Other | Why did you apply elsewhere? (Tick all that apply.) - Selected Choice - Other | Why did you apply elsewhere? (Tick all that apply.) [Other] | Q2 [Other]
    OtherText <Other>: Q2_5_TEXT | Why did you apply elsewhere?\n(Tick all that apply.) - Other - Text | Why did you apply elsewhere? (Tick all that apply.) - Other - Text | Why did you apply elsewhere? (Tick all that apply.) [Other - Text] | Q2 [Other - Text]
    Technical: Q2_DO | Why did you apply elsewhere?\n(Tick all that apply.) - Display Order | Why did you apply elsewhere? (Tick all that apply.) - Display Order
    Answer <My school is well led>: Q3_1 | On a scale 1 - 5 - My school is well led | On a scale 1 - 5 [My school is well led] | Q3 [My school is well led]
    Answer <I would recommend it>: Q3_2 | On a scale 1 - 5 - I would recommend it | On a scale 1 - 5 [I would recommend it] | Q3 [I would recommend it]
    Technical: Q4_Page Submit | Timing - Page Submit
    Answer: Q5 | <p>How long have you taught, in <strong>years</strong>?</p> | How long have you taught, in years?
    Answer: region
    ");
}

#[test]
fn headings_of_qualtrics_legacy() {
    insta::assert_snapshot!(shown("qualtrics-legacy"), @r"
    Key: V1 | ResponseID
    Technical: V2 | ResponseSet
    Personal: V3 | Name
    Personal: V4 | ExternalDataReference
    Personal: V5 | EmailAddress
    Personal: V6 | IPAddress
    Technical: V7 | Status
    Started: V8 | StartDate
    Ended: V9 | EndDate
    Completion: V10 | Finished
    Answer: Q1 | What would keep you in the job?\nTick all that apply. | What would keep you in the job? Tick all that apply.
    Answer: Q2 | Which phase do you work in?
    Answer <Pay>: Q3_1 | How satisfied are you with...-Pay | How satisfied are you with... [Pay] | Q3 [Pay]
    Answer <Hours>: Q3_2 | How satisfied are you with...-Hours | How satisfied are you with... [Hours] | Q3 [Hours]
    Personal: LocationLatitude
    Personal: LocationLongitude
    Technical: LocationAccuracy
    Technical:
    ");
}

#[test]
fn headings_of_microsoft_forms() {
    insta::assert_snapshot!(shown("microsoft-forms"), @"
    Key: ID
    Started: Start time
    Ended: Completion time
    Personal: Email
    Personal: Name
    Technical: Last modified time
    Answer: Which phase do you work in?
    Answer: What support have you had this year?
    Answer: How did you rate it?
    Answer: What support would you like next year?
    Answer: How did you rate it?2
    Answer: Pay, progression and leave
    Answer: Workload
    ");
}

#[test]
fn headings_of_microsoft_forms_1252() {
    insta::assert_snapshot!(shown("microsoft-forms-1252"), @"
    Key: ID
    Started: Start time
    Ended: Completion time
    Personal: Email
    Personal: Name
    Answer: Hours — how many last week?
    Answer: What’s your biggest cost?
    ");
}

#[test]
fn headings_of_google_forms() {
    insta::assert_snapshot!(shown("google-forms"), @"
    Ended: Timestamp
    Personal: Email Address
    Answer: Which phase do you work in?
    Answer: What would help most? (Tick all that apply.)
    Answer <Cover for absence>: How often do these happen? [Cover for absence]
    Answer <Meetings after hours>: How often do these happen? [Meetings after hours]
    Answer: In one sentence: why?
    ");
}

#[test]
fn headings_of_google_forms_download() {
    insta::assert_snapshot!(shown("google-forms-download"), @"
    Ended: Timestamp
    Answer: Which tools do you use for planning?
    Answer: How many lessons a week do you teach?
    ");
}

#[test]
fn headings_of_limesurvey_codes() {
    insta::assert_snapshot!(shown("limesurvey-codes"), @"
    Key: id
    Ended: submitdate
    Technical: lastpage
    Technical: startlanguage
    Technical: seed
    Personal: token
    Started: startdate
    Technical: datestamp
    Personal: ipaddr
    Answer: phase
    Answer: union
    OtherText <Other>: union[other] | union_other | union [other] | union [Other]
    Answer <SQ001>: why[SQ001] | why_SQ001 | why [SQ001]
    Answer <SQ002>: why[SQ002] | why_SQ002 | why [SQ002]
    OtherText <Other>: why[other] | why_other | why [other] | why [Other]
    Answer <pay>: fair[pay] | fair_pay | fair [pay]
    Answer <hours>: fair[hours] | fair_hours | fair [hours]
    Answer <1>: first[1] | first_1 | first [1]
    Answer <2>: first[2] | first_2 | first [2]
    Answer: note
    Duration: interviewtime
    Technical: groupTime12
    Technical: phaseTime
    Technical: unionTime
    ");
}

#[test]
fn headings_of_limesurvey_labels() {
    insta::assert_snapshot!(shown("limesurvey-labels"), @"
    Technical:
    Key: id | id. Response ID | Response ID
    Ended: submitdate | submitdate. Date submitted | Date submitted
    Answer: phase | phase. Which phase do you work in? | Which phase do you work in?
    Answer: cover | cover. Do you cover for absent colleagues? | Do you cover for absent colleagues?
    Answer <More pay>: why[SQ001] | why[SQ001]. Why? (tick all that apply) [More pay] | why_SQ001 | Why? (tick all that apply) [More pay] | why [More pay] | Why? (tick all that apply) [SQ001] | why [SQ001]
    Answer <To help, as a colleague>: why[SQ002] | why[SQ002]. Why? (tick all that apply) [To help, as a colleague] | why_SQ002 | Why? (tick all that apply) [To help, as a colleague] | why [To help, as a colleague] | Why? (tick all that apply) [SQ002] | why [SQ002]
    OtherText <Other>: why[other] | why[other]. Why? (tick all that apply) [Other] | why_other | Why? (tick all that apply) [Other] | why [Other] | Why? (tick all that apply) [other] | why [other]
    Answer <In an average week, how much time goes to teaching>: likert0[time1] | likert0[time1]. [In an average week, how much time goes to teaching] | likert0_time1 | likert0 [In an average week, how much time goes to teaching] | likert0 [time1]
    Answer <In an average week, how much time goes to marking>: likert0[time2] | likert0[time2]. [In an average week, how much time goes to marking] | likert0_time2 | likert0 [In an average week, how much time goes to marking] | likert0 [time2]
    Answer <SQ001>: use3[SQ001] | use3[SQ001]. Who reads the lesson plans that you write? [] | use3_SQ001 | Who reads the lesson plans that you write? [SQ001] | use3 [SQ001] | Who reads the lesson plans that you write?
    Answer <Rank 1>: worst[1] | worst[1]. Put the worst first [Rank 1] | worst_1 | Put the worst first [Rank 1] | worst [Rank 1] | Put the worst first [1] | worst [1]
    Answer <Rank 2>: worst[2] | worst[2]. Put the worst first [Rank 2] | worst_2 | Put the worst first [Rank 2] | worst [Rank 2] | Put the worst first [2] | worst [2]
    ");
}

#[test]
fn headings_of_limesurvey_text() {
    insta::assert_snapshot!(shown("limesurvey-text"), @"
    Key: Response ID | id
    Ended: Date submitted | submitdate
    Technical: Last page | lastpage
    Technical: Start language | startlanguage
    Answer: Which phase do you work in?
    Answer: Is pay fair [in £]?
    Answer <Shared drive>: Which of these do you use? [Shared drive]
    Answer <Paper>: Which of these do you use? [Paper]
    OtherText <Other>: Which of these do you use? [Other]
    Answer <Canteen, Food>: How good are these? [Canteen][Food]
    Answer <Canteen, Price>: How good are these? [Canteen][Price]
    Duration: Total time | interviewtime
    Technical: Group time: About you
    Technical: Question time: Which phase do you work in?
    ");
}

#[test]
fn headings_of_jisc_labels() {
    insta::assert_snapshot!(shown("jisc-labels"), @"
    Key: Unique Response Number | URN
    Answer: 1. Which phase do you work in? | Q1 | 1 | Which phase do you work in?
    Answer: 2. How did you hear of us? | Q2 | 2 | How did you hear of us?
    OtherText <Other>: 2.a. If you selected Other, please specify: | Q2_a | 2.a | How did you hear of us? [Other] | 2. How did you hear of us? [Other] | Q2 [Other]
    Answer: 3. Which of these do you teach? | Q3 | 3 | Which of these do you teach?
    Technical: 4. Rank these, best first | Q4 | 4 | Rank these, best first
    Answer <Pay>: 4.1. Pay | Q4_1 | 4.1 | Rank these, best first [Pay] | 4. Rank these, best first [Pay] | Q4 [Pay]
    Answer <Leave>: 4.2. Leave | Q4_2 | 4.2 | Rank these, best first [Leave] | 4. Rank these, best first [Leave] | Q4 [Leave]
    Answer <Pension>: 4.3. Pension | Q4_3 | 4.3 | Rank these, best first [Pension] | 4. Rank these, best first [Pension] | Q4 [Pension]
    Technical: 5. How likely are you to . . . | Q5 | 5 | How likely are you to . . .
    Answer <Stay in post>: 5.1.a. Stay in post | Q5_1_a | 5.1.a | How likely are you to . . . [Stay in post] | 5. How likely are you to . . . [Stay in post] | Q5 [Stay in post] | Q5_1 | Q5 [1]
    Answer <Apply for promotion>: 5.2.a. Apply for promotion | Q5_2_a | 5.2.a | How likely are you to . . . [Apply for promotion] | 5. How likely are you to . . . [Apply for promotion] | Q5 [Apply for promotion] | Q5_2 | Q5 [2]
    Answer: 6. Why do you say so? | Q6 | 6 | Why do you say so?
    Answer: 7. When did you join? | Q7 | 7 | When did you join?
    ");
}

#[test]
fn headings_of_jisc_codes() {
    insta::assert_snapshot!(shown("jisc-codes"), @"
    Key: URN | Unique Response Number
    Answer: Q1
    Answer: Q2
    OtherText <Other>: Q2_a | Q2 [Other]
    Answer <1>: Q3_1 | Q3 [1]
    Answer <2>: Q3_2 | Q3 [2]
    Answer <3>: Q3_3 | Q3 [3]
    Technical: Q4
    Answer <1>: Q4_1 | Q4 [1]
    Answer <2>: Q4_2 | Q4 [2]
    Answer <3>: Q4_3 | Q4 [3]
    Technical: Q5
    Answer <1_a>: Q5_1_a | Q5 [1_a] | Q5_1 | Q5 [1]
    Answer <2_a>: Q5_2_a | Q5 [2_a] | Q5_2 | Q5 [2]
    Answer: Q6
    Answer: Q7
    ");
}

#[test]
fn headings_of_typeform() {
    insta::assert_snapshot!(shown("typeform"), @"
    Key: #
    Answer: <strong>Do you teach?</strong> | Do you teach?
    Answer: Training course
    Answer: Books, films and radio
    Answer: None | None (1)
    OtherText: Other | Other (1)
    Answer: Mentor
    Answer: None | None (2)
    OtherText: Other | Other (2)
    Answer: How <em>many</em> hours did you work last week? | How many hours did you work last week?
    Personal: What is your postcode?
    Started: Start Date (UTC)
    Ended: Submit Date (UTC)
    Personal: Network ID
    ");
}

#[test]
fn headings_of_alchemer() {
    insta::assert_snapshot!(shown("alchemer"), @"
    Key: Response ID
    Started: Time Started
    Ended: Date Submitted
    Completion: Status
    Personal: Contact ID
    Technical: Legacy Comments
    Technical: Comments
    Technical: Language
    Technical: Referer
    Technical: SessionID
    Technical: User Agent
    Technical: Tags
    Personal: IP Address
    Personal: Longitude
    Personal: Latitude
    Technical: Country
    Personal: City
    Technical: State/Region
    Personal: Postal
    Answer: Which phase do you work in?
    Answer <Planning>: Planning:Which of these tightly fill your week? | Planning:Which of these tightly fill your week? | Which of these tightly fill your week? [Planning] | Which of these tightly fill your week? [Planning]
    Answer <Marking: essays>: Marking: essays:Which of these tightly fill your week? | Marking: essays:Which of these tightly fill your week? | Which of these tightly fill your week? [Marking: essays] | Which of these tightly fill your week? [Marking: essays]
    OtherText <Other - Write In>: Other - Write In:Which of these tightly fill your week? | Other - Write In:Which of these tightly fill your week? | Which of these tightly fill your week? [Other - Write In] | Which of these tightly fill your week? [Other - Write In]
    Answer: Thinking of pay: is yours fair?
    Answer <Noise>: Noise:How often is there... | How often is there... [Noise]
    Answer <Cold>: Cold:How often is there... | How often is there... [Cold]
    Answer <Reason #1>: Reason #1:Why do you stay? | Why do you stay? [Reason #1]
    Answer <Reason #2>: Reason #2:Why do you stay? | Why do you stay? [Reason #2]
    ");
}

#[test]
fn headings_of_plain() {
    insta::assert_snapshot!(shown("plain"), @"
    Personal: member_number
    Answer: phase
    Answer: noise
    Answer: food
    Answer: weight
    Answer: hours
    ");
}

/// Who recognises each file, by its rows of headers and one or more of answers.
fn recognised(rows: &[Vec<String>]) -> Vec<(Dialect, String)> {
    let reason = |p: &Platform| (p.recognise)(rows).map(|reason| (p.dialect, reason));
    PLATFORMS.iter().filter_map(reason).collect()
}

#[test]
fn every_export_is_recognised_by_its_platform_only() {
    let mut said = Vec::new();
    for export in EXPORTS {
        let found = recognised(&first(export, 4));
        assert!(found.len() < 2, "{}: {found:?}", export.0);
        let whose = found.iter().all(|(dialect, _)| *dialect == export.2);
        assert!(whose, "{} is taken for {found:?}", export.0);
        let reason = found.first().map_or("no", |(_, reason)| reason);
        said.push(format!("{}: {reason}", export.0));
        let answers = recognised(&first(export, 9)[4..]);
        assert!(answers.is_empty(), "the answers of {} are taken for {answers:?}", export.0);
    }
    insta::assert_snapshot!(said.join("\n"), @"
    surveymonkey: its second row of headers says `Response`
    surveymonkey-one-row: no
    qualtrics: its third row holds Qualtrics's `ImportId`
    qualtrics-legacy: its first two rows begin with `V1` and `ResponseID`
    microsoft-forms: its first columns are `ID`, `Start time` and `Completion time`
    microsoft-forms-1252: its first columns are `ID`, `Start time` and `Completion time`
    google-forms: its first column is `Timestamp`, with times as Google Forms writes them
    google-forms-download: its first column is `Timestamp`, with times as Google Forms writes them
    limesurvey-codes: its first columns are `id`, `submitdate`, `lastpage`, `startlanguage`
    limesurvey-labels: 8 of its headers begin with codes such as `q1[SQ001]`
    limesurvey-text: its first columns are `Response ID`, `Date submitted`, `Last page`, `Start language`
    jisc-labels: its first column is the number that Jisc gives a response
    jisc-codes: its first column is the number that Jisc gives a response
    typeform: it has the columns `#` and `Submit Date (UTC)`
    alchemer: it has the columns `Time Started`, `Date Submitted`, `Status`
    plain: no
    ");
}

#[test]
fn an_ordinary_file_is_nobodys() {
    let files: [&[&[&str]]; 13] = [
        &[&["RespondentID", "How often do you fly?"], &["3436139758", "Never"]],
        &[&["Respondent ID", "Age"], &["1", "Response"]],
        &[&["Timestamp", "value"], &["1/13/2024 9:05:12", "3"]],
        &[&["timestamp", "a b"], &["2024-01-13 09:05:12", "3"]],
        &[&["Timestamp", "In which region?"], &["2024-01-13 09:05:12", "North"]],
        &[&["URN", "Q1", "Q2"], &["136742", "1", "2"]],
        &[&["1. Age", "2. Region"], &["5", "North"]],
        &[&["id", "pay [base]", "pay [bonus]"], &["1", "2", "3"]],
        &[&["ID", "Start time", "Name"], &["1", "2", "3"]],
        &[&["#", "Question"], &["1", "2"]],
        &[&["Ticket", "Submit Date (UTC)"], &["1", "2024-01-13 09:05:12"]],
        &[&["V1", "V2"], &["1", "ResponseID"], &["ImportId", "2"]],
        &[&["Status", "Time Started"], &["Response", "Response of the school"]],
    ];
    for file in files {
        assert_eq!(recognised(&rows(file)), [], "{file:?}");
    }
    assert_eq!(recognise(&[]).map(|(_, reason)| reason), None);
}

#[test]
fn the_rows_of_headers_are_counted() {
    for export in EXPORTS {
        let platform = platform(export.2);
        let counted = (platform.rows_shown)(&first(export, 4));
        assert_eq!(counted, export.3, "{}", export.0);
    }
    let bare = rows(&[&["ResponseId", "Q1"], &["R_0000000000000Ab", "Yes"]]);
    assert_eq!((platform(Qualtrics).rows_shown)(&bare), 1);
}

#[test]
fn each_dialect_has_one_platform() {
    for dialect in EXPORTS.iter().map(|export| export.2) {
        assert_eq!(PLATFORMS.iter().filter(|p| p.dialect == dialect).count(), 1);
        assert_eq!(platform(dialect).dialect, dialect);
    }
}

#[test]
fn the_columns_that_a_platform_relies_on_are_there() {
    for export in EXPORTS {
        let platform = platform(export.2);
        let headings = headings(export);
        for (column, _) in [platform.complete, platform.preview].into_iter().flatten() {
            let named = headings.iter().filter(|h| h.names.iter().any(|n| n == column));
            assert_eq!(named.count(), 1, "`{column}` in {}", export.0);
        }
    }
}

#[test]
fn every_column_has_a_name_of_its_own() {
    for export in EXPORTS {
        let headings = headings(export);
        let columns = |name| headings.iter().filter(|h| h.names.contains(name)).count();
        for heading in headings.iter().filter(|heading| !heading.names.is_empty()) {
            let own = heading.names.iter().any(|name| columns(name) == 1);
            assert!(own, "{}: {:?}", export.0, heading.names);
        }
    }
}

/// The roles of columns under one row of headers.
fn roles(dialect: Dialect, headers: &[&str]) -> Vec<Role> {
    let headings = (platform(dialect).headings)(&rows(&[headers]));
    headings.into_iter().map(|heading| heading.role).collect()
}

#[test]
fn columns_that_hold_no_answers_are_told_apart() {
    use super::Role::*;
    let timings = ["Q1", "Q1_DO_3", "Q2_First Click", "Q_RecaptchaScore", "Q2 - Topics"];
    let technical = [Answer, Technical, Technical, Technical, Technical];
    assert_eq!(roles(Qualtrics, &timings), technical);
    let quiz = ["ID", "Name", "Pay?", "Points - Pay?", "Points - Leave?", "Name"];
    let marks = [Key, Personal, Answer, Technical, Answer, Personal];
    assert_eq!(roles(MicrosoftForms, &quiz), marks);
    let comments = ["why[SQ001]", "why[SQ001comment]", "workTime", "whyTime"];
    assert_eq!(roles(LimeSurvey, &comments), [Answer, OtherText, Answer, Technical]);
    let following = ["2. Pay?", "2.a. Why?", "2.b. If you chose Other, specify", "3. Leave?"];
    assert_eq!(roles(Jisc, &following), [Answer, Answer, OtherText, Answer]);
    let later = ["Response ID", "City", "Pay?", "City"];
    assert_eq!(roles(Alchemer, &later), [Key, Personal, Answer, Answer]);
    let stamp = ["Zeitstempel", "E-Mail-Adresse", "Is pay fair [in \u{20AC}]"];
    assert_eq!(roles(GoogleForms, &stamp), [Ended, Personal, Answer]);
}

#[test]
fn a_contact_question_is_personal_and_a_question_about_contacts_is_not() {
    let above = ["Respondent ID", "Your details", "", "Asked for?", "", "Custom Data 2"];
    let below = ["", "Name", "Email Address", "Phone Number", "Other", ""];
    let headings = (platform(SurveyMonkey).headings)(&rows(&[&above, &below]));
    let personal: Vec<bool> = headings.iter().map(|h| h.role == Role::Personal).collect();
    assert_eq!(personal, [false, true, true, false, false, true]);
}

#[test]
fn two_rows_of_a_plain_file_are_question_and_part() {
    let headings =
        (platform(Plain).headings)(&rows(&[&["id", "Why?", "", "", ""], &["", "Pay", "Time"]]));
    let names: Vec<String> = headings.into_iter().map(|h| h.names.join(" | ")).collect();
    assert_eq!(names, ["id", "Why? [Pay]", "Why? [Time]", "", ""]);
}

/// What headers are made of that breaks readers of headers.
const GARBAGE: [&str; 40] = [
    "",
    " ",
    "\u{FEFF}",
    "[",
    "]",
    "[]",
    "a[",
    "a]",
    "a[]",
    "a[b][c]",
    "][",
    "[[[[",
    "]]]]",
    "é[ü]. ",
    "Q",
    "Q_",
    "Q1_",
    "Q1__a",
    "1.",
    "1. ",
    "1..a. x",
    ".",
    ". .",
    ":",
    "::",
    "a:",
    ":a",
    " - ",
    "- -",
    "a - ",
    "<",
    "<b",
    "<b>",
    "&#x;",
    "&#99999999999;",
    "&;",
    "{\"ImportId\":",
    "_TEXT",
    "Response",
    "\0\u{202E}",
];

#[test]
fn garbage_never_panics() {
    let mut state = 1_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % below
    };
    for _ in 0..4000 {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for _ in 0..next(4) {
            let cells = (0..next(7)).map(|_| {
                let [left, right] = [0, 1].map(|_| GARBAGE[next(GARBAGE.len())]);
                if next(2) == 0 { left.to_owned() } else { format!("{left}{right}") }
            });
            rows.push(cells.collect());
        }
        for platform in PLATFORMS {
            let headings = (platform.headings)(&rows);
            let width = rows.iter().map(Vec::len).max().unwrap_or(0);
            assert_eq!(headings.len(), width, "{rows:?}");
            (platform.recognise)(&rows);
            assert!((1..=3).contains(&(platform.rows_shown)(&rows)));
            assert!(headings.iter().all(|h| h.names.iter().all(|n| !n.is_empty())));
        }
    }
}
