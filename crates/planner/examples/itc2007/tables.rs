//! An instance as compact tables by index, for the search.
//!
//! Periods are numbered through the week with one number left unused after each day, so that a set of periods is one word and
//! neighbours in a word are neighbours in a day.

use crate::instance::Instance;

/// A set of periods or of rooms.
pub(crate) type Set = u64;

/// Cost of a day missing to the spread of a course.
pub(crate) const WORKING_DAY: i32 = 5;
/// Cost of a lecture that no other of its curriculum adjoins.
pub(crate) const ISOLATED: i32 = 2;

/// All tables. What is by course and something else is one row after the other.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) courses: usize,
    pub(crate) rooms: usize,
    pub(crate) days: usize,
    /// Numbers of periods, the unused ones included.
    pub(crate) periods: usize,
    /// Day of each period.
    pub(crate) day: Vec<usize>,
    /// Course of each lecture.
    pub(crate) course: Vec<usize>,
    /// Least days of each course.
    pub(crate) spread: Vec<i32>,
    /// Where each course is available.
    pub(crate) open: Vec<Set>,
    /// The same as lists.
    pub(crate) choices: Vec<Vec<u8>>,
    /// By course and room: students without a seat.
    pub(crate) over: Vec<i32>,
    /// Rooms of each course that are big enough, or nearly.
    pub(crate) fitting: Vec<Set>,
    /// By course and course: whether they may not meet. A course may not meet itself.
    pub(crate) apart: Vec<bool>,
    /// The courses that each may not meet, itself included.
    pub(crate) foes: Vec<Vec<usize>>,
    /// Curricula of each course.
    pub(crate) curricula: Vec<Vec<u16>>,
    /// How many curricula there are.
    pub(crate) plans: usize,
}

/// Students without a seat for whom a room still counts as fitting.
const NEARLY: i32 = 5;

impl Tables {
    /// The tables of an instance, or why it is too big for them.
    pub(crate) fn new(instance: &Instance) -> Result<Self, String> {
        let (courses, rooms) = (instance.courses.len(), instance.rooms.len());
        let stride = instance.periods_per_day + 1;
        let periods = instance.days * stride;
        if periods > 62 || rooms > 64 || rooms == 0 {
            return Err(format!(
                "{} days of {} periods and {rooms} rooms: a week has at most 62 periods with one pause a day, and 1 to 64 rooms",
                instance.days, instance.periods_per_day
            ));
        }
        let slots = periods * rooms;
        let lectures: usize = instance.courses.iter().map(|course| course.lectures).sum();
        if lectures > usize::from(u16::MAX - 1) || slots > usize::from(u16::MAX - 1) {
            return Err(format!("{lectures} lectures are too many"));
        }
        let open = open(instance, stride);
        let apart = apart(instance);
        let over = over(instance);
        Ok(Self {
            courses,
            rooms,
            days: instance.days,
            periods,
            day: (0..periods).map(|period| period / stride).collect(),
            course: (0..courses)
                .zip(&instance.courses)
                .flat_map(|(number, course)| std::iter::repeat_n(number, course.lectures))
                .collect(),
            spread: (instance.courses.iter())
                .map(|course| i32::try_from(course.spread).unwrap_or(i32::MAX / 8))
                .collect(),
            choices: open.iter().map(|set| bits(*set).collect()).collect(),
            open,
            fitting: over.chunks(rooms).map(fitting).collect(),
            over,
            foes: (apart.chunks(courses.max(1)))
                .map(|row| {
                    (0..courses)
                        .zip(row)
                        .filter(|(_, foe)| **foe)
                        .map(|(n, _)| n)
                })
                .map(Iterator::collect)
                .collect(),
            apart,
            curricula: (0..courses)
                .map(|number| {
                    (0_u16..)
                        .zip(&instance.curricula)
                        .filter(|(_, members)| members.contains(&number))
                        .map(|(curriculum, _)| curriculum)
                        .collect()
                })
                .collect(),
            plans: instance.curricula.len(),
        })
    }

    /// Day and period of the day.
    pub(crate) fn civil(&self, period: usize) -> (usize, usize) {
        let stride = self.periods / self.days.max(1);
        (period / stride, period % stride)
    }
}

/// The elements of a set.
pub(crate) fn bits(set: Set) -> impl Iterator<Item = u8> {
    (0..64).filter(move |bit| set >> bit & 1 == 1)
}

fn open(instance: &Instance, stride: usize) -> Vec<Set> {
    let week = (0..instance.days)
        .flat_map(|day| (0..instance.periods_per_day).map(move |period| day * stride + period))
        .fold(0, |week, period| week | 1 << period);
    let mut open = vec![week; instance.courses.len()];
    for &(course, day, period) in &instance.unavailable {
        if let Some(set) = open.get_mut(course) {
            *set &= !(1 << (day * stride + period));
        }
    }
    open
}

fn over(instance: &Instance) -> Vec<i32> {
    (instance.courses.iter())
        .flat_map(|course| {
            (instance.rooms.iter()).map(|room| {
                let over = (course.students - room.seats).max(0);
                i32::try_from(over).unwrap_or(i32::MAX / 8)
            })
        })
        .collect()
}

/// The rooms in which few more than in the best one have no seat.
fn fitting(over: &[i32]) -> Set {
    let least = over.iter().min().copied().unwrap_or(0);
    (over.iter().enumerate())
        .filter(|(_, over)| **over <= least + NEARLY)
        .fold(0, |set, (room, _)| set | 1 << room)
}

fn apart(instance: &Instance) -> Vec<bool> {
    let courses = &instance.courses;
    let mut apart: Vec<bool> = (courses.iter())
        .flat_map(|one| courses.iter().map(|other| one.teacher == other.teacher))
        .collect();
    for members in &instance.curricula {
        for one in members {
            for other in members {
                if let Some(cell) = apart.get_mut(one * courses.len() + other) {
                    *cell = true;
                }
            }
        }
    }
    apart
}
