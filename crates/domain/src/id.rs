//! Typed identities: an id of a session is never taken for the id of a person.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::{Uuid, Version};

use crate::input::InputError;

/// What an [`Id`] can name. The types are never built; they only tell ids apart.
pub mod kind {
    /// A person with a sign-in: staff, trainer or referent.
    pub enum Account {}
    /// A certificate of attendance.
    pub enum Certificate {}
    /// A browser on which attendance is taken without network.
    pub enum Device {}
    /// One person in one session.
    pub enum Enrolment {}
    /// One line of the event log.
    pub enum Event {}
    /// One mail of the outbox.
    pub enum Message {}
    /// Something said of an attendance.
    pub enum Operation {}
    /// A firm, farm or local authority.
    pub enum Organisation {}
    /// A partner or funder shown on a season.
    pub enum Partner {}
    /// A dated personal path.
    pub enum Pathway {}
    /// A participant.
    pub enum Person {}
    /// A plan of a season.
    pub enum Plan {}
    /// A programme.
    pub enum Programme {}
    /// The firm or body that sends trainers.
    pub enum Provider {}
    /// Someone who relays the programme in a territory.
    pub enum Referent {}
    /// One filled questionnaire.
    pub enum Response {}
    /// A room of a site.
    pub enum Room {}
    /// A season of a programme.
    pub enum Season {}
    /// A dated occurrence of a module.
    pub enum Session {}
    /// A place where sessions are held.
    pub enum Site {}
    /// A territory made of others.
    pub enum Territory {}
    /// A bearer token of the API.
    pub enum Token {}
    /// Someone who holds sessions.
    pub enum Trainer {}
    /// A demand that no session meets yet.
    pub enum Wish {}
}

/// Id of an account.
pub type AccountId = Id<kind::Account>;
/// Id of a certificate.
pub type CertificateId = Id<kind::Certificate>;
/// Id of a device.
pub type DeviceId = Id<kind::Device>;
/// Id of an enrolment.
pub type EnrolmentId = Id<kind::Enrolment>;
/// Id of an event.
pub type EventId = Id<kind::Event>;
/// Id of a mail.
pub type MessageId = Id<kind::Message>;
/// Id of something said of an attendance.
pub type OperationId = Id<kind::Operation>;
/// Id of an organisation.
pub type OrganisationId = Id<kind::Organisation>;
/// Id of a partner.
pub type PartnerId = Id<kind::Partner>;
/// Id of a pathway.
pub type PathwayId = Id<kind::Pathway>;
/// Id of a participant.
pub type PersonId = Id<kind::Person>;
/// Id of a plan.
pub type PlanId = Id<kind::Plan>;
/// Id of a programme.
pub type ProgrammeId = Id<kind::Programme>;
/// Id of a provider.
pub type ProviderId = Id<kind::Provider>;
/// Id of a referent.
pub type ReferentId = Id<kind::Referent>;
/// Id of a filled questionnaire.
pub type ResponseId = Id<kind::Response>;
/// Id of a room.
pub type RoomId = Id<kind::Room>;
/// Id of a season.
pub type SeasonId = Id<kind::Season>;
/// Id of a session.
pub type SessionId = Id<kind::Session>;
/// Id of a site.
pub type SiteId = Id<kind::Site>;
/// Id of a territory.
pub type TerritoryId = Id<kind::Territory>;
/// Id of a token.
pub type TokenId = Id<kind::Token>;
/// Id of a trainer.
pub type TrainerId = Id<kind::Trainer>;
/// Id of a wish.
pub type WishId = Id<kind::Wish>;

/// The identity of one `K`: a version 7 UUID, written as 36 lower-case characters.
///
/// Order of ids is order of their text, hence of the millisecond in which they were made, in
/// the program and in both databases alike.
pub struct Id<K> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// An id from the instant of its making, in milliseconds since 1970, and random bytes.
    ///
    /// The same arguments give the same id; the caller owns clock and randomness.
    #[must_use]
    pub fn new(unix_millis: u64, random: &[u8; 10]) -> Self {
        Self::of(uuid::Builder::from_unix_timestamp_millis(unix_millis, random).into_uuid())
    }

    /// Reads the text form. Capitals are accepted, other spellings of a UUID are not.
    ///
    /// # Errors
    /// [`InputError::NotAnId`] for anything but a version 7 UUID of 36 characters.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        if text.len() != uuid::fmt::Hyphenated::LENGTH {
            return Err(InputError::NotAnId);
        }
        let uuid = Uuid::try_parse(text).map_err(|_| InputError::NotAnId)?;
        match uuid.get_version() {
            Some(Version::SortRand) => Ok(Self::of(uuid)),
            _ => Err(InputError::NotAnId),
        }
    }

    fn of(uuid: Uuid) -> Self {
        Self {
            uuid,
            kind: PhantomData,
        }
    }
}

impl<K> TryFrom<Uuid> for Id<K> {
    type Error = InputError;

    fn try_from(uuid: Uuid) -> Result<Self, InputError> {
        match uuid.get_version() {
            Some(Version::SortRand) => Ok(Self::of(uuid)),
            _ => Err(InputError::NotAnId),
        }
    }
}

// Written out because a derive would ask the same traits of `K`.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.uuid, f)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.uuid, f)
    }
}

impl<K> FromStr for Id<K> {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        Self::parse(text)
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_id_are_the_same_thing() {
        let id = PersonId::new(1_700_000_000_000, &[7; 10]);
        let text = id.to_string();
        assert_eq!(text.len(), 36);
        assert_eq!(PersonId::parse(&text), Ok(id));
        assert_eq!(PersonId::parse(&text.to_uppercase()), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<PersonId>(&json).unwrap(), id);
    }

    #[test]
    fn other_spellings_and_versions_are_refused() {
        for bad in [
            "",
            "1",
            "018bcfe5-6800-7707-8707-07070707070",
            "018bcfe5680077078707070707070707",
            "018bcfe5-6800-4707-8707-070707070707",
            "018bcfe5-6800-7707-8707-07070707070g",
            "../../etc/passwd/../../../../../../x",
        ] {
            assert_eq!(SessionId::parse(bad), Err(InputError::NotAnId), "{bad}");
        }
    }

    #[test]
    fn later_ids_come_later_as_values_and_as_text() {
        let early = SessionId::new(1_000, &[255; 10]);
        let late = SessionId::new(1_001, &[0; 10]);
        assert!(early < late);
        assert!(early.to_string() < late.to_string());
    }
}
