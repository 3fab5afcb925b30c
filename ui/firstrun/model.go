// Package firstrun is what the window asks a new shop, in short steps: what the shop
// is, its owner, its printer, its first goods. Only the owner cannot be skipped.
package firstrun

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/barcode"
	usual "kassa/pos/country"
	"kassa/pos/money"
)

// shop is the first step as plain values.
type shop struct {
	name              string
	country, language string
	currency          money.Currency
}

// currencies are those to choose from.
var currencies = []money.Currency{"RUB", "BYN", "UAH", "KZT", "USD", "EUR"}

// beginWith is the step as it opens: the settings say where the shop stands, its
// name is to be typed.
func beginWith(set pos.Settings) shop {
	return shop{country: set.Country, language: set.Language, currency: set.Currency}
}

// pick chooses a country, and with it what is usual there.
func (s *shop) pick(country string) {
	s.country = country
	if c, ok := usual.Of(country); ok {
		s.language, s.currency = c.Language, c.Currency
	}
}

// settings are those of the shop with what the step decided. say speaks the chosen
// language; what a shop begins with is said in it.
func (s *shop) settings(set pos.Settings, say func(id string, args pos.Args) string) pos.Settings {
	set.Shop = strings.TrimSpace(s.name)
	if set.Shop == "" {
		set.Shop = say("firstrun.shop.usual", nil)
	}
	set.Country, set.Language, set.ReceiptLanguage, set.Currency = s.country, s.language, s.language, s.currency
	set.Footer, set.SMSTemplate = say("firstrun.footer", nil), say("firstrun.message", nil)
	set.Rules.RoundingStep = 0
	if c, ok := usual.Of(s.country); ok && c.Currency == s.currency {
		set.Rules.RoundingStep = c.RoundingStep
	}
	set.NextSteps = true
	return set
}

// SystemLanguage is the language the system speaks by its environment, where that is
// one of ours; "" otherwise.
func SystemLanguage(getenv func(string) string) string {
	lang, _, _ := strings.Cut(cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG")), "_")
	lang, _, _ = strings.Cut(lang, ".")
	if lang = strings.ToLower(lang); slices.Contains(languages(), lang) {
		return lang
	}
	return ""
}

// languages are those of the screen.
func languages() []string { return words.Languages() }

// owner checks what is asked of the owner before the till is bothered: it names the
// field that is wrong.
func owner(name, pin, again string) (field int, err error) {
	switch {
	case name == "":
		return 0, pos.E(pos.CodeInvalid, "login.name-empty", nil)
	case pos.CheckPIN(pin) != nil:
		return 1, pos.CheckPIN(pin)
	case pin != again:
		return 2, pos.E(pos.CodeInvalid, "login.pin-differs", nil)
	}
	return 0, nil
}

// widths are the rolls of receipt printers in columns, the widest first.
var widths = []int{48, 42, 32}

// narrower is the next roll for a slip whose lines were too long.
func narrower(width int) int {
	i := slices.IndexFunc(widths, func(w int) bool { return w < width })
	if i < 0 {
		return widths[0]
	}
	return widths[i]
}

// setPrinter puts a printer that was found into the settings.
func setPrinter(set pos.Settings, p pos.FoundPrinter) pos.Settings {
	set.Paper.Connection, set.Paper.Address = p.Connection, p.Address
	return set
}

// named tells the place of a printer that was typed: a device or a file of the system
// from an address of the network.
func named(typed string) pos.FoundPrinter {
	typed = strings.TrimSpace(typed)
	p := pos.FoundPrinter{Connection: pos.PrinterNetwork, Address: typed}
	up := strings.ToUpper(typed)
	switch {
	case strings.HasPrefix(typed, "/dev/tty"), strings.HasPrefix(up, "COM") && strings.Trim(up[3:], "0123456789") == "":
		p.Connection = pos.PrinterSerial
	case strings.HasPrefix(typed, "/dev/"), strings.HasPrefix(up, "LPT"), strings.HasPrefix(typed, `\\`):
		p.Connection = pos.PrinterSystem
	case strings.HasPrefix(typed, "/"):
		p.Connection = pos.PrinterFile
	}
	return p
}

// leastBarcode is how long the shortest barcode on goods is.
const leastBarcode = 8

// newGoods begins a product with what was scanned or typed: a barcode, or a name.
func newGoods(sought string) (p pos.Product) {
	p.VAT = pos.NoVAT
	code := barcode.Kept(sought)
	if pos.CheckBarcode(code) == nil && len(code) >= leastBarcode && !strings.ContainsFunc(code, unicode.IsLetter) {
		p.Barcodes = []string{code}
		return p
	}
	p.Name = strings.TrimSpace(sought)
	return p
}

// starters are the goods to begin with.
var starters = []string{"bread", "milk", "eggs", "sugar", "tea", "water", "juice", "biscuits", "chocolate", "bag"}

// starterPrices are what they cost, in whole units of each currency: figures to be changed, near enough to sell something today.
var starterPrices = map[money.Currency][]int64{
	"RUB": {45, 89, 120, 75, 140, 40, 130, 95, 110, 10},
	"BYN": {2, 3, 5, 3, 5, 2, 4, 3, 4, 1},
	"UAH": {28, 48, 65, 36, 70, 20, 60, 45, 55, 3},
	"KZT": {190, 520, 750, 480, 900, 200, 650, 450, 600, 30},
	"USD": {2, 2, 4, 2, 4, 1, 3, 3, 3, 1},
	"EUR": {2, 2, 3, 2, 4, 1, 3, 3, 2, 1},
}

// starterGoods are ten goods most shops have, in the words of the shop and at a price
// of its currency.
func starterGoods(currency money.Currency, say func(id string, args pos.Args) string) []pos.Product {
	prices, ok := starterPrices[currency]
	if !ok {
		prices = starterPrices["USD"]
	}
	goods := make([]pos.Product, len(starters))
	for i, name := range starters {
		goods[i] = pos.Product{Name: say("firstrun.starter."+name, nil), Unit: say("goods.unit.piece", nil),
			Price: money.Amount(prices[i] * 100), VAT: pos.NoVAT, Note: say("firstrun.starter.note", nil)}
	}
	return goods
}
