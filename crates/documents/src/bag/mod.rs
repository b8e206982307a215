//! The bag: what a person takes home from their path. One content, three wrappings: an EPUB for readers and telephones, a folder of plain pages
//! that opens from a USB stick on an old computer without network, and one page to print; for one person or for a whole group.
//!
//! The pages are plain HTML without scripts. The same input gives the same bytes.

mod book;
mod folder;
mod pages;

use domain::language::Language;
use jiff::civil::Date;

use crate::pdf::HalfDay;

/// What one person takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bag {
    /// Names this bag among all: the same as long as it is the same person's for the same season.
    pub id: u128,
    /// The language it is written in.
    pub language: Language,
    /// The person's name.
    pub person: String,
    /// The name of the programme.
    pub programme: String,
    /// The name of the season.
    pub season: String,
    /// The day it is made.
    pub made: Date,
    /// The sessions attended, in order.
    pub sessions: Vec<BagSession>,
    /// Modules of the path that are still to come, in order: their titles.
    pub next: Vec<String>,
    /// Where the programme is at home.
    pub places: Vec<BagPlace>,
    /// Who helps.
    pub people: Vec<BagContact>,
    /// Files that go with it, such as the certificate.
    pub papers: Vec<BagPaper>,
}

/// A session that was attended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagSession {
    /// The title of the module.
    pub title: String,
    /// When.
    pub time: HalfDay,
    /// The site, with its commune.
    pub site: String,
    /// The trainer.
    pub trainer: Option<String>,
    /// Minutes really attended.
    pub minutes: u32,
    /// What one can do now.
    pub aims: Vec<String>,
    /// What was done: name of the part, and what happened in it.
    pub parts: Vec<(String, String)>,
    /// Questions of the quiz with their corrections.
    pub corrections: Vec<BagCorrection>,
}

/// A question of a quiz, corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagCorrection {
    /// The question.
    pub question: String,
    /// What was right.
    pub right: Vec<String>,
    /// What the person had answered; nothing when they took no part.
    pub own: Option<String>,
    /// Why.
    pub feedback: String,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagPlace {
    /// Its name.
    pub name: String,
    /// Street, postcode and commune.
    pub address: String,
    /// How to get in, by telephone.
    pub phone: Option<String>,
}

/// Somebody who helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagContact {
    /// Name.
    pub name: String,
    /// Where they are, or what for.
    pub role: String,
    /// Telephone, as people write it.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A file that goes with the bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagPaper {
    /// Its name in the folder: small letters, digits, hyphens and one dot, so that every computer can read it.
    pub file: String,
    /// What it is.
    pub title: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A wrapping that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BagError {
    /// The EPUB.
    #[error("the book: {0}")]
    Book(#[from] epub_builder::Error),
    /// The archive.
    #[error("the folder: {0}")]
    Folder(#[from] zip::result::ZipError),
    /// A file within it.
    #[error("the folder: {0}")]
    Write(#[from] std::io::Error),
}

impl Bag {
    /// The bag as an EPUB 3 file, with the table of contents that EPUB 2 readers know as well.
    ///
    /// # Errors
    /// [`BagError`] when it cannot be put together.
    pub fn epub(&self) -> Result<Vec<u8>, BagError> {
        book::epub(self)
    }

    /// The bag as a zipped folder: unpacked onto a USB stick, `index.html` opens in any browser. The EPUB and the papers are in it.
    ///
    /// # Errors
    /// [`BagError`] when it cannot be put together.
    pub fn folder(&self) -> Result<Vec<u8>, BagError> {
        folder::of_one(self)
    }

    /// A name for its files: small letters, digits and hyphens.
    #[must_use]
    pub fn slug(&self) -> String {
        domain::programme::slug_of(&self.person)
    }
}

/// The bags of a group as one zipped archive: a folder for each person, and one page with all of them to print.
///
/// # Errors
/// [`BagError`] when it cannot be put together.
pub fn group(bags: &[Bag]) -> Result<Vec<u8>, BagError> {
    folder::of_group(bags)
}

#[cfg(test)]
mod tests;
