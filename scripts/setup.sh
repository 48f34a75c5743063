#!/usr/bin/env bash
# Prepares this machine: the tools that HiGHS needs, and HiGHS itself, built once per user and compiler. Safe to run again.
#
#   scripts/setup.sh                    what a build needs
#   scripts/setup.sh --second-solvers   also what the export tests compare with: highspy, glpsol, cbc and SCIP (pyscipopt)
#   scripts/setup.sh --quiet            no closing line
#
# As root, packages come with apt; otherwise, or when apt cannot, as Python wheels in .tools/venv.
# The pure Rust build (`cargo build --no-default-features --features clarabel,cli`) needs none of this.
set -euo pipefail

venv=.tools/venv
apt_lists_are_new=no

note() { echo "setup: $*" >&2; }
fail() {
    echo "setup: error: $*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# Installs Debian packages; false where that is not possible.
apt_install() {
    [ "$(id -u)" = 0 ] && have apt-get || return 1
    local log=.tools/apt.log options=(-q -y -o DPkg::Lock::Timeout=300)
    export DEBIAN_FRONTEND=noninteractive
    if [ $apt_lists_are_new = no ]; then
        apt-get "${options[@]}" update >"$log" 2>&1 </dev/null || :
        apt_lists_are_new=yes
    fi
    note "installing $* with apt"
    apt-get "${options[@]}" install --no-install-recommends "$@" >>"$log" 2>&1 </dev/null && return 0
    note "apt could not install $* (see $log)"
    return 1
}

# A Python environment of ours, for tools and for the second solver.
make_venv() {
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 && return 0
    have python3 || apt_install python3 || return 1
    rm -rf "$venv"
    python3 -m venv "$venv" >/dev/null 2>&1 && return 0
    apt_install python3-venv || return 1
    rm -rf "$venv"
    python3 -m venv "$venv" >/dev/null 2>&1
}

# Installs Python wheels into .tools/venv; false where that is not possible.
pip_install() {
    make_venv || return 1
    note "installing $* with pip"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: "$@" >.tools/pip.log 2>&1 </dev/null && return 0
    note "pip could not install $* (see .tools/pip.log)"
    return 1
}

# Is there a file of this name? Takes patterns, expanded or not.
any_file() {
    local file
    for file in "$@"; do
        [ -f "$file" ] && return 0
    done
    return 1
}

# Is there a folder of this name? Takes patterns, expanded or not.
any_folder() {
    local folder
    for folder in "$@"; do
        [ -d "$folder" ] && return 0
    done
    return 1
}

have_libclang() {
    any_file "${LIBCLANG_PATH:-/nonexistent}"/libclang* "$venv"/lib/python3*/site-packages/clang/native/libclang.* && return 0
    # A system libclang is of use with the headers of its compiler beside it.
    any_file /usr/lib/llvm-*/lib/clang/*/include/stddef.h /usr/lib*/clang/*/include/stddef.h /usr/local/lib/clang/*/include/stddef.h \
        /opt/homebrew/opt/llvm/lib/clang/*/include/stddef.h /Library/Developer/CommandLineTools/usr/lib/clang/*/include/stddef.h &&
        any_file /usr/lib/llvm-*/lib/libclang.so* /usr/lib/llvm-*/lib/libclang-[0-9]*.so* /usr/lib/*/libclang-[0-9]*.so* /usr/lib*/libclang.so* \
            /usr/local/lib/libclang.so* /opt/homebrew/opt/llvm/lib/libclang.dylib /Library/Developer/CommandLineTools/usr/lib/libclang.dylib
}

# Cargo says where the source is; it is the one that highs-sys would build itself.
highs_source() {
    local manifest
    cargo fetch --locked --quiet </dev/null || fail "cargo fetch --locked failed: is Cargo.lock up to date, and crates.io within reach?"
    manifest=$(cargo metadata --locked --offline --format-version 1 </dev/null 2>/dev/null |
        grep -o '"manifest_path":"[^"]*/highs-sys-[^"/]*/Cargo.toml"' | head -n 1 | cut -d '"' -f 4)
    [ -n "$manifest" ] || fail "Cargo.lock names no highs-sys"
    echo "$(dirname "$manifest")/HiGHS"
}

# Builds HiGHS as a static, position independent library into the folder $1: all of it or nothing.
build_highs() {
    local prefix=$1 cmake=cmake source version work log libraries started=$SECONDS
    have make || have ninja || apt_install make || fail "make is missing: install it (Debian: make)"
    have cmake || [ -x "$venv/bin/cmake" ] || apt_install cmake || pip_install cmake || fail "cmake is missing: install it (Debian: cmake)"
    have cmake || cmake=$PWD/$venv/bin/cmake

    source=$(highs_source)
    [ -f "$source/CMakeLists.txt" ] || fail "no HiGHS source in $source"
    version=$(sed -n 's/^HIGHS_M[A-Z]*=\([0-9]*\)$/\1/p; s/^HIGHS_PATCH=\([0-9]*\)$/\1/p' "$source/Version.txt" | paste -s -d . -)
    note "building HiGHS $version, once for this user and compiler: 4 to 8 minutes on two cores"

    work=$(mktemp -d "$mf_cache/.highs-build.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    log=$work/build.log
    if ! {
        "$cmake" -S "$source" -B "$work/build" -DCMAKE_INSTALL_PREFIX="$work/highs" -DCMAKE_INSTALL_LIBDIR=lib \
            -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$mf_cxx" -DCMAKE_CXX_FLAGS="-ffunction-sections -fdata-sections" \
            -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_INTERPROCEDURAL_OPTIMIZATION=OFF -DFAST_BUILD=ON -DBUILD_SHARED_LIBS=OFF \
            -DBUILD_CXX_EXE=OFF -DBUILD_TESTING=OFF -DBUILD_EXAMPLES=OFF -DZLIB=OFF &&
            "$cmake" --build "$work/build" --parallel "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" &&
            "$cmake" --install "$work/build"
    } >"$log" 2>&1 </dev/null; then
        cp "$log" .tools/highs-build.log
        tail -n 20 "$log" >&2
        fail "HiGHS did not build; all it said is in .tools/highs-build.log"
    fi
    [ -f "$work/highs/lib/libhighs.a" ] || fail "HiGHS was built, but there is no lib/libhighs.a"

    # A highs.pc of ours: it can be moved, and it names the C++ library, which HiGHS leaves out for a static build.
    libraries='-lstdc++ -lm -lpthread'
    case $mf_compiler in *-apple-*) libraries=-lc++ ;; esac
    mkdir -p "$work/highs/lib/pkgconfig"
    cat >"$work/highs/lib/pkgconfig/highs.pc" <<PC
prefix=\${pcfiledir}/../..
libdir=\${prefix}/lib
includedir=\${prefix}/include/highs

Name: HiGHS
Description: Linear optimization software, static, built by mappafondo
URL: https://github.com/ERGO-Code/HiGHS
Version: $version
Libs: -L\${libdir} -lhighs $libraries
Cflags: -I\${includedir}
PC
    cp "$source/LICENSE.txt" "$source/THIRD_PARTY_NOTICES.md" "$work/highs/"
    # Whoever comes second finds the folder there and leaves it.
    [ -d "$prefix" ] || mv "$work/highs" "$prefix"
    rm -rf "$work"
    trap - EXIT
    note "built in $((SECONDS - started)) s"
}

# Tells Cargo where HiGHS is, so that a plain `cargo build`, and an editor, find it with nothing sourced, and that no program
# names the folders of the machine that built it. What the caller sets in the environment comes first; a .cargo/config.toml that
# is not ours is left alone.
write_cargo_config() {
    local config=.cargo/config.toml mark='# Written by scripts/setup.sh for this machine; not in git.' name folder
    local sources=${CARGO_HOME:-${HOME:-}/.cargo}/registry/src
    [ -f "$config" ] && [ "$(head -n 1 "$config")" != "$mark" ] && return 0
    mkdir -p .cargo
    any_folder "$sources"/* || cargo fetch --locked --quiet </dev/null || :
    {
        printf '%s\n[build]\nrustflags = [\n' "$mark"
        for folder in "$sources"/*/; do
            printf "    '--remap-path-prefix=%s=crates',\n" "${folder%/}"
        done
        printf ']\n\n[env]\n'
        printf "PKG_CONFIG_PATH = '%s'\n" "$mf_highs/lib/pkgconfig"
        for name in PKG_CONFIG LIBCLANG_PATH BINDGEN_EXTRA_CLANG_ARGS; do
            [ -z "${!name:-}" ] || printf "%s = '%s'\n" "$name" "${!name}"
        done
    } >"$config.part"
    if cmp -s "$config.part" "$config"; then rm "$config.part"; else mv "$config.part" "$config"; fi
}

main() {
    local second_solvers=no quiet=no argument pkg_config
    for argument in "$@"; do
        case $argument in
            --second-solvers) second_solvers=yes ;;
            --quiet) quiet=yes ;;
            *)
                echo "setup: unknown argument $argument" >&2
                exit 2
                ;;
        esac
    done

    cd "$(dirname "${BASH_SOURCE[0]}")/.."
    export MAPPAFONDO_ROOT="$PWD"
    mkdir -p .tools

    # Two runs at once would do everything twice: the second one waits. Without flock they do just that, and the rename
    # at the end of the build keeps the result whole.
    if have flock; then
        exec 9>.tools/setup.lock
        flock -n 9 || {
            note "another set-up is running here: waiting for it"
            flock 9
        }
    fi

    have cargo || fail "cargo is missing: install Rust 1.95 or later, https://rustup.rs"
    have "${CXX:-c++}" || apt_install g++ || fail "a C++ compiler is missing: install one (Debian: g++)"
    have_libclang || apt_install libclang-dev || pip_install libclang ||
        fail "libclang is missing: install it (Debian: libclang-dev), or build without HiGHS: cargo build --no-default-features --features clarabel,cli"
    have pkg-config || [ -x "$venv/bin/pkgconf" ] || apt_install pkg-config || pip_install pkgconf ||
        fail "pkg-config is missing: install it (Debian: pkg-config)"

    # shellcheck source=scripts/env.sh
    . scripts/env.sh
    [ -n "$mf_highs_version" ] || fail "Cargo.lock names no highs-sys"
    if [ ! -f "$mf_highs/lib/pkgconfig/highs.pc" ]; then
        # Every checkout of this user shares the cache: it has a lock of its own.
        mkdir -p "$mf_cache"
        if have flock; then
            exec 8>"$mf_cache/setup.lock"
            flock -n 8 || {
                note "another checkout is building HiGHS: waiting for it"
                flock 8
            }
        fi
        [ -f "$mf_highs/lib/pkgconfig/highs.pc" ] || build_highs "$mf_highs"
        exec 8>&-
        # shellcheck source=scripts/env.sh
        . scripts/env.sh
    fi
    write_cargo_config

    if [ $second_solvers = yes ]; then
        [ -n "${MAPPAFONDO_PYTHON:-}" ] || pip_install 'highspy~=1.15.0' || note "SKIPPED: no highspy, so the export tests that need it do not run"
        [ -n "${MAPPAFONDO_SCIP:-}" ] || pip_install 'pyscipopt~=6.3' || note "SKIPPED: no pyscipopt, so the export tests that need SCIP do not run"
        [ -n "${MAPPAFONDO_CBC:-}" ] || apt_install coinor-cbc || pip_install 'pulp~=3.3' || note "SKIPPED: no cbc (Debian: coinor-cbc), so the export tests that need it do not run"
        [ -n "${MAPPAFONDO_GLPSOL:-}" ] || apt_install glpk-utils || note "SKIPPED: no glpsol (Debian: glpk-utils), so the export tests that need it do not run"
    fi

    if [ $quiet = no ]; then
        pkg_config=${PKG_CONFIG:-pkg-config}
        echo "setup: HiGHS $("$pkg_config" --modversion highs) in ${mf_highs/#"${HOME:-/nonexistent}"/\~} (bindings: highs-sys $mf_highs_version)"
    fi
}

main "$@"
exit
