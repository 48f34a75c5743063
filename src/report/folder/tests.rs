use super::*;
use crate::report::{fixture, infeasible_files, proposal_files};

fn proposal() -> BTreeMap<String, Vec<u8>> {
    proposal_files(&fixture::model(), &fixture::inputs(), &fixture::proposal())
        .unwrap()
        .files
}

fn publish(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let output = OutputFolder::open(folder).unwrap();
    output.stage(files).unwrap();
    output.commit().unwrap();
}

fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut names = BTreeSet::new();
    list(folder, "", &mut names).unwrap();
    names
        .into_iter()
        .map(|name| (name.clone(), fs::read(folder.join(&name)).unwrap()))
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_result_is_written_whole_and_replaced_whole() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("a/b/out");
    publish(&folder, &proposal());
    assert_eq!(read(&folder), proposal());
    fs::write(folder.join(".DS_Store"), "x").unwrap();
    let conflict = infeasible_files(
        &fixture::model(),
        &fixture::inputs(),
        &fixture::infeasible(),
    )
    .unwrap()
    .files;
    publish(&folder, &conflict);
    assert_eq!(read(&folder), conflict);
    assert_eq!(names(folder.parent().unwrap()), ["out"]);
}

#[test]
fn an_empty_folder_is_taken() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    fs::create_dir(&folder).unwrap();
    publish(&folder, &proposal());
    assert_eq!(read(&folder), proposal());
}

fn refused(folder: &Path) -> Vec<String> {
    let before = names(folder.parent().unwrap());
    let error = OutputFolder::open(folder).unwrap_err();
    assert_eq!(
        names(folder.parent().unwrap()),
        before,
        "something was left behind"
    );
    match error {
        FolderError::NotOurs { found, .. } => found,
        other => panic!("{other}"),
    }
}

#[test]
fn what_we_did_not_write_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("notes.txt"), "x").unwrap();
    assert_eq!(refused(&folder), ["notes.txt"]);
    fs::remove_file(folder.join("notes.txt")).unwrap();
    // Marks of a result that say nothing do not make it one.
    fs::create_dir(folder.join("dossier")).unwrap();
    fs::write(folder.join("summary.json"), "{}").unwrap();
    fs::write(folder.join("dossier/manifest.json"), "{}").unwrap();
    assert_eq!(refused(&folder), ["dossier/manifest.json", "summary.json"]);
    fs::remove_dir_all(&folder).unwrap();
    // A result of ours where somebody put a file of theirs.
    publish(&folder, &proposal());
    fs::write(folder.join("dossier/letter.docx"), "x").unwrap();
    fs::create_dir(folder.join("drafts")).unwrap();
    assert_eq!(refused(&folder), ["dossier/letter.docx", "drafts"]);
    let file = home.path().join("file");
    fs::write(&file, "x").unwrap();
    assert_eq!(refused(&file), ["file"]);
}

#[test]
fn two_runs_do_not_write_one_folder() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    let first = OutputFolder::open(&folder).unwrap();
    assert!(matches!(
        OutputFolder::open(&folder),
        Err(FolderError::Locked { .. })
    ));
    drop(first);
    assert!(names(home.path()).is_empty());
    OutputFolder::open(&folder).unwrap();
}

#[test]
fn the_next_run_puts_right_what_a_killed_one_left() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    publish(&folder, &proposal());
    // Killed while writing, and between the two renames.
    fs::create_dir(beside(&folder, "new")).unwrap();
    fs::write(beside(&folder, "lock"), "").unwrap();
    fs::rename(&folder, beside(&folder, "old")).unwrap();
    drop(OutputFolder::open(&folder).unwrap());
    assert_eq!(read(&folder), proposal());
    assert_eq!(names(home.path()), ["out"]);
}

#[test]
fn a_failed_write_leaves_the_earlier_result() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    publish(&folder, &proposal());
    let output = OutputFolder::open(&folder).unwrap();
    let clash = BTreeMap::from([("a".to_owned(), vec![1]), ("a/b".to_owned(), vec![2])]);
    assert!(matches!(output.stage(&clash), Err(FolderError::Io { .. })));
    drop(output);
    assert_eq!(read(&folder), proposal());
    assert_eq!(names(home.path()), ["out"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_followed() {
    let home = tempfile::tempdir().unwrap();
    let (real, link) = (home.path().join("real"), home.path().join("link"));
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    publish(&link, &proposal());
    assert_eq!(read(&real), proposal());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}
