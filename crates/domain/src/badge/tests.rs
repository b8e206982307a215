use jiff::civil::date;
use serde_json::{Value, json};

use super::proof::hashes;
use super::*;
use crate::language::Language;

const KEY: &str = "https://essor.example/badges/emetteurs/1/cles/2";

fn signer(byte: u8) -> SigningKey {
    SigningKey::from_seed(&[byte; SEED]).unwrap()
}

fn award() -> Award {
    let module = |slug: &str, codes: &[&str]| Module {
        slug: slug.into(),
        title: "Courriel & « pièces jointes »".into(),
        hours: "3 h".into(),
        competences: codes
            .iter()
            .map(|code| Named {
                code: (*code).into(),
                name: "Échanger à distance".into(),
            })
            .collect(),
    };
    Award {
        id: "https://essor.example/badges/0198".into(),
        person: "Zoé <Petit>".into(),
        holder: Some(("5a17".into(), email_hash("Zoe@Example.org ", "5a17"))),
        language: Language::Fr,
        title: "Attestation de réussite – Saison 2026".into(),
        description: "Parcours suivi.".into(),
        criteria: "Au moins 80 %.".into(),
        is_success: true,
        narrative: "Courriel, 3 h".into(),
        days: (date(2026, 2, 3), date(2026, 6, 1)),
        image: (
            "https://essor.example/badges/images/reussite.png".into(),
            "Une feuille".into(),
        ),
        modules: vec![
            module("courriel", &["2.1", "2.2"]),
            module("securite", &["2.1"]),
        ],
        issuer: Issuer {
            id: "https://essor.example/badges/emetteurs/1".into(),
            name: "Boutic".into(),
            url: "https://essor.example".into(),
            email: Some("boutic@essor.example".into()),
        },
        from: "2026-06-19T10:00:00.5Z".parse().unwrap(),
        until: Some("2029-06-19T10:00:00Z".parse().unwrap()),
        place: Place {
            list: "https://essor.example/badges/listes/1/0".into(),
            bit: 48_271,
        },
    }
}

/// Both forms of one badge.
fn forms(key: u8) -> [String; 2] {
    let credential = award().credential();
    let at = "2026-06-19T10:00:00Z".parse().unwrap();
    let signed = sign(&signer(key), KEY, &credential, at);
    let mut file = json::read(&signed.credential).unwrap();
    file["proof"] = json::read(&signed.proof).unwrap();
    [
        file.to_string(),
        token(KEY, &credential).with(&signed.signature),
    ]
}

#[test]
fn both_forms_are_read_back_with_the_same_content_and_their_key_verifies_them() {
    for form in forms(1) {
        let shown = open(&form).unwrap();
        assert_eq!(shown.credential, award().credential());
        assert_eq!(
            (shown.key.as_str(), shown.id.as_str()),
            (KEY, "https://essor.example/badges/0198")
        );
        assert_eq!(shown.until, award().until);
        assert!(shown.is_signed_by(&signer(1).public()));
        assert!(!shown.is_signed_by(&signer(2).public()), "a foreign key");
    }
}

#[test]
fn a_badge_altered_in_one_byte_is_never_taken() {
    let public = signer(1).public();
    for form in forms(1) {
        let bytes = form.clone().into_bytes();
        // A signature over the whole costs its time: every thirteenth byte, and all of the end, where the signature is.
        let tried = |at: &usize| at.is_multiple_of(13) || at + 90 > bytes.len();
        for at in (0..bytes.len()).filter(tried) {
            for flip in [0x01, 0x20] {
                let mut altered = bytes.clone();
                altered[at] ^= flip;
                let Ok(altered) = String::from_utf8(altered) else {
                    continue;
                };
                let taken = open(&altered)
                    .is_ok_and(|shown| shown.is_signed_by(&public) && shown.key == KEY);
                // Space between the parts of a JSON text is not content, and the signature is over content.
                let same =
                    json::read(&altered).ok() == json::read(&form).ok() && form.starts_with('{');
                assert!(!taken || same, "byte {at}: {altered}");
            }
        }
    }
}

#[test]
fn a_badge_of_one_person_cannot_be_given_the_name_of_another() {
    let [file, _] = forms(1);
    let other = open(&file.replace("Zoé <Petit>", "Luc Roux")).unwrap();
    assert!(!other.is_signed_by(&signer(1).public()));
}

#[test]
fn what_is_beside_the_credential_must_be_what_it_says() {
    let credential = award().credential();
    let mut claims = proof::with_claims(&credential);
    claims["exp"] = json!(4_102_444_800_i64);
    let part =
        |value: &Value| data_encoding::BASE64URL_NOPAD.encode(json::canonical(value).as_bytes());
    let head = json!({ "alg": "EdDSA", "kid": KEY });
    let message = format!("{}.{}", part(&head), part(&claims));
    let signature = data_encoding::BASE64URL_NOPAD.encode(&signer(1).sign(message.as_bytes()));
    let stretched = format!("{message}.{signature}");
    assert_eq!(
        open(&stretched),
        Err(Unreadable::NotABadge),
        "signed, but holds two ends"
    );
}

#[test]
fn hostile_texts_are_refused_without_harm() {
    let [file, compact] = forms(1);
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000));
    let with = |member: &str| format!("{{{member},{}", &file[1..]);
    let none = format!(
        "{}.{}.",
        data_encoding::BASE64URL_NOPAD.encode(b"{\"alg\":\"none\",\"kid\":\"x\"}"),
        compact.split('.').nth(1).unwrap()
    );
    for (bad, why) in [
        (String::new(), Unreadable::Empty),
        (" \u{feff}\n".to_owned(), Unreadable::Empty),
        ("a".repeat(LONGEST + 1), Unreadable::TooLong),
        (deep, Unreadable::NotABadge),
        (with("\"n\":1e999"), Unreadable::NotABadge),
        (
            with("\"n\":123456789012345678901234567890"),
            Unreadable::NotABadge,
        ),
        (with("\"n\":0.1"), Unreadable::NotABadge),
        (
            with("\"id\":\"https://essor.example/badges/other\""),
            Unreadable::NotABadge,
        ),
        ("{}".to_owned(), Unreadable::OtherProof),
        ("{\"proof\":[]}".to_owned(), Unreadable::OtherProof),
        (
            file.replace("eddsa-jcs-2022", "eddsa-rdfc-2022"),
            Unreadable::OtherProof,
        ),
        (none, Unreadable::OtherProof),
        (format!("{compact}.x"), Unreadable::NotABadge),
        ("bonjour".to_owned(), Unreadable::NotABadge),
        ("..".to_owned(), Unreadable::NotABadge),
    ] {
        assert_eq!(open(&bad), Err(why), "{}", &bad[..bad.len().min(80)]);
    }
}

/// Test vector “eddsa-jcs-2022” of the W3C recommendation Data Integrity EdDSA Cryptosuites 1.0, with its key pair.
#[test]
fn the_proof_is_that_of_the_recommendation_byte_for_byte() {
    let secret = bs58::decode("3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")
        .into_vec()
        .unwrap();
    let signer = SigningKey::from_seed(secret[2..].try_into().unwrap()).unwrap();
    let public = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    assert_eq!(signer.public().multibase(), public);
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": { "id": "did:example:abcdefgh", "alumniOf": "The School of Examples" },
    });
    let key = format!("https://vc.example/issuers/5678#{public}");
    let signed = sign_document(
        &signer,
        &key,
        document.clone(),
        "2023-02-24T23:36:38Z".parse().unwrap(),
    );
    assert_eq!(
        signed["proof"]["proofValue"],
        "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
    );
    let mut options = signed["proof"].clone();
    options.as_object_mut().unwrap().remove("proofValue");
    assert_eq!(hashes(&options, &json::canonical(&document)).len(), 64);
}

#[test]
fn json_has_one_form_only() {
    // Sorting and escapes as in sections 3.2.2 and 3.2.3 of RFC 8785.
    let value = json::read(
        "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\",\
         \"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\",\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
    )
    .unwrap();
    assert_eq!(
        json::canonical(&value),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\
         \"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}"
    );
    let text = json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/");
    assert_eq!(
        json::canonical(&text),
        "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\""
    );
    assert_eq!(
        json::canonical(&json!([null, true, -7, {}])),
        "[null,true,-7,{}]"
    );
    assert!(json::read("9007199254740991").is_ok());
    assert!(json::read("9007199254740992").is_err());
    assert!(json::read("{\"a\":1,\"a\":1}").is_err());
    assert!(json::read("1 2").is_err());
}

#[test]
fn an_address_is_known_again_by_its_salted_hash() {
    assert_eq!(
        email_hash(" Zoe@example.ORG", "5a17"),
        email_hash("zoe@example.org", "5a17")
    );
    assert_ne!(
        email_hash("zoe@example.org", "5a18"),
        email_hash("zoe@example.org", "5a17")
    );
    assert_eq!(email_hash("a", "b").len(), "sha256$".len() + 64);
}

#[test]
fn every_badge_has_a_bit_of_its_own_far_from_its_neighbours() {
    let mut bits: Vec<u64> = (0..BITS).map(|number| place(number).1).collect();
    assert_ne!(bits[1].abs_diff(bits[2]), 1);
    bits.sort_unstable();
    bits.dedup();
    assert_eq!(bits.len() as u64, BITS);
    assert_eq!(place(BITS + 1), (1, 48_271));
}

#[test]
fn the_list_says_which_bits_are_set() {
    use std::io::Read as _;
    let encoded = encoded_list([0, 9, BITS - 1, BITS]).unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD
        .decode(encoded.strip_prefix('u').unwrap().as_bytes())
        .unwrap();
    let mut bits = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice())
        .read_to_end(&mut bits)
        .unwrap();
    assert_eq!(bits.len(), 16_384);
    assert_eq!((bits[0], bits[1], bits[16_383]), (0x80, 0x40, 0x01));
    assert_eq!(bits.iter().map(|byte| byte.count_ones()).sum::<u32>(), 3);
    assert!(encoded.len() < 200, "a list that is nearly empty is small");
}

/// The required members of Open Badges 3.0, clause B.1 (data model), which its JSON schema holds to as well.
#[test]
fn a_badge_has_what_the_standard_requires() {
    let badge = award().credential();
    for (at, members) in [
        (
            "",
            &[
                "@context",
                "id",
                "type",
                "issuer",
                "validFrom",
                "credentialSubject",
            ][..],
        ),
        ("/issuer", &["id", "type", "name"]),
        ("/credentialSubject", &["type", "achievement", "identifier"]),
        (
            "/credentialSubject/identifier/0",
            &["type", "hashed", "identityHash", "identityType"],
        ),
        (
            "/credentialSubject/achievement",
            &["id", "type", "name", "description", "criteria"],
        ),
        ("/credentialSubject/achievement/image", &["id", "type"]),
        (
            "/credentialSubject/achievement/alignment/0",
            &["type", "targetName", "targetUrl"],
        ),
        (
            "/credentialSubject/achievement/resultDescription/0",
            &["id", "type", "name", "resultType"],
        ),
        (
            "/credentialSubject/result/0",
            &["type", "value", "resultDescription"],
        ),
        (
            "/credentialStatus",
            &[
                "id",
                "type",
                "statusPurpose",
                "statusListIndex",
                "statusListCredential",
            ],
        ),
        ("/credentialSchema/0", &["id", "type"]),
    ] {
        for member in members {
            assert!(
                badge.pointer(&format!("{at}/{member}")).is_some(),
                "{at}/{member} is missing"
            );
        }
    }
    let text = |path: &str| {
        badge
            .pointer(path)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    assert_eq!(text("/@context/0"), "https://www.w3.org/ns/credentials/v2");
    assert_eq!(text("/validFrom"), "2026-06-19T10:00:00Z");
    assert_eq!(
        text("/credentialSubject/achievement/achievementType"),
        "CertificateOfCompletion"
    );
    assert_eq!(
        badge["credentialSubject"]["achievement"]["alignment"]
            .as_array()
            .unwrap()
            .len(),
        2,
        "each competence once"
    );
    assert!(
        !badge.to_string().to_lowercase().contains("zoe@"),
        "an address is never written out"
    );
}

#[test]
fn competences_of_modules_are_those_of_the_framework() {
    let framework = "[[areas]]\n[[areas.competences]]\nid = \"2.1\"\nname.fr = \"Échanger\"\nname.en = \"Talking\"\n";
    let read = |text: &str| Competences::parse(text, framework);
    let known = read("[modules]\ncourriel = [\"2.1\"]").unwrap();
    let named = known.of("courriel", Language::En);
    assert_eq!(
        (named[0].code.as_str(), named[0].name.as_str()),
        ("2.1", "Talking")
    );
    assert!(known.of("autre", Language::Fr).is_empty());
    assert_eq!(
        read("[modules]\ncourriel = [\"9.9\"]").unwrap_err(),
        "courriel: there is no competence 9.9"
    );
    assert!(read("[modules]\ncourriel = []").is_err());
    assert!(read("modules = 3").is_err());
}
