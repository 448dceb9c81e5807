//! The file of the frame: whom the poll could have reached, and how many, by cell.
//!
//! Takes the sheet that `method.frame` names, whose columns are called like questions, and
//! `members`, `invited` or both; gives the cells, and how many respondents each has. May
//! know the questionnaire and the rows. Never lets a respondent be outside the frame.

use indexmap::IndexMap;
use polars::prelude::DataFrame;

use super::codes;
use super::crossing::Crossing;
use super::side::{Row, Sheet, Side};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::poll::Poll;
use crate::questionnaire::Questionnaire;
use crate::words::Words;

const MEMBERS: &str = "members";
const INVITED: &str = "invited";

/// Whom the poll could have reached.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What it is, in words.
    pub source: Option<String>,
    /// The cells, as the file has them.
    pub cells: Vec<Cell>,
    /// Where the file begins, for messages.
    pub(super) place: Place,
    pub(super) crossing: Crossing,
}

/// One cell of the frame.
#[derive(Clone, Debug)]
pub struct Cell {
    /// One answer for each variable: labels.
    pub answers: Vec<String>,
    /// How many there are.
    pub members: Option<u64>,
    /// How many of them were invited.
    pub invited: Option<u64>,
    /// How many replied and are counted.
    pub respondents: u64,
    pub(super) place: Place,
}

impl Frame {
    /// The ids of its variables.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.crossing.variables()
    }

    /// The members of a cell; those invited, where members are not given.
    pub(super) fn size(cell: &Cell) -> u64 {
        cell.members.or(cell.invited).unwrap_or(0)
    }
}

/// Reads the frame; none if the poll has none, or if it makes no sense, which is then said.
pub(super) fn read(
    poll: &Poll,
    side: &Side,
    (questionnaire, rows): (&Questionnaire, &DataFrame),
    findings: &mut Findings,
) -> Option<Frame> {
    let path = poll.frame.as_ref()?;
    let sheet = side.sheet(path.get_ref(), findings)?;
    let mut reader = Reader { sheet: &sheet, findings };
    let (members, invited) = (sheet.column(MEMBERS), sheet.column(INVITED));
    let variables =
        reader.variables((questionnaire, rows), members.or(invited).is_some(), poll.words)?;
    let names = variables.iter().map(|field| sheet.headers[*field].as_str());
    let crossing = match Crossing::of(names, (questionnaire, rows), poll.words) {
        Ok(crossing) => crossing,
        Err((headline, help)) => {
            reader.push(&codes::VARIABLE, sheet.heading(variables[0]), headline, help);
            return None;
        }
    };
    let mark = reader.findings.list().len();
    let cells = reader.cells(&crossing, &variables, (members, invited));
    if reader.findings.list().len() > mark {
        return None; // cells that could not be read would seem to have nobody
    }
    let mut frame = Frame {
        source: poll.method.frame_source.clone(),
        cells: Vec::new(),
        place: sheet.heading(0),
        crossing,
    };
    let known = reader.count(&mut frame, cells, rows);
    known.then_some(frame)
}

struct Reader<'a, 'f> {
    sheet: &'a Sheet<'a>,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn push(&mut self, code: &'static Code, place: Place, headline: String, help: String) {
        self.findings.push(Finding::new(code, headline).at(place).help(help));
    }

    /// The columns that are variables; none if one is unknown or nothing is counted.
    fn variables(
        &mut self,
        asked: (&Questionnaire, &DataFrame),
        counted: bool,
        words: &Words,
    ) -> Option<Vec<usize>> {
        let sheet = self.sheet;
        let mut known = counted;
        if !counted {
            let help = "add a column `members` or `invited`".to_owned();
            self.push(
                &codes::SHEET,
                sheet.heading(0),
                "the frame counts nobody".to_owned(),
                help,
            );
        }
        let mut variables = Vec::new();
        for (field, header) in sheet.headers.iter().enumerate() {
            if header == MEMBERS || header == INVITED {
                continue;
            }
            if let Err((headline, help)) =
                Crossing::of([header.as_str()].into_iter(), asked, words)
            {
                self.push(&codes::VARIABLE, sheet.heading(field), headline, help);
                known = false;
            }
            variables.push(field);
        }
        if variables.is_empty() {
            let help = "add a column for each variable, called like its question".to_owned();
            let headline = "the frame has no variable".to_owned();
            self.push(&codes::SHEET, sheet.heading(0), headline, help);
            return None;
        }
        known.then_some(variables)
    }

    /// The cells by their codes.
    fn cells(
        &mut self,
        crossing: &Crossing,
        variables: &[usize],
        counted: (Option<usize>, Option<usize>),
    ) -> IndexMap<usize, Cell> {
        let mut cells: IndexMap<usize, Cell> = IndexMap::new();
        for row in &self.sheet.rows {
            let Some(code) = self.code(crossing, variables, row) else { continue };
            let cell = self.cell(variables, counted, row);
            match cells.get(&code) {
                Some(first) => self.twice(&cell, first, &crossing.written(code)),
                None => _ = cells.insert(code, cell),
            }
        }
        cells
    }

    fn cell(
        &mut self,
        variables: &[usize],
        (members, invited): (Option<usize>, Option<usize>),
        row: &Row,
    ) -> Cell {
        let mut number = |field: Option<usize>| field.and_then(|f| self.whole(row, f));
        let (members, invited) = (number(members), number(invited));
        let answers = variables.iter().map(|field| row.cells[*field].clone()).collect();
        let place = self.sheet.place(row, variables[0]);
        if let (Some(members), Some(invited)) = (members, invited)
            && invited > members
        {
            let headline = format!("{invited} were invited of {members} members");
            let help = "correct the numbers: those invited are among the members".to_owned();
            self.push(&codes::NUMBER, place.clone(), headline, help);
        }
        Cell { answers, members, invited, respondents: 0, place }
    }

    fn twice(&mut self, cell: &Cell, first: &Cell, written: &str) {
        let line = |cell: &Cell| cell.place.line.unwrap_or_default();
        let help = format!("keep one of the lines {} and {}", line(first), line(cell));
        let headline = format!("`{written}` stands in the frame twice");
        self.push(&codes::TWICE, cell.place.clone(), headline, help);
    }

    fn code(&mut self, crossing: &Crossing, variables: &[usize], row: &Row) -> Option<usize> {
        let texts = || variables.iter().map(|field| row.cells[*field].as_str());
        if let Some(code) = crossing.code_of(texts()) {
            return Some(code);
        }
        for (nth, text) in texts().enumerate() {
            let part = crossing.part(nth);
            if part.code(text).is_none() {
                let headline = format!("`{text}` is no answer of `{}`", part.name);
                let place = self.sheet.place(row, variables[nth]);
                let help = part.nearest(text);
                self.push(&codes::CATEGORY, place, headline, help);
            }
        }
        None
    }

    fn whole(&mut self, row: &Row, field: usize) -> Option<u64> {
        let text = &row.cells[field];
        let number = text.parse().ok();
        if number.is_none() {
            let headline = format!("`{text}` is no number of people");
            let help = "write a whole number in digits alone, 0 for nobody".to_owned();
            self.push(&codes::NUMBER, self.sheet.place(row, field), headline, help);
        }
        number
    }

    /// Counts the respondents of each cell; whether all of them are in the frame.
    fn count(
        &mut self,
        frame: &mut Frame,
        mut cells: IndexMap<usize, Cell>,
        rows: &DataFrame,
    ) -> bool {
        let mark = self.findings.list().len();
        let crossing = &frame.crossing;
        for (code, count) in counts(crossing, rows) {
            let cell = cells.get_mut(&code);
            let outside = match &cell {
                Some(cell) => Frame::size(cell) == 0,
                None => crossing.substantive(code),
            };
            if outside {
                let place = cell.as_ref().map_or(&frame.place, |cell| &cell.place).clone();
                self.outside(place, count, &crossing.written(code));
            }
            if let Some(cell) = cell {
                cell.respondents = count;
            }
        }
        cells.values().for_each(|cell| self.too_many(cell));
        frame.cells = cells.into_values().collect();
        self.findings.list().len() == mark
    }

    /// Notes respondents where the frame has nobody.
    fn outside(&mut self, place: Place, count: u64, cell: &str) {
        let headline = format!("{} of `{cell}`, where the frame has nobody", people(count));
        let help = "add the cell with its members, or correct the answers; the frame and the data \
                    must be of the same people";
        self.push(&codes::OUTSIDE, place, headline, help.to_owned());
    }

    /// Notes a cell in which more people replied than could.
    fn too_many(&mut self, cell: &Cell) {
        let most = cell.invited.or(cell.members).unwrap_or(u64::MAX);
        if cell.respondents > most && Frame::size(cell) > 0 {
            let headline = format!("{} replied of {most} who could", cell.respondents);
            let help = "correct the number, or look for people who answered twice".to_owned();
            self.push(&codes::TOO_MANY, cell.place.clone(), headline, help);
        }
    }
}

/// How many respondents each code has; those that have any.
fn counts(crossing: &Crossing, rows: &DataFrame) -> Vec<(usize, u64)> {
    let mut counts = vec![0_u64; crossing.size().unwrap_or(0)];
    for code in crossing.rows(rows) {
        counts[code as usize] += 1;
    }
    counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect()
}

/// `1 respondent is`, `5 respondents are`.
pub(super) fn people(count: u64) -> String {
    if count == 1 { "1 respondent is".to_owned() } else { format!("{count} respondents are") }
}
