//! Nets of multiple responses: who picked any of several answers, from the respondents
//! themselves, since the sum of the answers would count people twice.

use polars::prelude::DataFrame;

use crate::diagnostic::{Failure, Kind};
use crate::frame;
use crate::questionnaire::{Measure, Net, Question, Questionnaire};

/// The name of a net's column in the frame.
#[must_use]
pub fn net_name(question: &Question, net: &Net) -> String {
    format!("{} net: {}", question.id, net.id)
}

/// Adds one flag for each net of each multiple response.
pub(super) fn add(
    mut frame: DataFrame,
    questionnaire: &Questionnaire,
) -> Result<DataFrame, Failure> {
    let multiple = questionnaire.questions.iter().filter(|q| q.measure() == Measure::Flags);
    for question in multiple {
        for net in &question.nets {
            let Some(column) = any(&frame, question, net) else { continue };
            frame.with_column(column).map_err(|_| Failure { kind: Kind::Internal })?;
        }
    }
    Ok(frame)
}

/// Picked if any member is; where there is no answer, the reason of the first member.
fn any(frame: &DataFrame, question: &Question, net: &Net) -> Option<polars::prelude::Column> {
    let (first, rest) = net.members.split_first()?;
    let first = question.flag(*first);
    let mut codes = frame::codes(frame, &first)?.to_wide();
    for member in rest {
        let member = frame::codes(frame, &question.flag(*member))?;
        for (row, code) in codes.iter_mut().enumerate() {
            if *code == 0 && member.get(row) == 1 {
                *code = 1;
            }
        }
    }
    frame::labels(&net_name(question, net), codes, &frame::list(frame, &first)).ok()
}
