//! The typesetter: embedded templates and fonts, one data file, nothing else.
//!
//! A template can reach no file, no network and no clock. Data come as `/data.json`, so that
//! nothing a person typed is ever read as markup.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// A document that could not be set: a fault of a template, not of the data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The data could not be handed over.
    #[error("the data of the document cannot be written: {0}")]
    Data(String),
    /// The typesetter refused.
    #[error("the document cannot be set: {0}")]
    Template(String),
}

/// The templates, by the name they import each other with.
const TEMPLATES: [(&str, &str); 9] = [
    ("base.typ", include_str!("../../templates/base.typ")),
    (
        "certificate.typ",
        include_str!("../../templates/certificate.typ"),
    ),
    (
        "attendance.typ",
        include_str!("../../templates/attendance.typ"),
    ),
    (
        "questionnaire.typ",
        include_str!("../../templates/questionnaire.typ"),
    ),
    ("pathway.typ", include_str!("../../templates/pathway.typ")),
    ("debrief.typ", include_str!("../../templates/debrief.typ")),
    ("people.typ", include_str!("../../templates/people.typ")),
    ("quiz.typ", include_str!("../../templates/quiz.typ")),
    (
        "preparation.typ",
        include_str!("../../templates/preparation.typ"),
    ),
];

/// What all documents share, made once.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<(FileId, Source)>,
    data: FileId,
}

static SHOP: LazyLock<Result<Shop, PdfError>> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts()
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        .collect();
    let sources = TEMPLATES
        .iter()
        .map(|(name, text)| {
            let id = file_id(name)?;
            Ok((id, Source::new(id, (*text).to_owned())))
        })
        .collect::<Result<_, PdfError>>()?;
    Ok(Shop {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources,
        data: file_id("data.json")?,
    })
});

fn file_id(name: &str) -> Result<FileId, PdfError> {
    let path = VirtualPath::new(name).map_err(|error| PdfError::Template(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One document in the making.
struct Sheet {
    shop: &'static Shop,
    main: FileId,
    data: Bytes,
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.shop.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shop.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.shop
            .sources
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, source)| source.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shop.data {
            return Ok(self.data.clone());
        }
        Ok(Bytes::from_string(self.source(id)?.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shop.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The year, month and day of a document, as templates take it.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Made {
    year: i16,
    month: i8,
    day: i8,
}

impl From<Date> for Made {
    fn from(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
            day: date.day(),
        }
    }
}

/// Sets a template with its data: a tagged PDF/A-2a and PDF/UA-1 file.
///
/// The same data always give the same bytes; `ident` names the document for good.
pub(super) fn set(template: &str, ident: &str, data: &impl Serialize) -> Result<Vec<u8>, PdfError> {
    let shop = SHOP.as_ref().map_err(Clone::clone)?;
    let data_error = |error: serde_json::Error| PdfError::Data(error.to_string());
    let mut data = serde_json::to_value(data).map_err(data_error)?;
    make_printable(&mut data, &shop.book);
    let data = serde_json::to_vec(&data).map_err(data_error)?;
    let sheet = Sheet {
        shop,
        main: file_id(template)?,
        data: Bytes::new(data),
    };
    let result = press(&sheet, ident);
    // The typesetter remembers what it did; a few rounds later that is only memory.
    comemo::evict(4);
    result
}

fn press(sheet: &Sheet, ident: &str) -> Result<Vec<u8>, PdfError> {
    let compiled = typst::compile::<PagedDocument>(sheet);
    let document = compiled.output.map_err(|errors| told(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| PdfError::Template(format!("{error:?}")))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("Essor".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors))
}

/// Replaces what no embedded font can show (emojis, rare scripts) by an empty square and drops what
/// is invisible: archival PDF refuses a document for a single such character.
fn make_printable(value: &mut serde_json::Value, book: &FontBook) {
    match value {
        serde_json::Value::String(text) => {
            *text = text
                .chars()
                .filter_map(|character| printable(character, book))
                .collect();
        }
        serde_json::Value::Array(values) => {
            values
                .iter_mut()
                .for_each(|value| make_printable(value, book));
        }
        serde_json::Value::Object(members) => {
            members
                .values_mut()
                .for_each(|value| make_printable(value, book));
        }
        _ => {}
    }
}

fn printable(character: char, book: &FontBook) -> Option<char> {
    match character {
        '\n' | ' '..='~' => Some(character),
        // Joiners, direction marks, variation selectors, skin tones, tags: nothing by themselves.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0000}'..='\u{e0fff}' => None,
        // Private use: a font may show it, but nobody can say what it means.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Some('□'),
        _ if character.is_control() => None,
        _ => {
            let shown = (0..)
                .map_while(|index| book.info(index))
                .any(|font| font.coverage.contains(u32::from(character)));
            Some(if shown { character } else { '□' })
        }
    }
}

fn told(errors: &[SourceDiagnostic]) -> PdfError {
    let messages: Vec<String> = errors
        .iter()
        .map(|error| {
            let hints: String = error
                .hints
                .iter()
                .map(|hint| format!(" ({})", hint.v))
                .collect();
            format!("{}{hints}", error.message)
        })
        .collect();
    PdfError::Template(messages.join("; "))
}
