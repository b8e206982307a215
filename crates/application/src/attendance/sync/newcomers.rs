//! People who came without being registered: a device gives them an id of its own making, here they get a record.

use std::collections::{BTreeMap, BTreeSet};

use domain::attendance::Said;
use domain::id::PersonId;
use domain::text::fold;
use store::Connection;
use store::session::SessionRow;

use super::super::book::read;
use super::{Delivery, Sent};
use crate::enrolment::parse;
use crate::people::{PersonInput, find_or_create};
use crate::{Error, Result};

impl Delivery<'_> {
    /// Finds or makes the records of people who came without being registered.
    pub(super) async fn meet(
        &mut self,
        tx: &mut Connection,
        session: &SessionRow,
        sent: &mut Vec<Sent>,
    ) -> Result<()> {
        let rows = store::attendance::operations(tx, &session.id).await?;
        let mut names: BTreeMap<String, PersonId> = rows
            .iter()
            .filter_map(read)
            .filter_map(
                |entry| match (entry.operation.said, entry.operation.person) {
                    (Said::Added { name, .. }, Some(person)) => Some((fold(&name), person)),
                    _ => None,
                },
            )
            .collect();
        let mut wrong = BTreeSet::new();
        for one in sent.iter() {
            let (
                Said::Added {
                    name,
                    phone,
                    organisation,
                },
                Some(subject),
            ) = (&one.operation.said, one.operation.person)
            else {
                continue;
            };
            let text = subject.to_string();
            if let Some(person) =
                store::attendance::person_of_subject(tx, &session.id, &text).await?
            {
                self.newcomers
                    .insert((session.id.clone(), subject), parse(&person)?);
                continue;
            }
            // Two devices in one room meet the same person.
            let person = match names.get(&fold(name)) {
                Some(person) => Some(*person),
                None if store::people::person(tx, &text).await?.is_some() => None,
                None => self.made(tx, name, phone, organisation).await?,
            };
            match person {
                Some(person) => {
                    names.insert(fold(name), person);
                    self.newcomers.insert((session.id.clone(), subject), person);
                }
                None => {
                    wrong.insert(one.operation.id);
                }
            }
        }
        let (bad, good) = std::mem::take(sent)
            .into_iter()
            .partition::<Vec<_>, _>(|one| wrong.contains(&one.operation.id));
        *sent = good;
        self.aside
            .extend(bad.into_iter().map(|one| (one.raw, "invalid")));
        Ok(())
    }

    /// The record of somebody at the door; a telephone number or a firm that cannot be read is left out, a name is needed.
    async fn made(
        &self,
        tx: &mut Connection,
        name: &str,
        phone: &str,
        organisation: &str,
    ) -> Result<Option<PersonId>> {
        let whole = PersonInput {
            name: name.to_owned(),
            phone: phone.to_owned(),
            organisation: organisation.to_owned(),
            ..PersonInput::default()
        };
        let bare = PersonInput {
            name: name.to_owned(),
            ..PersonInput::default()
        };
        for input in [whole, bare] {
            match find_or_create(self.app, tx, &self.actor, "coordinator", &input).await {
                Ok(found) => return Ok(Some(parse(&found.person.id)?)),
                Err(Error::Invalid(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}
