package vendorhttp

// What a vendor says, made fit for a screen and a log.

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"kassa/pos/hidden"
)

// Mask makes a vendor's words fit for a screen and a log. The zero Mask knows no secrets and hides phones and codes
// all the same.
type Mask struct{ secrets []hidden.Text }

// NewMask hides these secrets wherever they occur.
func NewMask(secrets ...hidden.Text) Mask { return Mask{secrets: secrets} }

const masked = "***"

var (
	// longDigits are numbers that could be a phone or a code, also when written in groups.
	longDigits = regexp.MustCompile(`\d(?:[\s().-]{0,2}\d){3,}`)

	// userinfo is a name and password in an address.
	userinfo = regexp.MustCompile(`//[^/\s@"]*@`)
)

// MaxLine is the most characters of a vendor's words that are shown.
const MaxLine = 160

// Line returns one short line without a secret, in whatever way an address or a form writes it, without anything that
// could be somebody's phone or code, and without characters that cannot be seen.
func (m Mask) Line(text string) string {
	for _, s := range m.secrets {
		value := s.Reveal()
		if value == "" {
			continue
		}
		for _, written := range []string{value, url.QueryEscape(value), url.PathEscape(value)} {
			text = strings.ReplaceAll(text, written, masked)
		}
	}
	text = userinfo.ReplaceAllString(text, "//"+masked+"@")
	text = longDigits.ReplaceAllString(text, masked)
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.C), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
	runes := []rune(strings.TrimSpace(text))
	if len(runes) > MaxLine {
		return string(runes[:MaxLine]) + "…"
	}
	return string(runes)
}
