//! Whether a problem of stands keeps to its format, as far as single fields tell.

use std::collections::HashMap;

use super::format::{FORMAT, TourInstance};
use crate::defect::{Defect, Fault};

/// More than this of anything is refused: the tables would not fit.
const MANY: usize = 1_000;

/// What can be said of the instance without looking anything up.
pub(super) fn shape(instance: &TourInstance, defects: &mut Vec<Defect>) {
    let mut say = |at: &str, fault: Fault| defects.push(Defect::new(at.to_owned(), fault));
    if instance.format != FORMAT {
        let (found, wanted) = (instance.format.clone(), FORMAT);
        say("format", Fault::Format { found, wanted });
    }
    let sizes = [
        ("places", instance.places.len()),
        ("waves", instance.waves.len()),
        ("stands", instance.stands.len()),
        ("hosts", instance.hosts.len()),
    ];
    for (field, size) in sizes {
        if size > MANY {
            say(field, Fault::TooMany { size, most: MANY });
        }
    }
    let places = instance.places.len();
    if instance.km.len() != places {
        let (found, wanted) = (instance.km.len(), places);
        say("km", Fault::Length { found, wanted });
    }
    for (i, row) in instance.km.iter().enumerate() {
        if row.len() != places {
            let (found, wanted) = (row.len(), places);
            say(&format!("km[{i}]"), Fault::Length { found, wanted });
        }
        for (j, &km) in row.iter().enumerate() {
            range(&format!("km[{i}][{j}]"), km, &mut say);
        }
    }
    let weights = &instance.weights;
    for (field, value) in [
        ("weights.transport_km", weights.transport_km),
        ("weights.assembly_km", weights.assembly_km),
        ("weights.lost_week", weights.lost_week),
        ("weights.unserved", weights.unserved),
        ("weights.moved_wave", weights.moved_wave),
        ("weights.moved_stand", weights.moved_stand),
        ("min_weeks", instance.min_weeks),
    ] {
        range(field, value, &mut say);
    }
    for (i, wave) in instance.waves.iter().enumerate() {
        range(&format!("waves[{i}].from_week"), wave.from_week, &mut say);
        range(&format!("waves[{i}].to_week"), wave.to_week, &mut say);
        let earlier = i.checked_sub(1).and_then(|i| instance.waves.get(i));
        if wave.to_week < wave.from_week || earlier.is_some_and(|it| it.to_week >= wave.from_week) {
            say(&format!("waves[{i}]"), Fault::Order);
        }
    }
    for (i, host) in instance.hosts.iter().enumerate() {
        range(&format!("hosts[{i}].assembly"), host.assembly, &mut say);
        for (k, window) in host.windows.iter().enumerate() {
            if window.to_week < window.from_week {
                say(&format!("hosts[{i}].windows[{k}]"), Fault::Order);
            }
            range(
                &format!("hosts[{i}].windows[{k}].from_week"),
                window.from_week,
                &mut say,
            );
            range(
                &format!("hosts[{i}].windows[{k}].to_week"),
                window.to_week,
                &mut say,
            );
        }
    }
}

/// Every number is between 0 and a hundred thousand, so that no sum overflows.
fn range(at: &str, value: i64, say: &mut impl FnMut(&str, Fault)) {
    let (least, most) = (0, 100_000);
    if !(least..=most).contains(&value) {
        say(at, Fault::Range { value, least, most });
    }
}

/// Index of each id; twice the same is a defect.
pub(super) fn index<'a>(
    field: &str,
    ids: impl Iterator<Item = &'a String>,
    defects: &mut Vec<Defect>,
) -> HashMap<&'a str, usize> {
    let mut map = HashMap::new();
    for (i, id) in ids.enumerate() {
        if id.is_empty() {
            defects.push(Defect::new(format!("{field}[{i}].id"), Fault::Empty));
        }
        if map.insert(id.as_str(), i).is_some() {
            defects.push(Defect::new(
                format!("{field}[{i}].id"),
                Fault::Twice { id: id.clone() },
            ));
        }
    }
    map
}

/// Looks an id up, or says that it is unknown.
pub(super) fn find(
    at: impl FnOnce() -> String,
    what: &'static str,
    id: &str,
    map: &HashMap<&str, usize>,
    defects: &mut Vec<Defect>,
) -> usize {
    map.get(id).copied().unwrap_or_else(|| {
        defects.push(Defect::new(
            at(),
            Fault::Unknown {
                what,
                id: id.to_owned(),
            },
        ));
        0
    })
}
