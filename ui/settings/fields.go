package settings

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
)

// Tab is a page of the settings.
type Tab string

// The pages, in the order of the list at the side.
const (
	TabShop         Tab = "shop"
	TabTill         Tab = "till"
	TabMoney        Tab = "money"
	TabIntegrations Tab = "integrations"
	TabContacts     Tab = "contacts"
	TabLabels       Tab = "labels"
	TabPrinter      Tab = "printer"
	TabLabelPrinter Tab = "labelprinter"
	TabFront        Tab = "front"
)

var tabs = []Tab{TabShop, TabTill, TabMoney, TabIntegrations, TabContacts, TabPrinter, TabLabels, TabCopies, TabFront, TabLabelPrinter, TabMail, TabServer}

// Tabs lists the pages in their order.
func Tabs() []Tab { return slices.Clone(tabs) }

// look is how a setting is asked for.
type look int

const (
	line look = iota
	area
	figure // digits and a fraction, kept with a point
	whole  // digits
	chosen // one of options, in a list
	picked // one of a few options, all in sight
)

// setting is one decision as the form asks for it: a text that is read into the
// settings and written from them. The key is the permanent one; its words are
// "settings.field.<key>", those of a choice "settings.option.<key>.<word>".
type setting struct {
	key     string
	tab     Tab
	look    look
	options []string // of a choice, the permanent words
	hint    bool     // "settings.hint.<key>" is said under the field
	read    func(*pos.Settings, string) error
	write   func(*pos.Settings) string
}

var errUnread = errors.New("settings: the text cannot be read")

// form lists the settings of the window in the order of their pages. What is
// allowed in a text is the business of whoever keeps it; here only numbers are
// read.
var form = slices.Concat(shopForm, printerForm(), labelPrinterForm(), copiesForm(), frontForm)

var shopForm = []setting{
	text("shop.name", TabShop, line, func(s *pos.Settings) *string { return &s.Shop }),
	text("shop.address", TabShop, line, func(s *pos.Settings) *string { return &s.Address }),
	text("shop.tax_id", TabShop, line, func(s *pos.Settings) *string { return &s.TaxID }),
	choice("shop.country", TabShop, chosen, func(s *pos.Settings) *string { return &s.Country }, "RU", "BY", "UA", "KZ"),
	choice("shop.currency", TabShop, chosen, func(s *pos.Settings) *money.Currency { return &s.Currency }, "RUB", "BYN", "UAH", "KZT", "USD", "EUR").hinted(),
	text("shop.footer", TabShop, area, func(s *pos.Settings) *string { return &s.Footer }),

	text("till.number", TabTill, line, func(s *pos.Settings) *string { return &s.Till }).hinted(),
	choice("till.language", TabTill, chosen, func(s *pos.Settings) *string { return &s.Language }, words.Languages()...),
	choice("till.receipt_language", TabTill, chosen, func(s *pos.Settings) *string { return &s.ReceiptLanguage }, words.Languages()...),
	choice("till.theme", TabTill, picked, func(s *pos.Settings) *string { return &s.Theme }, "system", "light", "dark"),
	choice("till.start_screen", TabTill, picked, func(s *pos.Settings) *string { return &s.StartScreen }, "sale", "overview"),
	flag("till.next_steps", func(s *pos.Settings) *bool { return &s.NextSteps }).on(TabTill),
	letterSize(),
	span("till.idle_lock_minutes", TabTill, time.Minute, func(s *pos.Settings) *time.Duration { return &s.IdleLock }).hinted(),
	number("till.receipt_width", TabTill, chosen, func(s *pos.Settings) *int { return &s.Width }, "32", "42", "48"),

	percent("points.earn_percent", func(s *pos.Settings) *money.Percent { return &s.Rules.EarnRate }),
	percent("points.max_share_percent", func(s *pos.Settings) *money.Percent { return &s.Rules.MaxPointsShare }).hinted(),
	amount("points.value", func(s *pos.Settings) *money.Amount { return &s.Rules.PointValue }),
	span("points.delay_days", TabMoney, day, func(s *pos.Settings) *time.Duration { return &s.Rules.PointsDelay }).hinted(),
	span("points.life_days", TabMoney, day, func(s *pos.Settings) *time.Duration { return &s.Rules.PointsLife }).hinted(),
	span("certificates.life_days", TabMoney, day, func(s *pos.Settings) *time.Duration { return &s.Certificates.Life }).hinted(),
	number("returns.days", TabMoney, whole, func(s *pos.Settings) *int { return &s.Returns.Days }),
	flag("manual.finish", func(s *pos.Settings) *bool { return &s.ManualFinish }).on(TabMoney),
	number("credit.due_days", TabMoney, whole, func(s *pos.Settings) *int { return &s.Rules.CreditDays }),
	amount("money.rounding_step", func(s *pos.Settings) *money.Amount { return &s.Rules.RoundingStep }).hinted(),

	choice("sms.provider", TabIntegrations, chosen, func(s *pos.Settings) *string { return &s.SMSProvider }),
	text("sms.template", TabIntegrations, area, func(s *pos.Settings) *string { return &s.SMSTemplate }),

	text("labels.rules", TabLabels, line, func(s *pos.Settings) *string { return &s.Labels.Rules }).hinted(),

	choice("confirm.points", TabContacts, picked, func(s *pos.Settings) *pos.ConfirmPolicy { return &s.ConfirmPoints }, "none", "sms"),
	choice("confirm.credit", TabContacts, picked, func(s *pos.Settings) *pos.ConfirmPolicy { return &s.ConfirmCredit }, "none", "sms"),
	span("confirm.code_lifetime_minutes", TabContacts, time.Minute, func(s *pos.Settings) *time.Duration { return &s.CodeLifetime }).hinted(),
}

const day = 24 * time.Hour

// Keys lists the settings the window shows, but for those of providers.
func Keys() []string {
	keys := make([]string, len(form))
	for i, s := range form {
		keys[i] = s.key
	}
	return keys
}

// settingOf finds a setting by its key.
func settingOf(key string) (setting, bool) {
	i := slices.IndexFunc(form, func(s setting) bool { return s.key == key })
	if i < 0 {
		return setting{}, false
	}
	return form[i], true
}

func (s setting) hinted() setting { s.hint = true; return s }

func text(key string, tab Tab, l look, at func(*pos.Settings) *string) setting {
	return setting{key: key, tab: tab, look: l,
		read:  func(s *pos.Settings, v string) error { *at(s) = v; return nil },
		write: func(s *pos.Settings) string { return *at(s) },
	}
}

func choice[T ~string](key string, tab Tab, l look, at func(*pos.Settings) *T, options ...string) setting {
	return setting{key: key, tab: tab, look: l, options: options,
		read:  func(s *pos.Settings, v string) error { *at(s) = T(v); return nil },
		write: func(s *pos.Settings) string { return string(*at(s)) },
	}
}

func number(key string, tab Tab, l look, at func(*pos.Settings) *int, options ...string) setting {
	return setting{key: key, tab: tab, look: l, options: options,
		read: func(s *pos.Settings, v string) error {
			n, err := strconv.Atoi(strings.TrimSpace(v))
			if err != nil {
				return errUnread
			}
			*at(s) = n
			return nil
		},
		write: func(s *pos.Settings) string { return strconv.Itoa(*at(s)) },
	}
}

// mostUnits keeps a number that was typed from overflowing a duration; what is
// allowed is far less.
const mostUnits = 100_000

// span is a time in whole units.
func span(key string, tab Tab, unit time.Duration, at func(*pos.Settings) *time.Duration) setting {
	return setting{key: key, tab: tab, look: whole,
		read: func(s *pos.Settings, v string) error {
			n, err := strconv.Atoi(strings.TrimSpace(v))
			if err != nil || n > mostUnits {
				return errUnread
			}
			*at(s) = time.Duration(n) * unit
			return nil
		},
		write: func(s *pos.Settings) string { return strconv.FormatInt(int64(*at(s)/unit), 10) },
	}
}

func percent(key string, at func(*pos.Settings) *money.Percent) setting {
	return setting{key: key, tab: TabMoney, look: figure,
		read: func(s *pos.Settings, v string) (err error) {
			*at(s), err = money.ParsePercent(v)
			return err
		},
		write: func(s *pos.Settings) string { return at(s).String() },
	}
}

func amount(key string, at func(*pos.Settings) *money.Amount) setting {
	return setting{key: key, tab: TabMoney, look: figure,
		read: func(s *pos.Settings, v string) (err error) {
			*at(s), err = money.ParseAmount(v)
			return err
		},
		write: func(s *pos.Settings) string { return at(s).String() },
	}
}

// letterSize is the size of everything in the window, in percent.
func letterSize() setting {
	return setting{key: "till.scale", tab: TabTill, look: chosen, options: []string{"80", "90", "100", "110", "125", "140", "160"},
		read: func(s *pos.Settings, v string) error {
			n, err := strconv.Atoi(v)
			if err != nil {
				return errUnread
			}
			s.Scale = float64(n) / 100
			return nil
		},
		write: func(s *pos.Settings) string { return strconv.Itoa(int(s.Scale*100 + 0.5)) },
	}
}
