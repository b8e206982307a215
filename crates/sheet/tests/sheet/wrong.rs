//! Pictures that say nothing: each has its own error.

use sheet::{Layout, ReadError, SheetId, Tag, read_luminance};

use crate::draw::{Paper, Random, Shot, photograph};
use crate::{SESSION, page, tags, take};

fn error(paper: &Paper, shot: &Shot) -> ReadError {
    take(paper, shot, &mut Random(1)).unwrap_err()
}

fn printed() -> Paper {
    Paper::printed(&page(2, 8), &tags(8))
}

#[test]
fn the_sheet_of_another_session_is_named() {
    let other = SheetId::new(*b"another session!", (1, 2), 0, 2, 8).unwrap();
    let paper = Paper::printed(&other, &tags(8));
    assert_eq!(
        error(&paper, &Shot::straight(7.0, 0)),
        ReadError::OtherSession(other)
    );
}

#[test]
fn a_sheet_of_somebody_elses_is_foreign() {
    let mut paper = printed();
    let code = Layout::sheet_code();
    paper.fill(code, 235);
    paper.code(code, "WIFI:S:SALLE;T:WPA;P:BONJOUR", fast_qr::Version::V03);
    assert_eq!(
        error(&paper, &Shot::straight(7.0, 0)),
        ReadError::ForeignSheet
    );
    // A code with another checksum is foreign as well.
    let mut altered = page(2, 8).code();
    altered.replace_range(
        20..21,
        if altered.as_bytes()[20] == b'0' {
            "1"
        } else {
            "0"
        },
    );
    paper.fill(code, 235);
    paper.code(code, &altered, fast_qr::Version::V03);
    assert_eq!(
        error(&paper, &Shot::straight(7.0, 0)),
        ReadError::ForeignSheet
    );
}

#[test]
fn lines_of_another_sheet_are_nobodys() {
    let sheet = page(2, 8);
    let mut paper = Paper::printed(&sheet, &tags(8));
    let other = SheetId::new(SESSION, (1, 2), 0, 2, 8).unwrap();
    let place = Layout::of(&sheet).line_code(2);
    paper.fill(place, 235);
    paper.code(place, &other.line_code(2, Tag(5)), fast_qr::Version::V01);
    let reading = take(&paper, &Shot::straight(7.0, 0), &mut Random(1)).unwrap();
    assert_eq!(reading.lines[2].tag, None);
    assert_eq!(reading.lines[3].tag, Some(tags(8)[3]));
}

#[test]
fn two_sheets_in_one_picture_are_refused() {
    let sheet = page(2, 8);
    let (paper, other) = (printed(), {
        let second = SheetId::new(SESSION, (2, 2), 0, 2, 8).unwrap();
        Paper::printed(&second, &tags(8))
    });
    for right in [&other, &Paper::printed(&sheet, &tags(8))] {
        let mut first = Shot::straight(6.0, 0);
        let mut second = first.clone();
        for corner in &mut second.corners {
            corner.0 += first.width as f64;
        }
        first.width *= 2;
        second.width = first.width;
        let pair = [(&paper, &first), (right, &second)];
        let (width, pixels) = photograph(&pair, &mut Random(2));
        assert_eq!(
            read_luminance(width, pixels, SESSION),
            Err(ReadError::TwoSheets)
        );
    }
}

#[test]
fn a_cut_off_corner_is_told_with_the_markers_that_are_there() {
    let mut paper = printed();
    paper.fill(Layout::markers()[2], 235);
    assert_eq!(
        error(&paper, &Shot::straight(7.0, 0)),
        ReadError::NoSheet { markers: 3 }
    );
}

#[test]
fn a_page_without_markers_is_no_sheet() {
    let mut paper = printed();
    for marker in Layout::markers() {
        paper.fill(marker, 235);
    }
    let found = error(&paper, &Shot::straight(7.0, 0));
    assert!(
        matches!(found, ReadError::NoSheet { .. } | ReadError::ForeignSheet),
        "{found}"
    );
    // A blank page with something written on it.
    let mut blank = Paper::blank();
    blank.stroke(&[(30.0, 30.0), (200.0, 100.0), (60.0, 150.0)], 0.8, 30);
    assert_eq!(
        error(&blank, &Shot::straight(7.0, 0)),
        ReadError::NoSheet { markers: 0 }
    );
}

#[test]
fn a_picture_in_the_dark_is_too_dark() {
    let shot = Shot {
        light: (0.04, 0.0, 0.0),
        noise: 4.0,
        ..Shot::straight(7.0, 0)
    };
    assert_eq!(error(&printed(), &shot), ReadError::TooDark);
}

#[test]
fn a_shaken_picture_is_too_blurred() {
    for blur in [9, 14] {
        let shot = Shot {
            blur,
            noise: 1.0,
            ..Shot::straight(7.0, 0)
        };
        assert_eq!(error(&printed(), &shot), ReadError::TooBlurred, "{blur}");
    }
}

#[test]
fn a_tiny_picture_is_too_small() {
    assert_eq!(
        error(&printed(), &Shot::straight(2.0, 0)),
        ReadError::TooSmall
    );
}

#[test]
fn pixels_that_make_no_rectangle_are_no_image() {
    for (width, count) in [(0, 10), (7, 10), (10, 0)] {
        assert_eq!(
            read_luminance(width, vec![0; count], SESSION),
            Err(ReadError::NotAnImage)
        );
    }
}

#[test]
fn noise_is_no_sheet() {
    let mut random = Random(3);
    let pixels = (0..1_200 * 1_000)
        .map(|_| random.between(0.0, 255.0) as u8)
        .collect();
    let found = read_luminance(1_200, pixels, SESSION).unwrap_err();
    assert!(
        matches!(found, ReadError::NoSheet { .. } | ReadError::ForeignSheet),
        "{found}"
    );
}
