//! Systems of three equations, one for each parameter of an item.

/// A symmetric matrix of information.
#[derive(Debug, Clone, Default)]
pub(super) struct Matrix([[f64; 3]; 3]);

impl Matrix {
    /// Adds `factor · v vᵀ`.
    pub(super) fn add_product(&mut self, v: &[f64; 3], factor: f64) {
        for (row, a) in self.0.iter_mut().zip(v) {
            for (cell, b) in row.iter_mut().zip(v) {
                *cell += factor * a * b;
            }
        }
    }

    /// Adds to one cell of the diagonal.
    pub(super) fn add_to_diagonal(&mut self, place: usize, value: f64) {
        if let Some(cell) = self.0.get_mut(place).and_then(|row| row.get_mut(place)) {
            *cell += value;
        }
    }

    /// Makes the last parameter one that is known.
    pub(super) fn pin_last(&mut self) {
        self.0[2] = [0.0, 0.0, 1.0];
        self.0[0][2] = 0.0;
        self.0[1][2] = 0.0;
    }
}

/// The solution of `matrix · x = right`, by Cholesky's method; nothing when the matrix is not
/// positive definite, that is when the answers do not determine the parameters.
pub(super) fn solve(matrix: &Matrix, right: &[f64; 3]) -> Option<[f64; 3]> {
    let [[a, b, c], [_, d, e], [_, _, f]] = matrix.0;
    let root = |square: f64| (square > 1e-12).then(|| square.sqrt());
    let l11 = root(a)?;
    let (l21, l31) = (b / l11, c / l11);
    let l22 = root(d - l21 * l21)?;
    let l32 = (e - l31 * l21) / l22;
    let l33 = root(f - l31 * l31 - l32 * l32)?;
    let y1 = right[0] / l11;
    let y2 = (right[1] - l21 * y1) / l22;
    let y3 = (right[2] - l31 * y1 - l32 * y2) / l33;
    let x3 = y3 / l33;
    let x2 = (y2 - l32 * x3) / l22;
    let x1 = (y1 - l21 * x2 - l31 * x3) / l11;
    Some([x1, x2, x3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_or_said_to_be_undetermined() {
        let mut matrix = Matrix::default();
        assert_eq!(solve(&matrix, &[1.0, 1.0, 1.0]), None);
        matrix.add_product(&[1.0, 2.0, 3.0], 1.0);
        assert_eq!(solve(&matrix, &[1.0, 1.0, 1.0]), None);
        matrix.add_product(&[0.0, 1.0, -1.0], 2.0);
        matrix.add_to_diagonal(2, 4.0);
        // (1, -2, 0.5): rows (1 2 3), (2 6 4), (3 4 15).
        let wanted = [1.0, -2.0, 0.5];
        let right = [1.0 - 4.0 + 1.5, 2.0 - 12.0 + 2.0, 3.0 - 8.0 + 7.5];
        let found = solve(&matrix, &right).unwrap();
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-9);
        }
    }
}
