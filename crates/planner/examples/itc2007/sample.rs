//! Instances for the tests: a tiny one that can be counted by hand, and made ones of any size.

use planner::engine::Random;

use crate::instance::{Course, Instance, Room};

/// Two days of three periods, four courses, two rooms.
pub(crate) const SMALL: &str = "\
Name: Small
Courses: 4
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 2
Constraints: 2

COURSES:
a t1 2 2 20
b t2 2 1 30
c t1 2 1 10
d t3 1 1 50

ROOMS:
r1 25
r2 40

CURRICULA:
q1 2 a b
q2 2 c d

UNAVAILABILITY_CONSTRAINTS:
c 0 0
c 0 1

END.
";

/// An instance of five days of five periods that has room for everything.
pub(crate) fn made(seed: u64, courses: usize, rooms: usize) -> Instance {
    let mut random = Random::new(seed);
    let mut within = |low: usize, high: usize| low + random.index(high - low + 1);
    let list: Vec<Course> = (0..courses)
        .map(|n| {
            let lectures = within(1, 5);
            Course {
                id: format!("c{n}"),
                teacher: format!("t{}", within(0, courses)),
                lectures,
                spread: within(1, lectures),
                students: within(10, 120) as i64,
            }
        })
        .collect();
    Instance {
        name: format!("Made-{seed}"),
        courses: list,
        rooms: (0..rooms)
            .map(|n| Room {
                id: format!("r{n}"),
                seats: within(20, 120) as i64,
            })
            .collect(),
        days: 5,
        periods_per_day: 5,
        curricula: (0..courses)
            .map(|_| {
                let mut members: Vec<usize> =
                    (0..within(2, 4)).map(|_| within(0, courses - 1)).collect();
                members.sort_unstable();
                members.dedup();
                members
            })
            .collect(),
        unavailable: (0..courses * 3)
            .map(|_| (within(0, courses - 1), within(0, 4), within(0, 4)))
            .collect(),
    }
}
