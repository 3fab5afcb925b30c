// Package email knows what the address of one person looks like.
package email

import "strings"

// longest is how many bytes an address has at most.
const longest = 254

// Plausible reports a text that may be the address of one person.
func Plausible(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && strings.Contains(domain, ".") &&
		!strings.ContainsAny(s, " <>,;\"") && len(s) <= longest && !strings.Contains(domain, "@")
}
