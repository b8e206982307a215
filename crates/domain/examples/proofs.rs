//! How long it takes to make, sign and check badges: `proofs [COUNT]`, one figure a line.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement stops at what it did not expect and prints its figures"
)]

use std::time::Instant;

use domain::badge::{
    Award, Issuer, Module, Named, Place, SEED, SigningKey, email_hash, encoded_list, open, place,
    sign, token,
};
use domain::language::Language;
use jiff::civil::date;

const KEY: &str = "https://essor.example/badges/emetteurs/1/cles/2";

fn award(number: u64) -> Award {
    let module = |slug: &str, code: &str| Module {
        slug: slug.into(),
        title: format!("Atelier {slug}"),
        hours: "3 h".into(),
        competences: vec![Named {
            code: code.into(),
            name: "Échanger à distance".into(),
        }],
    };
    let salt = format!("{number:032x}");
    let (list, bit) = place(number);
    Award {
        id: format!("https://essor.example/badges/{number}"),
        person: format!("Personne {number}"),
        holder: Some((
            salt.clone(),
            email_hash(&format!("p{number}@example.org"), &salt),
        )),
        language: Language::Fr,
        title: "Attestation de réussite – Saison 2026".into(),
        description: "Parcours suivi à 80 % au moins.".into(),
        criteria: "Avoir suivi au moins 80 % des heures de son parcours.".into(),
        is_success: true,
        narrative: "Six ateliers, 18 h".into(),
        days: (date(2026, 2, 3), date(2026, 6, 1)),
        image: (
            "https://essor.example/badges/images/reussite.png".into(),
            "Une feuille".into(),
        ),
        modules: ["1.1", "1.2", "2.1", "3.1", "4.1", "5.2"]
            .map(|code| module(&code.replace('.', "-"), code))
            .to_vec(),
        issuer: Issuer {
            id: "https://essor.example/badges/emetteurs/1".into(),
            name: "Boutic".into(),
            url: "https://essor.example".into(),
            email: None,
        },
        from: "2026-06-19T10:00:00Z".parse().unwrap(),
        until: None,
        place: Place {
            list: format!("https://essor.example/badges/listes/1/{list}"),
            bit,
        },
    }
}

fn main() {
    let count: u64 = std::env::args()
        .nth(1)
        .map_or(10_000, |count| count.parse().unwrap());
    let signer = SigningKey::from_seed(&[7; SEED]).unwrap();
    let public = signer.public();
    let at = "2026-06-19T10:00:00Z".parse().unwrap();
    let begun = Instant::now();
    let signed: Vec<_> = (0..count)
        .map(|number| sign(&signer, KEY, &award(number).credential(), at))
        .collect();
    println!("sign-seconds\t{:.3}", begun.elapsed().as_secs_f64());
    let tokens: Vec<String> = (0..count)
        .zip(&signed)
        .map(|(number, one)| token(KEY, &award(number).credential()).with(&one.signature))
        .collect();
    let begun = Instant::now();
    let good = tokens
        .iter()
        .filter(|text| open(text).unwrap().is_signed_by(&public))
        .count();
    println!("check-seconds\t{:.3}", begun.elapsed().as_secs_f64());
    println!("good\t{good}");
    let begun = Instant::now();
    encoded_list((0..count).map(|number| place(number).1)).unwrap();
    println!("list-seconds\t{:.4}", begun.elapsed().as_secs_f64());
    let bytes: usize = tokens.iter().map(String::len).sum();
    println!("bytes-each\t{}", bytes / tokens.len().max(1));
}
