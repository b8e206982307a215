//! Someone with a browser without scripts: keeps cookies, follows redirects, fills in the forms of a page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt as _;

use crate::app::BASE;

/// Someone with a browser of their own.
pub struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The path and query that answered, after redirects.
    pub path: String,
}

/// A form of a page, with the values that the page gave it (the form token among them).
#[derive(Clone, Debug)]
pub struct Form {
    method: Method,
    action: String,
    fields: Vec<(String, String)>,
}

impl Visitor {
    pub(crate) fn new(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    /// Sets a cookie as if the server had.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// From now on sends this header with every request, such as `authorization` for the API.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Opens a page and follows redirects.
    pub async fn get(&mut self, path: &str) -> Page {
        let page = self.send(Method::GET, path, None, Vec::new()).await;
        self.follow(page).await
    }

    /// Sends fields as a form would, without those that the page would have given (such as the form token);
    /// redirects are followed.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = encoded(fields.iter().copied());
        let page = self
            .send(
                Method::POST,
                path,
                Some("application/x-www-form-urlencoded"),
                body.into_bytes(),
            )
            .await;
        self.follow(page).await
    }

    /// Sends JSON, as a program would; redirects are not followed.
    pub async fn json(&mut self, method: Method, path: &str, body: &serde_json::Value) -> Page {
        self.send(
            method,
            path,
            Some("application/json"),
            body.to_string().into_bytes(),
        )
        .await
    }

    /// Sends a form, and follows redirects.
    pub async fn submit(&mut self, form: &Form) -> Page {
        let fields = encoded(
            form.fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        if form.method == Method::GET {
            let path = form.action.split('?').next().unwrap_or_default();
            return self.get(&format!("{path}?{fields}")).await;
        }
        let kind = Some("application/x-www-form-urlencoded");
        let page = self
            .send(Method::POST, &form.action, kind, fields.into_bytes())
            .await;
        self.follow(page).await
    }

    /// One request with any method and body; no redirect is followed.
    ///
    /// # Panics
    /// When the method is none, and when nothing can be sent to the path.
    pub async fn raw(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let method = method.parse().expect("a method");
        let kind = Some(kind).filter(|kind| !kind.is_empty());
        self.send(method, path, kind, body).await
    }

    /// One request as it is: no redirect is followed.
    ///
    /// # Panics
    /// When the path or a header cannot be sent, or the answer breaks off.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Vec<u8>,
    ) -> Page {
        let path = path.strip_prefix(BASE).unwrap_or(path);
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::HOST, BASE.trim_start_matches("http://"));
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let answer = match self.router.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().expect("a cookie"));
        }
        let body = body
            .collect()
            .await
            .expect("the whole answer")
            .to_bytes()
            .to_vec();
        Page {
            status: parts.status,
            headers: parts.headers,
            body,
            path: path.to_owned(),
        }
    }

    fn keep(&mut self, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let (name, value) = parts
            .next()
            .and_then(|pair| pair.split_once('='))
            .expect("a name and a value");
        if value.is_empty() || parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
            self.cookies.remove(name);
        } else {
            self.set_cookie(name, value);
        }
    }

    async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            let Some(next) = page
                .headers
                .get(header::LOCATION)
                .filter(|_| page.status.is_redirection())
            else {
                return page;
            };
            let next = next.to_str().expect("an address").to_owned();
            page = self.send(Method::GET, &next, None, Vec::new()).await;
        }
        panic!("{} redirects without end", page.path);
    }
}

impl Page {
    /// The body as text.
    ///
    /// # Panics
    /// When it is no text.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is no JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The texts of all elements that match a CSS selector, spaces made single.
    ///
    /// # Panics
    /// When the selector is none.
    #[must_use]
    pub fn all(&self, selector: &str) -> Vec<String> {
        let document = Html::parse_document(self.text());
        document.select(&css(selector)).map(words).collect()
    }

    /// The text of the one element that matches a CSS selector.
    ///
    /// # Panics
    /// When none or several match, showing the page's main part.
    #[must_use]
    pub fn one(&self, selector: &str) -> String {
        let mut found = self.all(selector);
        assert_eq!(
            found.len(),
            1,
            "`{selector}` on {} ({}): {:?}",
            self.path,
            self.status,
            self.all("main")
        );
        found.remove(0)
    }

    /// An attribute of all elements that match a CSS selector and have it.
    #[must_use]
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let document = Html::parse_document(self.text());
        document
            .select(&css(selector))
            .filter_map(|element| element.attr(name))
            .map(str::to_owned)
            .collect()
    }

    /// Every form of the page, with the values that the page gave them.
    #[must_use]
    pub fn forms(&self) -> Vec<Form> {
        let document = Html::parse_document(&String::from_utf8_lossy(&self.body));
        let selector = css("form");
        let forms = document.select(&selector);
        forms.map(|form| self.read(form)).collect()
    }

    /// The one form that matches a CSS selector, with the values that the page gave it.
    ///
    /// # Panics
    /// When none or several match.
    #[must_use]
    pub fn form(&self, selector: &str) -> Form {
        let document = Html::parse_document(self.text());
        let forms: Vec<ElementRef<'_>> = document.select(&css(selector)).collect();
        let [form] = forms.as_slice() else {
            panic!(
                "{} forms match `{selector}` on {} ({})",
                forms.len(),
                self.path,
                self.status
            );
        };
        self.read(*form)
    }

    fn read(&self, form: ElementRef<'_>) -> Form {
        let is_post = form
            .attr("method")
            .is_some_and(|method| method.eq_ignore_ascii_case("post"));
        Form {
            method: if is_post { Method::POST } else { Method::GET },
            action: form.attr("action").unwrap_or(&self.path).to_owned(),
            fields: fields(form),
        }
    }
}

impl Form {
    /// Types or chooses a value in place of what the field had.
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(other, _)| other != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks one more box of that name.
    #[must_use]
    pub fn tick(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Unticks or empties everything of that name.
    #[must_use]
    pub fn clear(mut self, name: &str) -> Self {
        self.fields.retain(|(other, _)| other != name);
        self
    }

    /// Where it is sent.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Whether it is posted.
    #[must_use]
    pub fn is_posted(&self) -> bool {
        self.method == Method::POST
    }

    /// Its fields, with the values that they have now.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The value that a field has now.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What a browser would send of a form nobody touched; buttons are chosen with [`Form::fill`].
fn fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for field in form.select(&css("input[name], select[name], textarea[name]")) {
        if field.attr("disabled").is_some() {
            continue;
        }
        let name = field.attr("name").unwrap_or_default().to_owned();
        match (field.value().name(), field.attr("type").unwrap_or("text")) {
            ("textarea", _) => {
                let text: String = field.text().collect();
                fields.push((name, text.strip_prefix('\n').unwrap_or(&text).to_owned()));
            }
            ("select", _) => {
                let options: Vec<ElementRef<'_>> = field.select(&css("option")).collect();
                let chosen = options
                    .iter()
                    .find(|option| option.attr("selected").is_some())
                    .or(options.first());
                if let Some(option) = chosen {
                    let text = words(*option);
                    fields.push((name, option.attr("value").map_or(text, str::to_owned)));
                }
            }
            (_, "submit" | "button" | "image" | "reset" | "file") => {}
            (_, "checkbox" | "radio") if field.attr("checked").is_none() => {}
            (_, "checkbox" | "radio") => {
                fields.push((name, field.attr("value").unwrap_or("on").to_owned()));
            }
            _ => fields.push((name, field.attr("value").unwrap_or_default().to_owned())),
        }
    }
    fields
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("`{selector}`: {error}"))
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn encoded<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let escape = |text: &str| {
        text.bytes().fold(String::new(), |mut escaped, byte| {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                escaped.push(char::from(byte));
            } else {
                // Writing into a text cannot fail.
                let _ = write!(escaped, "%{byte:02X}");
            }
            escaped
        })
    };
    let pairs: Vec<String> = fields
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use application::access::Role;

    use super::*;
    use crate::TestApp;

    fn page(html: &str) -> Page {
        Page {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: html.as_bytes().to_vec(),
            path: "/ici".to_owned(),
        }
    }

    #[test]
    fn a_form_sends_what_a_browser_would() {
        let html = r#"<form method=post><input type=hidden name=csrf value=t><input name=a value="é &amp;">
            <input type=checkbox name=b value=1 checked><input type=checkbox name=b value=2>
            <select name=c><option value=x>X<option value=y selected>Y</select><button name=go>ok</button></form>"#;
        let form = page(html).form("form");
        assert_eq!(form.action, "/ici");
        let sent = encoded(form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        assert_eq!(sent, "csrf=t&a=%C3%A9%20%26&b=1&c=y");
        let form = form.tick("b", "2").fill("a", "z").clear("c");
        assert_eq!((form.value("a"), form.value("c")), (Some("z"), None));
    }

    #[tokio::test]
    async fn the_health_of_the_installation_can_be_asked() {
        let app = TestApp::new().await;
        assert_eq!(app.visitor().get("/sante").await.status, StatusCode::OK);
    }

    #[tokio::test]
    async fn cookies_are_kept_and_staff_are_known() {
        let app = TestApp::new().await;
        let mut staff = app.staff(Role::Coordinator);
        let page = staff.get("/nulle-part").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        let sign_out = page.form("form[action='/deconnexion']");
        assert!(
            sign_out
                .value("csrf")
                .is_some_and(|token| !token.is_empty())
        );
        let page = app.visitor().get("/nulle-part").await;
        assert!(page.all("form[action='/deconnexion']").is_empty());
        assert!(staff.cookies.contains_key("visiteur"));
    }
}
