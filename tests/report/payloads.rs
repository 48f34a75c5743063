//! Texts that try to act on who opens them: as a formula, a link, markup, a command to a terminal.

/// Twenty-two of them.
pub(crate) const PAYLOADS: [&str; 22] = [
    "=1+1",
    "=HYPERLINK(\"http://example.invalid\",\"x\")",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\u{0}=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\"=1+1",
    "';=1+1;\"",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]><f>1+1</f>",
    "javascript:alert(1)",
    "\u{1b}]0;x\u{7}\u{1b}[31m",
    "\u{202e}gpj.exe",
];
