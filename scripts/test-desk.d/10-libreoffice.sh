# The workbooks in LibreOffice: they open, every check is computed again and comes to nothing, and what they say is Italian.
# A part of scripts/test-desk.sh.

install soffice libreoffice-calc
install pdftotext poppler-utils
install python3 python3-minimal
if command -v soffice >/dev/null 2>&1; then
    office() {
        soffice --headless --norestore --nolockcheck "-env:UserInstallation=file://$work/office" "$@" </dev/null >/dev/null 2>&1
    }
    for model in tiny toscana; do
        "$mappafondo" report "$work/$model" --out "$work/$model.xlsx" --per-zone "$work/$model-zones" --quiet ||
            fail "report of $model"
    done

    # Computed anew by LibreOffice: it does so with a formula whose result is missing, so the results are taken out first.
    for file in "$work/tiny.xlsx" "$work/toscana.xlsx" "$work/tiny-zones/piana.xlsx"; do
        name=$(basename "$file" .xlsx)
        rm -rf "$work/bare"
        mkdir "$work/bare"
        if ! (cd "$work/bare" && python3 - "$file" "$name.xlsx" <<'PY'
import re, sys, zipfile

source, target = sys.argv[1:]
count = 0
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
    for item in old.infolist():
        data = old.read(item)
        if item.filename.startswith("xl/worksheets/sheet"):
            text = data.decode()
            count += len(re.findall(r"</f><v>", text))
            text = re.sub(r"</f><v>[^<]*</v>", "</f>", text)
            data = text.encode()
        new.writestr(item, data)
print(f"      {target}: {count} formulas without their results")
PY
        ); then
            fail "$name: the results of the formulas could not be taken out (python3?)"
            continue
        fi
        office --convert-to ods --outdir "$work/bare" "$work/bare/$name.xlsx"
        if [ ! -s "$work/bare/$name.ods" ]; then
            fail "$name: LibreOffice does not open it"
            continue
        fi
        if told=$(python3 - "$work/bare/$name.ods" "$file" <<'PY'
import re, sys, zipfile
import xml.etree.ElementTree as tree

ods, xlsx = sys.argv[1:]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
root = tree.fromstring(zipfile.ZipFile(ods).read("content.xml"))
cells = {}
sheets = []
for sheet in root.iter(TABLE + "table"):
    name = sheet.get(TABLE + "name")
    sheets.append(name)
    row_number = 0
    for row in sheet.iter(TABLE + "table-row"):
        column = 0
        for cell in row:
            if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            repeated = int(cell.get(TABLE + "number-columns-repeated", "1"))
            if cell.get(OFFICE + "value-type"):
                shown = "".join(cell.itertext())
                for n in range(min(repeated, 64)):
                    cells[name, row_number, column + n] = (cell, shown)
            column += repeated
        row_number += int(row.get(TABLE + "number-rows-repeated", "1"))

# What mappafondo wrote as the result of each formula.
book = zipfile.ZipFile(xlsx)
names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
unescape = lambda text: text.replace("&apos;", "'").replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
wrong, formulas, checks, english = [], 0, 0, []
for number, name in enumerate(names, 1):
    name = unescape(name)
    text = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    for letters, row, value in re.findall(r'<c r="([A-Z]+)(\d+)"[^>]*><f>[^<]*</f><v>([^<]*)</v>', text):
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        found = cells.get((name, int(row) - 1, column - 1))
        formulas += 1
        if value == "":
            continue
        if found is None or found[0].get(OFFICE + "value") is None:
            wrong.append(f"{name}!{letters}{row}: {value} is missing")
            continue
        computed = float(found[0].get(OFFICE + "value"))
        if abs(computed - float(value)) > 0.004:
            wrong.append(f"{name}!{letters}{row}: {value} is computed as {computed}")
        if name == "Controlli" and letters == "E":
            checks += 1
            if abs(computed) > 1e-9 or found[1] != "0,00":
                wrong.append(f"Controlli!E{row} shows {found[1]}")
problems = [cell for cell, shown in cells.values() if shown.startswith(("#", "Err:"))]
if problems:
    wrong.append(f"{len(problems)} cells show an error")
if len(sheets) != len(names):
    wrong.append(f"{len(names)} sheets were written, {len(sheets)} opened")
print(f"{len(sheets)} sheets, {formulas} formulas computed again, {checks} checks" + ("" if wrong else " at 0,00"))
print("\n".join(wrong[:10]))
sys.exit(1 if wrong or checks == 0 else 0)
PY
        ); then
            pass "$name.xlsx in LibreOffice: $told"
        else
            fail "$name.xlsx in LibreOffice: $told"
        fi
    done

    office --convert-to pdf --outdir "$work" "$work/tiny.xlsx"
    if pdftotext -layout "$work/tiny.pdf" - 2>/dev/null | grep '214\.592,20' >/dev/null; then # not -q: it ends the pipe early, and that is a failure
        pass "tiny.xlsx printed: amounts as 214.592,20"
    else
        fail "tiny.xlsx printed: 214.592,20 is not there"
    fi

    # On paper: no letter below seven points (measured as drawn three times as large), and no more pages than an act bears.
    office --convert-to pdf --outdir "$work" "$work/toscana.xlsx"
    for name in tiny:20 toscana:60; do
        most=${name#*:} name=${name%:*}
        pages=$(pdfinfo "$work/$name.pdf" 2>/dev/null | sed -n 's/^Pages: *//p')
        least=$(pdftohtml -xml -i -zoom 3 -stdout "$work/$name.pdf" 2>/dev/null | grep -o '<fontspec[^>]* size="[0-9]*"' | grep -o '[0-9]*"$' | tr -d '"' | sort -n | head -n 1)
        if [ "${pages:-999}" -le "$most" ] && [ "${least:-0}" -ge 21 ]; then
            pass "$name.xlsx printed: $pages pages, letters of $((least / 3)) points at least"
        else
            fail "$name.xlsx printed: ${pages:-no} pages (at most $most), letters of ${least:-no} thirds of a point (at least 21)"
        fi
    done
else
    fail "LibreOffice is not there and cannot be installed"
fi
