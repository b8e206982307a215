//! Each look of the pages of this area.

use super::rules::{ChangeView, Fault, RulesPage};
use super::{MeetingCard, StepCard};
use crate::shell::sample::Sample;

fn meeting(id: &str) -> MeetingCard {
    MeetingCard {
        id: id.into(),
        starts: "2026-03-12T18:00:00".into(),
        ends: "2026-03-12T20:00:00".into(),
        place: "Cybercentre de Frévent".into(),
        seats_left: 2,
        why: vec!["à 4 km de chez vous".into(), "jeudi en soirée".into()],
    }
}

/// One step of each kind.
pub(crate) fn steps() -> Vec<StepCard> {
    let step = |outcome| StepCard {
        module: "courriel".into(),
        title: "Le courrier électronique".into(),
        reasons: vec!["Parce que vous écrivez à vos <clients>.".into()],
        outcome,
        ..StepCard::default()
    };
    vec![
        StepCard {
            booked: Some(meeting("1")),
            ..step("booked")
        },
        StepCard {
            proposals: vec![meeting("2"), meeting("3")],
            undated_before: vec!["Premiers gestes".into()],
            ..step("proposed")
        },
        StepCard {
            waiting: vec![meeting("4")],
            wished: true,
            ..step("full")
        },
        StepCard {
            missed: "Aucune séance n’est prévue.".into(),
            wished: true,
            ..step("absent")
        },
    ]
}

pub(crate) fn samples() -> Vec<Sample> {
    let page = || RulesPage {
        season: "Printemps".into(),
        text: "slug = \"boutic\"\n# </textarea><script>".into(),
        seen: "0123456789abcdef".into(),
        ..RulesPage::default()
    };
    vec![
        Sample::of(page()),
        Sample::of(RulesPage {
            adopted: Some(("Claire".into(), "2026-03-02T10:00:00".into())),
            faults: vec![Fault {
                place: "line 3".into(),
                problem: "expected a value".into(),
            }],
            stale: true,
            ..page()
        }),
        Sample::of(RulesPage {
            previewed: true,
            people: 45,
            mark: "seal".into(),
            changes: vec![ChangeView {
                person: "1".into(),
                name: "Marie Dupont".into(),
                lines: vec!["En plus : Vendre en ligne.".into()],
            }],
            ..page()
        }),
        Sample::of(RulesPage {
            previewed: true,
            same: true,
            people: 45,
            ..page()
        }),
    ]
}
