//! One test, two engines, a fresh database each time.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::ops::Deref;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};
use store::{Database, Engine};
use tempfile::TempDir;

/// Where the server for tests is: its `postgres` database, as a superuser.
const SERVER: &str = "ESSOR_TEST_POSTGRES_URL";

/// Any number will do, as long as all test processes take the same.
const TEMPLATE_LOCK: i64 = 0x0045_7373_6f72;

/// Runs `test` on a fresh SQLite database, then on a fresh PostgreSQL database.
///
/// # Panics
/// When the test does, naming the engine; and when there is no server to test on.
pub async fn both_engines<F: Future<Output = ()>>(test: impl Fn(TestDatabase) -> F) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let _named = NameOnPanic(engine);
        test(TestDatabase::new(engine).await).await;
    }
}

/// Says on which engine a test failed.
struct NameOnPanic(Engine);

impl Drop for NameOnPanic {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this test failed on {}", self.0);
        }
    }
}

/// A migrated, empty database of a test's own; it goes when this value does.
pub struct TestDatabase {
    database: Database,
    address: String,
    _kept: Kept,
}

/// What must be removed in the end.
enum Kept {
    Folder(#[expect(dead_code, reason = "removes the folder on drop")] TempDir),
    OnServer { server: String, name: String },
}

impl TestDatabase {
    /// A fresh database on `engine`.
    ///
    /// # Panics
    /// When the engine cannot be reached or the migrations fail.
    pub async fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::sqlite().await,
            Engine::Postgres => Self::postgres().await,
        }
    }

    /// A fresh SQLite file, in memory where the system offers a folder there.
    ///
    /// # Panics
    /// When the file cannot be made or the migrations fail.
    pub async fn sqlite() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            TempDir::new_in(memory)
        } else {
            TempDir::new()
        };
        let folder = folder.expect("a temporary folder");
        let address = format!("sqlite:{}", folder.path().join("essor.sqlite").display());
        let database = Database::open(&address)
            .await
            .expect("a new SQLite database");
        Self {
            database,
            address,
            _kept: Kept::Folder(folder),
        }
    }

    /// A fresh PostgreSQL database, copied from a migrated template.
    ///
    /// # Panics
    /// When `ESSOR_TEST_POSTGRES_URL` names no server, and when the migrations fail.
    pub async fn postgres() -> Self {
        let server = std::env::var(SERVER).unwrap_or_else(|_| {
            panic!("there is no PostgreSQL server to test on: run `cargo xtask test`, or `cargo xtask postgres` beside")
        });
        let name = fresh_name();
        let mut admin = connect(&server).await;
        let template = template(&mut admin, &server).await;
        run(
            &mut admin,
            format!("CREATE DATABASE {name} TEMPLATE {template}"),
        )
        .await;
        admin.close().await.expect("the connection closes");
        let address = with_database(&server, &name);
        // Made before the database is opened, so that it goes even when opening fails.
        let kept = Kept::OnServer { server, name };
        let database = Database::open(&address)
            .await
            .expect("a new PostgreSQL database");
        Self {
            database,
            address,
            _kept: kept,
        }
    }

    /// The database, to hand over to an application.
    #[must_use]
    pub fn database(&self) -> Database {
        self.database.clone()
    }

    /// The address by which another process opens it.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Deref for TestDatabase {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let Self::OnServer { server, name } = self else {
            return;
        };
        let (server, name) = (server.clone(), name.clone());
        // The test's own runtime may be going down, and drop cannot wait on it.
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(async {
                let mut admin = connect(&server).await;
                run(
                    &mut admin,
                    format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
                )
                .await;
            });
        });
        if removal.join().is_err() {
            eprintln!("a test database remains on the server");
        }
    }
}

/// A name that no other test process uses at the same time.
fn fresh_name() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("test_{}_{number}", std::process::id())
}

async fn connect(address: &str) -> PgConnection {
    PgConnection::connect(address)
        .await
        .unwrap_or_else(|error| panic!("cannot reach the PostgreSQL server of {SERVER}: {error}"))
}

async fn run(admin: &mut PgConnection, statement: String) {
    // Names made by this module only.
    let done = admin.execute(AssertSqlSafe(statement.clone())).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

/// The name of the template, made by the first test that needs it. Copying it is many times quicker
/// than running the migrations; its name changes with them.
async fn template(admin: &mut PgConnection, server: &str) -> String {
    let name = format!("template_{:016x}", migrations_fingerprint());
    if exists(admin, &name).await {
        return name;
    }
    run(admin, format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await;
    if !exists(admin, &name).await {
        // Under another name until it is complete: a test process may be stopped at any moment.
        let unfinished = format!("{name}_unfinished");
        run(
            admin,
            format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)"),
        )
        .await;
        run(admin, format!("CREATE DATABASE {unfinished}")).await;
        let database = Database::open(&with_database(server, &unfinished)).await;
        database.expect("the migrations run").close().await;
        run(
            admin,
            format!("ALTER DATABASE {unfinished} RENAME TO {name}"),
        )
        .await;
    }
    run(admin, format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})")).await;
    name
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    let query = sqlx::query("SELECT COUNT(*) FROM pg_database WHERE datname = $1").bind(name);
    let row = query.fetch_one(admin).await.expect("the list of databases");
    row.get::<i64, _>(0) > 0
}

fn migrations_fingerprint() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/migrations/postgres");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder entry").path())
        .collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(&file).expect("a migration").hash(&mut hasher);
    }
    hasher.finish()
}

/// The same server, another database.
fn with_database(address: &str, name: &str) -> String {
    let (start, options) = address.split_once('?').unwrap_or((address, ""));
    let (server, _) = start
        .rsplit_once('/')
        .expect("an address that names a database");
    if options.is_empty() {
        format!("{server}/{name}")
    } else {
        format!("{server}/{name}?{options}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_of_an_address_changes() {
        assert_eq!(
            with_database("postgres://u@h/postgres?host=/tmp/x", "a"),
            "postgres://u@h/a?host=/tmp/x"
        );
        assert_eq!(
            with_database("postgres://u@h:1/postgres", "a"),
            "postgres://u@h:1/a"
        );
    }

    #[tokio::test]
    async fn every_test_has_an_empty_database_of_its_own() {
        both_engines(|db| async move {
            let mut tx = db.write().await.unwrap();
            let first = store::setting::get_or_set(&mut tx, "secret", "mine")
                .await
                .unwrap();
            tx.commit().await.unwrap();
            assert_eq!(first, "mine");
            let other = TestDatabase::new(db.engine()).await;
            let mut tx = other.write().await.unwrap();
            assert_eq!(
                store::setting::get_or_set(&mut tx, "secret", "theirs")
                    .await
                    .unwrap(),
                "theirs"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_database_goes_with_its_value_even_while_connections_are_open() {
        let database = TestDatabase::postgres().await;
        let (address, held) = (
            database.address().to_owned(),
            database.read().await.unwrap(),
        );
        drop(database);
        drop(held);
        assert!(PgConnection::connect(&address).await.is_err());
    }
}
