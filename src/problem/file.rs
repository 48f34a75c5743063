//! Files that cannot be taken in: missing, outside the folder, too large, or not what their name says.

use super::kinds::problem_kinds;
use super::say::{Nearest, Shown};
use crate::disk::DiskFault;

problem_kinds! {
    /// A file that cannot be taken in.
    FileProblem: Error

    Unreadable { reason: DiskFault } = "model::unreadable"
        it: "non si riesce a leggere: {reason}.", "Controllare il percorso e i permessi.";
        en: "cannot be read: {reason}.", "Check the path and the permissions.";
    NotAFolder = "model::unreadable"
        it: "non è una cartella.", "Indicare la cartella che contiene model.toml, o una cartella di lavoro .xlsx o .ods.";
        en: "is not a folder.", "Give the folder that contains model.toml, or an .xlsx or .ods workbook.";
    Missing = "model::missing_file"
        it: "il file manca.", "Aggiungerlo alla cartella del modello.";
        en: "the file is missing.", "Add it to the model's folder.";
    Misnamed { nearest: Nearest } = "model::unknown_file"
        it: "nessuna tabella ha questo nome, e il file non sarebbe letto.", "{nearest}Rinominare il file o toglierlo dalla cartella.";
        en: "no table has this name, so the file would not be read.", "{nearest}Rename the file or take it out of the folder.";
    Outside = "model::outside_folder"
        it: "il collegamento porta fuori dalla cartella del modello.", "Copiare il file nella cartella.";
        en: "the link leads outside the model's folder.", "Copy the file into the folder.";
    NotRegular = "model::not_a_file"
        it: "non è un file ma una cartella, una pipe o un dispositivo.", "Mettere al suo posto un file.";
        en: "is not a file but a folder, a pipe or a device.", "Put a file in its place.";
    TooLarge { limit: u64 } = "model::file_size"
        it: "il file supera il limite di {limit} MB.", "Controllare che sia il file giusto, o dividere il modello.";
        en: "the file is over the limit of {limit} MB.", "Check that it is the right file, or split the model.";
    Empty = "model::empty_file"
        it: "il file è vuoto.", "Scrivere almeno la riga dei nomi delle colonne, o togliere il file.";
        en: "the file is empty.", "Write at least the line of column names, or take the file away.";
    Utf16 = "model::encoding"
        it: "il file sembra salvato come \"Testo Unicode\" (UTF-16).", "In Excel: Salva con nome, \"CSV UTF-8 (delimitato da virgole)\".";
        en: "the file seems saved as \"Unicode Text\" (UTF-16).", "In Excel: Save As, \"CSV UTF-8 (comma delimited)\".";
    NotUtf8 { byte: Shown, table: Shown } = "model::encoding"
        it: "il byte {byte} non è UTF-8; il file sembra in Windows-1252 (il \"CSV\" semplice di Excel).", "Salvare come \"CSV UTF-8\", oppure dichiarare in model.toml encoding = \"windows-1252\" sotto [files.{table}].";
        en: "byte {byte} is not UTF-8; the file seems to be Windows-1252 (Excel's plain \"CSV\").", "Save it as \"CSV UTF-8\", or declare encoding = \"windows-1252\" under [files.{table}] in model.toml.";
    TomlNotUtf8 { byte: Shown } = "model::encoding"
        it: "il byte {byte} non è UTF-8.", "Salvare model.toml in UTF-8 da un editor di testo.";
        en: "byte {byte} is not UTF-8.", "Save model.toml as UTF-8 from a text editor.";
    DeclaredWindowsIsUtf8 = "model::encoding"
        it: "il file è dichiarato windows-1252 ma è in UTF-8.", "Togliere encoding = \"windows-1252\" da model.toml.";
        en: "the file is declared windows-1252 but it is UTF-8.", "Remove encoding = \"windows-1252\" from model.toml.";
    Nul = "model::encoding"
        it: "il file contiene byte NUL: sembra un file binario, non un testo.", "Riaprirlo con il programma che lo ha creato e salvarlo come \"CSV UTF-8\".";
        en: "the file contains NUL bytes: it seems binary, not text.", "Open it with the program that made it and save it as \"CSV UTF-8\".";
    Gzip = "model::encoding"
        it: "il file è compresso (gzip).", "Decomprimerlo e mettere nella cartella il testo.";
        en: "the file is compressed (gzip).", "Decompress it and put the text in the folder.";
    Zip = "model::encoding"
        it: "il file è uno zip: sembra una cartella di lavoro (.xlsx o .ods) con un altro nome.", "Aprirlo in Excel o LibreOffice e salvare il foglio come \"CSV UTF-8\".";
        en: "the file is a zip: it seems a workbook (.xlsx or .ods) under another name.", "Open it in Excel or LibreOffice and save the sheet as \"CSV UTF-8\".";
    OldWorkbook = "model::encoding"
        it: "il file sembra una vecchia cartella di lavoro di Excel (.xls).", "Aprirlo e salvare il foglio come \"CSV UTF-8\".";
        en: "the file seems an old Excel workbook (.xls).", "Open it and save the sheet as \"CSV UTF-8\".";
    Pdf = "model::encoding"
        it: "il file è un PDF.", "Copiare la tabella in un foglio e salvarlo come \"CSV UTF-8\".";
        en: "the file is a PDF.", "Copy the table into a sheet and save it as \"CSV UTF-8\".";
    Html = "model::encoding"
        it: "il file è una pagina HTML: forse è stata salvata la pagina al posto della tabella.", "Scaricare la tabella, aprirla e salvarla come \"CSV UTF-8\".";
        en: "the file is an HTML page: perhaps the page was saved instead of the table.", "Download the table, open it and save it as \"CSV UTF-8\".";
}
