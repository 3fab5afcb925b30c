package email_test

import (
	"strings"
	"testing"

	"kassa/pos/email"
)

func TestPlausible(t *testing.T) {
	for text, want := range map[string]bool{
		"a@b.ru": true, "имя@почта.рф": true, "": false, "@b.ru": false, "a@b": false, "a@b@c.ru": false, "a b@c.ru": false, "a@b.ru,c@d.ru": false,
		"<a@b.ru>": false, "a@b.ru\r\nBcc: c@d.ru": false, "a@b.ru\n": false, "a\x00@b.ru": false, strings.Repeat("a", 250) + "@b.ru": false,
	} {
		if email.Plausible(text) != want {
			t.Errorf("%q", text)
		}
	}
}

func TestMask(t *testing.T) {
	for text, want := range map[string]string{"anna@example.com": "a…@example.com", "я@почта.рф": "я…@почта.рф", "anna": "…", "@example.com": "…", "": "…"} {
		if got := email.Mask(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
