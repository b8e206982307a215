//! The cheapest rooms for the lectures of a period: the assignment problem, by shortest augmenting paths with potentials (Kuhn 1955,
//! Munkres 1957; in the form of Jonker and Volgenant 1987).

#![expect(
    clippy::indexing_slicing,
    reason = "rows and columns are numbered from 0 to the lengths of the tables"
)]

/// The column of each row in a cheapest assignment. `prices` is one row after the other, each of `columns`; there are at most as many
/// rows as columns.
pub(crate) fn best_rooms(prices: &[i64], columns: usize) -> Vec<usize> {
    let rows = prices.len() / columns;
    // Column `columns` is where a new row enters.
    let mut row_of = vec![rows; columns + 1];
    let mut row_price = vec![0_i64; rows];
    let mut column_price = vec![0_i64; columns + 1];
    for row in 0..rows {
        row_of[columns] = row;
        let mut before = vec![columns; columns];
        let mut least = vec![i64::MAX; columns];
        let mut seen = vec![false; columns + 1];
        let mut at = columns;
        while row_of[at] != rows {
            seen[at] = true;
            let from = row_of[at];
            let (mut nearest, mut step) = (columns, i64::MAX);
            for column in (0..columns).filter(|column| !seen[*column]) {
                let price =
                    prices[from * columns + column] - row_price[from] - column_price[column];
                if price < least[column] {
                    least[column] = price;
                    before[column] = at;
                }
                if least[column] < step {
                    step = least[column];
                    nearest = column;
                }
            }
            for column in 0..=columns {
                if seen[column] {
                    row_price[row_of[column]] += step;
                    column_price[column] -= step;
                } else if column < columns {
                    least[column] -= step;
                }
            }
            at = nearest;
        }
        while at != columns {
            row_of[at] = row_of[before[at]];
            at = before[at];
        }
    }
    let mut best = vec![0; rows];
    for (column, row) in row_of[..columns].iter().enumerate() {
        if let Some(place) = best.get_mut(*row) {
            *place = column;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use planner::engine::Random;

    /// The cheapest by trying everything.
    fn tried(prices: &[i64], columns: usize, row: usize, used: u32) -> i64 {
        if row * columns == prices.len() {
            return 0;
        }
        (0..columns)
            .filter(|column| used >> column & 1 == 0)
            .map(|column| {
                prices[row * columns + column] + tried(prices, columns, row + 1, used | 1 << column)
            })
            .min()
            .unwrap()
    }

    #[test]
    fn the_assignment_is_the_cheapest_and_uses_no_room_twice() {
        let mut random = Random::new(5);
        for _ in 0..300 {
            let columns = 1 + random.index(6);
            let rows = 1 + random.index(columns);
            let prices: Vec<i64> = (0..rows * columns)
                .map(|_| i64::from(random.below(12)))
                .collect();
            let found = best_rooms(&prices, columns);
            let sum: i64 = (0..rows)
                .zip(&found)
                .map(|(row, column)| prices[row * columns + column])
                .sum();
            assert_eq!(sum, tried(&prices, columns, 0, 0));
            let mut once = found.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), rows);
        }
    }
}
