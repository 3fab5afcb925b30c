package config

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bojanz/currency"

	"kassa/pos"
	"kassa/pos/money"
)

// key is one permanent setting: how a text becomes part of the settings and
// back. read answers the id of what is allowed when the text is refused.
type key struct {
	name  string
	read  func(*pos.Settings, string) (allowed string)
	write func(*pos.Settings) string
	bare  bool // written without quotes: a whole number or true, false
	free  bool // holds whatever somebody wrote
}

// languages are those the program speaks, by their ISO 639 names. Whoever adds
// one to package words adds it here; a test of the wiring holds the two together.
var languages = []string{"ru", "en", "be", "uk", "kk"}

// keys lists every setting in the order in which a new file has them.
var keys = slices.Concat(shopKeys, paperKeys, labelPrinterKeys, backupKeys, frontKeys)

var shopKeys = []key{
	text("shop.name", 1, 60, func(s *pos.Settings) *string { return &s.Shop }),
	text("shop.address", 0, 120, func(s *pos.Settings) *string { return &s.Address }),
	matching("shop.tax_id", "config.allowed.shop.tax_id", isTaxID, func(s *pos.Settings) *string { return &s.TaxID }),
	lines("shop.footer", 400, func(s *pos.Settings) *string { return &s.Footer }),
	matching("shop.country", "config.allowed.shop.country", isCountry, func(s *pos.Settings) *string { return &s.Country }),
	currencyKey(),
	text("shop.currency_symbol", 0, 8, func(s *pos.Settings) *string { return &s.CurrencySymbol }),
	boolean("shop.demo", func(s *pos.Settings) *bool { return &s.Demo }),

	matching("till.number", "config.allowed.till.number", isTillNumber, func(s *pos.Settings) *string { return &s.Till }),
	choice("till.language", func(s *pos.Settings) *string { return &s.Language }, languages...),
	choice("till.receipt_language", func(s *pos.Settings) *string { return &s.ReceiptLanguage }, languages...),
	span("till.idle_lock_minutes", 0, 120, time.Minute, func(s *pos.Settings) *time.Duration { return &s.IdleLock }),
	choice("till.theme", func(s *pos.Settings) *string { return &s.Theme }, "system", "light", "dark"),
	choice("till.start_screen", func(s *pos.Settings) *string { return &s.StartScreen }, "sale", "overview"),
	boolean("till.next_steps", func(s *pos.Settings) *bool { return &s.NextSteps }),
	scaleKey(),
	whole("till.receipt_width", 24, 64, func(s *pos.Settings) *int { return &s.Width }),

	matching("till.keys", "config.allowed.till.keys", isKeymap, func(s *pos.Settings) *string { return &s.Keys }),

	percent("points.earn_percent", func(s *pos.Settings) *money.Percent { return &s.Rules.EarnRate }),
	percent("points.max_share_percent", func(s *pos.Settings) *money.Percent { return &s.Rules.MaxPointsShare }),
	amount("points.value", 1, 100_000_00, func(s *pos.Settings) *money.Amount { return &s.Rules.PointValue }),
	span("points.delay_days", 0, 365, 24*time.Hour, func(s *pos.Settings) *time.Duration { return &s.Rules.PointsDelay }),
	span("points.life_days", 0, 3650, 24*time.Hour, func(s *pos.Settings) *time.Duration { return &s.Rules.PointsLife }),
	boolean("manual.finish", func(s *pos.Settings) *bool { return &s.ManualFinish }),
	whole("returns.days", 0, 3650, func(s *pos.Settings) *int { return &s.Returns.Days }),
	whole("credit.due_days", 1, 365, func(s *pos.Settings) *int { return &s.Rules.CreditDays }),
	span("certificates.life_days", 0, 3650, 24*time.Hour, func(s *pos.Settings) *time.Duration { return &s.Certificates.Life }),
	amount("money.rounding_step", 0, 100_00, func(s *pos.Settings) *money.Amount { return &s.Rules.RoundingStep }),

	choice("confirm.points", func(s *pos.Settings) *pos.ConfirmPolicy { return &s.ConfirmPoints }, pos.ConfirmNever, pos.ConfirmAlways),
	choice("confirm.credit", func(s *pos.Settings) *pos.ConfirmPolicy { return &s.ConfirmCredit }, pos.ConfirmNever, pos.ConfirmAlways),
	span("confirm.code_lifetime_minutes", 2, 10, time.Minute, func(s *pos.Settings) *time.Duration { return &s.CodeLifetime }),

	matching("sms.provider", "config.allowed.sms.provider", isProvider, func(s *pos.Settings) *string { return &s.SMSProvider }),
	text("sms.sender", 0, 20, func(s *pos.Settings) *string { return &s.SMSSender }),
	templateKey(),

	labelsKey(),
}

// Keys are the names of all settings of a shop, in the order of the file.
func Keys() []string {
	names := make([]string, len(keys))
	for i := range keys {
		names[i] = keys[i].name
	}
	return names
}

func keyNamed(name string) *key {
	for i := range keys {
		if keys[i].name == name {
			return &keys[i]
		}
	}
	return nil
}

// matching is a text that a predicate judges.
func matching(name, allowed string, ok func(string) bool, at func(*pos.Settings) *string) key {
	return key{name: name, free: true,
		read: func(s *pos.Settings, v string) string {
			if !ok(v) {
				return allowed
			}
			*at(s) = v
			return ""
		},
		write: func(s *pos.Settings) string { return *at(s) },
	}
}

func text(name string, least, most int, at func(*pos.Settings) *string) key {
	return matching(name, "config.allowed."+name, func(v string) bool {
		n := utf8.RuneCountInString(strings.TrimSpace(v))
		return n >= least && n <= most && !pos.HasControl(v)
	}, at)
}

// lines is a text in which line ends may stand.
func lines(name string, most int, at func(*pos.Settings) *string) key {
	return matching(name, "config.allowed."+name, func(v string) bool {
		return utf8.RuneCountInString(v) <= most && !pos.HasControl(strings.ReplaceAll(v, "\n", " "))
	}, at)
}

// choice is one of a few permanent words.
func choice[T ~string](name string, at func(*pos.Settings) *T, of ...T) key {
	return key{name: name,
		read: func(s *pos.Settings, v string) string {
			for _, word := range of {
				if strings.EqualFold(strings.TrimSpace(v), string(word)) {
					*at(s) = word
					return ""
				}
			}
			return "config.allowed." + name
		},
		write: func(s *pos.Settings) string { return string(*at(s)) },
	}
}

func boolean(name string, at func(*pos.Settings) *bool) key {
	return key{name: name, bare: true,
		read: func(s *pos.Settings, v string) string {
			b, err := strconv.ParseBool(strings.TrimSpace(v))
			if err != nil {
				return "config.allowed." + name
			}
			*at(s) = b
			return ""
		},
		write: func(s *pos.Settings) string { return strconv.FormatBool(*at(s)) },
	}
}

func whole(name string, least, most int, at func(*pos.Settings) *int) key {
	return key{name: name, bare: true,
		read: func(s *pos.Settings, v string) string {
			n, err := strconv.Atoi(strings.TrimSpace(v))
			if err != nil || n < least || n > most {
				return "config.allowed." + name
			}
			*at(s) = n
			return ""
		},
		write: func(s *pos.Settings) string { return strconv.Itoa(*at(s)) },
	}
}

// span is a time given as a whole number of units.
func span(name string, least, most int, unit time.Duration, at func(*pos.Settings) *time.Duration) key {
	return key{name: name, bare: true,
		read: func(s *pos.Settings, v string) string {
			var n int
			allowed := whole(name, least, most, func(*pos.Settings) *int { return &n }).read(s, v)
			if allowed == "" {
				*at(s) = time.Duration(n) * unit
			}
			return allowed
		},
		write: func(s *pos.Settings) string { return strconv.FormatInt(int64(*at(s)/unit), 10) },
	}
}

func percent(name string, at func(*pos.Settings) *money.Percent) key {
	return key{name: name,
		read: func(s *pos.Settings, v string) string {
			p, err := money.ParsePercent(v)
			if err != nil {
				return "config.allowed." + name
			}
			*at(s) = p
			return ""
		},
		write: func(s *pos.Settings) string { return at(s).String() },
	}
}

func amount(name string, least, most money.Amount, at func(*pos.Settings) *money.Amount) key {
	return key{name: name,
		read: func(s *pos.Settings, v string) string {
			a, err := money.ParseAmount(v)
			if err != nil || a < least || a > most {
				return "config.allowed." + name
			}
			*at(s) = a
			return ""
		},
		write: func(s *pos.Settings) string { return at(s).String() },
	}
}

func currencyKey() key {
	return key{name: "shop.currency",
		read: func(s *pos.Settings, v string) string {
			if !currency.IsValid(v) {
				return "config.allowed.shop.currency"
			}
			s.Currency = money.Currency(v)
			return ""
		},
		write: func(s *pos.Settings) string { return string(s.Currency) },
	}
}

// scaleKey is the size of the window's text, in tenths between 0.8 and 1.6.
func scaleKey() key {
	return key{name: "till.scale",
		read: func(s *pos.Settings, v string) string {
			f, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(v), ",", ".", 1), 64)
			if err != nil || !(f >= 0.8 && f <= 1.6) {
				return "config.allowed.till.scale"
			}
			s.Scale = f
			return ""
		},
		write: func(s *pos.Settings) string { return strconv.FormatFloat(s.Scale, 'f', -1, 64) },
	}
}

// templateKey holds the text of messages. That it can carry a code is asked
// here too, so that no path into the settings leads around it.
func templateKey() key {
	k := lines("sms.template", 500, func(s *pos.Settings) *string { return &s.SMSTemplate })
	read := k.read
	k.read = func(s *pos.Settings, v string) string {
		folded := strings.ReplaceAll(strings.ToLower(v), " ", "")
		if !strings.Contains(folded, "<code>") && !strings.Contains(folded, "{code}") {
			return "config.allowed.sms.template"
		}
		return read(s, v)
	}
	return k
}

func isTaxID(s string) bool {
	return len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

func isCountry(s string) bool {
	return len(s) == 2 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// isKeymap looks only at the form: which actions there are and which keys they
// may have is known by the window.
func isKeymap(s string) bool {
	for _, pair := range strings.Fields(s) {
		id, key, found := strings.Cut(pair, "=")
		if !found || id == "" || key == "" || pos.HasControl(pair) {
			return false
		}
	}
	return len(s) <= 4000
}

func isTillNumber(s string) bool {
	if s == "" || utf8.RuneCountInString(s) > 16 {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' {
			return false
		}
	}
	return true
}

// isProvider asks the form only: which providers there are is known elsewhere.
func isProvider(s string) bool {
	return len(s) <= 32 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}
