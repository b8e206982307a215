//! The bag as an EPUB 3.

use chrono::DateTime;
use epub_builder::{
    EpubBuilder, EpubContent, EpubVersion, MetadataOpfV3, ReferenceType, ZipLibrary,
};
use uuid::Uuid;

use super::pages::{BagPage, STYLE, cover, pages, title};
use super::{Bag, BagError};
use crate::mail::escape;
use crate::texts::Texts;

/// What readers with a disability are told before they open the book (EPUB Accessibility 1.1).
const ACCESS: [(&str, &str); 6] = [
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityHazard", "none"),
];

pub(super) fn epub(bag: &Bag) -> Result<Vec<u8>, BagError> {
    let language = bag.language.code();
    let mut book = EpubBuilder::new(ZipLibrary::new()?)?;
    book.epub_version(EpubVersion::V30);
    book.set_uuid(Uuid::from_u128(bag.id));
    // No author is named: the library gives the first author and the language the same id.
    book.set_title(title(bag));
    book.set_languages(vec![language.to_owned()]);
    book.set_generator("Essor");
    book.set_toc_name(Texts::embedded().get(bag.language, "bag-contents"));
    // Midnight of the day it is made: the same bag gives the same bytes.
    let midnight = bag.made.to_datetime(jiff::civil::Time::midnight());
    let seconds = jiff::tz::TimeZone::UTC
        .to_timestamp(midnight)
        .map_or(0, jiff::Timestamp::as_second);
    let day = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    book.set_publication_date(day);
    book.set_modified_date(day);
    for (property, content) in ACCESS {
        let meta = MetadataOpfV3::new(property.to_owned(), content.to_owned());
        book.add_metadata_opf(Box::new(meta));
    }
    book.stylesheet(STYLE.as_bytes())?;
    let first = BagPage {
        name: "debut".to_owned(),
        title: title(bag),
        body: cover(bag),
    };
    for page in std::iter::once(first).chain(pages(bag)) {
        let text = chapter(language, &page);
        let file = format!("{}.xhtml", page.name);
        book.add_content(
            EpubContent::new(file, text.as_bytes())
                .title(page.title)
                .reftype(ReferenceType::Text),
        )?;
    }
    let mut bytes = Vec::new();
    book.generate(&mut bytes)?;
    Ok(bytes)
}

fn chapter(language: &str, page: &BagPage) -> String {
    let (title, body) = (escape(&page.title), &page.body);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"{language}\" lang=\"{language}\">\n\
         <head><title>{title}</title><link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\" /></head>\n\
         <body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
    )
}
