package logs

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"

	"kassa/pos/pan"
)

// hidden stands in a log for what must not be read there.
const hidden = "[hidden]"

// The patterns of what must not be read in a log.
var (
	// A plus and seven digits or more, with the marks people put between them.
	international = regexp.MustCompile(`\+\d(?:[ ()\-\x{00a0}]{0,2}\d){6,14}`)
	// The same number as a request carries it, without the plus.
	mobile = regexp.MustCompile(`\b[78]9\d{9}\b`)
	// What follows the name of a token in a query, a header or a printed struct.
	named = regexp.MustCompile(`(?i)\b(api_?id|api_?key|token|password|secret|authorization|bearer|pin)("?\s*[:=]\s*"?(?:bearer\s+)?|\s+)([^\s"'&,;}\]]+)`)
	// A long word of letters and digits is a key or a hash. Our ids have hyphens.
	longWord = regexp.MustCompile(`\b[0-9A-Za-z_]{24,}\b`)
	// A customer's code.
	sixDigits = regexp.MustCompile(`\b\d{6}\b`)
)

// Mask hides phone numbers, all but their last two digits, numbers of payment
// cards, all but their last four, and tokens and codes wholly, wherever in a text they stand.
func Mask(s string) string {
	s = named.ReplaceAllString(s, "${1}${2}"+hidden)
	s, _ = pan.Mask(s)
	s = international.ReplaceAllStringFunc(s, func(n string) string { return "+•••" + n[len(n)-2:] })
	s = mobile.ReplaceAllStringFunc(s, func(n string) string { return "•••" + n[len(n)-2:] })
	s = longWord.ReplaceAllString(s, hidden)
	return sixDigits.ReplaceAllString(s, "••••••")
}

// replace hides what has a telling name and masks every text. Values of other
// kinds (errors, structs) become text first, since they may hold one; numbers,
// times and durations stay.
func replace(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey) {
		return a
	}
	a.Value = a.Value.Resolve()
	if telling(a.Key) {
		return slog.String(a.Key, hidden)
	}
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(Mask(a.Value.String()))
	case slog.KindAny:
		a.Value = slog.StringValue(Mask(text(a.Value.Any())))
	case slog.KindInt64, slog.KindUint64:
		if strings.EqualFold(a.Key, "code") {
			a.Value = slog.StringValue(hidden) // words are error codes, numbers a customer's
		}
	}
	return a
}

func text(v any) string {
	if err, ok := v.(error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%+v", v)
}

// telling reports a name whose value is never logged.
func telling(key string) bool {
	key = strings.ToLower(key)
	switch key {
	case "pin", "otp", "pepper", "authorization", "cookie":
		return true
	}
	for _, part := range []string{"token", "password", "secret", "api_id", "api_key", "apikey"} {
		if strings.Contains(key, part) {
			return true
		}
	}
	return false
}
