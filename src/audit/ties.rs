//! What holds between the groups of a question's tables whatever is published: they divide
//! the same people, lie within each other, or make each other up.
//!
//! Takes the tables and the numbering of their counts, gives facts. Knows no figure.

use super::source::{Group, Table};
use super::space::{Column, Space, Spot, Way, at_most};
use crate::attack::{Fact, Sum};

/// Everything that ties layers to each other.
pub(super) fn ties(space: &Space, tables: &[&Table]) -> Vec<Fact> {
    let mut facts = space.grid.structure();
    facts.extend(space.sets());
    facts.extend(conditions(space));
    for table in tables {
        facts.extend(nobody_outside(space, table));
        facts.extend(nested(space, table));
        facts.extend(made_of(space, table));
    }
    facts
}

/// That some parts hold as many as others, answer by answer.
fn equal(space: &Space, one: &Spot, other: &Spot) -> Vec<Fact> {
    each(space, one, other, |one, other| Fact::exactly(one.plus(-1.0, other), 0.0))
}

fn each(
    space: &Space,
    one: &Spot,
    other: &Spot,
    fact: impl Fn(&Sum, &Sum) -> Fact,
) -> Vec<Fact> {
    let count =
        |axis, answer, spot: &Spot| space.grid.count(axis, &[answer], spot.layer, &spot.parts);
    let atoms = space.atoms().into_iter();
    atoms
        .map(|(axis, answer)| fact(&count(axis, answer, one), &count(axis, answer, other)))
        .collect()
}

/// A group is made up of those whom a condition counts and those whom it leaves out; those
/// whom it counts are the same in every banner.
fn conditions(space: &Space) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (layer, way) in space.ways.iter().enumerate().filter(|(_, way)| way.filter.is_some()) {
        let inside = way.inside();
        let find = |wanted: Way| space.ways.iter().position(|w| *w == wanted);
        let spot = |parts: Vec<usize>| Spot { layer, parts };
        if let Some(free) = find(Way { filter: None, ..way.clone() }) {
            for part in 0..inside {
                let whole = Spot { layer: free, parts: vec![part] };
                facts.extend(equal(space, &spot(vec![part, part + inside]), &whole));
            }
        }
        let alone = Way { filter: way.filter.clone(), ..Default::default() };
        if let Some(alone) = find(alone).filter(|alone| *alone != layer) {
            let counted = Spot { layer: alone, parts: vec![0] };
            facts.extend(equal(space, &spot((0..inside).collect()), &counted));
        }
    }
    facts
}

/// Where everybody in the total is in a column.
fn nobody_outside(space: &Space, table: &Table) -> Option<Fact> {
    if table.partial || table.overlapping || table.banner.is_empty() {
        return None;
    }
    let spot = space.spot(table, Column::Group(0))?;
    let rest = Spot { parts: vec![table.groups.len()], ..spot };
    Some(Fact::exactly(space.in_base(table, &rest)?, 0.0))
}

/// The groups of a nested banner lie within those of the questions that it is made of.
fn nested(space: &Space, table: &Table) -> Vec<Fact> {
    let mut facts = Vec::new();
    if table.banner.len() < 2 || table.filter.is_some() || table.overlapping {
        return facts;
    }
    let Some(inner) = space.spot(table, Column::Group(0)) else { return facts };
    for (depth, question) in table.banner.iter().enumerate() {
        let Some(layer) = space.plain(std::slice::from_ref(question)) else { continue };
        for (part, group) in space.ways[layer].groups.iter().enumerate() {
            let within =
                |(_, column): &(usize, &Group)| column.answers.get(depth) == group.first();
            let columns = table.groups.iter().enumerate().filter(within);
            let spot = Spot { parts: columns.map(|(at, _)| at).collect(), ..inner };
            facts.extend(each(space, &spot, &Spot { layer, parts: vec![part] }, at_most));
        }
    }
    facts
}

/// A group that the poll file makes of groups of another banner.
fn made_of(space: &Space, table: &Table) -> Vec<Fact> {
    let mut facts = Vec::new();
    let own = space.plain(&table.banner).filter(|_| table.filter.is_none());
    let Some(own) = own.filter(|_| !table.overlapping) else { return facts };
    for (part, group) in table.groups.iter().enumerate() {
        let Some(made_of) = &group.made_of else { continue };
        let Some(layer) = space.plain(std::slice::from_ref(&made_of.question)) else {
            continue;
        };
        let Some(parts) = space.ways[layer].covering(&made_of.answers) else { continue };
        let whole = Spot { layer: own, parts: vec![part] };
        facts.extend(equal(space, &Spot { layer, parts }, &whole));
    }
    facts
}
