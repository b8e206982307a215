//! What a path is computed from, out of the store.

use std::collections::BTreeSet;

use domain::pathway::{Booked, Offered as OnOffer, Pathway, Profile, Request, compute};
use domain::questionnaire::Answers;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use store::Connection;
use store::people::PersonRow;
use store::response::ResponseRow;
use store::session::{SessionFilter, SessionOverview, listed};

use super::ActiveRules;
use crate::enrolment::parse;
use crate::questionnaire::{Offered, answers_of};
use crate::territory::gazetteer;
use crate::{App, Error, Result, content};

/// What the paths of one season have in common: its rules and the sessions to come.
pub(super) struct Ground<'a> {
    pub(super) offered: &'a Offered,
    pub(super) rules: ActiveRules,
    pub(super) sessions: Vec<SessionOverview>,
    on_offer: Vec<OnOffer>,
}

/// A local time of the programme.
pub(super) fn local(at: i64, zone: &TimeZone) -> Result<DateTime> {
    let instant =
        Timestamp::from_millisecond(at).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(zone.to_datetime(instant))
}

impl<'a> Ground<'a> {
    pub(super) async fn load(app: &App, db: &mut Connection, offered: &'a Offered) -> Result<Self> {
        let rules = super::active(db, &offered.season).await?;
        let sessions = store::session::list(
            db,
            &SessionFilter {
                season_id: Some(offered.season.id.clone()),
                from: Some(app.now().as_millisecond()),
                stages: Some(listed(["gathering", "confirmed"])),
                ..SessionFilter::default()
            },
        )
        .await?;
        let on_offer = sessions
            .iter()
            .map(|session| on_offer(session, &offered.zone))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            offered,
            rules,
            sessions,
            on_offer,
        })
    }

    /// The path of a person; without one, what the answers alone come to.
    pub(super) async fn path(
        &self,
        app: &App,
        db: &mut Connection,
        person: Option<&PersonRow>,
        response: &ResponseRow,
    ) -> Result<Pathway> {
        let answers = answers_of(response)?;
        let profile = self.profile(app, db, person, &answers).await?;
        Ok(self.with(&self.rules, &answers, &profile))
    }

    /// All that a path takes into account beside the answers' words.
    pub(super) async fn profile(
        &self,
        app: &App,
        db: &mut Connection,
        person: Option<&PersonRow>,
        answers: &Answers,
    ) -> Result<Profile> {
        let mut profile = Profile::from_answers(self.offered.questionnaire, answers);
        let Some(person) = person else {
            return Ok(profile);
        };
        profile.audiences.extend(crate::people::audiences(person));
        if profile.home.is_none() {
            profile.home.clone_from(&person.commune_code);
        }
        profile.attended = store::pathway::attended(db, &person.id)
            .await?
            .into_iter()
            .collect::<BTreeSet<_>>();
        profile.tested = crate::assessment::tested(db, &person.id, &self.offered.season.id).await?;
        let now = app.now().as_millisecond();
        for seat in store::enrolment::of_person(db, &person.id).await? {
            let holds = matches!(seat.stage.as_str(), "placed" | "offered")
                && seat.session_stage != "cancelled"
                && seat.ends_at > now;
            if holds {
                profile.booked.push(Booked {
                    session: parse(&seat.session_id)?,
                    module: seat.module,
                    starts: local(seat.starts_at, &self.offered.zone)?,
                    ends: local(seat.ends_at, &self.offered.zone)?,
                });
            }
        }
        Ok(profile)
    }

    /// The path by some rules.
    pub(super) fn with(
        &self,
        rules: &ActiveRules,
        answers: &Answers,
        profile: &Profile,
    ) -> Pathway {
        let distance =
            |offered: &OnOffer| gazetteer().distance_km(profile.home.as_deref()?, &offered.commune);
        compute(&Request {
            rules: rules.rules(),
            catalogue: &content::embedded().catalogue,
            questionnaire: self.offered.questionnaire,
            answers,
            profile,
            offered: &self.on_offer,
            distance: &distance,
        })
    }
}

fn on_offer(session: &SessionOverview, zone: &TimeZone) -> Result<OnOffer> {
    Ok(OnOffer {
        session: parse(&session.id)?,
        module: session.module.clone(),
        commune: session.commune_code.clone(),
        starts: local(session.starts_at, zone)?,
        ends: local(session.ends_at, zone)?,
        // Whoever waits comes before a newcomer.
        has_seats: session.waiting == 0 && session.placed + session.offered < session.capacity,
    })
}
