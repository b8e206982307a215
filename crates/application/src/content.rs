//! The content files that are part of the program, read once.

use std::sync::LazyLock;

use domain::catalogue::{Catalogue, Vocabulary};
use include_dir::{Dir, include_dir};

static MODULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../content/modules");

#[expect(
    clippy::expect_used,
    reason = "the files are part of the program; the test below reads them"
)]
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let text = include_str!("../../../content/vocabulary.toml");
    Vocabulary::parse("vocabulary.toml", text).expect("embedded vocabulary")
});

#[expect(
    clippy::expect_used,
    reason = "the files are part of the program; the test below reads them"
)]
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let tracks = (
        "tracks.toml".to_owned(),
        include_str!("../../../content/tracks.toml"),
    );
    let modules = MODULES.files().filter_map(|file| {
        let name = file.path().to_str()?.to_owned();
        Some((name, file.contents_utf8()?))
    });
    let files: Vec<_> = std::iter::once(tracks).chain(modules).collect();
    Catalogue::parse(vocabulary(), &files).expect("embedded catalogue")
});

/// The words that modules, rooms, trainers and questionnaires have in common.
#[must_use]
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}

/// Every module and track.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_content_can_be_read() {
        assert!(vocabulary().skill("securite").is_some());
        assert!(vocabulary().accessibility("plain-pied").is_some());
        assert!(catalogue().modules().count() >= 35);
    }
}
