//! The bag opens everywhere, says what was done, and nothing that people typed breaks a page.

use std::io::{Cursor, Read as _};

use domain::language::Language;
use jiff::civil::{date, time};
use zip::ZipArchive;

use super::*;

fn bag(person: &str) -> Bag {
    Bag {
        id: 7,
        language: Language::Fr,
        person: person.to_owned(),
        programme: "Boutic".to_owned(),
        season: "Automne 2026".to_owned(),
        made: date(2026, 11, 22),
        sessions: vec![BagSession {
            title: "Le courriel & la vente".to_owned(),
            time: HalfDay {
                date: date(2026, 11, 3),
                start: time(14, 0, 0, 0),
                end: time(16, 0, 0, 0),
            },
            site: "Cybercentre, Frévent (62270)".to_owned(),
            trainer: Some("Hélène Caron".to_owned()),
            minutes: 120,
            aims: vec!["Lire, <répondre>".to_owned()],
            parts: vec![("Vous essayez".to_owned(), "Chacun écrit.".to_owned())],
            corrections: vec![BagCorrection {
                question: "2 < 3 ?".to_owned(),
                right: vec!["Oui".to_owned()],
                own: Some("Non".to_owned()),
                feedback: "Trois est plus grand.".to_owned(),
            }],
        }],
        next: vec!["Créer son site".to_owned()],
        places: vec![BagPlace {
            name: "Cybercentre".to_owned(),
            address: "1 rue du Château, Frévent (62270)".to_owned(),
            phone: Some("03 21 00 00 00".to_owned()),
        }],
        people: vec![BagContact {
            name: "Boutic".to_owned(),
            role: String::new(),
            phone: None,
            email: Some("boutic@example.org".to_owned()),
        }],
        papers: vec![BagPaper {
            file: "attestation.pdf".to_owned(),
            title: "Votre attestation".to_owned(),
            bytes: b"%PDF-".to_vec(),
        }],
    }
}

fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn text_of(files: &[(String, Vec<u8>)], name: &str) -> String {
    let found = files.iter().find(|(file, _)| file == name);
    let (_, bytes) = found.unwrap_or_else(|| panic!("{name} is missing"));
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn the_first_page_of_the_folder_leads_to_every_page_and_paper_in_it() {
    let files = files(&bag("Anne Petit").folder().unwrap());
    let index = text_of(&files, "anne-petit/index.html");
    for (name, _) in &files {
        let file = name.strip_prefix("anne-petit/").unwrap();
        if matches!(file, "index.html" | "style.css" | "LISEZMOI.txt") {
            continue;
        }
        assert!(index.contains(&format!("href=\"{file}\"")), "{file}");
    }
    assert!(index.contains("La valise numérique de Anne Petit"));
    assert!(text_of(&files, "anne-petit/LISEZMOI.txt").contains("\r\n"));
}

#[test]
fn names_in_the_folder_can_be_read_by_every_computer() {
    let plain = |name: &str| {
        name.chars()
            .all(|one| one.is_ascii_alphanumeric() || "-._/".contains(one))
    };
    for (name, _) in files(&group(&[bag("Zoé d’Été"), bag("…")]).unwrap()) {
        assert!(plain(&name), "{name}");
    }
}

#[test]
fn what_people_typed_is_shown_as_it_is() {
    let files = files(&bag("Anne <b>Petit</b>").folder().unwrap());
    let session = files
        .iter()
        .find(|(name, _)| name.ends_with("seance-01.html"))
        .unwrap();
    let session = String::from_utf8(session.1.clone()).unwrap();
    assert!(session.contains("Lire, &lt;répondre&gt;"));
    assert!(session.contains("2 &lt; 3 ?"));
    assert!(files.iter().all(|(name, bytes)| !name.ends_with(".html")
        || !String::from_utf8_lossy(bytes).contains("<b>Petit")));
}

#[test]
fn two_people_of_the_same_name_have_a_folder_each_and_stand_on_the_page_to_print() {
    let files = files(&group(&[bag("Anne Petit"), bag("Anne Petit")]).unwrap());
    for folder in ["anne-petit", "anne-petit-2"] {
        assert!(text_of(&files, &format!("{folder}/index.html")).contains("Anne Petit"));
    }
    let all = text_of(&files, "a-imprimer.html");
    assert_eq!(all.matches("<div class=\"bag\">").count(), 2);
}

#[test]
fn the_book_begins_with_its_type_uncompressed_and_lists_its_pages() {
    let bytes = bag("Anne Petit").epub().unwrap();
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let files = files(&bytes);
    let listed = text_of(&files, "OEBPS/content.opf");
    for page in ["debut", "seance-01", "suite", "adresses"] {
        assert!(listed.contains(&format!("href=\"{page}.xhtml\"")), "{page}");
        let text = text_of(&files, &format!("OEBPS/{page}.xhtml"));
        is_well_formed(&text);
    }
    assert!(listed.contains("schema:accessMode"));
    let mut ids: Vec<&str> = listed
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "each id stands once");
    assert!(text_of(&files, "OEBPS/nav.xhtml").contains("seance-01.xhtml"));
}

/// Every element that is opened is closed, in order: what an XML reader asks for at least.
fn is_well_formed(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in text.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        if tag.starts_with(['?', '!']) || tag.ends_with('/') {
            continue;
        }
        let name = tag.split_whitespace().next().unwrap();
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{text}");
        } else {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_same_bag_gives_the_same_bytes() {
    let one = bag("Anne Petit");
    assert_eq!(one.epub().unwrap(), one.epub().unwrap());
    assert_eq!(one.folder().unwrap(), one.folder().unwrap());
}

#[test]
fn before_the_first_session_the_bag_says_so() {
    let empty = Bag {
        sessions: Vec::new(),
        next: Vec::new(),
        ..bag("Anne Petit")
    };
    let files = files(&empty.folder().unwrap());
    assert!(text_of(&files, "anne-petit/index.html").contains("Aucune séance suivie"));
    assert!(empty.epub().is_ok());
}
