//! A first timetable without hard violations: the course with the fewest places left goes first; one without any place throws out
//! those whose courses have been in trouble least.

#![expect(
    clippy::indexing_slicing,
    reason = "tables by index: every lecture, course, room and period is in range by construction"
)]

use planner::engine::Random;

use crate::tables::{Tables, bits};
use crate::timetable::{NONE, Timetable};

/// Lectures thrown out before construction gives up.
const PATIENCE: u32 = 200_000;

/// Places every lecture. If that does not succeed within a long time, says how many are left.
pub(crate) fn construct<'t>(
    tables: &'t Tables,
    random: &mut Random,
) -> Result<Timetable<'t>, usize> {
    let mut timetable = Timetable::empty(tables);
    let mut trouble = vec![1_u64; tables.courses];
    let mut thrown = 0;
    while let Some((lecture, places)) = next(&timetable, random) {
        if thrown > PATIENCE {
            return Err(timetable.slot.iter().filter(|slot| **slot == NONE).count());
        }
        if let Some(&period) = random.pick(&places) {
            settle(&mut timetable, lecture, period, random);
            continue;
        }
        let course = tables.course[lecture];
        trouble[course] += 1;
        let Some((period, out)) = cheapest(&timetable, lecture, &trouble, random) else {
            return Err(timetable.slot.iter().filter(|slot| **slot == NONE).count());
        };
        thrown += out.len() as u32;
        for other in out {
            timetable.take(other);
        }
        settle(&mut timetable, lecture, period, random);
    }
    Ok(timetable)
}

/// The unplaced lecture with the fewest periods that admit it and have a free room, and these periods.
fn next(timetable: &Timetable<'_>, random: &mut Random) -> Option<(usize, Vec<usize>)> {
    let tables = timetable.tables;
    let mut best: Option<(usize, Vec<usize>)> = None;
    let mut last = None;
    let mut ties = 1;
    for lecture in (0..timetable.slot.len()).filter(|n| timetable.slot[*n] == NONE) {
        let course = tables.course[lecture];
        // Lectures of a course have numbers in a row and the same places.
        if last.replace(course) == Some(course) {
            continue;
        }
        let places: Vec<usize> = (tables.choices[course].iter())
            .map(|period| usize::from(*period))
            .filter(|period| timetable.admits(course, *period))
            .filter(|period| (timetable.used[*period].count_ones() as usize) < tables.rooms)
            .collect();
        let fewest = best.as_ref().map_or(usize::MAX, |(_, least)| least.len());
        if places.len() == fewest {
            ties += 1;
        } else if places.len() < fewest {
            ties = 1;
        }
        if places.len() < fewest || (places.len() == fewest && random.below(ties) == 0) {
            best = Some((lecture, places));
        }
    }
    best
}

/// Puts a lecture into the best free room of a period that admits it.
fn settle(timetable: &mut Timetable<'_>, lecture: usize, period: usize, random: &mut Random) {
    let tables = timetable.tables;
    let row = tables.course[lecture] * tables.rooms;
    let free = (0..tables.rooms).filter(|room| timetable.used[period] >> room & 1 == 0);
    let best = free.min_by_key(|room| {
        let new = i32::from(timetable.in_room[row + room] == 0);
        (tables.over[row + room] + new, random.below(1000))
    });
    if let Some(room) = best {
        timetable.put(lecture, period, room);
    }
}

/// The period from which the least must be thrown out for a lecture, and what.
fn cheapest(
    timetable: &Timetable<'_>,
    lecture: usize,
    trouble: &[u64],
    random: &mut Random,
) -> Option<(usize, Vec<usize>)> {
    let tables = timetable.tables;
    let course = tables.course[lecture];
    let mut best: Option<(u64, usize, Vec<usize>)> = None;
    for &period in &tables.choices[course] {
        let period = usize::from(period);
        let there: Vec<usize> = (bits(timetable.used[period]))
            .filter_map(|room| timetable.occupant(period, usize::from(room)))
            .collect();
        if there.iter().any(|other| tables.course[*other] == course) {
            continue;
        }
        let foe = |other: &usize| tables.apart[course * tables.courses + tables.course[*other]];
        let mut out: Vec<usize> = there.iter().copied().filter(foe).collect();
        if out.is_empty()
            && let Some(other) = (there.iter())
                .min_by_key(|other| (trouble[tables.course[**other]], random.below(1000)))
        {
            // Only a room is missing.
            out.push(*other);
        }
        let price: u64 = out.iter().map(|other| trouble[tables.course[*other]]).sum();
        let price = price * 8 + u64::from(random.below(8));
        if best.as_ref().is_none_or(|(least, ..)| price < *least) {
            best = Some((price, period, out));
        }
    }
    best.map(|(_, period, out)| (period, out))
}
