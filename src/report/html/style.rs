//! The style sheet of the page, and the hash by which its policy knows it.

/// The style sheet, as it stands in the page.
pub(super) const STYLE: &str = include_str!("page.css");

/// Its hash, as a content-security policy has it.
pub(super) const STYLE_HASH: &str = "sha256-3RB2ZfSg3T8d/vrRBKiYawCFg/fARhRmHMEC5+g6sDg=";

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let three = [
                chunk[0],
                *chunk.get(1).unwrap_or(&0),
                *chunk.get(2).unwrap_or(&0),
            ];
            let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
            for place in 0..4 {
                let is_digit = place <= chunk.len();
                let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
                text.push(if is_digit { char::from(digit) } else { '=' });
            }
        }
        text
    }

    #[test]
    fn the_policy_knows_the_style_sheet() {
        assert_eq!(base64(b"Ma"), "TWE=");
        let hash = format!("sha256-{}", base64(&Sha256::digest(STYLE.as_bytes())));
        assert_eq!(
            STYLE_HASH, hash,
            "page.css has changed: write its new hash as STYLE_HASH"
        );
    }

    #[test]
    fn the_style_sheet_asks_for_nothing_and_ends_nowhere_else() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains('<'));
    }
}
