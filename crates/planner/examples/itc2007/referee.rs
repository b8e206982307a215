//! The independent referee: counts every rule anew from the instance and a solution in the official output format, one line
//! `course room day period` per lecture. It shares nothing with the search.
//!
//! Rules and weights are those of the competition (formulation UD2): Di Gaspero, McCollum and Schaerf, "The second international
//! timetabling competition (ITC-2007): curriculum-based course timetabling (track 3)", 2007.

use std::collections::{BTreeMap, BTreeSet};

use crate::instance::Instance;

/// What a solution is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Lectures that are missing, too many, of no known course or room, or at no period; two lectures of a course in one period.
    pub(crate) lectures: i64,
    /// Lectures that share a room with another.
    pub(crate) occupancy: i64,
    /// Pairs of lectures of one teacher or one curriculum in one period.
    pub(crate) conflicts: i64,
    /// Lectures where their course is unavailable.
    pub(crate) availability: i64,
    /// Students without a seat.
    pub(crate) capacity: i64,
    /// Days missing to the spread of a course, each 5.
    pub(crate) working_days: i64,
    /// Lectures of a curriculum beside no other of it, each 2.
    pub(crate) compactness: i64,
    /// Rooms of a course beyond its first.
    pub(crate) stability: i64,
}

impl Verdict {
    /// Broken hard rules.
    pub(crate) fn hard(&self) -> i64 {
        self.lectures + self.occupancy + self.conflicts + self.availability
    }

    /// Sum of the soft terms, weighted.
    pub(crate) fn cost(&self) -> i64 {
        self.capacity + self.working_days + self.compactness + self.stability
    }
}

/// A lecture of a solution: course, room, day, period of the day.
type Lecture = (usize, usize, usize, usize);

/// Judges a solution. Lines that cannot be understood count as wrong lectures.
pub(crate) fn judge(instance: &Instance, solution: &str) -> Verdict {
    let mut verdict = Verdict::default();
    let mut lectures: Vec<Lecture> = Vec::new();
    for line in solution.lines().filter(|line| !line.trim().is_empty()) {
        match lecture(instance, line) {
            Some(lecture) => lectures.push(lecture),
            None => verdict.lectures += 1,
        }
    }
    hard(instance, &lectures, &mut verdict);
    soft(instance, &lectures, &mut verdict);
    verdict
}

fn lecture(instance: &Instance, line: &str) -> Option<Lecture> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [course, room, day, period] = words.as_slice() else {
        return None;
    };
    let course = instance.courses.iter().position(|c| c.id == *course)?;
    let room = instance.rooms.iter().position(|r| r.id == *room)?;
    let (day, period) = (day.parse().ok()?, period.parse().ok()?);
    (day < instance.days && period < instance.periods_per_day)
        .then_some((course, room, day, period))
}

fn hard(instance: &Instance, lectures: &[Lecture], verdict: &mut Verdict) {
    for (number, course) in instance.courses.iter().enumerate() {
        let own: Vec<&Lecture> = lectures.iter().filter(|l| l.0 == number).collect();
        let periods: BTreeSet<(usize, usize)> = own.iter().map(|l| (l.2, l.3)).collect();
        verdict.lectures += (course.lectures as i64 - own.len() as i64).abs();
        verdict.lectures += own.len() as i64 - periods.len() as i64;
    }
    for (at, first) in lectures.iter().enumerate() {
        for second in lectures.iter().skip(at + 1) {
            if (first.2, first.3) != (second.2, second.3) {
                continue;
            }
            if first.1 == second.1 {
                verdict.occupancy += 1;
            }
            if first.0 != second.0 && conflict(instance, first.0, second.0) {
                verdict.conflicts += 1;
            }
        }
    }
    verdict.availability += lectures
        .iter()
        .filter(|l| instance.unavailable.contains(&(l.0, l.2, l.3)))
        .count() as i64;
}

/// Whether two courses have the same teacher or are in the same curriculum.
fn conflict(instance: &Instance, first: usize, second: usize) -> bool {
    let teacher = |number: usize| instance.courses.get(number).map(|course| &course.teacher);
    let together = |members: &Vec<usize>| members.contains(&first) && members.contains(&second);
    teacher(first) == teacher(second) || instance.curricula.iter().any(together)
}

fn soft(instance: &Instance, lectures: &[Lecture], verdict: &mut Verdict) {
    for &(course, room, _, _) in lectures {
        if let (Some(course), Some(room)) = (instance.courses.get(course), instance.rooms.get(room))
        {
            verdict.capacity += (course.students - room.seats).max(0);
        }
    }
    for (number, course) in instance.courses.iter().enumerate() {
        let own = || lectures.iter().filter(move |l| l.0 == number);
        let days: BTreeSet<usize> = own().map(|l| l.2).collect();
        let rooms: BTreeSet<usize> = own().map(|l| l.1).collect();
        verdict.working_days += 5 * course.spread.saturating_sub(days.len()) as i64;
        verdict.stability += rooms.len().saturating_sub(1) as i64;
    }
    for members in &instance.curricula {
        let mut busy: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        for lecture in lectures.iter().filter(|l| members.contains(&l.0)) {
            *busy.entry((lecture.2, lecture.3)).or_default() += 1;
        }
        for (&(day, period), count) in &busy {
            let before = period > 0 && busy.contains_key(&(day, period - 1));
            if !before && !busy.contains_key(&(day, period + 1)) {
                verdict.compactness += 2 * count;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::SMALL;

    fn judged(solution: &str) -> Verdict {
        judge(&Instance::read(SMALL).unwrap(), solution)
    }

    const GOOD: &str = "a r1 0 0\na r1 1 0\nb r2 0 1\nb r2 1 1\nc r1 1 1\nc r1 1 2\nd r2 0 2\n";

    #[test]
    fn the_soft_terms_are_those_counted_by_hand() {
        // d has 50 students for 40 seats and stands alone on its day in q2: 10 and 2.
        let verdict = judged(GOOD);
        let expected = Verdict {
            capacity: 10,
            compactness: 2,
            ..Verdict::default()
        };
        assert_eq!(verdict, expected);
        assert_eq!((verdict.hard(), verdict.cost()), (0, 12));
    }

    #[test]
    fn a_course_on_too_few_days_and_in_two_rooms_pays() {
        // Both lectures of a on the first day, the second in r2: one day missing; b is alone on the second day.
        let verdict = judged(
            &GOOD
                .replace("a r1 1 0", "a r2 0 2")
                .replace("d r2 0 2", "d r1 0 2"),
        );
        assert_eq!(verdict.hard(), 0);
        assert_eq!((verdict.working_days, verdict.stability), (5, 1));
        assert_eq!((verdict.capacity, verdict.compactness), (25, 4));
    }

    #[test]
    fn every_hard_rule_is_seen() {
        let hard = |from: &str, to: &str| {
            let v = judged(&GOOD.replace(from, to));
            (v.lectures, v.occupancy, v.conflicts, v.availability)
        };
        assert_eq!(hard("d r2 0 2\n", ""), (1, 0, 0, 0));
        assert_eq!(hard("d r2 0 2", "d r9 0 2"), (2, 0, 0, 0));
        assert_eq!(hard("d r2 0 2", "d r2 0 3"), (2, 0, 0, 0));
        assert_eq!(hard("a r1 1 0", "a r2 0 0"), (1, 0, 0, 0));
        assert_eq!(hard("d r2 0 2", "d r2 0 1"), (0, 1, 0, 0));
        // One curriculum (a, b), one teacher (a, c).
        assert_eq!(hard("a r1 1 0", "a r1 0 1"), (0, 0, 1, 0));
        assert_eq!(hard("a r1 1 0", "a r2 1 2"), (0, 0, 1, 0));
        assert_eq!(hard("c r1 1 1", "c r1 0 1"), (0, 0, 0, 1));
    }
}
