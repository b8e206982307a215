//! Certificates of attendance.

use domain::language::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Frame, PdfError, qr, world};
use crate::formats;
use crate::texts::Texts;

/// What a person attended, certified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The language it is written in.
    pub language: Language,
    /// The name of the person.
    pub person: String,
    /// The firm or authority the person belongs to.
    pub organisation: Option<String>,
    /// The name of the programme.
    pub programme: String,
    /// The name of the season.
    pub season: String,
    /// What was attended, in the order to be shown.
    pub modules: Vec<CertifiedModule>,
    /// The code that the public page verifies.
    pub code: String,
    /// The full address of that page for this code.
    pub verify_url: String,
    /// The names of the partners shown on it.
    pub partners: Vec<String>,
    /// Who issues it.
    pub issuer: String,
    /// The name and office of who signs.
    pub signatory: Option<String>,
    /// The town where it is made out.
    pub place: String,
    /// The day it is made out.
    pub date: Date,
    /// What it certifies.
    pub says: Says,
    /// Minutes attended in all seasons of the programme, where that is more than here.
    pub cumulative: Option<u32>,
}

/// What a certificate certifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// That somebody came.
    Attendance,
    /// That somebody followed their path.
    Success {
        /// Percent followed.
        share: u8,
        /// Percent that the programme asks for.
        asked: u8,
        /// Whether of each session, or of all together.
        each: bool,
    },
    /// The same hours for the employer of an agent, and nothing else.
    Employer,
}

impl Says {
    /// The title.
    fn title(self) -> &'static str {
        match self {
            Self::Attendance => "document-certificate-title",
            Self::Success { .. } => "document-certificate-title-success",
            Self::Employer => "document-certificate-title-employer",
        }
    }

    /// What it means, plainly.
    fn meaning(self, language: Language) -> String {
        let texts = Texts::embedded();
        match self {
            Self::Attendance => texts.get(language, "document-certificate-meaning-attendance"),
            Self::Employer => texts.get(language, "document-certificate-meaning-employer"),
            Self::Success { share, asked, each } => {
                let key = if each {
                    "document-certificate-meaning-each"
                } else {
                    "document-certificate-meaning-path"
                };
                let values = [
                    ("share", i64::from(share).into()),
                    ("asked", i64::from(asked).into()),
                ];
                texts.format(language, key, &values)
            }
        }
    }
}

/// A module that was attended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedModule {
    /// Its title in the language of the certificate.
    pub title: String,
    /// The days attended.
    pub dates: Vec<Date>,
    /// Minutes really attended.
    pub minutes: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data {
    #[serde(flatten)]
    frame: Frame,
    certificates: Vec<One>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct One {
    title: String,
    meaning: String,
    cumulative: Option<String>,
    programme: String,
    season: String,
    person: String,
    organisation: Option<String>,
    sentence: String,
    modules: Vec<Module>,
    total: String,
    done_at: String,
    issuer: String,
    signatory: Option<String>,
    qr: String,
    verify_alt: String,
    verify_url: String,
    code: String,
    partners: Option<String>,
}

#[derive(Serialize)]
struct Module {
    title: String,
    dates: Vec<String>,
    hours: String,
}

/// The certificate of one person.
///
/// # Errors
/// [`PdfError`] if the template fails or the address is too long for a QR code.
pub fn certificate(certificate: &Certificate) -> Result<Vec<u8>, PdfError> {
    let texts = Texts::embedded();
    let title = texts.get(certificate.language, certificate.says.title());
    let title = format!("{title} – {}", certificate.person);
    print(certificate.language, title, &[certificate])
}

/// Many certificates in one file to print, each beginning on a page of its own. The labels and the
/// title are in the language of the first; nothing yields an empty page.
///
/// # Errors
/// As [`certificate()`].
pub fn certificates(certificates: &[Certificate]) -> Result<Vec<u8>, PdfError> {
    let language = certificates
        .first()
        .map_or(Language::Fr, |first| first.language);
    let title = Texts::embedded().get(language, "document-certificates-title");
    print(language, title, &certificates.iter().collect::<Vec<_>>())
}

fn print(
    language: Language,
    title: String,
    certificates: &[&Certificate],
) -> Result<Vec<u8>, PdfError> {
    let first = certificates.first();
    let frame = Frame::new(
        language,
        title,
        first.map_or("Essor", |certificate| certificate.issuer.as_str()),
        first.map_or_else(
            || Date::constant(2000, 1, 1),
            |certificate| certificate.date,
        ),
        &[
            ("awarded-to", "document-certificate-awarded-to"),
            ("module", "document-certificate-module"),
            ("dates", "document-certificate-dates"),
            ("hours", "document-certificate-hours"),
            ("total", "document-certificate-total"),
            ("signature", "document-certificate-signature"),
            ("verify", "document-certificate-verify"),
        ],
    );
    let ident = certificates
        .iter()
        .map(|certificate| certificate.code.as_str())
        .collect::<Vec<_>>();
    let data = Data {
        frame,
        certificates: certificates
            .iter()
            .map(|one| written(one))
            .collect::<Result<_, _>>()?,
    };
    world::set("certificate.typ", &ident.join(" "), &data)
}

fn written(certificate: &Certificate) -> Result<One, PdfError> {
    let (language, texts) = (certificate.language, Texts::embedded());
    let minutes = certificate
        .modules
        .iter()
        .map(|module| module.minutes)
        .sum();
    let hours = formats::duration(language, minutes);
    let days = || {
        certificate
            .modules
            .iter()
            .flat_map(|module| &module.dates)
            .copied()
    };
    let period = match (days().min(), days().max()) {
        (Some(first), Some(last)) => formats::date_range(language, first, last),
        _ => certificate.season.clone(),
    };
    Ok(One {
        title: texts.get(language, certificate.says.title()),
        meaning: certificate.says.meaning(language),
        cumulative: cumulative(certificate),
        programme: certificate.programme.clone(),
        season: certificate.season.clone(),
        person: certificate.person.clone(),
        organisation: certificate.organisation.clone(),
        sentence: texts.format(
            language,
            "document-certificate-sentence",
            &[
                ("count", certificate.modules.len().into()),
                ("programme", (&certificate.programme).into()),
                ("period", period.into()),
                ("hours", (&hours).into()),
            ],
        ),
        modules: certificate
            .modules
            .iter()
            .map(|module| Module {
                title: module.title.clone(),
                dates: module
                    .dates
                    .iter()
                    .map(|date| formats::date_without_weekday(language, *date))
                    .collect(),
                hours: formats::duration(language, module.minutes),
            })
            .collect(),
        total: hours,
        done_at: texts.format(
            language,
            "document-certificate-done-at",
            &[
                ("place", (&certificate.place).into()),
                (
                    "date",
                    formats::date_without_weekday(language, certificate.date).into(),
                ),
            ],
        ),
        issuer: certificate.issuer.clone(),
        signatory: certificate.signatory.clone(),
        qr: qr::svg(&certificate.verify_url)
            .ok_or_else(|| PdfError::Data("the address is too long for a QR code".to_owned()))?,
        verify_alt: texts.format(
            language,
            "document-certificate-verify-alt",
            &[("code", (&certificate.code).into())],
        ),
        verify_url: certificate.verify_url.clone(),
        code: certificate.code.clone(),
        partners: partners(certificate),
    })
}

/// The hours of all seasons, in a sentence.
fn cumulative(certificate: &Certificate) -> Option<String> {
    let language = certificate.language;
    certificate.cumulative.map(|minutes| {
        let hours = formats::duration(language, minutes);
        let values = [("hours", hours.into())];
        Texts::embedded().format(language, "document-certificate-cumulative", &values)
    })
}

/// With whose support, in a sentence.
fn partners(certificate: &Certificate) -> Option<String> {
    let language = certificate.language;
    (!certificate.partners.is_empty()).then(|| {
        let partners = formats::list(language, &certificate.partners);
        let values = [("partners", partners.into())];
        Texts::embedded().format(language, "document-certificate-partners", &values)
    })
}
