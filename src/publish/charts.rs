//! Charts as files: outlined SVG and PNG, 720 and 360 px wide, named after their tables.

use super::File;
use crate::chart::Picture;
use crate::report::Report;

pub(super) fn files(report: &Report) -> Vec<File> {
    let charts = report.charts.iter();
    let pictures = charts.flat_map(|chart| {
        let wide = format!("charts/{}", chart.table);
        let narrow = format!("{wide}-narrow");
        [(wide, &chart.wide), (narrow, &chart.narrow)]
    });
    pictures.flat_map(|(path, picture)| forms(&path, picture)).collect()
}

fn forms(path: &str, picture: &Picture) -> [File; 2] {
    [
        File::new(format!("{path}.svg"), picture.outlined.clone()),
        File::new(format!("{path}.png"), picture.png.clone()),
    ]
}
