//! Tables as files to download.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use documents::spreadsheet::{Table, export};

use crate::shell::{Ctx, WebError};

/// `?format=csv` or `xlsx`.
pub(crate) fn is_file(format: &str) -> bool {
    matches!(format, "csv" | "xlsx")
}

/// The table as a file named `name`: XLSX when asked for, else CSV.
pub(crate) fn table(
    ctx: &Ctx,
    table: &Table,
    name: &str,
    format: &str,
) -> Result<Response, WebError> {
    let language = ctx.language();
    let (bytes, kind, ending) = if format == "xlsx" {
        let bytes = export::xlsx(table, language, ctx.app().now()).map_err(WebError::internal)?;
        (
            bytes,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        )
    } else {
        (
            export::csv(table, language).map_err(WebError::internal)?,
            "text/csv; charset=utf-8",
            "csv",
        )
    };
    Ok(file(bytes, kind, &format!("{name}.{ending}")))
}

/// Bytes to be saved under `name` (plain letters only).
pub(crate) fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let safe: String = name
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || "-._".contains(*character))
        .collect();
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // What is about people stays in no cache.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{safe}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
