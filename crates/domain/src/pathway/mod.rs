//! The personal path: which modules, in which order, why, and when near home.

mod diff;
mod path;
mod reason;
mod rules;
mod schedule;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;

use crate::catalogue::{Catalogue, Module};
use crate::questionnaire::{Answers, Cell, Questionnaire};

pub use diff::{Moved, PathwayDiff, diff};
pub use path::{
    Booked, Missed, Offered, Outcome, PREREQUISITE, Pathway, Profile, Proposal, Reason, Step, Why,
};
use rules::Verdict;
pub use rules::{Rule, Rules};
use schedule::{Slots, Span};

/// Most proposals of one kind per step.
const MOST_PROPOSALS: usize = 4;

/// All that a path is computed from.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The rules, which must be about `questionnaire`.
    pub rules: &'a Rules,
    /// The catalogue that the rules were checked against.
    pub catalogue: &'a Catalogue,
    /// The questionnaire answered.
    pub questionnaire: &'a Questionnaire,
    /// The answers.
    pub answers: &'a Answers,
    /// What else is known of the person.
    pub profile: &'a Profile,
    /// Sessions to choose from.
    pub offered: &'a [Offered],
    /// Kilometres from the person's home to a session, if both places are known.
    pub distance: &'a dyn Fn(&Offered) -> Option<f64>,
}

/// Computes a personal path. The same request gives the same path.
#[must_use]
pub fn compute(request: &Request<'_>) -> Pathway {
    let answers = request.questionnaire.relevant(request.answers);
    let verdict = request
        .rules
        .judge(request.questionnaire, &answers, request.profile.tested);
    let modules = choose(request, &verdict);
    let steps: Vec<Slots> = modules
        .iter()
        .map(|module| slots(request, module, &modules))
        .collect();
    let busy: Vec<Span> = request
        .profile
        .booked
        .iter()
        .filter(|booked| !modules.iter().any(|module| module.slug == booked.module))
        .map(|booked| span(booked.starts, booked.ends))
        .collect();
    let chosen = schedule::plan(&steps, &busy);
    let dating = Dating {
        request,
        modules: &modules,
        steps: &steps,
        busy: &busy,
        chosen: &chosen,
    };
    let steps = modules
        .iter()
        .enumerate()
        .map(|(place, module)| {
            let (outcome, proposals, waiting) = dating.date(place, module);
            Step {
                module: module.slug.clone(),
                module_version: module.version,
                reasons: reasons(request, &verdict, &answers, module, &modules),
                outcome,
                proposals,
                waiting,
                undated_before: dating.undated_before(place),
            }
        })
        .collect();
    Pathway {
        level: verdict.level,
        level_told: verdict.level_told,
        steps,
    }
}

/// The level of practice, 0 to 3, that answers alone come to.
#[must_use]
pub fn level_told(rules: &Rules, questionnaire: &Questionnaire, answers: &Answers) -> u8 {
    let answers = questionnaire.relevant(answers);
    rules.judge(questionnaire, &answers, None).level_told
}

/// The modules of the path, each after its prerequisites.
fn choose<'a>(request: &Request<'a>, verdict: &Verdict<'_>) -> Vec<&'a Module> {
    let catalogue = request.catalogue;
    let mut wanted: BTreeMap<&str, u32> = BTreeMap::new();
    for rule in &verdict.rules {
        let may_come = catalogue
            .module(rule.module())
            .is_some_and(|module| module.audience.admits(&request.profile.audiences));
        if may_come && !request.profile.attended.contains(rule.module()) {
            let priority = wanted.entry(rule.module()).or_default();
            *priority = rule.priority().max(*priority);
        }
    }
    let mut by_priority: Vec<(&str, u32)> = wanted.into_iter().collect();
    by_priority.sort_by_key(|(slug, priority)| (std::cmp::Reverse(*priority), *slug));
    let mut taken: BTreeMap<&str, u32> = BTreeMap::new();
    for (slug, priority) in by_priority {
        let needed = needed_for(request, verdict, slug);
        let new = needed
            .iter()
            .filter(|slug| !taken.contains_key(**slug))
            .count();
        if taken.is_empty() || taken.len() + new <= request.rules.most_steps {
            for slug in needed {
                let before = taken.entry(slug).or_default();
                *before = priority.max(*before);
            }
        }
    }
    in_order(catalogue, &taken)
}

/// A module and whatever must come before it that the person neither knows nor has attended.
fn needed_for<'a>(request: &Request<'a>, verdict: &Verdict<'_>, slug: &str) -> BTreeSet<&'a str> {
    let mut needed = BTreeSet::new();
    let mut open: Vec<&Module> = request.catalogue.module(slug).into_iter().collect();
    while let Some(module) = open.pop() {
        if !needed.insert(module.slug.as_str()) {
            continue;
        }
        open.extend(
            module
                .prerequisites
                .iter()
                .filter(|before| !verdict.known.contains(before.as_str()))
                .filter(|before| !request.profile.attended.contains(*before))
                .filter_map(|before| request.catalogue.module(before)),
        );
    }
    needed
}

/// Orders modules: prerequisites first, then the easier, the more wanted, the slug.
fn in_order<'a>(catalogue: &'a Catalogue, taken: &BTreeMap<&str, u32>) -> Vec<&'a Module> {
    let mut left: Vec<&Module> = catalogue
        .modules()
        .filter(|module| taken.contains_key(module.slug.as_str()))
        .collect();
    left.sort_by_key(|module| {
        let priority = taken.get(module.slug.as_str()).copied().unwrap_or_default();
        (
            module.level,
            std::cmp::Reverse(priority),
            module.slug.as_str(),
        )
    });
    let mut order: Vec<&Module> = Vec::with_capacity(left.len());
    // Prerequisites through a module that is not in the path count as well.
    let is_free = |module: &Module, left: &[&Module]| {
        let before = catalogue.all_before(&module.slug);
        !before.iter().any(|b| left.iter().any(|l| l.slug == b.slug))
    };
    while let Some(place) = left.iter().position(|module| is_free(module, &left)) {
        order.push(left.remove(place));
    }
    order
}

fn reasons(
    request: &Request<'_>,
    verdict: &Verdict<'_>,
    answers: &Answers,
    module: &Module,
    modules: &[&Module],
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for rule in verdict
        .rules
        .iter()
        .filter(|rule| rule.module() == module.slug)
    {
        let text = rule.reason.with_answers(request.questionnaire, answers);
        // Two rules may say the same: once is enough.
        if !reasons.iter().any(|reason| reason.text == text) {
            reasons.push(Reason {
                rule: rule.slug().to_owned(),
                text,
            });
        }
    }
    let needed_by = modules
        .iter()
        .find(|other| other.prerequisites.contains(&module.slug));
    if let (true, Some(other)) = (reasons.is_empty(), needed_by) {
        reasons.push(Reason {
            rule: PREREQUISITE.to_owned(),
            text: request.rules.prerequisite_reason.with_module(&other.title),
        });
    }
    reasons
}

const fn span(starts: DateTime, ends: DateTime) -> Span {
    Span { starts, ends }
}

/// What stands between a person and a session, before any other step is looked at.
enum Obstacle {
    TooFar,
    WrongTime,
}

/// Kilometres, exact, and rounded as shown; or what stands in the way.
fn reach(request: &Request<'_>, offered: &Offered) -> Result<Option<f64>, Obstacle> {
    let km = (request.distance)(offered);
    if let (Some(km), Some(most)) = (km, request.profile.travel_km)
        && km > most
    {
        return Err(Obstacle::TooFar);
    }
    if request.profile.availability.covers_start(offered.starts) {
        Ok(km)
    } else {
        Err(Obstacle::WrongTime)
    }
}

/// Sessions of a module within reach, with or without free seats, earliest and nearest first.
fn within_reach<'a>(
    request: &Request<'a>,
    module: &Module,
    has_seats: bool,
) -> Vec<(&'a Offered, Option<f64>)> {
    let mut found: Vec<_> = request
        .offered
        .iter()
        .filter(|offered| offered.module == module.slug && offered.has_seats == has_seats)
        .filter_map(|offered| Some((offered, reach(request, offered).ok()?)))
        .collect();
    found.sort_by(|(a, a_km), (b, b_km)| {
        let km = |km: &Option<f64>| km.unwrap_or(f64::MAX);
        a.starts
            .cmp(&b.starts)
            .then(km(a_km).total_cmp(&km(b_km)))
            .then(a.session.cmp(&b.session))
    });
    found
}

fn booked_for<'a>(request: &Request<'a>, module: &Module) -> Option<&'a Booked> {
    let mut booked = request.profile.booked.iter();
    booked.find(|booked| booked.module == module.slug)
}

fn slots(request: &Request<'_>, module: &Module, modules: &[&Module]) -> Slots {
    let before = request.catalogue.all_before(&module.slug);
    let after = modules
        .iter()
        .enumerate()
        .filter(|(_, other)| before.iter().any(|b| b.slug == other.slug))
        .map(|(place, _)| place)
        .collect();
    let fixed = booked_for(request, module).map(|booked| span(booked.starts, booked.ends));
    let candidates = if fixed.is_some() {
        Vec::new()
    } else {
        within_reach(request, module, true)
            .iter()
            .map(|(offered, _)| span(offered.starts, offered.ends))
            .collect()
    };
    Slots {
        candidates,
        after,
        fixed,
    }
}

/// A path with a date chosen for each step, where one was found.
struct Dating<'a> {
    request: &'a Request<'a>,
    modules: &'a [&'a Module],
    steps: &'a [Slots],
    busy: &'a [Span],
    chosen: &'a [Option<usize>],
}

impl Dating<'_> {
    fn date(&self, place: usize, module: &Module) -> (Outcome, Vec<Proposal>, Vec<Proposal>) {
        if let Some(booked) = booked_for(self.request, module) {
            let outcome = Outcome::Booked {
                session: booked.session,
            };
            return (outcome, Vec::new(), Vec::new());
        }
        let chosen = self.chosen.get(place).copied().flatten();
        let proposals = self.proposals(place, module, true, chosen);
        let waiting = self.proposals(place, module, false, None);
        let outcome = if !proposals.is_empty() {
            Outcome::Proposed
        } else if !waiting.is_empty() {
            Outcome::Full
        } else {
            Outcome::Absent {
                missed: self.missed(module),
            }
        };
        (outcome, proposals, waiting)
    }

    /// The chosen session, then the others that go with the plan.
    fn proposals(
        &self,
        place: usize,
        module: &Module,
        has_seats: bool,
        chosen: Option<usize>,
    ) -> Vec<Proposal> {
        let found = within_reach(self.request, module, has_seats);
        let first = chosen.and_then(|index| found.get(index));
        let others = found.iter().enumerate().filter(|(index, (offered, _))| {
            let theirs = span(offered.starts, offered.ends);
            Some(*index) != chosen
                && schedule::fits(self.steps, self.busy, self.chosen, place, theirs)
        });
        first
            .into_iter()
            .chain(others.map(|(_, found)| found))
            .take(MOST_PROPOSALS)
            .map(|(offered, km)| self.proposal(place, offered, *km))
            .collect()
    }

    fn proposal(&self, place: usize, offered: &Offered, km: Option<f64>) -> Proposal {
        let km = km.map(rounded);
        let mut why: Vec<Why> = km.map(|km| Why::Near { km }).into_iter().collect();
        why.push(Why::SuitsYourWeek {
            cell: Cell::of(offered.starts).to_string(),
        });
        let after = self
            .modules
            .get(place)
            .into_iter()
            .flat_map(|module| &module.prerequisites)
            .filter(|before| self.is_dated(before));
        why.extend(after.map(|module| Why::After {
            module: module.clone(),
        }));
        Proposal {
            session: offered.session,
            starts: offered.starts,
            ends: offered.ends,
            km,
            why,
        }
    }

    fn is_dated(&self, slug: &str) -> bool {
        let place = self.modules.iter().position(|module| module.slug == slug);
        place.is_some_and(|place| self.has_date(place))
    }

    fn has_date(&self, place: usize) -> bool {
        self.chosen.get(place).is_some_and(Option::is_some)
            || self
                .steps
                .get(place)
                .is_some_and(|step| step.fixed.is_some())
    }

    fn undated_before(&self, place: usize) -> Vec<String> {
        let after = self.steps.get(place).map(|step| &step.after);
        after
            .into_iter()
            .flatten()
            .filter(|before| !self.has_date(**before))
            .filter_map(|before| self.modules.get(*before))
            .map(|module| module.slug.clone())
            .collect()
    }

    fn missed(&self, module: &Module) -> Missed {
        let mut missed = Missed::default();
        for offered in self
            .request
            .offered
            .iter()
            .filter(|o| o.module == module.slug)
        {
            match reach(self.request, offered) {
                Err(Obstacle::TooFar) => missed.too_far += 1,
                Err(Obstacle::WrongTime) => missed.wrong_time += 1,
                Ok(_) => missed.clashing += 1,
            }
        }
        missed
    }
}

/// Whole kilometres; distances on Earth are far below what does not fit.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of u32 first"
)]
fn rounded(km: f64) -> u32 {
    km.round().clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests;
