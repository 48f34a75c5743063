//! Strict reading of the CSV files of a proposal: the exact header, every field there, one spelling for each number.

use crate::units::Euro;

use super::report::{Said, said, shown};

/// A table read from a file of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Rows, each with as many fields as the header has.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a table with exactly these columns.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(bytes: &[u8], header: &[&str]) -> Result<Self, Said> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(false)
            .from_reader(bytes);
        let mut rows = Vec::new();
        let mut first = true;
        for record in reader.records() {
            let record = record.map_err(|error| {
                let error = shown(&error.to_string());
                said!(
                    "non è un CSV leggibile: {error}",
                    "not readable CSV: {error}"
                )
            })?;
            if first {
                first = false;
                if !record.iter().eq(header.iter().copied()) {
                    let expected = header.join(",");
                    return Err(said!(
                        "la prima riga non è `{expected}`",
                        "the first line is not `{expected}`"
                    ));
                }
            } else {
                rows.push(record.iter().map(str::to_owned).collect());
            }
        }
        if first {
            return Err(said!("il file è vuoto", "the file is empty"));
        }
        Ok(Self { rows })
    }

    /// The rows with their line numbers (the header is line 1; fields with line breaks do not occur), as fixed-size arrays.
    pub(crate) fn rows<const N: usize>(&self) -> impl Iterator<Item = (usize, [&str; N])> {
        self.rows.iter().enumerate().filter_map(|(position, row)| {
            let fields: Vec<&str> = row.iter().map(String::as_str).collect();
            let fields: [&str; N] = fields.try_into().ok()?;
            Some((position.saturating_add(2), fields))
        })
    }
}

/// An amount in the one spelling `1234.56`.
pub(crate) fn parse_euro(text: &str) -> Option<Euro> {
    Euro::parse(text).filter(|euro| euro.to_string() == text)
}

/// A year in the one spelling `2022`.
pub(crate) fn parse_year(text: &str) -> Option<i32> {
    text.parse::<i32>()
        .ok()
        .filter(|year| year.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_and_the_number_of_fields_are_exact() {
        let header = ["fund", "euro"];
        assert!(Table::read(b"fund,euro\na,1.00\n", &header).is_ok());
        for bytes in [
            &b""[..],
            b"fund,euro,note\n",
            b"euro,fund\n",
            b"fund,euro\na\n",
            b"fund,euro\na,b,c\n",
            b"\xef\xbb\xbffund;euro\n",
            b"fund,euro\n\xff,1.00\n",
        ] {
            assert!(Table::read(bytes, &header).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn amounts_and_years_have_one_spelling() {
        assert_eq!(parse_euro("1234.50"), Some(Euro::from_cents(123_450)));
        for text in ["1234.5", "01.00", "1", "-1.00", "1.000", "1e2"] {
            assert_eq!(parse_euro(text), None, "{text}");
        }
        assert_eq!(parse_year("2022"), Some(2022));
        assert_eq!(parse_year("+2022"), None);
    }
}
