//! What a season needs: territory, programme, season, partners, accounts, trainers, sites, referents, sessions.

use anyhow::Context as _;
use application::access::account::{self, EditAccount, SCOPES};
use application::programme::{EditPartner, EditSeason};
use application::site::EditRoom;
use application::trainer::EditProvider;
use application::{programme, referent, site, territory, trainer};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::dates::{Dated, sessions};
use super::{Account, MAKER, Scene};

/// Every staff account of the demonstration has this password.
const PASSWORD: &str = "demonstration-essor";

/// Weeks of the season before the one that is looked at.
const WEEKS_BEFORE: i64 = 5;
/// Weeks of the season, that one included.
pub(super) const WEEKS: i64 = 14;

/// What was made.
pub(crate) struct Means {
    pub(crate) administrator: Account,
    pub(crate) coordinator: Account,
    pub(crate) trainer: Account,
    pub(crate) referent: Account,
    /// Slug of the season.
    pub(crate) season: String,
    /// First day of the season, a Monday.
    pub(crate) first: Date,
    /// In order of time.
    pub(crate) sessions: Vec<Dated>,
}

/// Name, commune, address, accessibility, rooms (name, seats).
pub(super) type SiteSketch = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

pub(super) const SITES: [SiteSketch; 4] = [
    (
        "Cyber-centre de Saint-Pol-sur-Ternoise",
        "62767",
        "Rue d’Hesdin",
        &["plain-pied", "toilettes-adaptees", "stationnement"],
        &[("Salle informatique", "6"), ("Grande salle", "14")],
    ),
    (
        "Espace numérique de Frévent",
        "62361",
        "Place du Château",
        &["plain-pied", "stationnement"],
        &[("Salle multimédia", "6")],
    ),
    (
        "Cyber-centre d’Auxi-le-Château",
        "62060",
        "Rue du 8-Mai",
        &["plain-pied", "porte-large"],
        &[("Atelier", "5")],
    ),
    (
        "Point numérique de Pernes",
        "62652",
        "Grand’Place",
        &["stationnement"],
        &[("Salle du haut", "4")],
    ),
];

/// Trainers: name, commune, skills.
pub(super) const TRAINERS: [(&str, &str, &[&str]); 4] = [
    (
        "Hélène Caron",
        "62767",
        &[
            "accompagnement-debutant",
            "materiel",
            "bureautique",
            "internet",
            "mobile",
            "securite",
            "demarches",
        ],
    ),
    (
        "Julien Wattel",
        "62361",
        &[
            "site",
            "referencement",
            "vente",
            "communication",
            "reseaux-sociaux",
            "internet",
            "securite",
        ],
    ),
    (
        "Sophie Lemaire",
        "62060",
        &[
            "image",
            "mobile",
            "communication",
            "reseaux-sociaux",
            "accompagnement-debutant",
            "internet",
            "bureautique",
        ],
    ),
    (
        "Bernard Delépine",
        "62652",
        &[
            "agriculture",
            "demarches",
            "bureautique",
            "securite",
            "droit",
            "marches-publics",
        ],
    ),
];

const WEEK: [&str; 11] = [
    "monday-morning",
    "monday-afternoon",
    "tuesday-morning",
    "tuesday-afternoon",
    "tuesday-evening",
    "wednesday-morning",
    "thursday-morning",
    "thursday-afternoon",
    "thursday-evening",
    "friday-morning",
    "saturday-morning",
];

pub(crate) async fn make(scene: &mut Scene) -> anyhow::Result<Means> {
    let monday = scene
        .today
        .saturating_sub(i64::from(scene.today.weekday().to_monday_zero_offset()).days());
    let first = monday.saturating_sub(WEEKS_BEFORE.weeks());
    let last = first.saturating_add((WEEKS * 7 - 2).days());
    scene.at(first.saturating_sub(40.days()), 9, 0)?;
    let (pays, programme) = programme_of(scene).await?;
    let season = season_of(scene, &programme, first, last).await?;
    let (administrator, _) = staff(
        scene,
        "Claire Dubois",
        "administratrice@essor.example",
        "administrator",
    )
    .await?;
    let (coordinator, _) = staff(
        scene,
        "Nadia Lefebvre",
        "coordinatrice@essor.example",
        "coordinator",
    )
    .await?;
    let (trainer, trainer_account) =
        staff(scene, TRAINERS[0].0, "formatrice@essor.example", "trainer").await?;
    let role = format!("referent@territory:{pays}");
    let (referent, referent_account) =
        staff(scene, "Michel Vasseur", "referent@essor.example", &role).await?;
    let trainers = trainers(scene, &trainer_account).await?;
    let sites = sites(scene).await?;
    referents(scene, &pays, &referent_account).await?;
    let sessions = sessions(scene, &season, first, &sites, &trainers).await?;
    Ok(Means {
        administrator,
        coordinator,
        trainer,
        referent,
        season,
        first,
        sessions,
    })
}

async fn programme_of(scene: &Scene) -> anyhow::Result<(String, String)> {
    let pays = territory::Edit {
        name: "Pays du Ternois".to_owned(),
        parts: vec!["epci:200069672".to_owned()],
        ..territory::Edit::default()
    };
    let pays = territory::create(&scene.app, &MAKER, &pays)
        .await
        .context("territory")?;
    let programme = programme::Edit {
        name: "Boutic".to_owned(),
        territory: pays.clone(),
        summary: "Des ateliers gratuits, en petits groupes et près de chez vous, pour que le numérique serve votre activité."
            .to_owned(),
        contact_email: "boutic@essor.example".to_owned(),
        contact_phone: "03 21 00 00 00".to_owned(),
        ..programme::Edit::default()
    };
    Ok((
        pays,
        programme::create(&scene.app, &MAKER, &programme)
            .await
            .context("programme")?,
    ))
}

async fn season_of(
    scene: &Scene,
    programme: &str,
    first: Date,
    last: Date,
) -> anyhow::Result<String> {
    let season = EditSeason {
        name: format!("Saison {}", first.year()),
        starts_on: first.to_string(),
        ends_on: last.to_string(),
        stage: "open".to_owned(),
        summary: "Dix-neuf ateliers, cinquante dates, quatre lieux.".to_owned(),
        questionnaire: "boutic".to_owned(),
        pathway_rules: "boutic".to_owned(),
        offer_hours: "24".to_owned(),
        certificate: "90".to_owned(),
        ..EditSeason::default()
    };
    let slug = programme::create_season(&scene.app, &MAKER, programme, &season)
        .await
        .context("season")?;
    for (name, kind, contribution) in [
        (
            "Conseil régional",
            "funder",
            "Finance les formateurs et le matériel",
        ),
        (
            "Union européenne",
            "funder",
            "Finance les ateliers au plus près des communes rurales",
        ),
        (
            "TernoisCom",
            "host",
            "Prête les salles et les cyber-centres",
        ),
        (
            "Chambre de métiers et de l’artisanat",
            "chamber",
            "Propose des formateurs spécialisés",
        ),
        (
            "Chambre d’agriculture",
            "chamber",
            "Anime les ateliers réservés aux agriculteurs",
        ),
    ] {
        let partner = EditPartner {
            name: name.to_owned(),
            kind: kind.to_owned(),
            contribution: contribution.to_owned(),
            ..EditPartner::default()
        };
        programme::add_partner(&scene.app, &MAKER, &slug, &partner)
            .await
            .with_context(|| name.to_owned())?;
    }
    Ok(slug)
}

/// An account with a token that may do all that its role may; answers the account's id too.
async fn staff(
    scene: &Scene,
    name: &str,
    email: &str,
    role: &str,
) -> anyhow::Result<(Account, String)> {
    let command = EditAccount {
        name: name.to_owned(),
        email: email.to_owned(),
        language: "fr".to_owned(),
        password: PASSWORD.to_owned(),
        roles: vec![role.to_owned()],
        ..EditAccount::default()
    };
    let id = account::create(&scene.app, &MAKER, &command)
        .await
        .with_context(|| email.to_owned())?
        .to_string();
    let scopes = SCOPES.map(str::to_owned);
    let token = account::create_token(&scene.app, &MAKER, &id, "Démonstration", &scopes).await?;
    let account = Account {
        email: email.to_owned(),
        password: Some(PASSWORD.to_owned()),
        link: None,
        api_token: Some(token),
    };
    Ok((account, id))
}

async fn trainers(scene: &Scene, first_account: &str) -> anyhow::Result<Vec<String>> {
    let provider = EditProvider {
        name: "Numérique en campagne".to_owned(),
        ..EditProvider::default()
    };
    let provider = trainer::create_provider(&scene.app, &MAKER, &provider)
        .await
        .context("provider")?;
    let mut ids = Vec::new();
    for (index, (name, commune, skills)) in TRAINERS.into_iter().enumerate() {
        let command = trainer::Edit {
            name: name.to_owned(),
            provider: provider.clone(),
            account: if index == 0 {
                first_account.to_owned()
            } else {
                String::new()
            },
            commune: commune.to_owned(),
            skills: skills.iter().map(ToString::to_string).collect(),
            availability: WEEK.map(str::to_owned).to_vec(),
            ..trainer::Edit::default()
        };
        ids.push(
            trainer::create(&scene.app, &MAKER, &command)
                .await
                .with_context(|| name.to_owned())?,
        );
    }
    Ok(ids)
}

/// A site with its rooms.
pub(super) struct Place {
    pub(super) id: String,
    pub(super) rooms: Vec<String>,
}

async fn sites(scene: &Scene) -> anyhow::Result<Vec<Place>> {
    let hours = "8:30-12:30, 13:30-21:00";
    let mut places = Vec::new();
    for (name, commune, address, accessibility, rooms) in SITES {
        let command = site::Edit {
            name: name.to_owned(),
            commune: commune.to_owned(),
            address: address.to_owned(),
            monday: hours.to_owned(),
            tuesday: hours.to_owned(),
            wednesday: hours.to_owned(),
            thursday: hours.to_owned(),
            friday: hours.to_owned(),
            saturday: "8:30-12:30".to_owned(),
            accessibility: accessibility.iter().map(ToString::to_string).collect(),
            ..site::Edit::default()
        };
        let id = site::create(&scene.app, &MAKER, &command)
            .await
            .with_context(|| name.to_owned())?;
        let mut ids = Vec::new();
        for (room, capacity) in rooms {
            let command = EditRoom {
                name: (*room).to_owned(),
                capacity: (*capacity).to_owned(),
                equipment: ["ordinateurs", "internet", "projecteur", "imprimante"]
                    .map(str::to_owned)
                    .to_vec(),
                count: [capacity, "1", "1", "1"].map(str::to_owned).to_vec(),
                ..EditRoom::default()
            };
            ids.push(
                site::add_room(&scene.app, &MAKER, &id, &command)
                    .await
                    .with_context(|| (*room).to_owned())?,
            );
        }
        places.push(Place { id, rooms: ids });
    }
    Ok(places)
}

async fn referents(scene: &Scene, pays: &str, account: &str) -> anyhow::Result<()> {
    for (name, kind, organisation, commune, account) in [
        (
            "Michel Vasseur",
            "elected",
            "Mairie de Frévent",
            "62361",
            account,
        ),
        ("Isabelle Penin", "staff", "TernoisCom", "62767", ""),
        (
            "Gérard Thuillier",
            "elected",
            "Mairie d’Auxi-le-Château",
            "62060",
            "",
        ),
    ] {
        let command = referent::Edit {
            name: name.to_owned(),
            territory: pays.to_owned(),
            kind: kind.to_owned(),
            organisation: organisation.to_owned(),
            commune: commune.to_owned(),
            account: account.to_owned(),
            ..referent::Edit::default()
        };
        referent::create(&scene.app, &MAKER, &command)
            .await
            .with_context(|| name.to_owned())?;
    }
    Ok(())
}
