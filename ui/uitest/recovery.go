package uitest

import "strings"

// LastGroup reads the last group of the recovery code that is shown, "" where none
// is: what a person types back who has written it down.
func LastGroup(w *Window) string {
	for _, text := range Texts(w) {
		if part := strings.Split(text, "-"); len(part) == 5 && len(text) == 29 {
			return part[4]
		}
	}
	return ""
}
