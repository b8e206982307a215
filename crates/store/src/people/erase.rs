//! Erasing a person: what says who they are goes, what counts stays.

use super::{PersonRow, person_identity};
use crate::{Connection, Result, Value};

/// What an erasure emptied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Erased {
    /// Records of the person: their own and those merged into it.
    pub records: i64,
}

/// Statements for one record; $1 is its id, $2 the instant.
const OF_RECORD: &[&str] = &[
    "UPDATE event SET before_state = NULL, after_state = NULL
     WHERE subject_id IN (SELECT id FROM enrolment WHERE person_id = $1
                          UNION SELECT id FROM response WHERE person_id = $1
                          UNION SELECT id FROM wish WHERE person_id = $1
                          UNION SELECT id FROM debrief WHERE person_id = $1
                          UNION SELECT id FROM certificate WHERE person_id = $1
                          UNION SELECT id FROM pathway WHERE person_id = $1
                          UNION SELECT id FROM level_run WHERE person_id = $1
                          UNION SELECT id FROM mail WHERE person_id = $1)",
    // States of other subjects that speak of this person (a roster, a merge) name them by id.
    "UPDATE event SET before_state = NULL, after_state = NULL
     WHERE subject_id = $1 OR REPLACE(COALESCE(before_state, ''), $1, '') <> COALESCE(before_state, '')
        OR REPLACE(COALESCE(after_state, ''), $1, '') <> COALESCE(after_state, '')",
    "UPDATE event SET actor_name = '' WHERE actor_id = $1",
    "UPDATE mail SET recipient_address = '', recipient_name = '', subject = '', text_body = '', html_body = '', calendar_body = NULL,
            last_error = '', stage = CASE WHEN stage IN ('queued', 'failed') THEN 'dropped' ELSE stage END
     WHERE person_id = $1",
    "UPDATE response SET answers = '{}', version = version + 1 WHERE person_id = $1",
    // Right or wrong counts for the items; which answer, and when, says something of the person.
    "UPDATE level_answer SET choice = NULL, millis = NULL WHERE run_id IN (SELECT id FROM level_run WHERE person_id = $1)",
    "UPDATE level_run SET stage = CASE WHEN stage = 'open' THEN 'done' ELSE stage END, ending = CASE WHEN stage = 'open' THEN 'stopped' ELSE ending END,
            item = NULL, item_version = NULL, applied = 0, version = version + 1
     WHERE person_id = $1",
    // What was typed may name anybody; that somebody answered, and how well, says nothing without the rest.
    "UPDATE quiz_answer SET answers = '[]', entered_by = NULL, version = version + 1 WHERE person_id = $1",
    "UPDATE pathway_step SET reasons = '[]' WHERE pathway_id IN (SELECT id FROM pathway WHERE person_id = $1)",
    "UPDATE wish SET detail = '', answer = '', stage = CASE WHEN stage = 'open' THEN 'closed' ELSE stage END, version = version + 1
     WHERE person_id = $1",
    "UPDATE debrief SET answers = '{}', version = version + 1 WHERE person_id = $1",
    "DELETE FROM debrief_grouping WHERE kind = 'debrief' AND source_id IN (
         SELECT l.id FROM debrief_lack l JOIN debrief d ON d.id = l.debrief_id WHERE d.person_id = $1)",
    "DELETE FROM debrief_lack WHERE debrief_id IN (SELECT id FROM debrief WHERE person_id = $1)",
    "DELETE FROM debrief_asker WHERE person_id = $1",
    "UPDATE certificate SET content = '{}', revoked_at = COALESCE(revoked_at, $2), revoked_why = '' WHERE person_id = $1",
    // Withdrawn with its certificate; that, and its place in the public list, is all that stays of it.
    "UPDATE badge SET credential = '', proof = '', signature = ''
     WHERE certificate_id IN (SELECT id FROM certificate WHERE person_id = $1)",
    "UPDATE enrolment SET requested_by = NULL WHERE person_id = $1",
    // Signatures, names typed at the door and results go; whether somebody came counts, and says nothing without the rest.
    "UPDATE attendance_operation SET body = '{\"kind\":\"erased\"}'
     WHERE person_id = $1 AND (body LIKE '%\"kind\":\"signed\"%' OR body LIKE '%\"kind\":\"added\"%' OR body LIKE '%\"kind\":\"quiz\"%')",
    "DELETE FROM attendance_aside WHERE person_id = $1",
    "DELETE FROM sign_in WHERE person_id = $1",
    "UPDATE enrolment SET stage = 'withdrawn', stage_at = $2, offered_until = NULL, version = version + 1
     WHERE person_id = $1 AND stage IN ('waiting', 'offered')",
    // Commune, sector and audience stay: they count, and say nothing without the rest.
    "UPDATE person SET name = '', folded = '', email = NULL, phone = NULL, organisation_id = NULL, needs = '', note = '',
            link_epoch = link_epoch + 1, erased_at = $2, version = version + 1
     WHERE id = $1",
];

/// Statements for what is kept under an e-mail address; $1 is the address.
const OF_EMAIL: [&str; 4] = [
    "DELETE FROM sign_in_code WHERE email = $1",
    "DELETE FROM rate_limit WHERE REPLACE(bucket, $1, '') <> bucket",
    "UPDATE organisation SET email = NULL, version = version + 1 WHERE email = $1",
    "UPDATE event SET before_state = NULL, after_state = NULL
     WHERE REPLACE(COALESCE(before_state, ''), $1, '') <> COALESCE(before_state, '')
        OR REPLACE(COALESCE(after_state, ''), $1, '') <> COALESCE(after_state, '')",
];

/// Statements for where the whole name was written by hand or shown; $1 is the name.
const OF_NAME: [&str; 6] = [
    "UPDATE session_note SET body = REPLACE(body, $1, '—') WHERE REPLACE(body, $1, '') <> body",
    "UPDATE mail SET subject = REPLACE(subject, $1, '—'), text_body = REPLACE(text_body, $1, '—'), html_body = REPLACE(html_body, $1, '—'),
            calendar_body = REPLACE(calendar_body, $1, '—'), recipient_name = REPLACE(recipient_name, $1, '')
     WHERE REPLACE(subject || text_body || html_body || COALESCE(calendar_body, '') || recipient_name, $1, '')
           <> subject || text_body || html_body || COALESCE(calendar_body, '') || recipient_name",
    "UPDATE wish SET answer = REPLACE(answer, $1, '—') WHERE REPLACE(answer, $1, '') <> answer",
    "UPDATE debrief_subject SET title = REPLACE(title, $1, '—'), version = version + 1 WHERE REPLACE(title, $1, '') <> title",
    "UPDATE debrief_proposal SET title = REPLACE(title, $1, '—'), why = REPLACE(why, $1, '—'), reason = REPLACE(reason, $1, '—'),
            version = version + 1
     WHERE REPLACE(title || why || reason, $1, '') <> title || why || reason",
    "UPDATE organisation SET note = REPLACE(note, $1, '—'), version = version + 1 WHERE REPLACE(note, $1, '') <> note",
];

/// The same where the name stands in JSON; $1 is the name as JSON text writes it, without quotes.
const OF_NAME_IN_JSON: [&str; 3] = [
    "UPDATE event SET before_state = NULL, after_state = NULL
     WHERE REPLACE(COALESCE(before_state, ''), $1, '') <> COALESCE(before_state, '')
        OR REPLACE(COALESCE(after_state, ''), $1, '') <> COALESCE(after_state, '')",
    "DELETE FROM attendance_aside WHERE REPLACE(body, $1, '') <> body",
    "UPDATE idempotency SET body = REPLACE(body, $1, '—') WHERE REPLACE(body, $1, '') <> body",
];

/// An organisation that was this person under another word: it bears their name and has nobody else. $1 the folded name, $2 the
/// organisation, $3 the person.
const SOLE_TRADER: &str = "UPDATE organisation
    SET name = '', folded = '', registration = NULL, email = NULL, phone = NULL, note = '', version = version + 1
    WHERE id = $2 AND REPLACE(folded, $1, '') <> folded AND NOT EXISTS (
        SELECT 1 FROM person WHERE organisation_id = $2 AND id <> $3 AND merged_into IS NULL AND erased_at IS NULL)";

/// Empties everything that says who `person` is, in every table; seats, attendance, minutes, commune and sector stay for the counts.
/// Seats held in coming sessions must have been given back before.
pub async fn erase_person(db: &mut Connection, person: &PersonRow, at: i64) -> Result<Erased> {
    let ids = person_identity(db, &person.id).await?;
    // A file on its way in may name anybody; whoever sent it can send it again.
    db.execute("DELETE FROM import_draft", []).await?;
    for id in &ids {
        let Some(record) = super::person(db, id).await? else {
            continue;
        };
        erase_record(db, &record, at).await?;
    }
    Ok(Erased {
        records: i64::try_from(ids.len()).unwrap_or(i64::MAX),
    })
}

async fn erase_record(db: &mut Connection, record: &PersonRow, at: i64) -> Result<()> {
    for sql in OF_RECORD {
        // Each engine takes as many parameters as the statement names.
        if sql.contains("$2") {
            db.execute(sql, [Value::from(&record.id), at.into()])
                .await?;
        } else {
            db.execute(sql, [Value::from(&record.id)]).await?;
        }
    }
    if let Some(email) = &record.email
        && is_alone(db, "SELECT COUNT(*) FROM person WHERE email = $1 AND merged_into IS NULL AND erased_at IS NULL", email).await?
    {
        for sql in OF_EMAIL {
            db.execute(sql, [Value::from(email)]).await?;
        }
    }
    if let Some(phone) = &record.phone
        && is_alone(db, "SELECT COUNT(*) FROM person WHERE phone = $1 AND merged_into IS NULL AND erased_at IS NULL", phone).await?
    {
        db.execute("UPDATE organisation SET phone = NULL, version = version + 1 WHERE phone = $1", [Value::from(phone)]).await?;
    }
    // A namesake's history is theirs.
    if !record.name.is_empty()
        && is_alone(db, "SELECT COUNT(*) FROM person WHERE folded = $1 AND merged_into IS NULL AND erased_at IS NULL", &record.folded)
            .await?
    {
        erase_name(db, &record.name).await?;
    }
    if let Some(organisation) = &record.organisation_id
        && !record.folded.is_empty()
    {
        db.execute(
            SOLE_TRADER,
            [
                Value::from(&record.folded),
                organisation.into(),
                Value::from(&record.id),
            ],
        )
        .await?;
    }
    Ok(())
}

/// Whether nobody else goes by `value`; the record itself is emptied by then.
async fn is_alone(db: &mut Connection, count: &'static str, value: &str) -> Result<bool> {
    Ok(db.number(count, [value.into()]).await? == 0)
}

async fn erase_name(db: &mut Connection, name: &str) -> Result<()> {
    for sql in OF_NAME {
        db.execute(sql, [name.into()]).await?;
    }
    let quoted = serde_json::to_string(name)?;
    let in_json = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(name);
    for sql in OF_NAME_IN_JSON {
        db.execute(sql, [in_json.into()]).await?;
    }
    Ok(())
}
