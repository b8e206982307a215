//! Each look of the pages of people and organisations, for the tests that render every page.

#![expect(
    clippy::too_many_lines,
    reason = "one sample of each look, written out"
)]

use domain::language::Language;

use crate::assessment::TestLine;

use super::duplicates::{Clash, DuplicatesPage, Field, MergePage, Move, Pair, Side};
use super::form::{PersonForm, PersonFormPage};
use super::list::{Filter, Line, PeopleList, Sorts};
use super::organisations::{
    self, Member, OrganisationForm, OrganisationFormPage, OrganisationList, OrganisationPage,
};
use super::page::{Details, Letter, Paper, PersonPage, Seat};
use super::removal::ErasePage;
use super::separate::SeparatePage;
use super::shared::{Choice, Pages, SortLink, profiles, sectors};
use super::story::{Change, Told};
use crate::shell::FieldErrors;
use crate::shell::sample::Sample;

const HOSTILE: &str = "<script>alert(\"x\")</script>";

/// The samples of this area.
pub(crate) fn samples() -> Vec<Sample> {
    let mut all = lists();
    all.extend(people());
    all.extend(organisations());
    all.extend(doubles());
    all
}

fn sort() -> SortLink {
    SortLink::new("nom", "nom", false, |_, _| "#".to_owned())
}

fn lists() -> Vec<Sample> {
    let line = Line {
        id: "p".into(),
        name: HOSTILE.into(),
        email: "anne@exemple.fr".into(),
        phone: "+33321030405".into(),
        commune: "Frévent (62270)".into(),
        organisation_id: "o".into(),
        organisation: "Boulangerie".into(),
        sector: "Alimentation".into(),
        profiles: vec!["Artisan".into()],
        enrolments: 2,
    };
    let full = PeopleList {
        filter: Filter::default(),
        filtered: false,
        commune_wrong: String::new(),
        sectors: sectors(Language::Fr),
        profiles: profiles(Language::Fr),
        lines: vec![
            line.clone(),
            Line {
                phone: String::new(),
                organisation_id: String::new(),
                ..line
            },
        ],
        total: 2,
        pages: Pages::new(1, 2, 60, |_| "#".to_owned()),
        sorts: Sorts {
            name: sort(),
            commune: sort(),
            organisation: sort(),
            sector: sort(),
        },
        csv: "#".into(),
        xlsx: "#".into(),
        may_manage: true,
    };
    let empty = PeopleList {
        lines: Vec::new(),
        total: 0,
        may_manage: false,
        ..full.clone()
    };
    let narrowed = PeopleList {
        filtered: true,
        commune_wrong: "Nous ne trouvons pas cette commune.".into(),
        ..empty.clone()
    };
    vec![Sample::of(full), Sample::of(empty), Sample::of(narrowed)]
}

fn told() -> Told {
    Told {
        at: "2026-02-03T14:30:00".into(),
        who: "Claire".into(),
        what: "A modifié une fiche".into(),
        changes: vec![Change {
            field: "Nom".into(),
            before: String::new(),
            after: HOSTILE.into(),
        }],
        ..Told::default()
    }
}

fn people() -> Vec<Sample> {
    let at = || "2026-02-03T14:30:00".to_owned();
    let paper = || Paper {
        at: at(),
        title: "Printemps 2026".into(),
        detail: "ABCD-EFGH".into(),
    };
    let bare = Details {
        id: "p".into(),
        name: HOSTILE.into(),
        created: at(),
        ..Details::default()
    };
    let details = Details {
        email: "anne@exemple.fr".into(),
        phone: "+33321030405".into(),
        commune: "Frévent (62270)".into(),
        sector: "Commerce".into(),
        profiles: vec!["Artisan".into()],
        needs: "Une boucle magnétique".into(),
        note: "Appeler le soir".into(),
        organisation_id: "o".into(),
        organisation: "Boulangerie".into(),
        ..bare.clone()
    };
    let seat = Seat {
        session: "s".into(),
        module: "Rechercher sur internet".into(),
        site: "Frévent".into(),
        starts: at(),
        stage: "Place réservée".into(),
        tone: "ok",
        mark: "Présent".into(),
        minutes: Some(90),
    };
    let full = PersonPage {
        person: details,
        hours: 90,
        seats: vec![
            seat.clone(),
            Seat {
                mark: String::new(),
                minutes: None,
                ..seat
            },
        ],
        certificates: vec![paper()],
        responses: vec![paper()],
        wishes: vec![paper()],
        letters: vec![Letter {
            at: at(),
            subject: "Votre place".into(),
            stage: "envoyé".into(),
            address: "a@b.fr".into(),
        }],
        story: vec![told()],
        tests: Some(vec![TestLine::sample(), TestLine::default()]),
        may_test: true,
        may_manage: true,
        may_separate: true,
    };
    let form = PersonForm {
        name: HOSTILE.into(),
        version: "1".into(),
        profiles: vec!["artisan".into()],
        ..PersonForm::default()
    };
    let mut errors = FieldErrors::default();
    for field in [
        "name",
        "email",
        "phone",
        "commune",
        "organisation",
        "registration",
        "sector",
        "profiles",
        "language",
        "needs",
        "note",
    ] {
        errors.add(field, "À revoir.");
    }
    let page = PersonFormPage {
        sectors: sectors(Language::Fr),
        profiles: profiles(Language::Fr),
        languages: vec![Choice::new("fr", "Français")],
        ..PersonFormPage::default()
    };
    vec![
        Sample::of(full),
        Sample::of(PersonPage {
            person: bare.clone(),
            may_manage: true,
            may_separate: true,
            ..PersonPage::default()
        }),
        Sample::of(PersonPage {
            person: Details {
                name: String::new(),
                erased: true,
                merged_into: "k".into(),
                ..bare
            },
            ..PersonPage::default()
        }),
        Sample::of(page.clone()),
        Sample::of(PersonFormPage {
            id: "p".into(),
            form: form.clone(),
            errors,
            ..page.clone()
        }),
        Sample::of(PersonFormPage {
            id: "p".into(),
            theirs: Some(form.clone()),
            refusal: "Déjà là.".into(),
            form,
            ..page
        }),
        Sample::of(ErasePage {
            id: "p".into(),
            name: HOSTILE.into(),
            coming: 2,
        }),
        Sample::of(ErasePage {
            id: "p".into(),
            name: "Anne".into(),
            coming: 0,
        }),
        Sample::of(SeparatePage {
            list: "personnes",
            id: "p".into(),
            kept: HOSTILE.into(),
            gone: "Anne".into(),
            at: "2026-02-01T09:00".into(),
            moves: vec![("Inscriptions".into(), 2)],
            ended: 1,
            refusal: String::new(),
        }),
        Sample::of(SeparatePage {
            list: "organisations",
            id: "o".into(),
            refusal: HOSTILE.into(),
            ..SeparatePage::default()
        }),
    ]
}

fn organisations() -> Vec<Sample> {
    let full = OrganisationList {
        filter: organisations::Filter::default(),
        filtered: false,
        commune_wrong: String::new(),
        sectors: sectors(Language::Fr),
        kinds: organisations::kinds(Language::Fr),
        lines: vec![
            organisations::Line {
                id: "o".into(),
                name: HOSTILE.into(),
                kind: "Entreprise".into(),
                registration: "73282932000074".into(),
                commune: "Frévent (62270)".into(),
                sector: "Commerce".into(),
                people: 3,
            },
            organisations::Line::default(),
        ],
        total: 1,
        pages: Pages::new(1, 1, 1, |_| "#".to_owned()),
        sorts: organisations::Sorts {
            name: sort(),
            commune: sort(),
            sector: sort(),
            people: sort(),
        },
        csv: "#".into(),
        xlsx: "#".into(),
        may_manage: true,
    };
    let empty = OrganisationList {
        lines: Vec::new(),
        may_manage: false,
        ..full.clone()
    };
    let narrowed = OrganisationList {
        filtered: true,
        commune_wrong: "Nous ne trouvons pas cette commune.".into(),
        ..empty.clone()
    };
    let form = OrganisationForm {
        name: HOSTILE.into(),
        kind: "firm".into(),
        registration: "73282932000074".into(),
        email: "a@b.fr".into(),
        phone: "+33321030405".into(),
        note: "Note".into(),
        ..OrganisationForm::default()
    };
    let mut errors = FieldErrors::default();
    for field in [
        "name",
        "kind",
        "registration",
        "sector",
        "commune",
        "email",
        "phone",
        "note",
    ] {
        errors.add(field, "À revoir.");
    }
    let page = OrganisationFormPage {
        sectors: sectors(Language::Fr),
        kinds: organisations::kinds(Language::Fr),
        ..OrganisationFormPage::default()
    };
    let shown = OrganisationPage {
        id: "o".into(),
        organisation: form.clone(),
        kind: "Entreprise".into(),
        sector: "Commerce".into(),
        created: "2026-02-03T14:30:00".into(),
        people: vec![Member {
            id: "p".into(),
            name: "Anne".into(),
            email: "a@b.fr".into(),
            phone: "+33".into(),
            commune: String::new(),
        }],
        story: vec![told()],
        may_manage: true,
        may_separate: true,
        merged_into: String::new(),
    };
    vec![
        Sample::of(full),
        Sample::of(empty),
        Sample::of(narrowed),
        Sample::of(shown.clone()),
        Sample::of(OrganisationPage {
            organisation: OrganisationForm::default(),
            people: Vec::new(),
            story: Vec::new(),
            merged_into: "k".into(),
            ..shown
        }),
        Sample::of(page.clone()),
        Sample::of(OrganisationFormPage {
            id: "o".into(),
            form: form.clone(),
            errors,
            ..page.clone()
        }),
        Sample::of(OrganisationFormPage {
            id: "o".into(),
            theirs: Some(form.clone()),
            refusal: "Déjà là.".into(),
            form,
            ..page
        }),
    ]
}

fn doubles() -> Vec<Sample> {
    let side = Side {
        id: "a".into(),
        name: HOSTILE.into(),
        email: "a@b.fr".into(),
        phone: "+33321030405".into(),
        commune: "Frévent (62270)".into(),
        registration: "73282932000074".into(),
    };
    let pair = Pair {
        first: side.clone(),
        second: Side {
            id: "b".into(),
            ..side.clone()
        },
        reasons: vec!["même téléphone".into()],
    };
    let field = Field {
        name: "email",
        label: "Courriel".into(),
        kept: String::new(),
        gone: "a@b.fr".into(),
        gone_wins: true,
        differs: true,
    };
    vec![
        Sample::of(DuplicatesPage {
            list: "personnes",
            total: 2,
            pairs: vec![pair.clone(), pair],
        }),
        Sample::of(DuplicatesPage {
            list: "organisations",
            ..DuplicatesPage::default()
        }),
        Sample::of(MergePage {
            list: "personnes",
            kept: side.clone(),
            gone: side.clone(),
            fields: vec![
                field.clone(),
                Field {
                    differs: false,
                    ..field
                },
            ],
            moves: vec![Move {
                what: "Inscriptions".into(),
                count: 2,
            }],
            clashes: vec![Clash {
                module: "Rechercher".into(),
                starts: "2026-02-03T14:30:00".into(),
                remains: "Place réservée".into(),
                ends: "Liste d’attente".into(),
            }],
            refusal: "L’une des deux fiches vient d’être modifiée.".into(),
            ..MergePage::default()
        }),
        Sample::of(MergePage {
            list: "organisations",
            kept: side.clone(),
            gone: side,
            ..MergePage::default()
        }),
    ]
}
