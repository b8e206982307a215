//! The ways around: which entries a visitor sees.

use application::access::Role::{Administrator, Coordinator, Referent, Trainer};
use application::access::{Actor, Role};

/// An entry of a menu: the key of its word and its address.
pub(super) struct Entry {
    pub(super) key: &'static str,
    pub(super) href: &'static str,
    roles: &'static [Role],
}

const fn entry(key: &'static str, href: &'static str, roles: &'static [Role]) -> Entry {
    Entry { key, href, roles }
}

/// The pages of the participant who is signed in, or the way to sign in.
const MINE: &str = "/mon-espace";

/// The menu of the public pages.
const PUBLIC: [Entry; 6] = [
    entry("shell-nav-home", "/", &[]),
    entry("shell-nav-agenda", "/agenda", &[]),
    entry("shell-nav-modules", "/ateliers", &[]),
    entry("shell-nav-sites", "/lieux", &[]),
    entry("shell-nav-season", "/saison", &[]),
    entry("shell-nav-mine", MINE, &[]),
];

const DESK: &[Role] = &[Administrator, Coordinator];

/// The menu of the desk, in the order of a coordinator's day. One line an entry.
const AT_THE_DESK: &[Entry] = &[
    entry("referent-home", "/referent", &[Referent]),
    entry("shell-nav-today", "/formateur", &[Trainer]),
    entry("shell-nav-todo", "/bureau", DESK),
    entry("shell-nav-dashboard", "/bureau/saison", DESK),
    entry("shell-nav-sessions", "/bureau/seances", DESK),
    entry("plan-list", "/bureau/planification", DESK),
    entry(
        "quiz-list",
        "/bureau/quiz",
        &[Administrator, Coordinator, Trainer],
    ),
    entry(
        "shell-nav-entry",
        "/bureau/saisie",
        &[Administrator, Coordinator, Referent],
    ),
    entry(
        "shell-nav-people",
        "/bureau/personnes",
        &[Administrator, Coordinator, Referent],
    ),
    entry("shell-nav-organisations", "/bureau/organisations", DESK),
    entry("shell-nav-wishes", "/bureau/souhaits", DESK),
    entry(
        "shell-nav-debriefs",
        "/bureau/bilans",
        &[Administrator, Coordinator, Trainer, Referent],
    ),
    entry(
        "shell-nav-satisfaction",
        "/bureau/avis",
        &[Administrator, Coordinator, Trainer],
    ),
    entry("shell-nav-places", "/bureau/lieux", DESK),
    entry("shell-nav-trainers", "/bureau/formateurs", DESK),
    entry("attendance-devices", "/bureau/appareils", DESK),
    entry("shell-nav-referents", "/bureau/referents", DESK),
    entry("shell-nav-programmes", "/bureau/programmes", DESK),
    entry("shell-nav-territories", "/bureau/territoires", DESK),
    entry("shell-nav-rules", "/bureau/regles", DESK),
    entry("assessment-list", "/bureau/tests", DESK),
    entry(
        "assessment-summary",
        "/bureau/tests/bilan",
        &[Trainer, Referent],
    ),
    entry("shell-nav-certificates", "/bureau/attestations", DESK),
    entry("funding-list", "/bureau/financeurs", DESK),
    entry("shell-nav-mail", "/bureau/courrier", DESK),
    entry("shell-nav-exchange", "/bureau/imports", DESK),
    entry("shell-nav-team", "/bureau/comptes", &[Administrator]),
    entry("badge-keys", "/bureau/badges", &[Administrator]),
    entry("shell-nav-history", "/bureau/historique", DESK),
    entry(
        "access-own",
        "/bureau/compte",
        &[Administrator, Coordinator, Trainer, Referent],
    ),
];

/// The entries of the public menu for whoever asks: staff have no pages of a participant.
pub(super) fn public(actor: &Actor) -> impl Iterator<Item = &'static Entry> + '_ {
    PUBLIC
        .iter()
        .filter(|entry| entry.href != MINE || actor.staff().is_none())
}

/// What an account of the role trainer has before it stands for one of the trainers: there are no sessions of theirs yet.
const WITHOUT_SESSIONS: [&str; 2] = ["/formateur", "/bureau/compte"];

/// The entries of the desk for whoever asks.
pub(super) fn desk(actor: &Actor) -> impl Iterator<Item = &'static Entry> + '_ {
    let gives_sessions = actor.staff().is_some_and(|staff| staff.trainer.is_some());
    AT_THE_DESK.iter().filter(move |entry| {
        let counts = |role: Role| {
            role != Trainer || gives_sessions || WITHOUT_SESSIONS.contains(&entry.href)
        };
        entry
            .roles
            .iter()
            .any(|role| actor.is(*role) && counts(*role))
    })
}

/// Which of the addresses the page belongs to: the longest that its path begins with.
pub(super) fn current<'a>(path: &str, addresses: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    addresses
        .filter(|href| {
            path == *href
                || (*href != "/"
                    && path
                        .strip_prefix(href)
                        .is_some_and(|rest| rest.starts_with('/')))
        })
        .max_by_key(|href| href.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_exact_entry_is_the_current_one() {
        let hrefs = || ["/", "/bureau", "/bureau/seances"].into_iter();
        assert_eq!(
            current("/bureau/seances/42", hrefs()),
            Some("/bureau/seances")
        );
        assert_eq!(current("/bureau/autre", hrefs()), Some("/bureau"));
        assert_eq!(current("/bureaux", hrefs()), None);
        assert_eq!(current("/", hrefs()), Some("/"));
    }

    #[test]
    fn only_who_may_be_a_participant_is_led_to_a_participants_pages() {
        let leads = |actor: &Actor| public(actor).any(|entry| entry.href == MINE);
        assert!(leads(&Actor::Visitor));
        assert!(!leads(&crate::shell::sample::staff(Trainer)));
    }

    #[test]
    fn a_referent_sees_the_entry_screen_people_talks_and_their_own_account_only() {
        let referent = crate::shell::sample::staff(Referent);
        let seen: Vec<_> = desk(&referent).map(|entry| entry.href).collect();
        assert_eq!(
            seen,
            [
                "/referent",
                "/bureau/saisie",
                "/bureau/personnes",
                "/bureau/bilans",
                "/bureau/tests/bilan",
                "/bureau/compte"
            ]
        );
        assert_eq!(desk(&Actor::Visitor).count(), 0);
    }
}
