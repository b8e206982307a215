//! What is used more often than it may be: rooms, trainers, people.

use super::Referee;
use super::breach::{Breach, Rule};

impl Referee<'_> {
    pub(super) fn use_of_rooms(&mut self) {
        for ((room, slot), sessions) in std::mem::take(&mut self.rooms_used) {
            if sessions > 1 {
                let room = room.to_owned();
                self.say(
                    Rule::H3,
                    None,
                    Breach::RoomTwice {
                        room,
                        slot,
                        sessions,
                    },
                );
            }
        }
        for ((site, slot, module), sessions) in std::mem::take(&mut self.modules_used) {
            if sessions > 1 {
                let (site, module) = (site.to_owned(), module.to_owned());
                self.say(
                    Rule::H3,
                    None,
                    Breach::ModuleTwice {
                        site,
                        module,
                        slot,
                        sessions,
                    },
                );
            }
        }
    }

    pub(super) fn use_of_trainers(&mut self) {
        for ((trainer, slot), sessions) in std::mem::take(&mut self.trainer_slot) {
            if sessions > 1 {
                let trainer = trainer.to_owned();
                self.say(
                    Rule::H4,
                    None,
                    Breach::TrainerTwice {
                        trainer,
                        slot,
                        sessions,
                    },
                );
            }
        }
        for ((trainer, week), sessions) in std::mem::take(&mut self.trainer_week) {
            let most = self
                .trainers
                .get(trainer)
                .map_or(0, |known| known.it.max_per_week);
            if sessions > most {
                let trainer = trainer.to_owned();
                self.say(
                    Rule::H4,
                    None,
                    Breach::TrainerWeek {
                        trainer,
                        week,
                        sessions,
                        most,
                    },
                );
            }
        }
        for ((trainer, day), sites) in std::mem::take(&mut self.trainer_day) {
            let commune = self
                .trainers
                .get(trainer)
                .map_or(u32::MAX, |known| known.it.commune);
            for site in &sites {
                let column = self.sites.get(site).copied().unwrap_or(usize::MAX);
                let km = i64::from(self.km(commune, column));
                self.terms.trainer_km += self.instance.weights.trainer_km * km;
            }
            if sites.len() > 1 {
                let trainer = trainer.to_owned();
                let sites = sites.into_iter().map(str::to_owned).collect();
                self.say(
                    Rule::H4,
                    None,
                    Breach::TrainerSites {
                        trainer,
                        day,
                        sites,
                    },
                );
            }
        }
    }

    pub(super) fn use_of_people(&mut self) {
        let most = self.instance.limits.person_sessions_per_day;
        for ((person, day), sessions) in std::mem::take(&mut self.person_day) {
            if sessions > most {
                let person = person.to_owned();
                self.say(
                    Rule::H7,
                    None,
                    Breach::PersonDay {
                        person,
                        day,
                        sessions,
                        most,
                    },
                );
            }
        }
        for ((person, week), sessions) in std::mem::take(&mut self.person_week) {
            let most = self
                .people
                .get(person)
                .map_or(0, |known| known.it.max_per_week);
            if sessions > most {
                let person = person.to_owned();
                self.say(
                    Rule::H7,
                    None,
                    Breach::PersonWeek {
                        person,
                        week,
                        sessions,
                        most,
                    },
                );
            }
        }
    }
}
