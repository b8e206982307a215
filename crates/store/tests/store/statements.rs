use std::fs;
use std::path::{Path, PathBuf};

use store::Engine;
use testkit::TestDatabase;

/// Every piece of SQL written in the store's sources, with the file it stands in.
fn statements() -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        // What differs by engine is not one text for both.
        if file.ends_with("dialect.rs") || file.ends_with("transfer.rs") {
            continue;
        }
        for text in texts(&fs::read_to_string(&file).unwrap()) {
            let sql = text.trim_start();
            if ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "]
                .iter()
                .any(|verb| sql.starts_with(verb))
            {
                found.push((
                    file.display().to_string(),
                    &*sql.replace("\\\n", "\n").leak(),
                ));
            }
        }
    }
    found
}

/// The string literals of a source; those inside one `concat!`, with its `columns!()`, are one text.
fn texts(source: &str) -> Vec<String> {
    // Lists of columns are written once, as `macro_rules! name { () => { "…" } }`.
    let lists: Vec<(String, &str)> = source
        .split("macro_rules! ")
        .skip(1)
        .filter_map(|rest| {
            Some((
                format!("{}!()", rest.split_whitespace().next()?),
                rest.split('"').nth(1)?,
            ))
        })
        .collect();
    let mut texts = Vec::new();
    let mut concatenated: Option<(usize, String)> = None;
    for (index, piece) in source.split('"').enumerate() {
        let is_literal = index % 2 == 1;
        match (&mut concatenated, is_literal) {
            (Some((_, text)), true) => text.push_str(piece),
            (None, true) => texts.push(piece.to_owned()),
            (None, false) if piece.trim_end().ends_with("concat!(") => {
                concatenated = Some((1, String::new()))
            }
            (None, false) => {}
            (Some((depth, text)), false) => {
                for (position, character) in piece.char_indices() {
                    match character {
                        '(' if *depth > 0 => *depth += 1,
                        ')' if *depth > 0 => *depth -= 1,
                        _ => {}
                    }
                    let rest = piece.get(position..).unwrap_or_default();
                    let starts = position == 0
                        || !piece[..position].ends_with(|c: char| c == '_' || c.is_alphanumeric());
                    if *depth > 0 && starts {
                        text.extend(
                            lists
                                .iter()
                                .filter(|(name, _)| rest.starts_with(name))
                                .map(|(_, columns)| *columns),
                        );
                    }
                }
                if *depth == 0 {
                    texts.push(std::mem::take(text));
                    concatenated = None;
                    if piece.trim_end().ends_with("concat!(") {
                        concatenated = Some((1, String::new()));
                    }
                }
            }
        }
    }
    texts
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path))
        } else {
            files.push(path)
        }
    }
    files
}

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    let statements = statements();
    assert!(
        statements.len() > 30,
        "only {} statements found",
        statements.len()
    );
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = TestDatabase::new(engine).await;
        let mut db = database.read().await.unwrap();
        for (file, sql) in &statements {
            if let Err(error) = db.prepare(sql).await {
                panic!("{engine} does not understand, in {file}: {error}\n{sql}");
            }
        }
    }
}
