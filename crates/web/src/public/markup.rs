//! Sessions for search engines: schema.org events as JSON-LD, a data block that runs nothing.

use application::agenda::{Listed, Standing};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::feeds::{address, location};
use crate::shell::Ctx;

/// A session as a schema.org `Event`.
pub(super) fn event(ctx: &Ctx, listed: &Listed) -> Value {
    let instant =
        |milliseconds| Timestamp::from_millisecond(milliseconds).map(|instant| instant.to_string());
    let row = &listed.row;
    let url = address(ctx, listed);
    let names = ctx.identity();
    let availability = match listed.standing {
        Standing::Free { .. } => "https://schema.org/InStock",
        Standing::Full { .. } => "https://schema.org/BackOrder",
        Standing::Cancelled | Standing::Over => "https://schema.org/SoldOut",
    };
    let aims: Vec<&str> = listed
        .module
        .map(|module| module.aims.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|aim| aim.get(ctx.language()))
        .collect();
    let mut event = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": listed.title(ctx.language()),
        "description": aims.join(". "),
        "url": url,
        "startDate": instant(row.starts_at).ok(),
        "endDate": instant(row.ends_at).ok(),
        "inLanguage": "fr",
        "isAccessibleForFree": true,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": if listed.standing == Standing::Cancelled {
            "https://schema.org/EventCancelled"
        } else {
            "https://schema.org/EventScheduled"
        },
        "maximumAttendeeCapacity": row.capacity,
        "remainingAttendeeCapacity": match listed.standing {
            Standing::Free { left } => left,
            _ => 0,
        },
        "organizer": { "@type": "Organization", "name": names.programme, "url": ctx.state.settings.base },
        "location": {
            "@type": "Place",
            "name": row.site_name,
            "url": format!("{}/lieux/{}", ctx.state.settings.base, row.site_slug),
            "address": {
                "@type": "PostalAddress",
                "name": location(listed),
                "streetAddress": row.site_address,
                "addressLocality": listed.commune_name(),
                "postalCode": listed.commune.and_then(|commune| commune.postcodes().next()),
                "addressCountry": if row.commune_code.starts_with("BE") { "BE" } else { "FR" },
            },
        },
        "offers": {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "EUR",
            "availability": availability,
            "url": format!("{url}/inscription"),
        },
    });
    if let (Some(point), Some(place)) = (listed.position, event.get_mut("location")) {
        place["geo"] =
            json!({ "@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon });
    }
    event
}
