# shellcheck shell=sh
# What a build needs to know on this machine. Source it from the repository root, after `make setup`:
#
#     . scripts/env.sh
#
# Sets, never unsets: PKG_CONFIG_PATH (the HiGHS built once by scripts/setup.sh), LIBCLANG_PATH and BINDGEN_EXTRA_CLANG_ARGS
# (only where libclang came with pip or without its headers), PKG_CONFIG (only where it came with pip), and the second solvers
# of the export tests, MAPPAFONDO_PYTHON, MAPPAFONDO_GLPSOL, MAPPAFONDO_CBC and MAPPAFONDO_SCIP. A value the caller has set is kept.
#
# No link arguments are needed: the highs.pc of the cache names the C++ library, so Cargo links it.

mf_root=${MAPPAFONDO_ROOT:-}
if [ -z "$mf_root" ]; then
    # bash knows the file it reads; any other shell must be in the root.
    # shellcheck disable=SC3028,SC3054
    if [ -n "${BASH_SOURCE:-}" ]; then
        mf_root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE:-}")/.." && pwd)
    else
        mf_root=$(pwd)
    fi
fi

mf_venv=$mf_root/.tools/venv
mf_cache=${MAPPAFONDO_CACHE:-${XDG_CACHE_HOME:-${HOME:-$mf_root/.tools}/.cache}/mappafondo}

# The C++ compiler, as `gcc-12.2.0-x86_64-linux-gnu`; empty without one.
mf_cxx=${CXX:-c++}
mf_compiler=
if command -v "$mf_cxx" >/dev/null 2>&1; then
    case $("$mf_cxx" --version 2>/dev/null) in
        *clang*) mf_compiler=clang ;;
        *) mf_compiler=gcc ;;
    esac
    mf_compiler=$mf_compiler-$("$mf_cxx" -dumpfullversion -dumpversion 2>/dev/null | head -n 1)
    mf_compiler=$mf_compiler-$("$mf_cxx" -dumpmachine 2>/dev/null)
fi

# The HiGHS that Cargo.lock asks for, built with that compiler. The last letter changes when the recipe of setup.sh does.
mf_highs_version=$(awk '/^name = "highs-sys"$/ { found = 1 } found && /^version = / { gsub(/"/, "", $3); print $3; exit }' "$mf_root/Cargo.lock" 2>/dev/null)
mf_highs=$mf_cache/highs-${mf_highs_version:-unknown}-${mf_compiler:-none}-a

if [ -f "$mf_highs/lib/pkgconfig/highs.pc" ]; then
    case :${PKG_CONFIG_PATH:-}: in
        *:"$mf_highs/lib/pkgconfig":*) ;;
        *) PKG_CONFIG_PATH=$mf_highs/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH} ;;
    esac
    export PKG_CONFIG_PATH
fi

if [ -z "${PKG_CONFIG:-}" ] && ! command -v pkg-config >/dev/null 2>&1 && [ -x "$mf_venv/bin/pkgconf" ]; then
    PKG_CONFIG=$mf_venv/bin/pkgconf
    export PKG_CONFIG
fi

if [ -z "${LIBCLANG_PATH:-}" ]; then
    for mf_file in "$mf_venv"/lib/python3*/site-packages/clang/native/libclang.*; do
        if [ -f "$mf_file" ]; then
            LIBCLANG_PATH=$(dirname "$mf_file")
            export LIBCLANG_PATH
            # The wheel has the library without the compiler's own headers (stddef.h): lend it those of the C compiler.
            mf_headers=$("${CC:-cc}" -print-file-name=include 2>/dev/null)
            if [ -z "${BINDGEN_EXTRA_CLANG_ARGS:-}" ] && [ -f "$mf_headers/stddef.h" ]; then
                BINDGEN_EXTRA_CLANG_ARGS=-I$mf_headers
                export BINDGEN_EXTRA_CLANG_ARGS
            fi
            break
        fi
    done
fi

# `none` tells the export tests that setup tried and failed: they say SKIPPED. Unset, they look for themselves.
if [ -z "${MAPPAFONDO_PYTHON:-}" ] && [ -x "$mf_venv/bin/python" ]; then
    for mf_file in "$mf_venv"/lib/python3*/site-packages/highspy; do
        if [ -d "$mf_file" ]; then
            MAPPAFONDO_PYTHON=$mf_venv/bin/python
            export MAPPAFONDO_PYTHON
        fi
    done
fi
if [ -z "${MAPPAFONDO_GLPSOL:-}" ]; then
    mf_file=$(command -v glpsol 2>/dev/null || :)
    if [ -n "$mf_file" ]; then
        MAPPAFONDO_GLPSOL=$mf_file
        export MAPPAFONDO_GLPSOL
    fi
fi
if [ -z "${MAPPAFONDO_SCIP:-}" ] && [ -x "$mf_venv/bin/python" ]; then
    for mf_file in "$mf_venv"/lib/python3*/site-packages/pyscipopt; do
        if [ -d "$mf_file" ]; then
            MAPPAFONDO_SCIP=$mf_venv/bin/python
            export MAPPAFONDO_SCIP
        fi
    done
fi
if [ -z "${MAPPAFONDO_CBC:-}" ]; then
    mf_file=$(command -v cbc 2>/dev/null || :)
    # The wheel of PuLP has one of its own.
    mf_kind=$(uname -s -m 2>/dev/null | sed 's/^Linux x86_64$/i64/; s/^Linux aarch64$/arm64/')
    for mf_wheel in "$mf_venv"/lib/python3*/site-packages/pulp/solverdir/cbc/linux/"$mf_kind"/cbc; do
        [ -n "$mf_file" ] || [ ! -f "$mf_wheel" ] || mf_file=$mf_wheel
    done
    if [ -n "$mf_file" ]; then
        MAPPAFONDO_CBC=$mf_file
        export MAPPAFONDO_CBC
    fi
fi
unset mf_file mf_headers mf_wheel mf_kind
