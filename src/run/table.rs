//! A table of whole numbers and texts, and the Parquet file it becomes.
//!
//! Nothing but the rows decides the bytes: one row group, no clock, no host, no version of the library that writes.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use thiserror::Error;

/// Who wrote a file, in its footer.
const WRITTEN_BY: &str = "mappafondo";

/// A file that is not the table it should be, or one that could not be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// The Parquet library refused.
    #[error("{0}")]
    Parquet(String),
    /// A column is missing or of another type.
    #[error("column `{0}` is not there, or is of another type")]
    Column(String),
    /// The file says it is something else.
    #[error("it is `{found}`, not `{wanted}`")]
    Other {
        /// Table and format found.
        found: String,
        /// Table and format wanted.
        wanted: String,
    },
}

impl From<ParquetError> for TableError {
    fn from(error: ParquetError) -> Self {
        Self::Parquet(error.to_string())
    }
}

/// The cells of a column, in row order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// Whole numbers, none missing.
    Whole(Vec<i64>),
    /// Whole numbers; some may be missing.
    MaybeWhole(Vec<Option<i64>>),
    /// Texts, none missing.
    Text(Vec<String>),
    /// Texts; some may be missing.
    MaybeText(Vec<Option<String>>),
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Self::Whole(values) => values.len(),
            Self::MaybeWhole(values) => values.len(),
            Self::Text(values) => values.len(),
            Self::MaybeText(values) => values.len(),
        }
    }

    fn physical(&self) -> (Physical, Repetition) {
        match self {
            Self::Whole(_) => (Physical::INT64, Repetition::REQUIRED),
            Self::MaybeWhole(_) => (Physical::INT64, Repetition::OPTIONAL),
            Self::Text(_) => (Physical::BYTE_ARRAY, Repetition::REQUIRED),
            Self::MaybeText(_) => (Physical::BYTE_ARRAY, Repetition::OPTIONAL),
        }
    }
}

/// A column with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// Its cells.
    pub values: Values,
}

/// A table as it is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is, such as `zones`.
    pub name: String,
    /// Version of its columns.
    pub format: u32,
    /// Its columns, all of one length.
    pub columns: Vec<Column>,
}

impl Table {
    /// The Parquet file.
    ///
    /// # Errors
    /// [`TableError::Parquet`]: a fault of ours.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TableError> {
        let fields = self.columns.iter().map(|column| {
            let (physical, repetition) = column.values.physical();
            let text = (physical == Physical::BYTE_ARRAY).then_some(LogicalType::String);
            let field = Type::primitive_type_builder(&column.name, physical)
                .with_repetition(repetition)
                .with_logical_type(text)
                .build()?;
            Ok(Arc::new(field))
        });
        let fields = fields.collect::<Result<Vec<_>, ParquetError>>()?;
        let schema = Type::group_type_builder(&self.name)
            .with_fields(fields)
            .build()?;
        let marks = [("mappafondo.table", self.name.clone())]
            .into_iter()
            .chain([("mappafondo.format", self.format.to_string())]);
        let marks = marks.map(|(key, value)| KeyValue::new(key.to_owned(), value));
        let properties = WriterProperties::builder()
            .set_created_by(WRITTEN_BY.to_owned())
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(marks.collect()))
            .build();
        let mut bytes = Vec::new();
        let mut file =
            SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties))?;
        let mut group = file.next_row_group()?;
        for column in &self.columns {
            let Some(mut writer) = group.next_column()? else {
                return Err(TableError::Column(column.name.clone()));
            };
            write_column(writer.untyped(), column)?;
            writer.close()?;
        }
        group.close()?;
        file.close()?;
        Ok(bytes)
    }

    /// Reads a table back, which must be of this name and format.
    ///
    /// # Errors
    /// [`TableError`] when the file is damaged or not this table.
    pub fn from_bytes(bytes: Vec<u8>, name: &str, format: u32) -> Result<Self, TableError> {
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes))?;
        let footer = reader.metadata().file_metadata();
        let mark = |key: &str| {
            let marks = footer.key_value_metadata().into_iter().flatten();
            let mut marks = marks.filter(|mark| mark.key == key);
            marks
                .next()
                .and_then(|mark| mark.value.clone())
                .unwrap_or_default()
        };
        let found = format!("{} {}", mark("mappafondo.table"), mark("mappafondo.format"));
        let wanted = format!("{name} {format}");
        if found != wanted {
            return Err(TableError::Other { found, wanted });
        }
        let schema = footer.schema_descr();
        let mut columns = Vec::new();
        for (position, described) in schema.columns().iter().enumerate() {
            let is_optional = described.max_def_level() > 0;
            let mut values = match (described.physical_type(), is_optional) {
                (Physical::INT64, false) => Values::Whole(Vec::new()),
                (Physical::INT64, true) => Values::MaybeWhole(Vec::new()),
                (Physical::BYTE_ARRAY, false) => Values::Text(Vec::new()),
                (Physical::BYTE_ARRAY, true) => Values::MaybeText(Vec::new()),
                _ => return Err(TableError::Column(described.name().to_owned())),
            };
            for number in 0..reader.num_row_groups() {
                let group = reader.get_row_group(number)?;
                let rows = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
                read_column(group.get_column_reader(position)?, rows, &mut values)?;
            }
            columns.push(Column {
                name: described.name().to_owned(),
                values,
            });
        }
        let lengths = columns.iter().map(|column| column.values.len());
        let rows = lengths.clone().next().unwrap_or_default();
        if lengths.clone().any(|length| length != rows) {
            return Err(TableError::Parquet(
                "its columns differ in length".to_owned(),
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            format,
            columns,
        })
    }

    /// The cells of a column.
    ///
    /// # Errors
    /// [`TableError::Column`] when there is none of that name.
    pub fn column(&self, name: &str) -> Result<&Values, TableError> {
        let mut columns = self.columns.iter().filter(|column| column.name == name);
        let found = columns.next().map(|column| &column.values);
        found.ok_or_else(|| TableError::Column(name.to_owned()))
    }

    /// A column of whole numbers without holes.
    ///
    /// # Errors
    /// [`TableError::Column`] when it is missing or of another type.
    pub fn whole(&self, name: &str) -> Result<&[i64], TableError> {
        match self.column(name)? {
            Values::Whole(values) => Ok(values),
            _ => Err(TableError::Column(name.to_owned())),
        }
    }

    /// A column of whole numbers with holes.
    ///
    /// # Errors
    /// As [`Table::whole`].
    pub fn maybe_whole(&self, name: &str) -> Result<&[Option<i64>], TableError> {
        match self.column(name)? {
            Values::MaybeWhole(values) => Ok(values),
            _ => Err(TableError::Column(name.to_owned())),
        }
    }

    /// A column of texts without holes.
    ///
    /// # Errors
    /// As [`Table::whole`].
    pub fn text(&self, name: &str) -> Result<&[String], TableError> {
        match self.column(name)? {
            Values::Text(values) => Ok(values),
            _ => Err(TableError::Column(name.to_owned())),
        }
    }

    /// A column of texts with holes.
    ///
    /// # Errors
    /// As [`Table::whole`].
    pub fn maybe_text(&self, name: &str) -> Result<&[Option<String>], TableError> {
        match self.column(name)? {
            Values::MaybeText(values) => Ok(values),
            _ => Err(TableError::Column(name.to_owned())),
        }
    }
}

fn write_column(writer: &mut ColumnWriter<'_>, column: &Column) -> Result<(), TableError> {
    let text = |text: &String| ByteArray::from(text.as_str());
    match (writer, &column.values) {
        (ColumnWriter::Int64ColumnWriter(writer), Values::Whole(values)) => {
            writer.write_batch(values, None, None)?;
        }
        (ColumnWriter::Int64ColumnWriter(writer), Values::MaybeWhole(values)) => {
            let there: Vec<i64> = values.iter().flatten().copied().collect();
            writer.write_batch(&there, Some(&levels(values)), None)?;
        }
        (ColumnWriter::ByteArrayColumnWriter(writer), Values::Text(values)) => {
            let there: Vec<ByteArray> = values.iter().map(text).collect();
            writer.write_batch(&there, None, None)?;
        }
        (ColumnWriter::ByteArrayColumnWriter(writer), Values::MaybeText(values)) => {
            let there: Vec<ByteArray> = values.iter().flatten().map(text).collect();
            writer.write_batch(&there, Some(&levels(values)), None)?;
        }
        _ => return Err(TableError::Column(column.name.clone())),
    }
    Ok(())
}

fn levels<T>(values: &[Option<T>]) -> Vec<i16> {
    values
        .iter()
        .map(|value| i16::from(value.is_some()))
        .collect()
}

fn read_column(reader: ColumnReader, rows: usize, values: &mut Values) -> Result<(), TableError> {
    let wrong = || TableError::Parquet("a text is not Unicode".to_owned());
    let mut levels = Vec::new();
    let mut texts = Vec::new();
    let told = |text: ByteArray| text.as_utf8().map(str::to_owned).map_err(|_| wrong());
    match (reader, values) {
        (ColumnReader::Int64ColumnReader(mut reader), Values::Whole(values)) => {
            reader.read_records(rows, None, None, values)?;
        }
        (ColumnReader::Int64ColumnReader(mut reader), Values::MaybeWhole(values)) => {
            let mut there = Vec::new();
            reader.read_records(rows, Some(&mut levels), None, &mut there)?;
            values.extend(spread(&levels, there));
        }
        (ColumnReader::ByteArrayColumnReader(mut reader), Values::Text(values)) => {
            reader.read_records(rows, None, None, &mut texts)?;
            for text in texts {
                values.push(told(text)?);
            }
        }
        (ColumnReader::ByteArrayColumnReader(mut reader), Values::MaybeText(values)) => {
            reader.read_records(rows, Some(&mut levels), None, &mut texts)?;
            let texts: Result<Vec<String>, TableError> = texts.into_iter().map(told).collect();
            values.extend(spread(&levels, texts?));
        }
        _ => return Err(wrong()),
    }
    Ok(())
}

fn spread<T>(levels: &[i16], there: Vec<T>) -> impl Iterator<Item = Option<T>> {
    let mut there = there.into_iter();
    levels
        .iter()
        .map(move |level| if *level > 0 { there.next() } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        let column = |name: &str, values| Column {
            name: name.to_owned(),
            values,
        };
        Table {
            name: "sample".to_owned(),
            format: 1,
            columns: vec![
                column("index", Values::Whole(vec![0, 1, 2])),
                column(
                    "gap",
                    Values::MaybeWhole(vec![None, Some(-7), Some(i64::MAX)]),
                ),
                column(
                    "zone",
                    Values::Text(vec!["048017".into(), String::new(), "NA".into()]),
                ),
                column(
                    "why",
                    Values::MaybeText(vec![Some("è così".into()), None, None]),
                ),
            ],
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let bytes = sample().to_bytes().unwrap();
        assert_eq!(Table::from_bytes(bytes, "sample", 1).unwrap(), sample());
    }

    #[test]
    fn a_table_without_rows_keeps_its_columns() {
        let mut empty = sample();
        empty.columns[0].values = Values::Whole(vec![]);
        empty.columns[1].values = Values::MaybeWhole(vec![]);
        empty.columns[2].values = Values::Text(vec![]);
        empty.columns[3].values = Values::MaybeText(vec![]);
        let bytes = empty.to_bytes().unwrap();
        assert_eq!(Table::from_bytes(bytes, "sample", 1).unwrap(), empty);
    }

    #[test]
    fn a_file_of_another_table_or_format_is_refused() {
        let bytes = sample().to_bytes().unwrap();
        for (name, format) in [("zones", 1), ("sample", 2)] {
            let read = Table::from_bytes(bytes.clone(), name, format);
            assert!(matches!(read, Err(TableError::Other { .. })), "{read:?}");
        }
        let cut = bytes[..bytes.len() / 2].to_vec();
        assert!(matches!(
            Table::from_bytes(cut, "sample", 1),
            Err(TableError::Parquet(_))
        ));
    }
}
