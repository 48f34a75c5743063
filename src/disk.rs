//! Reading from a disk where a path may be anything, and what the system answers in the reader's language.
//!
//! A pipe or a device given as a file would be waited for without end: only regular files are opened, and of each no more is
//! read than the caller allows.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::model::Language;

/// Largest file that is read whole where nothing smaller is said, in bytes: a dossier, a plan, a part of a run.
pub const LARGEST_FILE: u64 = 2_000_000_000;

/// The content of a regular file.
///
/// # Errors
/// What the system says; what is no regular file ([`DiskFault::NotAFile`]) or holds more than `most` bytes
/// ([`DiskFault::TooLarge`]), found without waiting for a pipe and without reading more than `most`.
pub fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(DiskFault::NotAFile.into());
    }
    let mut bytes = Vec::new();
    let read = File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read <= most) {
        Ok(bytes)
    } else {
        Err(DiskFault::TooLarge.into())
    }
}

/// First and last part of the name of a file that is being written.
const PART: (&str, &str) = (".mappafondo-", ".part");

/// Writes a file whole or not at all: beside its place, to the disk, then by its name. What a killed run left of this kind in the
/// folder is removed.
///
/// # Errors
/// What the system says; the file is then as it was.
pub fn replace_file(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    remove_left_parts(folder);
    let mut part = loop {
        let part = new_part(folder)?;
        // The lock says that the file has its writer. One that was taken for a left part before it had its lock is made anew.
        match part.as_file().try_lock() {
            Err(TryLockError::WouldBlock) => {}
            Ok(()) if !part.path().exists() => {}
            _ => break part,
        }
    };
    part.write_all(bytes)?;
    part.as_file().sync_all()?;
    part.persist(file)?;
    Ok(())
}

fn new_part(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PART.0).suffix(PART.1);
    // As any new file: what others may read of it is for the umask to say.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Removes the parts whose writer is gone. What cannot be looked at is left: the new file does not depend on it.
fn remove_left_parts(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_part = name.starts_with(PART.0) && name.ends_with(PART.1);
        if !is_part || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let is_left = File::open(entry.path()).is_ok_and(|part| part.try_lock().is_ok());
        if is_left {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Why a file could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiskFault {
    /// The disk or the quota is full.
    Full,
    /// More bytes than are allowed.
    TooLarge,
    /// The user may not.
    Forbidden,
    /// Nothing of this name.
    Absent,
    /// A folder, a pipe, a socket or a device in place of a file.
    NotAFile,
    /// Links that lead to one another without end.
    Loop,
    /// A name longer than the system takes, or with bytes it refuses.
    BadName,
    /// The name is taken, or the folder holds something.
    Taken,
    /// Another program has it.
    Busy,
    /// It ends before it should.
    CutShort,
    /// The device could not read or write.
    Device,
    /// Anything else of the system, by its number and in its own words.
    System(i32, String),
    /// Anything else.
    Other(String),
}

impl From<&io::Error> for DiskFault {
    fn from(error: &io::Error) -> Self {
        if let Some(fault) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return Self::clone(fault);
        }
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::FileTooLarge => Self::TooLarge,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Forbidden,
            io::ErrorKind::NotFound => Self::Absent,
            io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => Self::NotAFile,
            io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => Self::BadName,
            // `FilesystemLoop` has no stable name yet: Linux and macOS number it so.
            _ if matches!(error.raw_os_error(), Some(40 | 62)) => Self::Loop,
            io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => Self::Taken,
            io::ErrorKind::ResourceBusy
            | io::ErrorKind::ExecutableFileBusy
            | io::ErrorKind::WouldBlock
            | io::ErrorKind::TimedOut => Self::Busy,
            io::ErrorKind::UnexpectedEof | io::ErrorKind::WriteZero | io::ErrorKind::BrokenPipe => {
                Self::CutShort
            }
            _ => match error.raw_os_error() {
                Some(5) => Self::Device,
                Some(number) => Self::System(number, error.to_string()),
                None => Self::Other(error.to_string()),
            },
        }
    }
}

impl From<DiskFault> for io::Error {
    fn from(fault: DiskFault) -> Self {
        let kind = match fault {
            DiskFault::TooLarge => io::ErrorKind::FileTooLarge,
            _ => io::ErrorKind::InvalidInput,
        };
        Self::new(kind, fault)
    }
}

impl std::error::Error for DiskFault {}

impl fmt::Display for DiskFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl DiskFault {
    /// The reason in a language, as it stands after a colon.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let (italian, english) = match self {
            Self::Full => ("il disco è pieno", "the disk is full"),
            Self::TooLarge => (
                "il file supererebbe la grandezza permessa",
                "the file would be larger than is allowed",
            ),
            Self::Forbidden => ("permesso negato", "permission denied"),
            Self::Absent => ("non esiste", "there is no such file or folder"),
            Self::NotAFile => (
                "non è un file ma una cartella, una pipe o un dispositivo",
                "it is not a file but a folder, a pipe or a device",
            ),
            Self::Loop => (
                "i collegamenti portano l'uno all'altro senza fine",
                "the links lead to one another without end",
            ),
            Self::BadName => (
                "il sistema non accetta questo nome",
                "the system does not take this name",
            ),
            Self::Taken => (
                "esiste già, o la cartella non è vuota",
                "it exists already, or the folder is not empty",
            ),
            Self::Busy => (
                "un altro programma lo sta usando",
                "another program is using it",
            ),
            Self::CutShort => (
                "la lettura o la scrittura si è interrotta a metà",
                "reading or writing ended half way",
            ),
            Self::Device => (
                "il disco non riesce a leggere o a scrivere",
                "the disk cannot read or write",
            ),
            Self::System(number, said) => {
                return match language {
                    Language::Italian => format!("errore {number} del sistema"),
                    Language::English => said.clone(),
                };
            }
            Self::Other(said) => return said.clone(),
        };
        match language {
            Language::Italian => italian,
            Language::English => english,
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_regular_file_is_read_and_no_more_of_it_than_allowed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, b"12345").unwrap();
        assert_eq!(read_file(&file, 5).unwrap(), b"12345");
        let fault = |path: &Path, most| DiskFault::from(&read_file(path, most).unwrap_err());
        assert_eq!(fault(&file, 4), DiskFault::TooLarge);
        assert_eq!(fault(folder.path(), 5), DiskFault::NotAFile);
        assert_eq!(fault(&folder.path().join("none"), 5), DiskFault::Absent);
        assert_eq!(fault(&file.join("below"), 5), DiskFault::NotAFile);
    }

    #[test]
    fn a_file_is_replaced_whole_and_what_a_killed_run_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join(".mappafondo-abc123.part");
        let written = folder.path().join(".mappafondo-def456.part");
        let foreign = folder.path().join("notes.part");
        for path in [&left, &written, &foreign] {
            std::fs::write(path, b"half").unwrap();
        }
        let writer = File::open(&written).unwrap();
        writer.lock().unwrap();
        let file = folder.path().join("plan.html");
        replace_file(&file, b"one").unwrap();
        replace_file(&file, b"two").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
        assert!(!left.exists());
        assert!(written.exists() && foreign.exists());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_a_device_and_a_link_to_them_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let socket = folder.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        for path in [&pipe, &socket, &link, Path::new("/dev/zero")] {
            let fault = DiskFault::from(&read_file(path, 5).unwrap_err());
            assert_eq!(fault, DiskFault::NotAFile, "{}", path.display());
        }
        let circle = folder.path().join("circle");
        std::os::unix::fs::symlink(&circle, &circle).unwrap();
        let fault = DiskFault::from(&read_file(&circle, 5).unwrap_err());
        assert_eq!(fault, DiskFault::Loop);
    }
}
