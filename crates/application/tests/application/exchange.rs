//! Lists as files: what goes out comes back in, and nothing comes in by halves.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use application::Error;
use application::access::{Actor, Binding, Role, Staff};
use application::exchange::{self, Bad, List, Preview, Problem};
use application::people::PersonInput;
use documents::spreadsheet::export;
use documents::spreadsheet::import::{Fault, ImportError};
use domain::id::Id;
use domain::input::InputError;
use domain::language::Language;
use testkit::both_engines;

use crate::scene::{NOW, Scene, coordinator, staff};

async fn preview(scene: &Scene, list: List, file: &str) -> Preview {
    exchange::preview(
        &scene.app,
        &coordinator(),
        list,
        "liste.csv",
        file.as_bytes(),
    )
    .await
    .unwrap()
    .unwrap()
}

async fn events(scene: &Scene) -> i64 {
    store::event::latest(&mut scene.app.read().await.unwrap())
        .await
        .unwrap()
}

async fn people(scene: &Scene) -> Vec<String> {
    let filter = store::people::PeopleFilter {
        limit: 100,
        ..store::people::PeopleFilter::default()
    };
    let found = application::people::search_people(&scene.app, &coordinator(), filter)
        .await
        .unwrap();
    found.rows.into_iter().map(|row| row.name).collect()
}

fn cell(line: u64, column: &'static str, value: &str, error: InputError) -> Bad {
    Bad {
        line,
        column: Some(column),
        value: value.into(),
        problem: Problem::Cell(error),
    }
}

#[tokio::test]
async fn every_bad_line_is_told_and_nothing_is_written() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let before = events(&scene).await;
        let file = "Nom;Courriel;Téléphone;Commune;Secteur;Profils;Langue;Âge\n\
            Anne Petit;anne@exemple.fr;03 21 03 04 05;Frévent;commerce;Artisan ou artisane;français;40\n\
            ;pas une adresse;zéro;Nulle-Part;magie;pirate;klingon;\n\
            Luc Roux;;;;;;;;trop;de;cases\n\
            12345;;;;;;;\n\
            anne PETIT;ANNE@exemple.fr;;;;;;\n\
            Paul Long;;;;;;;\n";
        let told = preview(&scene, List::People, file).await;
        assert_eq!(
            told.bad,
            [
                cell(3, "exchange-column-name", "", InputError::Empty),
                cell(3, "exchange-column-email", "pas une adresse", InputError::NotAnEmail),
                cell(3, "exchange-column-commune", "Nulle-Part", InputError::UnknownCommune),
                cell(3, "exchange-column-phone", "zéro", InputError::NotAPhone),
                cell(3, "exchange-column-sector", "magie", InputError::UnknownChoice),
                cell(3, "exchange-column-profiles", "pirate", InputError::UnknownChoice),
                cell(3, "exchange-column-language", "klingon", InputError::UnknownChoice),
                Bad { line: 4, column: None, value: String::new(), problem: Problem::Form(Fault::TooManyCells) },
                cell(5, "exchange-column-name", "12345", InputError::NotAName),
                Bad { line: 6, column: None, value: "anne PETIT".into(), problem: Problem::Repeated { line: 2 } },
            ]
        );
        assert_eq!((told.lines, told.new, told.draft), (6, 2, None));
        assert_eq!(told.unknown_headers, ["Âge"]);
        assert_eq!(people(&scene).await, Vec::<String>::new());
        assert_eq!(events(&scene).await, before, "a trial leaves no trace");
    })
    .await;
}

#[tokio::test]
async fn a_good_file_is_brought_in_once_by_whoever_sent_it() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        scene.person("Anne Petit", "anne@exemple.fr").await;
        let file = "name,email,phone,commune,organisation,profiles,note\n\
            Anne Petit,anne@exemple.fr,0321030405,62361,,,\n\
            Luc Roux,luc@exemple.fr,,Frévent (62270),Garage du Centre,A farmer;An elected official,à rappeler\n";
        let told = preview(&scene, List::People, file).await;
        assert_eq!((told.new, told.known.len(), &told.bad), (1, 1, &Vec::new()));
        assert_eq!(people(&scene).await, ["Anne Petit"], "nothing is written before it is confirmed");
        let draft = told.draft.unwrap();
        let other = Actor::Staff(Staff {
            account: Id::new(2, &[0; 10]),
            name: "Autre".into(),
            bindings: vec![Binding { role: Role::Coordinator, programme: None, territory: None }],
            trainer: None,
        });
        for (actor, list) in [(&other, List::People), (&coordinator(), List::Organisations)] {
            assert!(matches!(exchange::confirm(&scene.app, actor, list, &draft).await, Err(Error::NotFound)));
        }
        let done = exchange::confirm(&scene.app, &coordinator(), List::People, &draft).await.unwrap();
        assert_eq!((done.new, done.known.len()), (1, 1));
        assert_eq!(people(&scene).await, ["Anne Petit", "Luc Roux"]);
        let again = exchange::confirm(&scene.app, &coordinator(), List::People, &draft).await;
        assert!(matches!(again, Err(Error::NotFound)), "of two confirmations one counts");
        let filter = store::people::PeopleFilter { query: "luc".into(), limit: 1, ..store::people::PeopleFilter::default() };
        let luc = application::people::search_people(&scene.app, &coordinator(), filter).await.unwrap().rows.remove(0);
        assert_eq!(luc.audience, r#"["agriculteur","elu"]"#);
        assert_eq!((luc.organisation_name.as_deref(), luc.note.as_str()), (Some("Garage du Centre"), "à rappeler"));
    })
    .await;
}

#[tokio::test]
async fn what_stands_against_a_line_by_the_time_it_is_confirmed_keeps_all_lines_out() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let file =
            "Nom;Territoire;Type\nAnne Petit;Pays du Ternois;Élu\nLuc Roux;Pays du Ternois;agent\n";
        let draft = preview(&scene, List::Referents, file).await.draft.unwrap();
        let mut tx = scene.app.write().await.unwrap();
        let row = store::territory::get(&mut tx, &scene.territory.to_string())
            .await
            .unwrap()
            .unwrap();
        let renamed = store::territory::TerritoryRow {
            name: "Ternois".into(),
            folded: "ternois".into(),
            ..row
        };
        store::territory::update(&mut tx, &renamed).await.unwrap();
        tx.commit().await.unwrap();
        let done = exchange::confirm(&scene.app, &coordinator(), List::Referents, &draft)
            .await
            .unwrap();
        let wrong = |line| {
            cell(
                line,
                "exchange-column-territory",
                "Pays du Ternois",
                InputError::UnknownChoice,
            )
        };
        assert_eq!(done.bad, [wrong(2), wrong(3)]);
        let filter = store::referent::ReferentFilter::default();
        assert_eq!(
            store::referent::list(&mut scene.app.read().await.unwrap(), &filter)
                .await
                .unwrap(),
            []
        );
        let retry = exchange::confirm(&scene.app, &coordinator(), List::Referents, &draft)
            .await
            .unwrap();
        assert_eq!(
            retry.bad.len(),
            2,
            "the file is still there to be confirmed once the cause is gone"
        );
    })
    .await;
}

/// One line of every list that can be brought in, in French.
const FILES: [(List, &str); 6] = [
    (
        List::People,
        "Nom;Courriel;Commune;Organisation;Secteur;Profils\n=1+1 Anne;anne@exemple.fr;Frévent;-Garage-;Autres commerces;Élu ou élue\n",
    ),
    (
        List::Organisations,
        "Nom;Type;SIRET ou numéro d’entreprise;Commune\n@Mairie;Collectivité;732 829 320 00074;62767\n",
    ),
    (
        List::Referents,
        "Nom;Territoire;Type;Courriel\nJeanne Morel;Pays du Ternois;Élu;jeanne@exemple.fr\n",
    ),
    (
        List::Sites,
        "Nom;Commune;Adresse;Coordonnées GPS;Lundi;Accessibilité;Lieu d’un jour\n\
         Salle des fêtes;Auxi-le-Château;1 place;50.2316, 2.1168;9:00-12:00, 14:00-18:00;Ascenseur;oui\n",
    ),
    (
        List::Trainers,
        "Nom;Courriel;Commune;Disponibilités\nMarc Legrand;marc@exemple.fr;62361;lundi matin; mardi soir\n",
    ),
    (
        List::Sessions,
        "Saison;Atelier;Lieu;Jour;Début;Fin;Minimum;Places\n\
         printemps-2026;rechercher-sur-internet;Cybercentre de Frévent;10/03/2026;14h;16h;2;4\n",
    ),
];

#[tokio::test]
async fn every_list_that_comes_in_goes_out_and_is_recognised_when_it_comes_back() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        for (list, file) in FILES {
            // A cell that holds the separator stands in quotation marks.
            let file = file.replace("lundi matin; mardi soir", "\"lundi matin; mardi soir\"");
            let told = preview(&scene, list, &file).await;
            assert_eq!(
                (told.new, &told.bad, &told.unknown_headers),
                (1, &Vec::new(), &Vec::new()),
                "{list:?}"
            );
            exchange::confirm(&scene.app, &coordinator(), list, &told.draft.unwrap())
                .await
                .unwrap();
            for language in Language::ALL {
                let table = exchange::export(&scene.app, &coordinator(), list, None, language)
                    .await
                    .unwrap();
                let csv = export::csv(&table, language).unwrap();
                let text = String::from_utf8(csv.clone()).unwrap();
                assert!(
                    !text
                        .lines()
                        .any(|line| line.starts_with(['=', '+', '-', '@'])),
                    "{text}"
                );
                let xlsx = export::xlsx(&table, language, scene.app.now()).unwrap();
                for bytes in [csv, xlsx] {
                    let back = exchange::preview(&scene.app, &coordinator(), list, "f", &bytes)
                        .await
                        .unwrap()
                        .unwrap();
                    assert_eq!(back.bad, [], "{list:?} {language} {text}");
                    assert_eq!(
                        (back.new, back.known.len(), &back.unknown_headers),
                        (0, table.rows.len(), &Vec::new()),
                        "{list:?}"
                    );
                }
            }
        }
        assert!(
            people(&scene).await.contains(&"=1+1 Anne".to_owned()),
            "the name is kept as it is"
        );
    })
    .await;
}

#[tokio::test]
async fn lists_that_only_go_out_tell_who_when_and_what_came_of_it() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let person = scene.person("Anne Petit", "anne@exemple.fr").await;
        let session = scene.session(-2, 3).await;
        scene.enrolled(&session, &person, "placed").await;
        let table = exchange::export(
            &scene.app,
            &coordinator(),
            List::Enrolments,
            Some(&scene.season),
            Language::Fr,
        )
        .await
        .unwrap();
        let csv = String::from_utf8(export::csv(&table, Language::Fr).unwrap()).unwrap();
        assert!(csv.contains("Anne Petit;anne@exemple.fr"), "{csv}");
        assert!(csv.contains("Place réservée;Site public"), "{csv}");
        for list in [List::Wishes, List::Attendance] {
            let empty = exchange::export(&scene.app, &coordinator(), list, None, Language::Fr)
                .await
                .unwrap();
            assert_eq!(empty.rows.len(), 0);
        }
        for list in [List::Wishes, List::Attendance, List::Enrolments] {
            let refused =
                exchange::preview(&scene.app, &coordinator(), list, "f.csv", b"Nom\nA\n").await;
            assert!(matches!(refused, Err(Error::Refused(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_file_is_held_to_the_rules_of_the_desk() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let file = "Saison;Atelier;Lieu;Jour;Début;Fin;Places\n\
            printemps-2026;Rechercher sur internet;Cybercentre de Frévent;demain;14h;16h;4\n\
            automne;magie;ailleurs;10/03/2026;14h;16h;4\n\
            printemps-2026;rechercher-sur-internet;Cybercentre de Frévent;10/03/2026;16h;14h;4\n";
        let told = preview(&scene, List::Sessions, file).await;
        let at = |line: u64| {
            told.bad
                .iter()
                .filter(|bad| bad.line == line)
                .filter_map(|bad| bad.column)
                .collect::<Vec<_>>()
        };
        assert!(at(2).contains(&"exchange-column-day"), "{:?}", told.bad);
        assert_eq!(
            at(3),
            [
                "exchange-column-season",
                "exchange-column-module",
                "exchange-column-site"
            ]
        );
        assert!(told.bad.iter().any(|bad| bad.line == 4), "{:?}", told.bad);
        assert_eq!(told.draft, None);
    })
    .await;
}

#[tokio::test]
async fn a_file_beyond_the_limits_or_without_what_is_needed_is_refused_as_a_whole() {
    let scene = Scene::new(testkit::TestDatabase::sqlite().await).await;
    let read = async |bytes: &[u8]| {
        exchange::preview(&scene.app, &coordinator(), List::People, "f", bytes)
            .await
            .unwrap()
    };
    assert!(matches!(
        read(&vec![b'a'; 5 * 1024 * 1024 + 1]).await,
        Err(ImportError::TooBig { .. })
    ));
    let long = format!("Nom\n{}", "Anne\n".repeat(20_001));
    assert_eq!(
        read(long.as_bytes()).await,
        Err(ImportError::TooManyRows { most: 20_000 })
    );
    assert_eq!(read(b"").await, Err(ImportError::Empty));
    assert!(matches!(
        read(b"PK\x03\x04garbage").await,
        Err(ImportError::Unreadable(_))
    ));
    let headless = read(b"Prix;Couleur\n1;bleu\n").await.unwrap();
    assert_eq!(
        (headless.missing, headless.draft),
        (vec!["exchange-column-name"], None)
    );
}

#[tokio::test]
async fn the_empty_file_to_fill_in_has_headers_that_are_understood() {
    let scene = Scene::new(testkit::TestDatabase::sqlite().await).await;
    for list in List::ALL.into_iter().filter(|list| list.can_be_imported()) {
        for language in Language::ALL {
            let table = exchange::template(list, language);
            let mut csv = String::from_utf8(export::csv(&table, language).unwrap()).unwrap();
            csv.push_str("x\r\n");
            let told = preview(&scene, list, &csv).await;
            assert_eq!(
                (told.unknown_headers, told.missing),
                (Vec::new(), Vec::new()),
                "{list:?} {language}"
            );
        }
    }
}

#[tokio::test]
async fn files_are_for_those_who_run_the_programme() {
    let scene = Scene::new(testkit::TestDatabase::sqlite().await).await;
    for actor in [scene.referent(), staff(Role::Trainer, None)] {
        let sent = exchange::preview(
            &scene.app,
            &actor,
            List::People,
            "f.csv",
            b"Nom\nAnne Petit\n",
        )
        .await;
        assert!(matches!(sent, Err(Error::Forbidden)));
        let taken = exchange::export(&scene.app, &actor, List::People, None, Language::Fr).await;
        assert!(matches!(taken, Err(Error::Forbidden)));
    }
    let visitor = exchange::export(
        &scene.app,
        &Actor::Visitor,
        List::People,
        None,
        Language::Fr,
    )
    .await;
    assert!(matches!(visitor, Err(Error::SignInNeeded)));
}

#[tokio::test]
async fn a_file_that_waits_for_more_than_a_day_or_names_somebody_erased_is_gone() {
    let scene = Scene::new(testkit::TestDatabase::sqlite().await).await;
    let input = PersonInput {
        name: "Anne Petit".into(),
        ..PersonInput::default()
    };
    let anne = application::people::create_person(&scene.app, &coordinator(), &input)
        .await
        .unwrap();
    let draft = preview(&scene, List::People, "Nom\nAnne Petit\n")
        .await
        .draft
        .unwrap();
    application::people::erase_person(&scene.app, &coordinator(), anne.id.parse().unwrap())
        .await
        .unwrap();
    assert!(matches!(
        exchange::confirm(&scene.app, &coordinator(), List::People, &draft).await,
        Err(Error::NotFound)
    ));
    let old = preview(&scene, List::People, "Nom\nLuc Roux\n")
        .await
        .draft
        .unwrap();
    scene
        .clock
        .set(jiff::Timestamp::from_millisecond(NOW + 25 * 3_600_000).unwrap());
    preview(&scene, List::People, "Nom\nPaul Blanc\n").await;
    assert!(matches!(
        exchange::confirm(&scene.app, &coordinator(), List::People, &old).await,
        Err(Error::NotFound)
    ));
}
