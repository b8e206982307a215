//! Rebuild when a locale file or a template is added, changed or removed: both are embedded.

fn main() {
    println!("cargo:rerun-if-changed=../../locales");
    println!("cargo:rerun-if-changed=templates");
}
