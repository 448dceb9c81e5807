//! What follows from small sets of figures, worked out by hand, and properties of ranges of
//! polls that are made up by chance.

use proptest::prelude::*;

use super::*;

const ALL: f64 = f64::INFINITY;

fn system(atoms: usize, facts: Vec<Fact>) -> System {
    System { atoms, facts, ..System::default() }
}

fn exactly(atoms: &[usize], value: f64) -> Fact {
    Fact::exactly(Sum::of(atoms.iter().copied()), value)
}

fn between(atoms: &[usize], low: f64, high: f64) -> Fact {
    Fact::between(Sum::of(atoms.iter().copied()), low, high)
}

/// The exact range of some atoms, in thousandths.
fn range(atoms: usize, facts: Vec<Fact>, target: &[usize]) -> (f64, f64) {
    let targets = [Sum::of(target.iter().copied())];
    let found = system(atoms, facts).ranges(&targets, ALL).unwrap()[0];
    ((found.low * 1e3).round() / 1e3, (found.high * 1e3).round() / 1e3)
}

#[test]
fn one_hidden_in_a_row_is_what_the_others_leave() {
    let row = vec![exactly(&[0, 1, 2], 60.0), exactly(&[0], 40.0), exactly(&[1], 17.0)];
    assert_eq!(range(3, row, &[2]), (3.0, 3.0));
}

#[test]
fn the_corners_of_two_by_two_can_be_swapped() {
    // 3 7 | 10
    // 5 9 | 14: each corner can be moved as far as the smallest on its own side allows.
    let sums = vec![
        exactly(&[0, 1], 10.0),
        exactly(&[2, 3], 14.0),
        exactly(&[0, 2], 8.0),
        exactly(&[1, 3], 16.0),
    ];
    assert_eq!(range(4, sums.clone(), &[0]), (0.0, 8.0));
    assert_eq!(range(4, sums, &[3]), (6.0, 14.0));
}

#[test]
fn a_total_less_its_body_is_what_is_not_shown() {
    // Two columns shown, a third hidden: the total gives each of its cells.
    let facts = vec![exactly(&[0, 1, 2], 50.0), exactly(&[0], 30.0), between(&[1], 15.5, 18.5)];
    assert_eq!(range(3, facts, &[2]), (1.5, 4.5));
}

#[test]
fn a_nation_less_its_regions_is_the_region_that_is_hidden() {
    // Regions 0, 1 and 2 make one nation, region 3 the other; only nations and two regions
    // are shown.
    let nation = exactly(&[0, 1, 2], 90.0);
    let facts = vec![nation, exactly(&[0], 45.0), exactly(&[1], 43.0)];
    assert_eq!(range(4, [facts.clone(), vec![exactly(&[3], 20.0)]].concat(), &[2]), (2.0, 2.0));
    // Without the nation the total does no more than say what both hidden ones are.
    let facts = [facts[1..].to_vec(), vec![exactly(&[0, 1, 2, 3], 110.0)]].concat();
    assert_eq!(range(4, facts, &[2]), (0.0, 22.0));
}

#[test]
fn a_net_less_one_part_is_the_other() {
    let facts = vec![exactly(&[0, 1], 34.0), exactly(&[0], 31.0)];
    assert_eq!(range(2, facts, &[1]), (3.0, 3.0));
}

#[test]
fn a_table_of_some_gives_those_whom_its_condition_leaves_out() {
    // Atoms: answer by within the condition or not; all and those within are shown.
    let facts = vec![exactly(&[0, 1], 70.0), exactly(&[0], 66.0), exactly(&[2, 3], 30.0)];
    assert_eq!(range(4, facts, &[1]), (4.0, 4.0));
}

#[test]
fn a_base_of_all_less_other_bases_is_the_base_that_is_hidden() {
    let facts = vec![exactly(&[0, 1, 2], 300.0), between(&[0], 145.0, 155.0)];
    let facts = [facts, vec![between(&[1], 125.0, 135.0)]].concat();
    assert_eq!(range(3, facts, &[2]), (10.0, 30.0));
}

#[test]
fn two_releases_one_answer_apart_give_the_answer() {
    // Atom 0 and 1: the answers of the first release; 2: the one who came later.
    let facts = vec![exactly(&[0], 12.0), exactly(&[0, 2], 13.0)];
    assert_eq!(range(3, facts, &[2]), (1.0, 1.0));
}

#[test]
fn a_share_of_an_unknown_base_gives_a_count() {
    // 3% of 95 to 105: between 2.5% of 95 and 3.5% of 105.
    let whole = Sum::of([0, 1]);
    let mut facts = Vec::from(Fact::share(&Sum::of([0]), &whole, 0.025, 0.035));
    facts.push(Fact::between(whole, 95.0, 105.0));
    assert_eq!(range(2, facts, &[0]), (2.375, 3.675));
}

#[test]
fn an_interval_that_tells_a_base_tells_the_base_that_is_hidden() {
    // 200 in all, two groups printed as 90 and 100, which is 85 to 105 for the third; their
    // intervals say 88 to 91 and 101 to 103.
    let printed = vec![exactly(&[0, 1, 2], 200.0), between(&[0], 85.0, 94.0)];
    let printed = [printed, vec![between(&[1], 95.0, 104.0)]].concat();
    assert_eq!(range(3, printed.clone(), &[2]), (2.0, 20.0));
    let told = vec![between(&[0], 88.0, 91.0), between(&[1], 101.0, 103.0)];
    assert_eq!(range(3, [printed, told].concat(), &[2]), (6.0, 11.0));
}

#[test]
fn a_count_on_the_very_edge_of_its_percentage_fits() {
    // 31 of 200 is 15.5%, which is printed as 16.
    let whole = Sum::of([0, 1]);
    let mut facts = Vec::from(Fact::share(&Sum::of([0]), &whole, 0.155, 0.165));
    facts.push(exactly(&[0, 1], 200.0));
    let known = System { point: Some(vec![31.0, 169.0]), ..system(2, facts) };
    let found = known.ranges(&[Sum::of([0])], ALL).unwrap()[0];
    assert!((found.low - 31.0).abs() < 1e-6 && (found.high - 33.0).abs() < 1e-6);
    assert!(found.whole_width() > 1.5, "31 and 33 are both in it");
}

#[test]
fn whole_numbers_are_counted_and_not_what_lies_between_them() {
    let width = |low, high| Range { low, high }.whole_width();
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    assert!(near(width(0.3, 5.6), 4.0) && near(width(1.0, 6.0), 5.0));
    assert!(near(width(0.2, 0.8), -1.0), "there is none");
    assert!(near(width(1.000_000_4, 5.999_999_6), 5.0), "the machine's rounding is no bound");
}

#[test]
fn without_facts_a_count_has_no_end() {
    assert_eq!(range(2, vec![between(&[0], 3.0, ALL)], &[0]), (3.0, ALL));
}

#[test]
fn facts_that_contradict_each_other_have_no_range() {
    let target = [Sum::of([0])];
    let apart = vec![exactly(&[0, 1], 10.0), between(&[0], 11.0, 20.0)];
    assert_eq!(system(2, apart).ranges(&target, ALL), Err(Unsolved::Contradiction));
    let never = system(1, vec![between(&[0], 2.0, 1.0)]);
    assert_eq!(never.ranges(&target, ALL), Err(Unsolved::Contradiction));
}

#[test]
fn a_point_that_does_not_fit_changes_nothing() {
    let facts = vec![exactly(&[0, 1], 10.0), between(&[0], 2.0, 7.5)];
    for point in [vec![5.0, 6.0], vec![11.0], vec![10.0, 0.0], vec![0.0, 0.0]] {
        let known = System { point: Some(point), ..system(2, facts.clone()) };
        let found = known.ranges(&[Sum::of([1])], ALL).unwrap()[0];
        assert!((found.low - 2.5).abs() < 1e-6 && (found.high - 8.0).abs() < 1e-6);
    }
}

#[test]
fn sums_lose_atoms_that_cancel() {
    let sum = Sum::of([3, 1]).plus(-1.0, &Sum::of([3, 4]));
    assert_eq!(sum, Sum(vec![(1, 1.0), (4, -1.0)]));
}

/// A question by two banners, as its tables print it, and what was not printed.
#[derive(Debug)]
struct Printed {
    system: System,
    truth: Vec<f64>,
    hidden: Vec<Sum>,
}

const ANSWERS: usize = 4;
const PARTS: [usize; 3] = [1, 3, 4];

/// A made-up poll: `people` with an answer and two groups each; cells of 1 to 4 are hidden,
/// others printed as whole percentages of bases rounded to tens.
fn printed(people: &[(usize, usize, usize)]) -> Printed {
    let layers = PARTS.map(|parts| Layer { parts });
    let grid = Grid::new(vec![Axis { answers: ANSWERS, blank: false }], layers.to_vec());
    let mut truth = vec![0.0; grid.atoms()];
    for (answer, first, second) in people {
        for (layer, part) in [0, *first, *second].into_iter().enumerate() {
            let atom = grid.count(0, &[*answer], layer, &[part]);
            truth[atom.0[0].0] += 1.0;
        }
    }
    let mut facts = grid.structure();
    let mut hidden = Vec::new();
    let count =
        |sum: &Sum| sum.0.iter().map(|(atom, factor)| factor * truth[*atom]).sum::<f64>();
    for (layer, parts) in PARTS.into_iter().enumerate() {
        for part in 0..parts {
            let base = grid.base(0, layer, &[part]);
            let of = count(&base);
            let shown = (of / 10.0).round() * 10.0;
            facts.push(Fact::between(base.clone(), shown - 5.0, shown + 5.0));
            for cell in (0..ANSWERS).map(|answer| grid.count(0, &[answer], layer, &[part])) {
                let own = count(&cell);
                if (1.0..=4.0).contains(&own) || of < 1.0 {
                    hidden.push(cell);
                    continue;
                }
                let percent = (100.0 * own / of).round();
                let (low, high) = ((percent - 0.5) / 100.0, (percent + 0.5) / 100.0);
                facts.extend(Fact::share(&cell, &base, low, high));
            }
        }
    }
    let system = system(grid.atoms(), facts);
    Printed { system, truth, hidden }
}

fn people() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    // Answers and groups that few have: the least of three numbers.
    let rare = |n: usize| (0..n, 0..n, 0..n).prop_map(|(a, b, c)| a.min(b).min(c));
    prop::collection::vec((rare(ANSWERS), rare(PARTS[1]), rare(PARTS[2])), 60..250)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever way a range is found, it holds the truth; being told the truth to begin with
    /// changes no range; and `enough` says of each what its exact range says.
    #[test]
    fn the_truth_lies_in_every_range(people in people()) {
        let Printed { system, truth, hidden } = printed(&people);
        let exact = system.ranges(&hidden, ALL).unwrap();
        let known = System { point: Some(truth.clone()), ..system.clone() };
        let told = known.ranges(&hidden, ALL).unwrap();
        let quick = known.ranges(&hidden, 5.0).unwrap();
        for (n, sum) in hidden.iter().enumerate() {
            let count: f64 = sum.0.iter().map(|(atom, factor)| factor * truth[*atom]).sum();
            prop_assert!(exact[n].low <= count + 1e-5 && count <= exact[n].high + 1e-5);
            prop_assert!((exact[n].low - told[n].low).abs() < 1e-5);
            prop_assert!((exact[n].high - told[n].high).abs() < 1e-5);
            let (whole, shown) = (exact[n].whole_width(), quick[n].whole_width());
            prop_assert_eq!(whole >= 5.0, shown >= 5.0, "{:?} {:?}", exact[n], quick[n]);
        }
    }

    /// One more fact never makes a range wider.
    #[test]
    fn who_knows_more_is_never_less_sure(people in people(), which in any::<usize>()) {
        let Printed { system, truth, hidden } = printed(&people);
        prop_assume!(!hidden.is_empty());
        let before = system.ranges(&hidden, ALL).unwrap();
        let told = &hidden[which % hidden.len()];
        let count: f64 = told.0.iter().map(|(atom, factor)| factor * truth[*atom]).sum();
        let mut more = system.clone();
        more.facts.push(Fact::between(told.clone(), count - 1.0, count + 0.5));
        for (before, after) in before.iter().zip(more.ranges(&hidden, ALL).unwrap()) {
            prop_assert!(after.low >= before.low - 1e-5 && after.high <= before.high + 1e-5);
        }
    }

    /// The same ranges every time.
    #[test]
    fn ranges_do_not_depend_on_chance(people in people()) {
        let Printed { system, hidden, .. } = printed(&people);
        prop_assert_eq!(system.ranges(&hidden, 5.0), system.ranges(&hidden, 5.0));
    }
}

/// The smallest and largest that a sum can be, by a solver that shares nothing with this one.
fn by_another_solver(system: &System, target: &Sum) -> [Option<f64>; 2] {
    [-1.0, 1.0].map(|by| {
        let found = begin::counts(system, &Sum::default().plus(by, target));
        found.ok().map(|counts| target.at(&counts))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Another solver finds the same ranges.
    #[test]
    fn another_solver_agrees(people in people()) {
        let Printed { system, hidden, .. } = printed(&people);
        for (sum, found) in hidden.iter().zip(system.ranges(&hidden, ALL).unwrap()) {
            let [low, high] = by_another_solver(&system, sum);
            prop_assert!(low.is_none_or(|low| (low - found.low).abs() < 1e-4));
            prop_assert!(high.is_none_or(|high| (high - found.high).abs() < 1e-4));
        }
    }

    /// Facts at random, most of which contradict each other: the two agree on that too.
    #[test]
    fn another_solver_finds_the_same_contradictions(
        facts in prop::collection::vec(
            (prop::collection::vec((0..8_usize, -2_i8..=3), 1..5), 0..30_u8, 0..6_u8),
            2..14,
        ),
    ) {
        let fact = |(terms, low, width): &(Vec<(usize, i8)>, u8, u8)| {
            let sum = terms.iter().fold(Sum::default(), |sum, (atom, by)| {
                sum.plus(f64::from(*by), &Sum::of([*atom]))
            });
            Fact::between(sum, f64::from(*low), f64::from(*low + *width))
        };
        let system = system(8, facts.iter().map(fact).collect());
        let target = Sum::of([0, 3]);
        let found = system.ranges(std::slice::from_ref(&target), ALL);
        match found {
            Ok(found) => {
                let [low, high] = by_another_solver(&system, &target);
                prop_assert!(low.is_some_and(|low| (low - found[0].low).abs() < 1e-4));
                let end = high.unwrap_or(ALL);
                prop_assert!(end >= ALL && found[0].high >= ALL || (end - found[0].high).abs() < 1e-4);
            }
            Err(why) => {
                prop_assert_eq!(why, Unsolved::Contradiction);
                prop_assert_eq!(by_another_solver(&system, &target), [None, None]);
            }
        }
    }
}
