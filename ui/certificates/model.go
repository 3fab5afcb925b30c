package certificates

import (
	"strings"
	"time"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/ui"
	"kassa/ui/widgets"
)

// expiry says until when a certificate counts.
func expiry(env *ui.Env, t time.Time) string {
	if t.IsZero() {
		return env.T("certificates.endless", nil)
	}
	return env.Words.Date(t)
}

// state is what a certificate is called now, and how it is marked.
func state(env *ui.Env, c *pos.CertificateBalance, now time.Time) (string, widgets.Tone) {
	switch {
	case c.State == pos.CertificateBlocked:
		return env.T("certificates.state.blocked", nil), widgets.Bad
	case c.State == pos.CertificateLapsed, c.Expired(now):
		return env.T("certificates.state.expired", nil), widgets.Warn
	case c.Left == 0:
		return env.T("certificates.state.spent", nil), widgets.Neutral
	}
	return env.T("certificates.state.active", nil), widgets.Good
}

// dayLayouts are the ways a day is typed.
var dayLayouts = []string{"02.01.2006", "2.1.2006", "2006-01-02"}

// day reads a typed day as its last moment; "" is the zero time.
func day(text string, zone *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range dayLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return pos.EndOfDay(t), nil
		}
	}
	return time.Time{}, pos.E(pos.CodeInvalid, "offers.date", nil)
}

// lineName is what a sold certificate is called on the receipt, in its language.
func lineName(set pos.Settings) string {
	return words.New(set.ReceiptLanguage, set.Currency, set.CurrencySymbol).T("certificate.line", nil)
}

// move names a movement by what made it.
func move(env *ui.Env, m *pos.CertificateMove) string {
	switch {
	case m.Number != 0 && m.Amount > 0:
		return env.T("certificates.move.sold", pos.Args{"Number": m.Number})
	case m.Number != 0:
		return env.T("certificates.move.paid", pos.Args{"Number": m.Number})
	case m.Kind == "certificate.issue":
		return env.T("certificates.move.issued", nil)
	case m.Kind == "certificate.lapse":
		return env.T("certificates.move.lapsed", nil)
	}
	return env.T("certificates.move.returned", nil)
}
