# shellcheck shell=bash
# The released program itself: it says nothing about the machine that built it.

for folder in "${CARGO_HOME:-$HOME/.cargo}/registry" "$PWD/"; do
    if grep -qaF -- "$folder" "$mappafondo"; then
        fail "the program names $folder"
    else
        pass "the program does not name the folders of the machine that built it"
    fi
done
