//! An instance of the second track's third formulation of the International Timetabling Competition 2007 (curriculum-based course
//! timetabling), read from its public text format. Nothing is prepared for a search here: the referee works on this too.

use std::collections::HashMap;

/// A course: some lectures of one teacher.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Course {
    pub(crate) id: String,
    pub(crate) teacher: String,
    pub(crate) lectures: usize,
    /// Days over which the lectures should spread, at least.
    pub(crate) spread: usize,
    pub(crate) students: i64,
}

/// A room.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Room {
    pub(crate) id: String,
    pub(crate) seats: i64,
}

/// A whole instance. Courses, rooms, days and periods of a day are numbered from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Instance {
    pub(crate) name: String,
    pub(crate) courses: Vec<Course>,
    pub(crate) rooms: Vec<Room>,
    pub(crate) days: usize,
    pub(crate) periods_per_day: usize,
    /// The courses of each curriculum.
    pub(crate) curricula: Vec<Vec<usize>>,
    /// Course, day, period of the day.
    pub(crate) unavailable: Vec<(usize, usize, usize)>,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {what}")]
pub(crate) struct Unreadable {
    line: usize,
    what: String,
}

/// The part of a file that a line belongs to.
#[derive(Clone, Copy)]
enum Part {
    Head,
    Courses,
    Rooms,
    Curricula,
    Unavailable,
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    instance: Instance,
    courses: HashMap<String, usize>,
}

impl Instance {
    /// Reads the text of a `.ctt` file.
    pub(crate) fn read(text: &str) -> Result<Self, Unreadable> {
        let mut reading = Reading::default();
        let mut part = Part::Head;
        for (at, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let read = match words.as_slice() {
                [] => Ok(()),
                ["END."] => break,
                ["COURSES:"] => turn(&mut part, Part::Courses),
                ["ROOMS:"] => turn(&mut part, Part::Rooms),
                ["CURRICULA:"] => turn(&mut part, Part::Curricula),
                ["UNAVAILABILITY_CONSTRAINTS:"] => turn(&mut part, Part::Unavailable),
                words => reading.line(part, words),
            };
            read.map_err(|what| Unreadable { line: at + 1, what })?;
        }
        Ok(reading.instance)
    }
}

fn turn(part: &mut Part, to: Part) -> Result<(), String> {
    *part = to;
    Ok(())
}

impl Reading {
    fn line(&mut self, part: Part, words: &[&str]) -> Result<(), String> {
        let instance = &mut self.instance;
        match (part, words) {
            (Part::Head, ["Name:", name]) => instance.name = (*name).to_owned(),
            (Part::Head, ["Days:", days]) => instance.days = number(days)?,
            (Part::Head, ["Periods_per_day:", periods]) => {
                instance.periods_per_day = number(periods)?;
            }
            // The lengths of the parts that follow: the parts themselves tell.
            (Part::Head, [_, _]) => {}
            (Part::Courses, [id, teacher, lectures, spread, students]) => {
                self.courses
                    .insert((*id).to_owned(), instance.courses.len());
                instance.courses.push(Course {
                    id: (*id).to_owned(),
                    teacher: (*teacher).to_owned(),
                    lectures: number(lectures)?,
                    spread: number(spread)?,
                    students: number(students)?,
                });
            }
            (Part::Rooms, [id, seats]) => instance.rooms.push(Room {
                id: (*id).to_owned(),
                seats: number(seats)?,
            }),
            (Part::Curricula, [_, count, members @ ..]) => {
                if number::<usize>(count)? != members.len() {
                    return Err(format!("{count} courses are announced, not as many follow"));
                }
                let members: Result<Vec<usize>, String> =
                    members.iter().map(|id| course(&self.courses, id)).collect();
                instance.curricula.push(members?);
            }
            (Part::Unavailable, [id, day, period]) => {
                let place = (course(&self.courses, id)?, number(day)?, number(period)?);
                if place.1 >= instance.days || place.2 >= instance.periods_per_day {
                    return Err("this day or period does not exist".to_owned());
                }
                instance.unavailable.push(place);
            }
            _ => return Err("this does not belong here".to_owned()),
        }
        Ok(())
    }
}

fn number<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse().map_err(|_| format!("{word} is not a number"))
}

fn course(courses: &HashMap<String, usize>, id: &str) -> Result<usize, String> {
    courses
        .get(id)
        .copied()
        .ok_or_else(|| format!("course {id} does not exist"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::SMALL;

    #[test]
    fn a_file_is_read_whole() {
        let instance = Instance::read(SMALL).unwrap();
        assert_eq!(instance.name, "Small");
        assert_eq!((instance.days, instance.periods_per_day), (2, 3));
        assert_eq!((instance.courses.len(), instance.rooms.len()), (4, 2));
        assert_eq!(instance.curricula, vec![vec![0, 1], vec![2, 3]]);
        assert_eq!(instance.unavailable, vec![(2, 0, 0), (2, 0, 1)]);
        assert_eq!(instance.courses[1].students, 30);
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let told = |from: &str, to: &str| {
            let error = Instance::read(&SMALL.replace(from, to)).unwrap_err();
            error.to_string()
        };
        assert_eq!(told("Days: 2", "Days: x"), "line 4: x is not a number");
        assert_eq!(
            told("q1 2 a b", "q1 2 a z"),
            "line 20: course z does not exist"
        );
        assert_eq!(
            told("q1 2 a b", "q1 3 a b"),
            "line 20: 3 courses are announced, not as many follow"
        );
        assert_eq!(
            told("c 0 1", "c 2 1"),
            "line 25: this day or period does not exist"
        );
    }
}
