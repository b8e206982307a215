//! Everything that leaves Essor as a text, a file or a sheet of paper.
//!
//! * [`badge`]: badges as pictures;
//! * [`calendar`]: calendar files and feeds;
//! * [`mail`]: letters, with their calendar files;
//! * `pdf` (feature of the same name): everything printed;
//! * [`spreadsheet`]: lists out to CSV and XLSX, and in again;
//! * [`texts`]: the words of the interface, from the Fluent files in `locales/`;
//! * [`formats`]: dates, hours, numbers and distances the way people write them.
//!
//! Nothing here reads a clock, a file or the network: what is needed is passed in,
//! and a text or bytes come out.

pub mod badge;
pub mod calendar;
pub mod formats;
pub mod mail;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod spreadsheet;
pub mod texts;
