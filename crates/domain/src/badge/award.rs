//! What a badge says: who did what, for how long, and with which competences.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::competence::Named;
use super::proof::seconds;
use super::{CREDENTIALS, OPEN_BADGES};
use crate::language::Language;

/// Name of the European framework on badges.
const FRAMEWORK: &str = "DigComp 3.0";
/// Where the framework is published: the report of the Joint Research Centre that its data supplement belongs to.
const FRAMEWORK_ADDRESS: &str = "https://publications.jrc.ec.europa.eu/repository/handle/JRC144121";
/// The schema of Open Badges 3.0 against which a reader may hold the badge.
const SCHEMA: &str =
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

/// Who gives badges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Address of its profile.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its website.
    pub url: String,
    /// Where people can write.
    pub email: Option<String>,
}

/// A module followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// Time really attended, in words (`3 h`).
    pub hours: String,
    /// The competences it exercises.
    pub competences: Vec<Named>,
}

/// Where to see whether a badge is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Address of the list.
    pub list: String,
    /// Its bit.
    pub bit: u64,
}

/// Everything that makes a badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Address of the badge.
    pub id: String,
    /// Whose it is, as printed.
    pub person: String,
    /// Salt and hash of their address ([`email_hash`]), by which they can show that it is theirs; without an address nothing.
    pub holder: Option<(String, String)>,
    /// Language of its words.
    pub language: Language,
    /// Title: certificate of attendance or of success, with the season.
    pub title: String,
    /// What it means, in a sentence.
    pub description: String,
    /// What one had to do for it.
    pub criteria: String,
    /// Whether the path was followed to the extent that the programme asks for.
    pub is_success: bool,
    /// What was followed, in words.
    pub narrative: String,
    /// First and last day.
    pub days: (Date, Date),
    /// Address of its picture, and what that shows.
    pub image: (String, String),
    /// The modules followed.
    pub modules: Vec<Module>,
    /// Who gives it.
    pub issuer: Issuer,
    /// From when.
    pub from: Timestamp,
    /// Until when, if not for good.
    pub until: Option<Timestamp>,
    /// Where a withdrawal is published.
    pub place: Place,
}

/// The hash of an e-mail address in small letters followed by a salt, as Open Badges write it.
#[must_use]
pub fn email_hash(address: &str, salt: &str) -> String {
    let salted = format!("{}{salt}", address.trim().to_lowercase());
    let hash = Sha256::digest(salted.as_bytes());
    format!("sha256${}", data_encoding::HEXLOWER.encode(&hash))
}

impl Award {
    /// The credential, not signed yet.
    #[must_use]
    pub fn credential(&self) -> Value {
        let mut credential = json!({
            "@context": [CREDENTIALS, OPEN_BADGES],
            "id": self.id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": self.title,
            "issuer": self.issuer(),
            "validFrom": seconds(self.from),
            "credentialSubject": self.subject(),
            "credentialStatus": {
                "id": format!("{}#{}", self.place.list, self.place.bit),
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": self.place.bit.to_string(),
                "statusListCredential": self.place.list,
            },
            "credentialSchema": [{ "id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019" }],
        });
        if let (Some(until), Value::Object(members)) = (self.until, &mut credential) {
            members.insert("validUntil".to_owned(), seconds(until).into());
        }
        credential
    }

    fn issuer(&self) -> Value {
        let Issuer {
            id,
            name,
            url,
            email,
        } = &self.issuer;
        let mut issuer = json!({ "id": id, "type": ["Profile"], "name": name, "url": url });
        if let (Some(email), Value::Object(members)) = (email, &mut issuer) {
            members.insert("email".to_owned(), email.as_str().into());
        }
        issuer
    }

    fn subject(&self) -> Value {
        let mut identifiers = vec![json!({
            "type": "IdentityObject", "hashed": false, "identityHash": self.person, "identityType": "name",
        })];
        if let Some((salt, hash)) = &self.holder {
            identifiers.push(json!({
                "type": "IdentityObject", "hashed": true, "identityHash": hash, "identityType": "emailAddress", "salt": salt,
            }));
        }
        let day = |day: Date| format!("{day}T00:00:00Z");
        json!({
            "type": ["AchievementSubject"],
            "identifier": identifiers,
            "activityStartDate": day(self.days.0),
            "activityEndDate": day(self.days.1),
            "narrative": self.narrative,
            "achievement": self.achievement(),
            "result": self.modules.iter().map(|module| json!({
                "type": ["Result"],
                "resultDescription": self.module_id(module),
                "value": module.hours,
            })).collect::<Vec<_>>(),
        })
    }

    fn module_id(&self, module: &Module) -> String {
        format!("{}#{}", self.id, module.slug)
    }

    fn achievement(&self) -> Value {
        let kind = if self.is_success {
            "CertificateOfCompletion"
        } else {
            "Certificate"
        };
        let (image, caption) = &self.image;
        json!({
            "id": format!("{}#achievement", self.id),
            "type": ["Achievement"],
            "achievementType": kind,
            "name": self.title,
            "description": self.description,
            "criteria": { "narrative": self.criteria },
            "image": { "id": image, "type": "Image", "caption": caption },
            "inLanguage": self.language.code(),
            "alignment": self.alignment(),
            "resultDescription": self.modules.iter().map(|module| json!({
                "id": self.module_id(module),
                "type": ["ResultDescription"],
                "name": module.title,
                "resultType": "Result",
                "alignment": aligned(module.competences.iter()),
            })).collect::<Vec<_>>(),
        })
    }

    /// Every competence once.
    fn alignment(&self) -> Vec<Value> {
        let mut all: Vec<&Named> = self
            .modules
            .iter()
            .flat_map(|module| &module.competences)
            .collect();
        all.sort();
        all.dedup();
        aligned(all.into_iter())
    }
}

fn aligned<'a>(competences: impl Iterator<Item = &'a Named>) -> Vec<Value> {
    competences
        .map(|one| {
            json!({
                "type": ["Alignment"],
                "targetName": one.name,
                "targetCode": one.code,
                "targetFramework": FRAMEWORK,
                "targetType": "ceasn:Competency",
                "targetUrl": FRAMEWORK_ADDRESS,
            })
        })
        .collect()
}
