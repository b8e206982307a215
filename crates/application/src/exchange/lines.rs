//! One line of a file, through the same command as the form.

use documents::spreadsheet::import::Row;
use documents::texts::Texts;
use domain::input::InputError;
use domain::language::{Language, Translated};
use domain::questionnaire::{Cell, DAYS, Slot, day_code};
use domain::territory::Area;
use domain::text::fold;
use store::Connection;

use super::List;
use crate::access::{Actor, area_of};
use crate::content::vocabulary;
use crate::people::{OrganisationInput, PersonInput};
use crate::{App, Error, Result, people, referent, site, trainer};

/// What became of a line.
pub(super) enum Outcome {
    /// Something new, by id.
    New(String),
    /// What is there already, by id.
    Known(String),
}

/// Reads the lines of one file.
pub(super) struct Reader {
    list: List,
    home: Area,
}

impl Reader {
    /// For a list, with the installation's communes at hand.
    pub(super) async fn new(db: &mut Connection, list: List) -> Result<Self> {
        Ok(Self {
            list,
            home: area_of(db, None).await?,
        })
    }

    /// Takes one line through its command, within the transaction.
    pub(super) async fn line(
        &self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        row: &Row,
    ) -> Result<Outcome> {
        match self.list {
            List::People => self.person(app, tx, actor, row).await,
            List::Organisations => self.organisation(app, tx, actor, row).await,
            List::Referents => referent_line(app, tx, actor, row).await,
            List::Sites => self.site(app, tx, actor, row).await,
            List::Trainers => trainer_line(app, tx, actor, row).await,
            List::Sessions => super::sessions::line(app, tx, actor, row).await,
            _ => Err(Error::Internal("a list that is not read".to_owned())),
        }
    }

    async fn person(
        &self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        row: &Row,
    ) -> Result<Outcome> {
        let input = PersonInput {
            name: row.text("name").to_owned(),
            email: row.text("email").to_owned(),
            phone: row.text("phone").to_owned(),
            commune: row.text("commune").to_owned(),
            organisation: row.text("organisation").to_owned(),
            registration: row.text("registration").to_owned(),
            sector: row.text("sector").to_owned(),
            profiles: several(row.text("profiles")),
            language: language(row.text("language")),
            needs: row.text("needs").to_owned(),
            note: row.text("note").to_owned(),
            version: String::new(),
        };
        let found = people::find_or_create_at(app, tx, actor, "import", &input, &self.home).await?;
        Ok(if found.created {
            Outcome::New(found.person.id)
        } else {
            Outcome::Known(found.person.id)
        })
    }

    async fn organisation(
        &self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        row: &Row,
    ) -> Result<Outcome> {
        let input = OrganisationInput {
            name: row.text("name").to_owned(),
            kind: slug(
                "exchange-kind-",
                &people::ORGANISATION_KINDS,
                row.text("kind"),
            ),
            registration: row.text("registration").to_owned(),
            sector: row.text("sector").to_owned(),
            commune: row.text("commune").to_owned(),
            email: row.text("email").to_owned(),
            phone: row.text("phone").to_owned(),
            note: row.text("note").to_owned(),
            version: String::new(),
        };
        let (id, created) =
            people::find_or_create_organisation(app, tx, actor, &input, &self.home).await?;
        Ok(if created {
            Outcome::New(id)
        } else {
            Outcome::Known(id)
        })
    }

    async fn site(
        &self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        row: &Row,
    ) -> Result<Outcome> {
        let text = |key: &str| row.text(key).to_owned();
        let accessibility = several(row.text("accessibility"));
        let terms = vocabulary()
            .accessibility
            .iter()
            .map(|term| (term.slug.as_str(), &term.label));
        let edit = site::Edit {
            name: text("name"),
            commune: text("commune"),
            address: text("address"),
            coordinates: text("coordinates"),
            monday: text("monday"),
            tuesday: text("tuesday"),
            wednesday: text("wednesday"),
            thursday: text("thursday"),
            friday: text("friday"),
            saturday: text("saturday"),
            sunday: text("sunday"),
            accessibility: slugs(&accessibility, terms),
            access_note: text("access_note"),
            phone: text("phone"),
            one_off: yes(row.text("one_off"))?,
            version: String::new(),
        };
        if let Ok(commune) = people::parse_commune(&edit.commune, &self.home) {
            let filter = store::site::SiteFilter {
                search: Some(fold(&edit.name)),
                ..store::site::SiteFilter::default()
            };
            let namesakes = store::site::list(tx, &filter).await?;
            if let Some(known) = namesakes
                .into_iter()
                .find(|known| known.folded == fold(&edit.name) && known.commune_code == commune)
            {
                return Ok(Outcome::Known(known.id));
            }
        }
        Ok(Outcome::New(site::create_in(app, tx, actor, &edit).await?))
    }
}

async fn referent_line(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    row: &Row,
) -> Result<Outcome> {
    let text = |key: &str| row.text(key).to_owned();
    let edit = referent::Edit {
        name: text("name"),
        territory: text("territory"),
        kind: slug(
            "exchange-referent-",
            &["elected", "staff", "other"],
            row.text("kind"),
        ),
        organisation: text("organisation"),
        commune: text("commune"),
        email: text("email"),
        phone: text("phone"),
        account: String::new(),
        note: text("note"),
        version: String::new(),
    };
    let folded = fold(&edit.name);
    let territory = store::territory::by_folded(tx, &fold(&edit.territory)).await?;
    if let Some(territory) = territory.filter(|_| !folded.is_empty()) {
        let filter = store::referent::ReferentFilter {
            search: Some(folded.clone()),
            territory_id: Some(territory.id),
            ..store::referent::ReferentFilter::default()
        };
        let namesakes = store::referent::list(tx, &filter).await?;
        if let Some(known) = namesakes
            .into_iter()
            .find(|known| known.folded == folded && agree(known.email.as_deref(), &edit.email))
        {
            return Ok(Outcome::Known(known.id));
        }
    }
    Ok(Outcome::New(
        referent::create_in(app, tx, actor, &edit).await?,
    ))
}

async fn trainer_line(app: &App, tx: &mut Connection, actor: &Actor, row: &Row) -> Result<Outcome> {
    let text = |key: &str| row.text(key).to_owned();
    let skills = several(row.text("skills"));
    let terms = vocabulary()
        .skills
        .iter()
        .map(|term| (term.slug.as_str(), &term.label));
    let provider = match row.text("provider") {
        "" => String::new(),
        name => {
            let known = store::trainer::provider_by_folded(tx, &fold(name)).await?;
            known
                .ok_or_else(|| Error::field("provider", InputError::UnknownChoice))?
                .id
        }
    };
    let edit = trainer::Edit {
        name: text("name"),
        email: text("email"),
        phone: text("phone"),
        provider,
        account: String::new(),
        commune: text("commune"),
        skills: slugs(&skills, terms),
        availability: several(row.text("availability"))
            .iter()
            .map(|typed| cell(typed))
            .collect(),
        note: text("note"),
        version: String::new(),
    };
    let folded = fold(&edit.name);
    if !folded.is_empty() {
        let filter = store::trainer::TrainerFilter {
            search: Some(folded.clone()),
            ..store::trainer::TrainerFilter::default()
        };
        let namesakes = store::trainer::list(tx, &filter).await?;
        if let Some(known) = namesakes
            .into_iter()
            .find(|known| known.folded == folded && agree(known.email.as_deref(), &edit.email))
        {
            return Ok(Outcome::Known(known.id));
        }
    }
    Ok(Outcome::New(
        trainer::create_in(app, tx, actor, &edit).await?,
    ))
}

/// Whether two e-mail addresses do not speak against being one person.
fn agree(known: Option<&str>, typed: &str) -> bool {
    known.is_none_or(|known| typed.trim().is_empty() || typed.trim().eq_ignore_ascii_case(known))
}

/// The entries of a cell that holds several.
fn several(cell: &str) -> Vec<String> {
    let separator = if cell.contains([';', '|']) {
        [';', '|']
    } else {
        [',', ',']
    };
    cell.split(separator)
        .map(|entry| entry.trim().to_owned())
        .filter(|entry| !entry.is_empty())
        .collect()
}

/// The slug whose word in either language was typed; what is no such word stays as it is, for the command to refuse.
fn slug(prefix: &str, known: &[&str], typed: &str) -> String {
    let folded = fold(typed);
    let is_word = |slug: &&&str| {
        Language::ALL.into_iter().any(|language| {
            Texts::embedded()
                .find(language, &format!("{prefix}{slug}"))
                .is_some_and(|word| fold(&word) == folded)
        })
    };
    known
        .iter()
        .find(is_word)
        .map_or_else(|| typed.to_owned(), |slug| (*slug).to_owned())
}

/// As [`slug`], for words of the vocabulary.
fn slugs<'v>(
    typed: &[String],
    terms: impl Iterator<Item = (&'v str, &'v Translated)>,
) -> Vec<String> {
    let terms: Vec<_> = terms.collect();
    typed
        .iter()
        .map(|entry| {
            let folded = fold(entry);
            let meant = terms.iter().find(|(_, label)| {
                Language::ALL
                    .into_iter()
                    .any(|language| fold(label.get(language)) == folded)
            });
            meant.map_or_else(|| entry.clone(), |(slug, _)| (*slug).to_owned())
        })
        .collect()
}

fn language(typed: &str) -> String {
    match fold(typed).as_str() {
        "francais" | "french" => "fr".to_owned(),
        "anglais" | "english" => "en".to_owned(),
        _ => typed.to_owned(),
    }
}

/// `oui`, `yes`, `x`, `1` → said; `non`, `no`, `0`, nothing → not said.
fn yes(typed: &str) -> Result<String> {
    match fold(typed).as_str() {
        "" | "non" | "no" | "0" | "faux" | "false" => Ok(String::new()),
        "oui" | "yes" | "x" | "1" | "vrai" | "true" => Ok("oui".to_owned()),
        _ => Err(Error::field("one_off", InputError::UnknownChoice)),
    }
}

/// `lundi matin` or `Monday morning` as `monday-morning`; what is neither stays, for the command to refuse.
fn cell(typed: &str) -> String {
    let folded = fold(typed);
    for day in DAYS {
        for slot in Slot::ALL {
            let is_meant = Language::ALL.into_iter().any(|language| {
                let day = documents::formats::weekday(language, day);
                let slot = Texts::embedded().get(language, slot_key(slot));
                fold(&format!("{day} {slot}")) == folded
            });
            if is_meant || folded == fold(&Cell { day, slot }.to_string()) {
                return format!("{}-{}", day_code(day), slot.code());
            }
        }
    }
    typed.to_owned()
}

fn slot_key(slot: Slot) -> &'static str {
    match slot {
        Slot::Morning => "exchange-slot-morning",
        Slot::Afternoon => "exchange-slot-afternoon",
        Slot::Evening => "exchange-slot-evening",
    }
}
