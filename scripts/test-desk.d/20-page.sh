# shellcheck shell=bash
# The page in a browser: Debian's Chromium, driven by playwright-core, judged by axe-core (tests/desk). Node and npm as they are, or Debian's.

# page_lines: counts the lines that page.mjs says; more than none, and its exit code, count too
page_lines() {
    local lines=0 line
    while IFS= read -r line; do
        lines=$((lines + 1))
        case $line in
            ok*) pass "${line#ok    }" ;;
            *) fail "${line#FAIL  }" ;;
        esac
    done
    [ "$lines" -ge 10 ] || fail "the browser said only $lines lines"
}

page_checks() {
    local desk=$work/desk chromium page name
    install chromium chromium fonts-liberation || { fail "chromium is not installed"; return; }
    chromium=$(command -v chromium)
    install npm nodejs npm || { fail "npm is not installed"; return; }
    mkdir -p "$desk" && cp tests/desk/* "$desk" || { fail "cannot copy tests/desk"; return; }
    npm ci --prefix "$desk" --ignore-scripts --no-audit --no-fund --silent </dev/null || { fail "npm ci of tests/desk"; return; }

    # Every free text a payload.
    node "$desk/hostile.mjs" models/tiny tests/data/payloads.json "$work/hostile-model" >/dev/null &&
        "$mappafondo" solve "$work/hostile-model" --out "$work/hostile" --quiet || fail "the hostile model has no plan"

    "$mappafondo" report "$work/toscana" --out "$work/toscana.html" --quiet &&
        "$mappafondo" report "$work/toscana" --out "$work/toscana-en.html" --locale en --quiet --per-zone "$work/zones" &&
        "$mappafondo" report "$work/tiny" --out "$work/tiny.html" --quiet --compare "$work/hostile" &&
        "$mappafondo" report "$work/hostile" --out "$work/hostile.html" --quiet || fail "a page was not written"
    [ -d "$work/zones" ] && cp "$work/zones/firenze.html" "$work/firenze.html"
    for page in toscana toscana-en firenze tiny hostile; do
        [ -f "$work/$page.html" ] || { fail "$page.html is missing"; continue; }
        page_lines < <(node "$desk/page.mjs" "$chromium" "$work/$page.html" "$page" ${MAPPAFONDO_SHOTS:+"$MAPPAFONDO_SHOTS"} 2>&1)
    done
}

page_checks
