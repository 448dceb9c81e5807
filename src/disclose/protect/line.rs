//! One list of groups that share one known number of people: who answered, and the answers
//! of an earlier wave.

use crate::attack::{Fact, Sum, System};

/// How many are in each group, and which of the groups' shares may be seen.
#[derive(Clone, Debug)]
pub(in crate::disclose) struct Line<'a> {
    pub(in crate::disclose) counts: &'a [u64],
    /// The number of people and how far from it the printed one may be.
    pub(in crate::disclose) people: u64,
    pub(in crate::disclose) step: f64,
    /// The largest count that is too small to show.
    pub(in crate::disclose) small: u64,
}

impl Line<'_> {
    /// Which groups must not be seen: those that are not already, and as many more as it
    /// takes for none of the small ones to be worked out; the smallest first.
    pub(in crate::disclose) fn hide(&self, mut hidden: Vec<bool>) -> Vec<bool> {
        let few = |count: &u64| (1..=self.small).contains(count);
        let targets = || (0..self.counts.len()).filter(|group| few(&self.counts[*group]));
        while self.gives_away(&hidden, &targets().collect::<Vec<_>>()) {
            let shown = (0..hidden.len()).filter(|group| !hidden[*group]);
            let Some(least) = shown.min_by_key(|group| self.counts[*group]) else { break };
            hidden[least] = true;
        }
        hidden
    }

    fn gives_away(&self, hidden: &[bool], targets: &[usize]) -> bool {
        let groups = self.counts.len();
        let all = Sum::of(0..=groups);
        // Whoever is in no group is nobody that is told of: the last atom.
        let told: u64 = self.counts.iter().sum();
        let people = self.people as f64;
        let half = self.step / 2.0;
        let mut facts = vec![Fact::between(all.clone(), people - half, people + half)];
        if told >= self.people {
            facts.push(Fact::exactly(Sum::of([groups]), 0.0));
        }
        for group in (0..groups).filter(|group| !hidden[*group]) {
            let share = 100.0 * self.counts[group] as f64 / people;
            let printed = crate::stats::rounding::half_away(share, 0);
            let (low, high) = ((printed - 0.5).max(0.0) / 100.0, (printed + 0.5) / 100.0);
            facts.extend(Fact::share(&Sum::of([group]), &all, low, high.min(1.0)));
        }
        let sums: Vec<Sum> = targets.iter().map(|group| Sum::of([*group])).collect();
        let enough = (self.small + 1) as f64;
        let ranges =
            System { atoms: groups + 1, facts, ..System::default() }.ranges(&sums, enough);
        !sums.is_empty()
            && ranges
                .map_or(true, |ranges| ranges.iter().any(|range| range.whole_width() < enough))
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn a_small_group_is_not_what_the_others_leave() {
        let line = |counts: &'static [u64]| Line {
            counts,
            people: counts.iter().sum(),
            step: 0.0,
            small: 4,
        };
        // Of 100 people 50 and 47 leave three.
        assert_eq!(line(&[3, 47, 50]).hide(vec![true, false, false]), [true, true, false]);
        // Of 5,000 they leave too many to tell.
        let large = line(&[3, 2447, 2550]).hide(vec![true, false, false]);
        assert_eq!(large, [true, false, false]);
    }
}
