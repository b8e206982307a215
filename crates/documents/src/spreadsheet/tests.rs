use domain::language::Language;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::export::{csv, xlsx};
use super::import::{BadLine, Fault, ImportError, Imported, Limits, read};
use super::*;

fn table(texts: Vec<String>) -> Table {
    Table {
        name: "Inscrits : [Frévent]".to_owned(),
        columns: vec![
            Column::new("name", "Nom", Kind::Text),
            Column::new("hours", "Heures", Kind::Number),
            Column::new("day", "Jour", Kind::Date),
            Column::new("at", "Début", Kind::DateTime),
            Column::new("present", "Présent", Kind::YesNo),
        ],
        rows: texts
            .into_iter()
            .map(|text| {
                vec![
                    text.into(),
                    Cell::Decimal(2.5),
                    date(2026, 2, 3).into(),
                    date(2026, 2, 3).at(14, 30, 0, 0).into(),
                    true.into(),
                ]
            })
            .collect(),
    }
}

fn made() -> jiff::Timestamp {
    "2026-02-03T10:00:00Z".parse().unwrap()
}

fn imported(bytes: &[u8]) -> Imported {
    read(bytes, Limits::default()).unwrap()
}

#[test]
fn french_csv_has_a_mark_semicolons_and_decimal_commas() {
    let bytes = csv(&table(vec!["Zoé; née \"B\"".to_owned()]), Language::Fr).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "\u{feff}Nom;Heures;Jour;Début;Présent\r\n\
         \"Zoé; née \"\"B\"\"\";2,5;2026-02-03;2026-02-03 14:30;oui\r\n"
    );
}

#[test]
fn english_csv_has_commas_and_decimal_points() {
    let bytes = csv(&table(vec!["Zoé".to_owned()]), Language::En).unwrap();
    assert!(
        String::from_utf8(bytes)
            .unwrap()
            .ends_with("Zoé,2.5,2026-02-03,2026-02-03 14:30,yes\r\n")
    );
}

#[test]
fn a_text_that_looks_like_a_formula_is_shown_not_run_and_comes_back_unchanged() {
    for formula in [
        "=1+1",
        "+33612345678",
        "-2",
        "@SUM(A1)",
        "＝HYPERLINK()",
        "=cmd|'/C calc'!A0",
    ] {
        let source = table(vec![formula.to_owned()]);
        let bytes = csv(&source, Language::Fr).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            text.lines()
                .nth(1)
                .unwrap()
                .trim_start_matches('"')
                .starts_with('\''),
            "{text}"
        );
        assert_eq!(imported(&bytes).rows[0].text("Nom"), formula);

        let book = xlsx(&source, Language::Fr, made()).unwrap();
        assert_eq!(imported(&book).rows[0].text("Nom"), formula);
        assert!(!unpacked(&book).contains("<f>"), "a formula was written");
    }
}

/// The sheet of a workbook as XML.
fn unpacked(book: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap()
}

#[test]
fn a_workbook_has_its_header_frozen_filters_and_real_days() {
    let book = xlsx(&table(vec!["Zoé".to_owned()]), Language::Fr, made()).unwrap();
    let sheet = unpacked(&book);
    assert!(
        sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"),
        "{sheet}"
    );
    let read = imported(&book);
    assert_eq!(read.headers, ["Nom", "Heures", "Jour", "Début", "Présent"]);
    let row = &read.rows[0];
    assert_eq!(row.line, 2);
    assert_eq!(row.text("Heures"), "2.5");
    assert_eq!(row.text("Jour"), "2026-02-03");
    assert_eq!(row.text("Début"), "2026-02-03 14:30");
    assert_eq!(row.text("Présent"), "oui");
}

#[test]
fn files_of_old_windows_programs_keep_their_accents() {
    let read = imported(b"Nom;Commune\r\nZo\xe9;Fr\xe9vent\r\n");
    assert_eq!(read.rows[0].text("Nom"), "Zoé");
    assert_eq!(read.rows[0].text("Commune"), "Frévent");
}

#[test]
fn utf16_commas_tabs_and_a_told_separator_are_understood() {
    let utf16: Vec<u8> = "\u{feff}Nom\tHeures\nZoé\t2\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        utf16.as_slice(),
        "Nom,Heures\nZoé,2\n".as_bytes(),
        "sep=|\nNom|Heures\nZoé|2".as_bytes(),
        "\n\"Nom\";\"Heures\"\n\nZoé;2\n".as_bytes(),
    ] {
        let read = imported(bytes);
        assert_eq!(read.headers, ["Nom", "Heures"]);
        assert_eq!(
            (read.rows[0].text("Nom"), read.rows[0].text("Heures")),
            ("Zoé", "2")
        );
    }
}

#[test]
fn line_numbers_are_those_of_the_file_even_after_texts_of_several_lines() {
    let read = imported("Nom;Note\nZoé;\"un\ndeux\"\n\nLéa;x\n".as_bytes());
    assert_eq!(
        read.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 5]
    );
    assert_eq!(imported(b"sep=;\nNom\nZ\n").rows[0].line, 3);
}

#[test]
fn bad_lines_are_told_one_by_one_and_the_good_ones_kept() {
    let limits = Limits {
        cell: 5,
        ..Limits::default()
    };
    let read = read(
        "Nom;Note\nZoé;bon\nLéa;a;b\nAnne;beaucoup trop\n;\n".as_bytes(),
        limits,
    )
    .unwrap();
    assert_eq!(read.rows.len(), 1);
    assert_eq!(
        read.bad,
        [
            BadLine {
                line: 3,
                fault: Fault::TooManyCells
            },
            BadLine {
                line: 4,
                fault: Fault::CellTooLong {
                    header: "Note".to_owned(),
                    most: 5
                }
            },
        ]
    );
    for language in Language::ALL {
        assert!(read.bad[0].explain(language).contains('3'));
        assert!(read.bad[1].explain(language).contains("Note"));
    }
}

#[test]
fn what_cannot_be_taken_is_refused_with_its_reason() {
    let small = Limits {
        bytes: 200,
        unpacked: 1000,
        rows: 2,
        columns: 2,
        cell: 10,
    };
    let wide = xlsx(&table(vec!["Zoé".to_owned()]), Language::Fr, made()).unwrap();
    let cases: Vec<(Vec<u8>, Limits, ImportError)> = vec![
        (vec![b'a'; 201], small, ImportError::TooBig { most: 200 }),
        (
            b"a\n1\n2\n3\n".to_vec(),
            small,
            ImportError::TooManyRows { most: 2 },
        ),
        (
            b"a;b;c\n".to_vec(),
            small,
            ImportError::TooManyColumns { most: 2 },
        ),
        (
            b"a;a\n1;2\n".to_vec(),
            small,
            ImportError::DoubledHeader {
                header: "a".to_owned(),
            },
        ),
        (b"".to_vec(), small, ImportError::Empty),
        (b"a;b\n\n;\n".to_vec(), small, ImportError::Empty),
        (
            wide.clone(),
            Limits {
                bytes: 100_000,
                ..small
            },
            ImportError::TooBig { most: 1000 },
        ),
        (
            wide,
            Limits {
                columns: 2,
                ..Limits::default()
            },
            ImportError::TooManyColumns { most: 2 },
        ),
    ];
    for (bytes, limits, expected) in cases {
        let error = read(&bytes, limits).unwrap_err();
        assert_eq!(error, expected);
        for language in Language::ALL {
            assert!(!error.explain(language).is_empty());
        }
    }
    for garbage in [
        b"PK\x03\x04 not a zip".as_slice(),
        b"\x89PNG\0\0\0",
        b"%PDF-1.4\0",
    ] {
        let error = read(garbage, Limits::default()).unwrap_err();
        assert!(matches!(error, ImportError::Unreadable(_)), "{error:?}");
    }
}

#[test]
fn headers_are_recognised_by_key_or_label_whatever_accents_and_case() {
    let mut read = imported("NOM;debut;Autre\nZoé;14:30;x\n".as_bytes());
    let unknown = read.keyed(&table(vec![]).columns);
    assert_eq!(unknown, ["Autre"]);
    assert_eq!(read.rows[0].text("name"), "Zoé");
    assert_eq!(read.rows[0].text("at"), "14:30");
    assert_eq!(read.rows[0].cells.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        rng_seed: RngSeed::Fixed(4180),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn reading_never_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, Limits::default());
        let _ = read(&[b"PK\x03\x04".as_slice(), &bytes].concat(), Limits::default());
    }

    #[test]
    fn exported_texts_come_back_from_csv_and_xlsx(
        texts in proptest::collection::vec("[-a-zA-Zé;,\"'=+@<>&\u{1F600}][ -~é]{0,20}[a-z;\"]", 1..8)
    ) {
        let source = table(texts.clone());
        for bytes in [
            csv(&source, Language::Fr).unwrap(),
            csv(&source, Language::En).unwrap(),
            xlsx(&source, Language::Fr, made()).unwrap(),
        ] {
            let read = imported(&bytes);
            let names: Vec<&str> = read.rows.iter().map(|row| row.text("Nom")).collect();
            // Someone's own apostrophe before a formula sign is indistinguishable from ours.
            let expected: Vec<&str> = texts
                .iter()
                .map(|text| match text.strip_prefix('\'') {
                    Some(rest) if begins_like_a_formula(rest) => rest,
                    _ => text,
                })
                .collect();
            prop_assert_eq!(names, expected);
        }
    }
}
