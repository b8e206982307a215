//! What is printed, read back from the PDF.

#![cfg(feature = "pdf")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod samples;

use documents::pdf::{Certificate, certificate, certificates};
use domain::language::Language;
use lopdf::Document;

struct Printed {
    file: Document,
    text: String,
    raw: String,
}

fn read(bytes: &[u8]) -> Printed {
    let file = Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    // Lines break where they must: compare words only.
    let text = file.extract_text(&pages).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Printed {
        file,
        text,
        raw: String::from_utf8_lossy(bytes).into_owned(),
    }
}

impl Printed {
    fn says(&self, words: &str) {
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        assert!(
            letters(&self.text).contains(&letters(words)),
            "“{words}” is not in:\n{}",
            self.text
        );
    }

    fn catalog_text(&self, key: &[u8]) -> String {
        let value = self.file.catalog().unwrap().get(key).unwrap();
        String::from_utf8_lossy(value.as_str().unwrap()).into_owned()
    }

    /// Tagged, with a title and a language, and marked as PDF/UA.
    fn is_accessible(&self, language: &str) {
        assert!(self.catalog_text(b"Lang").starts_with(language));
        assert!(self.file.catalog().unwrap().has(b"StructTreeRoot"));
        assert!(self.raw.contains("pdfuaid:part"), "not marked as PDF/UA");
        assert!(self.raw.contains("<dc:title>"), "no title");
    }
}

#[test]
fn a_certificate_says_who_attended_what_when_and_for_how_long() {
    let french = read(&certificate(&samples::certificate(Language::Fr, 1)).unwrap());
    assert_eq!(french.file.get_pages().len(), 1);
    french.is_accessible("fr");
    for words in [
        "Attestation de présence",
        "Marie-Josèphe Lefèvre-Dœuvre",
        "Boulangerie L’Épi d’Or",
        "4 ateliers du programme Boutic, du 3 février au 1er juin 2026",
        "Créer le site de son entreprise",
        "17 mars 2026",
        "12 h 30",
        "Fait à Saint-Pol-sur-Ternoise, le 19 juin 2026",
        "7KQF-M2XD-0001",
        "https://ternois.example/attestations/7KQF-M2XD-0001",
        "la Région Hauts-de-France, la Chambre de métiers et de l’artisanat et l’Union européenne",
    ] {
        french.says(words);
    }
    let english = read(&certificate(&samples::certificate(Language::En, 1)).unwrap());
    english.is_accessible("en");
    english.says("Certificate of attendance");
    english.says("attended 4 workshops of the Boutic programme, from 3 February to 1 June 2026, for a total of 12 h 30 min");
}

#[test]
fn it_says_plainly_whether_it_certifies_success_or_attendance() {
    let attendance = read(&certificate(&samples::certificate(Language::Fr, 1)).unwrap());
    attendance.says("Attestation de présence : elle dit les heures suivies");
    let success = read(&certificate(&samples::success(Language::Fr)).unwrap());
    success.says("Attestation de réussite");
    success.says("91 % des heures du parcours ont été suivies ; le programme en demande 80 %");
    success.says("toutes saisons confondues : 30 h 30");
    let english = read(&certificate(&samples::success(Language::En)).unwrap());
    english.says("Certificate of success");
    english.is_accessible("en");
}

#[test]
fn the_employers_copy_says_what_an_employer_may_see() {
    let copy = read(&certificate(&samples::employer(Language::Fr)).unwrap());
    copy.is_accessible("fr");
    copy.says("Copie pour l’employeur");
    copy.says("Elle ne dit ni niveau, ni résultat, ni réponse, ni absence");
    copy.says("Créer le site de son entreprise");
    assert!(!copy.text.contains("confondues"), "hours of other seasons");
}

#[test]
fn a_badge_comes_out_of_its_picture_and_is_good() {
    let (token, _) = samples::badge(1);
    let png = documents::badge::Art::Success.baked_png(&token);
    let shown = domain::badge::open(&documents::badge::text_of(&png).unwrap()).unwrap();
    let public = domain::badge::SigningKey::from_seed(&[1; 32])
        .unwrap()
        .public();
    assert!(shown.is_signed_by(&public));
}

#[test]
fn a_batch_gives_each_person_a_page_of_their_own() {
    let many: Vec<Certificate> = (1..=3)
        .map(|number| samples::certificate(Language::Fr, number))
        .collect();
    let file = read(&certificates(&many).unwrap());
    assert_eq!(file.file.get_pages().len(), 3);
    for number in 1..=3 {
        let page = file.file.extract_text(&[number]).unwrap();
        assert!(page.contains(&format!("7KQF-M2XD-{number:04}")), "{page}");
    }
}

#[test]
fn the_same_certificate_is_the_same_file() {
    let one = samples::certificate(Language::Fr, 1);
    assert!(certificate(&one).unwrap() == certificate(&one).unwrap());
}

#[test]
fn what_people_typed_is_shown_and_never_run() {
    let mut hostile = samples::certificate(Language::Fr, 1);
    hostile.person = samples::HOSTILE.to_owned();
    read(&certificate(&hostile).unwrap()).says("& Fils #panic(\"no\") $x^2$ *a* <b> \\ @ref _u_");
    read(&samples::attendance(Language::Fr, 1).pdf().unwrap()).says("#panic(\"no\")");
    read(&samples::questionnaire(Language::Fr).pdf().unwrap()).says("#panic(\"no\")");
    read(&samples::pathway(Language::Fr).pdf().unwrap()).says("#panic(\"no\")");
    read(&samples::people(Language::Fr, 1).pdf().unwrap()).says("#panic(\"no\")");
    read(&samples::home(Language::Fr).pdf().unwrap()).says("#panic(\"no\")");
}

#[test]
fn characters_that_no_font_shows_do_not_stop_a_document() {
    let mut odd = samples::certificate(Language::Fr, 1);
    odd.person =
        "Nguyễn Łukasz Ζωή Зоя 👩🏽‍🌾 佐藤 عائشة \u{e000}\u{10fffd}\u{0}\u{202e}Ж\u{301}".to_owned();
    read(&certificate(&odd).unwrap()).says("Łukasz Ζωή Зоя □");
}

#[test]
fn an_attendance_sheet_has_a_column_for_every_half_day() {
    let sheet = read(&samples::attendance(Language::Fr, 6).pdf().unwrap());
    sheet.is_accessible("fr");
    // Four columns fit on a sheet; the other two are on the next one, with the names again.
    assert_eq!(sheet.file.get_pages().len(), 2);
    for day in 1..=6 {
        sheet.says(
            &samples::half_day(day)
                .date
                .strftime("%-d mars 2026")
                .to_string()
                .replace("1 mars", "1er mars"),
        );
    }
    assert_eq!(sheet.text.matches("Zoé").count(), 2);
    sheet.says("Karim Benali, Odile Petit");
}

#[test]
fn nothing_to_print_is_still_a_document() {
    assert_eq!(read(&certificates(&[]).unwrap()).file.get_pages().len(), 1);
    read(&samples::attendance(Language::Fr, 0).pdf().unwrap()).says("Zoé");
}

#[test]
fn the_paper_questionnaire_numbers_its_questions_and_shows_every_option() {
    for language in Language::ALL {
        let form = read(&samples::questionnaire(language).pdf().unwrap());
        form.is_accessible(language.code());
        for words in [
            "6 Autre chose à nous dire",
            "Agriculteur",
            "Vendredi",
            "très à l’aise",
            "cybercentre de Frévent",
        ] {
            form.says(words);
        }
    }
}

#[test]
fn the_path_sheet_gives_reasons_and_dates() {
    let sheet = read(&samples::pathway(Language::Fr).pdf().unwrap());
    sheet.is_accessible("fr");
    sheet.says("Vous souhaitez attirer de nouveaux clients");
    sheet.says("mardi 3 mars 2026, de 14 h à 16 h 30");
    sheet.says("Parcours établi le 19 juin 2026");
    read(&samples::pathway(Language::En).pdf().unwrap()).says("Your path");
}

#[test]
fn the_page_taken_home_says_what_was_done_used_decided_and_whom_to_ask() {
    let page = read(&samples::home(Language::Fr).pdf().unwrap());
    page.is_accessible("fr");
    assert_eq!(page.file.get_pages().len(), 1);
    for words in [
        "Mon bilan",
        "Printemps 2026 : 3 ateliers, 5 h 30",
        "Appeler la chambre de métiers",
        "3 mars 2026, 10 mars 2026",
        "Sert chaque semaine",
        "La photo de produits",
        "Boutic, 03 21 00 00 00",
        "Bilan du 19 juin 2026",
    ] {
        page.says(words);
    }
    read(&samples::home(Language::En).pdf().unwrap()).says("What I decided to do");
}

#[test]
fn a_long_list_goes_over_several_pages_with_its_header_on_each() {
    let list = read(&samples::people(Language::Fr, 60).pdf().unwrap());
    list.is_accessible("fr");
    let pages = list.file.get_pages().len();
    assert!(pages > 1);
    assert_eq!(list.text.matches("Téléphone").count(), pages);
    list.says("60 personnes");
    read(&samples::people(Language::En, 0).pdf().unwrap()).says("Nobody is registered yet.");
}

#[test]
fn a_quiz_on_paper_shows_what_is_right_only_when_it_is_asked_for() {
    for language in Language::ALL {
        let blank = read(&samples::quiz(language, false).pdf().unwrap());
        blank.is_accessible(language.code());
        for words in ["1", "une chaise", "à tout le monde", "Un texte entre deux"] {
            blank.says(words);
        }
        assert!(!blank.text.contains("de 11"), "{}", blank.text);
        assert!(!blank.text.contains("On en reparle"));
        let right = read(&samples::quiz(language, true).pdf().unwrap());
        right.is_accessible(language.code());
        right.says("de 11 à 13");
        right.says("On en reparle.");
    }
    read(&samples::quiz(Language::Fr, true).pdf().unwrap()).says("une photo (juste)");
    read(&samples::quiz(Language::Fr, false).pdf().unwrap()).says("Version 4 du quiz");
}

#[test]
fn the_preparation_names_hours_people_and_what_is_missing() {
    let sheet = read(&samples::preparation(Language::Fr, 3).pdf().unwrap());
    sheet.is_accessible("fr");
    for words in [
        "14 h – 14 h 25",
        "Manque dans la salle",
        "6 pour 9 personnes",
        "Vient pour la première fois",
        "Karim Benali",
    ] {
        sheet.says(words);
    }
    read(&samples::preparation(Language::En, 0).pdf().unwrap()).says("Nobody is registered yet.");
}
