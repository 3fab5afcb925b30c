// Package email knows what the address of one person looks like.
package email

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is how many bytes an address has at most.
const longest = 254

// Plausible reports a text that may be the address of one person.
func Plausible(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && strings.Contains(domain, ".") &&
		!strings.ContainsAny(s, " <>,;\"") && !strings.ContainsFunc(s, unicode.IsControl) && len(s) <= longest && !strings.Contains(domain, "@")
}

// Mask hides whose address it is, as a record or a log may show it:
// a…@example.com.
func Mask(s string) string {
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" {
		return "…"
	}
	first, _ := utf8.DecodeRuneInString(local)
	return string(first) + "…@" + domain
}
