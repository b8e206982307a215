//! Prints one of each document into a folder, to look at them and to have them checked; with `time` after the folder, times a season's
//! certificates.
//!
//! `cargo run --release -p documents --example samples -- FOLDER time`

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for people at a terminal"
)]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::PathBuf;
use std::time::Instant;
use std::{env, error, fs};

use documents::badge::Art;
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
        write("success", certificate(&samples::success(language))?)?;
        write("employer", certificate(&samples::employer(language))?)?;
        write("attendance", samples::attendance(language, 2).pdf()?)?;
        write("questionnaire", samples::questionnaire(language).pdf()?)?;
        write("pathway", samples::pathway(language).pdf()?)?;
        write("people", samples::people(language, 30).pdf()?)?;
        write("quiz", samples::quiz(language, false).pdf()?)?;
        write("quiz-corrected", samples::quiz(language, true).pdf()?)?;
        write("home", samples::home(language).pdf()?)?;
        write("preparation", samples::preparation(language, 6).pdf()?)?;
    }
    let (badge, key) = samples::badge(1);
    fs::write(folder.join("badge.jwt"), &badge)?;
    fs::write(folder.join("key.pem"), key)?;
    fs::write(folder.join("badge.png"), Art::Success.baked_png(&badge))?;
    fs::write(folder.join("badge.svg"), Art::Success.baked_svg(&badge))?;
    fs::write(folder.join("stranger.jwt"), samples::badge(2).0)?;
    if env::args().nth(2).is_some() {
        time()?;
    }
    Ok(())
}

/// How long the certificates of a season take.
fn time() -> Result<(), Box<dyn error::Error>> {
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
