//! Settings of this installation, by name (the server's secret, the demonstration's seed …).

use crate::{Connection, Result};

/// The value of a setting, if it was ever set.
pub async fn get(db: &mut Connection, name: &str) -> Result<Option<String>> {
    Ok(db
        .fetch_optional::<(String,)>("SELECT value FROM setting WHERE name = $1", [name.into()])
        .await?
        .map(|row| row.0))
}

/// Sets a setting unless it has a value already, and answers the value that holds: two nodes that start together agree.
pub async fn get_or_set(db: &mut Connection, name: &str, value: &str) -> Result<String> {
    db.execute(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        [name.into(), value.into()],
    )
    .await?;
    let (value,) = db
        .fetch_one::<(String,)>("SELECT value FROM setting WHERE name = $1", [name.into()])
        .await?;
    Ok(value)
}

/// Sets a setting, whatever it was.
pub async fn set(db: &mut Connection, name: &str, value: &str) -> Result<()> {
    db.execute(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name.into(), value.into()],
    )
    .await?;
    Ok(())
}
