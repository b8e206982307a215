//! Prints one of each document into a folder, to look at them; then times a season's certificates.
//!
//! `cargo run --release -p documents --example samples -- FOLDER`

#![expect(clippy::print_stdout, reason = "a tool for people at a terminal")]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::PathBuf;
use std::time::Instant;
use std::{env, error, fs};

use documents::pdf::{Certificate, certificate, certificates};
use domain::language::Language;

/// As many certificates as a large season hands out.
const SEASON: usize = 500;

fn main() -> Result<(), Box<dyn error::Error>> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    for language in Language::ALL {
        let write = |name: &str, bytes: Vec<u8>| {
            fs::write(folder.join(format!("{name}-{language}.pdf")), bytes)
        };
        write(
            "certificate",
            certificate(&samples::certificate(language, 1))?,
        )?;
        write("attendance", samples::attendance(language, 2).pdf()?)?;
        write("questionnaire", samples::questionnaire(language).pdf()?)?;
        write("pathway", samples::pathway(language).pdf()?)?;
        write("people", samples::people(language, 30).pdf()?)?;
        write("quiz", samples::quiz(language, false).pdf()?)?;
        write("quiz-corrected", samples::quiz(language, true).pdf()?)?;
        write("preparation", samples::preparation(language, 6).pdf()?)?;
    }
    let season: Vec<Certificate> = (1..=SEASON)
        .map(|number| samples::certificate(Language::Fr, number))
        .collect();
    let start = Instant::now();
    let bytes = certificates(&season)?;
    println!(
        "{SEASON} certificates in one file of {} kB: {:.2?}",
        bytes.len() / 1024,
        start.elapsed()
    );
    let start = Instant::now();
    for one in &season {
        certificate(one)?;
    }
    println!(
        "{SEASON} certificates, a file each: {:.2?}",
        start.elapsed()
    );
    Ok(())
}
