//! Random models against a formulation in another language: `tests/independent/models.py`, which needs Python with highspy.

use std::process::Command;

/// Seeds of the suite; a campaign takes other ones (`make campaign`).
const MODELS: &str = "250";

#[test]
fn random_models_have_a_plan_and_a_first_goal_where_another_formulation_does() {
    let python = std::env::var("MAPPAFONDO_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has_solver = Command::new(&python)
        .args(["-c", "import highspy"])
        .output()
        .is_ok_and(|ran| ran.status.success());
    if !has_solver {
        println!("SKIPPED: no Python with highspy (make setup)");
        return;
    }
    let ran = Command::new(python)
        .args([
            "tests/independent/models.py",
            env!("CARGO_BIN_EXE_mappafondo"),
        ])
        .args(["0", MODELS])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert!(told.contains("0 at fault"), "{told}");
}
