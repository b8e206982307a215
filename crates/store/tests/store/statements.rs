use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Literal, TokenStream, TokenTree};
use store::Engine;
use testkit::TestDatabase;

/// Every piece of SQL written in the store's sources, with the file it stands in. Those that a macro with parameters puts together
/// are left to the tests of their functions.
fn statements() -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        // What differs by engine is not one text for both.
        if file.ends_with("dialect.rs") || file.ends_with("transfer.rs") {
            continue;
        }
        let tokens: TokenStream = fs::read_to_string(&file).unwrap().parse().unwrap();
        let mut texts = Vec::new();
        collect(tokens, &mut HashMap::new(), &mut texts);
        for text in texts {
            let sql = text.trim_start();
            if ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "]
                .iter()
                .any(|verb| sql.starts_with(verb))
            {
                found.push((file.display().to_string(), &*sql.to_owned().leak()));
            }
        }
    }
    found
}

/// Gathers the string literals of a source; a `concat!` of literals and of `macro_rules! name { () => { "…" } }` is one text.
fn collect(tokens: TokenStream, lists: &mut HashMap<String, String>, texts: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Literal(literal) => texts.extend(string(literal)),
            TokenTree::Group(group) => match word(&tokens, index, 2).as_deref() {
                Some("concat") => texts.extend(concatenated(group.stream(), lists)),
                // A macro with parameters is not a text by itself.
                _ if word(&tokens, index, 3).as_deref() == Some("macro_rules") => {
                    let mut own = Vec::new();
                    collect(group.stream(), lists, &mut own);
                    if let (Some(name), [list]) = (word(&tokens, index, 1), own.as_slice()) {
                        lists.insert(name, list.clone());
                    }
                }
                _ => collect(group.stream(), lists, texts),
            },
            _ => {}
        }
    }
}

/// The word that stands `back` tokens before `index`.
fn word(tokens: &[TokenTree], index: usize, back: usize) -> Option<String> {
    match tokens.get(index.checked_sub(back)?)? {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    }
}

fn concatenated(tokens: TokenStream, lists: &HashMap<String, String>) -> Option<String> {
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Literal(literal) => text.push_str(&string(&literal)?),
            TokenTree::Ident(name) => text.push_str(lists.get(&name.to_string())?),
            TokenTree::Punct(punctuation) if matches!(punctuation.as_char(), ',' | '!') => {}
            TokenTree::Group(group) if group.stream().is_empty() => {}
            _ => return None,
        }
    }
    Some(text)
}

/// The text of a plain string literal, its escapes resolved.
fn string(literal: &Literal) -> Option<String> {
    let inner = literal.to_string();
    let inner = inner.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut characters = inner.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek().copied()) {
            ('\\', Some('\n')) => {
                while characters.next_if(|next| next.is_whitespace()).is_some() {}
            }
            ('\\', Some(_)) => text.extend(characters.next()),
            _ => text.push(character),
        }
    }
    Some(text)
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
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
