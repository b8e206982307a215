//! Giving a badge with a certificate, in the same transaction.

use std::collections::BTreeMap;

use documents::formats;
use documents::texts::Texts;
use domain::badge::{Award, Issuer, Module, Place, SigningKey, email_hash, place, sign};
use domain::certificate::Kind;
use domain::language::Language;
use domain::programme::slug_of;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use store::Connection;
use store::badge::{BadgeRow, KeyRow};
use store::certificate::CertificateRow;
use store::programme::ProgrammeRow;

use super::{badge_address, issuer_address, key_address, keys, list_address};
use crate::access::Actor;
use crate::certificate::{Printed, language_of};
use crate::enrolment::instant;
use crate::{App, Error, Result, content};

/// Everything needed to give badges of one programme, fetched once for all.
pub(crate) struct Press {
    key: KeyRow,
    signer: SigningKey,
    issuer: Issuer,
    next: i64,
    months: i64,
}

impl Press {
    /// Makes ready to give badges of a programme; nobody else gives any of it until the transaction ends.
    pub(crate) async fn ready(
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        programme: &ProgrammeRow,
    ) -> Result<Self> {
        let (key, signer) = keys::signing(app, tx, actor, programme).await?;
        let (_, months) = super::asked(tx, &programme.id).await?;
        Ok(Self {
            next: store::badge::count(tx, &programme.id).await?,
            issuer: Issuer {
                id: issuer_address(app, &programme.id),
                name: programme.name.clone(),
                url: app.config().base_url.clone(),
                email: programme.contact_email.clone(),
            },
            key,
            signer,
            months,
        })
    }

    /// Gives the badge of a certificate.
    pub(crate) async fn grant(
        &mut self,
        app: &App,
        tx: &mut Connection,
        certificate: &CertificateRow,
        printed: &Printed,
    ) -> Result<BadgeRow> {
        let email = store::people::person(tx, &certificate.person_id)
            .await?
            .and_then(|person| person.email);
        let id = app.new_id::<BadgeRow>().to_string();
        let from = instant(certificate.issued_at)?;
        let award = self.award(app, &id, certificate, printed, email.as_deref(), from)?;
        let signed = sign(
            &self.signer,
            &key_address(&self.key),
            &award.credential(),
            app.now(),
        );
        let row = BadgeRow {
            id,
            certificate_id: certificate.id.clone(),
            programme_id: self.key.programme_id.clone(),
            key_id: self.key.id.clone(),
            number: self.next,
            credential: signed.credential,
            proof: signed.proof,
            signature: signed.signature,
            issued_at: app.now().as_millisecond(),
            expires_at: award.until.map(Timestamp::as_millisecond),
        };
        store::badge::insert(tx, &row).await?;
        self.next += 1;
        Ok(row)
    }

    fn award(
        &self,
        app: &App,
        id: &str,
        certificate: &CertificateRow,
        printed: &Printed,
        email: Option<&str>,
        from: Timestamp,
    ) -> Result<Award> {
        let language = language_of(&certificate.language);
        let number =
            u64::try_from(self.next).map_err(|_| Error::Internal("a negative number".into()))?;
        let (list, bit) = place(number);
        let salt = data_encoding::HEXLOWER.encode(&app.random::<16>());
        let texts = Texts::embedded();
        let is_success = printed.earned.kind == Kind::Success;
        let modules = modules(printed, language);
        let narrative: Vec<String> = modules
            .iter()
            .map(|module| format!("{}, {}", module.title, module.hours))
            .collect();
        let says = words(printed, language);
        Ok(Award {
            id: badge_address(app, id),
            person: printed.name.clone(),
            holder: email.map(|email| {
                let hash = email_hash(email, &salt);
                (salt, hash)
            }),
            language,
            title: says.title,
            description: says.description,
            criteria: says.criteria,
            is_success,
            narrative: narrative.join(" ; "),
            days: days(printed),
            image: (
                format!(
                    "{}/badges/images/{}.png",
                    app.config().base_url,
                    super::file::art(printed).name()
                ),
                texts.get(language, "badge-image"),
            ),
            modules,
            issuer: self.issuer.clone(),
            from,
            until: self.until(from),
            place: Place {
                list: list_address(app, &self.key.programme_id, list),
                bit,
            },
        })
    }

    /// The end of the months for which badges hold.
    fn until(&self, from: Timestamp) -> Option<Timestamp> {
        if self.months <= 0 {
            return None;
        }
        let zoned = from.to_zoned(jiff::tz::TimeZone::UTC);
        zoned
            .checked_add(self.months.months())
            .ok()
            .map(|end| end.timestamp())
    }
}

struct Words {
    title: String,
    description: String,
    criteria: String,
}

fn words(printed: &Printed, language: Language) -> Words {
    let texts = Texts::embedded();
    let hours = formats::duration(language, printed.total.0);
    let is_success = printed.earned.kind == Kind::Success;
    let (title, criteria) = match (is_success, printed.by_session) {
        (false, _) => ("badge-title-attendance", "badge-criteria-attendance"),
        (true, false) => ("badge-title-success", "badge-criteria-path"),
        (true, true) => ("badge-title-success", "badge-criteria-each"),
    };
    let asked = [("asked", i64::from(printed.asked).into())];
    Words {
        title: texts.format(language, title, &[("season", (&printed.season).into())]),
        description: texts.format(
            language,
            "badge-description",
            &[
                ("programme", (&printed.programme).into()),
                ("season", (&printed.season).into()),
                ("hours", hours.into()),
            ],
        ),
        criteria: texts.format(language, criteria, &asked),
    }
}

/// First and last day attended; a certificate has at least one.
fn days(printed: &Printed) -> (Date, Date) {
    let all = || printed.lines.iter().map(|line| line.date);
    (
        all().min().unwrap_or(printed.issued_on),
        all().max().unwrap_or(printed.issued_on),
    )
}

/// Each module once, with its hours and its competences.
fn modules(printed: &Printed, language: Language) -> Vec<Module> {
    let mut order: Vec<&str> = Vec::new();
    let mut found: BTreeMap<&str, (&str, u32)> = BTreeMap::new();
    for line in &printed.lines {
        if !found.contains_key(line.module.as_str()) {
            order.push(&line.module);
        }
        let (_, minutes) = found.entry(&line.module).or_insert((&line.slug, 0));
        *minutes = minutes.saturating_add(line.minutes.0);
    }
    order
        .into_iter()
        .filter_map(|title| {
            let (slug, minutes) = found.get(title)?;
            let slug = if slug.is_empty() {
                slug_of(title)
            } else {
                (*slug).to_owned()
            };
            Some(Module {
                competences: content::competences().of(&slug, language),
                slug,
                title: title.to_owned(),
                hours: formats::duration(language, *minutes),
            })
        })
        .collect()
}
