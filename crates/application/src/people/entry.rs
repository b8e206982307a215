//! People and organisations as typed: by forms, imports, the API and the questionnaire.

use domain::input::{
    CompanyNumber, EmailAddress, InputError, LongText, OrganisationName, PersonName, Phone,
    PhoneCountry, optional, parse_choice,
};
use domain::language::Language;
use domain::territory::Area;
use serde::Deserialize;
use store::Connection;

use super::{ORGANISATION_KINDS, parse_commune};
use crate::Result;
use crate::access::area_of;
use crate::content::vocabulary;
use crate::input::Fields;

/// How a person can come in.
pub const ORIGINS: [&str; 7] = [
    "web",
    "phone",
    "referent",
    "coordinator",
    "api",
    "import",
    "questionnaire",
];

/// A person as typed. Empty means not told; only the name is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PersonInput {
    /// Whole name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Commune: code, name, or name with postcode.
    pub commune: String,
    /// Name of the firm, farm or local authority.
    pub organisation: String,
    /// Its SIRET or enterprise number.
    pub registration: String,
    /// Slug or label of the sector.
    pub sector: String,
    /// Slugs or labels of profiles.
    pub profiles: Vec<String>,
    /// Language of letters, two letters.
    pub language: String,
    /// What the person needs to take part.
    pub needs: String,
    /// The desk's note.
    pub note: String,
    /// The version that was read, when editing.
    pub version: String,
}

/// An organisation as typed; only the name is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct OrganisationInput {
    /// Name.
    pub name: String,
    /// Slug of the kind; a firm when empty.
    pub kind: String,
    /// SIRET or enterprise number.
    pub registration: String,
    /// Slug or label of the sector.
    pub sector: String,
    /// Commune: code, name, or name with postcode.
    pub commune: String,
    /// E-mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// The desk's note.
    pub note: String,
    /// The version that was read, when editing.
    pub version: String,
}

/// A person whose every field is sound.
#[derive(Clone, Debug)]
pub(super) struct ParsedPerson {
    pub(super) name: PersonName,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) commune: Option<String>,
    pub(super) organisation: Option<OrganisationName>,
    pub(super) registration: Option<String>,
    pub(super) sector: Option<String>,
    pub(super) profiles: Vec<String>,
    pub(super) language: Option<Language>,
    pub(super) needs: String,
    pub(super) note: String,
}

/// An organisation whose every field is sound.
#[derive(Clone, Debug)]
pub(super) struct ParsedOrganisation {
    pub(super) name: OrganisationName,
    pub(super) kind: String,
    pub(super) registration: Option<String>,
    pub(super) sector: Option<String>,
    pub(super) commune: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) note: String,
}

fn phone(raw: &str, commune: Option<&str>) -> std::result::Result<Option<String>, InputError> {
    let country = match commune {
        Some(code) if code.starts_with("BE") => PhoneCountry::Belgium,
        _ => PhoneCountry::France,
    };
    optional(raw, |raw| {
        Phone::parse_in(raw, country).map(|phone| phone.as_str().to_owned())
    })
}

fn email(raw: &str) -> std::result::Result<Option<String>, InputError> {
    optional(raw, |raw| {
        EmailAddress::parse(raw).map(|email| email.as_str().to_owned())
    })
}

fn registration(raw: &str) -> std::result::Result<Option<String>, InputError> {
    optional(raw, |raw| {
        CompanyNumber::parse(raw).map(|number| number.as_str().to_owned())
    })
}

fn long(raw: &str) -> std::result::Result<String, InputError> {
    Ok(optional(raw, LongText::<4000>::parse)?
        .map(String::from)
        .unwrap_or_default())
}

/// A slug of the vocabulary typed as such or as its label in either language.
fn sector(raw: &str) -> std::result::Result<Option<String>, InputError> {
    optional(raw, |raw| {
        let folded = domain::text::fold(raw);
        vocabulary()
            .sectors
            .iter()
            .find(|sector| sector.slug == raw.trim() || is_label(&sector.label, &folded))
            .map(|sector| sector.slug.clone())
            .ok_or(InputError::UnknownChoice)
    })
}

fn is_label(label: &domain::language::Translated, folded: &str) -> bool {
    Language::ALL
        .into_iter()
        .any(|language| domain::text::fold(label.get(language)) == folded)
}

fn profiles(raw: &[String]) -> std::result::Result<Vec<String>, InputError> {
    let mut slugs: Vec<String> = Vec::new();
    for typed in raw.iter().filter(|typed| !typed.trim().is_empty()) {
        let folded = domain::text::fold(typed);
        let slug = vocabulary()
            .profiles
            .iter()
            .find(|profile| profile.slug == typed.trim() || is_label(&profile.label, &folded))
            .map(|profile| profile.slug.clone())
            // Answers to a questionnaire may name the audience itself.
            .or_else(|| {
                domain::catalogue::Audience::from_slug(typed.trim())
                    .map(|audience| audience.slug().to_owned())
            })
            .ok_or(InputError::UnknownChoice)?;
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    Ok(slugs)
}

impl PersonInput {
    /// Every field read; of communes of one name those of the installation's territories are meant.
    pub(super) async fn parse(&self, db: &mut Connection) -> Result<ParsedPerson> {
        // Only a commune typed by name asks what is near.
        let home = if self.commune.trim().is_empty() {
            Area::default()
        } else {
            area_of(db, None).await?
        };
        self.parse_at(&home)
    }

    /// Every field read, with the installation's territories at hand.
    pub(super) fn parse_at(&self, home: &Area) -> Result<ParsedPerson> {
        let mut fields = Fields::default();
        let name = fields.take("name", PersonName::parse(&self.name));
        let email = fields.take("email", email(&self.email));
        let commune = fields.take(
            "commune",
            optional(&self.commune, |raw| parse_commune(raw, home)),
        );
        let phone = fields.take(
            "phone",
            phone(
                &self.phone,
                commune.as_ref().and_then(|code| code.as_deref()),
            ),
        );
        let organisation = fields.take(
            "organisation",
            optional(&self.organisation, OrganisationName::parse),
        );
        let registration = fields.take("registration", registration(&self.registration));
        let sector = fields.take("sector", sector(&self.sector));
        let profiles = fields.take("profiles", profiles(&self.profiles));
        let language = fields.take(
            "language",
            optional(&self.language, |raw| {
                parse_choice(raw.trim(), &[("fr", Language::Fr), ("en", Language::En)])
            }),
        );
        let needs = fields.take("needs", long(&self.needs));
        let note = fields.take("note", long(&self.note));
        let parsed = match (
            name,
            email,
            phone,
            commune,
            organisation,
            registration,
            sector,
            profiles,
            language,
            needs,
            note,
        ) {
            (
                Some(name),
                Some(email),
                Some(phone),
                Some(commune),
                Some(organisation),
                Some(registration),
                Some(sector),
                Some(profiles),
                Some(language),
                Some(needs),
                Some(note),
            ) => Some(ParsedPerson {
                name,
                email,
                phone,
                commune,
                organisation,
                registration,
                sector,
                profiles,
                language,
                needs,
                note,
            }),
            _ => None,
        };
        fields.finish(parsed)
    }
}

impl OrganisationInput {
    /// Every field read.
    pub(super) async fn parse(&self, db: &mut Connection) -> Result<ParsedOrganisation> {
        let home = if self.commune.trim().is_empty() {
            Area::default()
        } else {
            area_of(db, None).await?
        };
        self.parse_at(&home)
    }

    /// Every field read, with the installation's territories at hand.
    pub(super) fn parse_at(&self, home: &Area) -> Result<ParsedOrganisation> {
        let mut fields = Fields::default();
        let name = fields.take("name", OrganisationName::parse(&self.name));
        let kinds = ORGANISATION_KINDS.map(|kind| (kind, kind));
        let kind = fields.take(
            "kind",
            optional(self.kind.trim(), |raw| parse_choice(raw, &kinds)),
        );
        let registration = fields.take("registration", registration(&self.registration));
        let sector = fields.take("sector", sector(&self.sector));
        let commune = fields.take(
            "commune",
            optional(&self.commune, |raw| parse_commune(raw, home)),
        );
        let email = fields.take("email", email(&self.email));
        let phone = fields.take(
            "phone",
            phone(
                &self.phone,
                commune.as_ref().and_then(|code| code.as_deref()),
            ),
        );
        let note = fields.take("note", long(&self.note));
        let parsed = match (
            name,
            kind,
            registration,
            sector,
            commune,
            email,
            phone,
            note,
        ) {
            (
                Some(name),
                Some(kind),
                Some(registration),
                Some(sector),
                Some(commune),
                Some(email),
                Some(phone),
                Some(note),
            ) => Some(ParsedOrganisation {
                name,
                kind: kind.unwrap_or("firm").to_owned(),
                registration,
                sector,
                commune,
                email,
                phone,
                note,
            }),
            _ => None,
        };
        fields.finish(parsed)
    }
}
