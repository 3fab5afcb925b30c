package imports

import (
	"strings"

	"kassa/pos"
)

// moneyNames are what lists call the currencies of our markets.
var moneyNames = map[string]map[string]bool{
	"RUB": wordSet("руб рубль рубли рублей росруб rub rur ₽ р 643 810 российскийрубль"),
	"BYN": wordSet("бруб белруб руб р рубль рубли рублей byn br бр 933 беларускірубель белорусскийрубль"),
	"UAH": wordSet("грн гривня гривна uah ₴ 980"),
	"KZT": wordSet("тг тнг тенге теңге kzt ₸ 398"),
	"USD": wordSet("$ usd долл доллар долларсша 840"),
	"EUR": wordSet("€ eur евро 978"),
}

// ownMoney tells whether a column that names the currency of a sum names the
// shop's own, or nothing.
func (r *row) ownMoney(c Field) bool {
	names := moneyNames[r.t.currency]
	text := r.filled(c)
	if names == nil || text == "" {
		return true
	}
	return names[strings.NewReplacer(".", "", " ", "", "\u00A0", "").Replace(strings.ToLower(text))]
}

// ownUnit tells whether a word beside a sum says no more than that it is money of
// the shop.
func ownUnit(own, word string) bool {
	return moneyNames[own][word] || currencies[word] && !foreignMoney(own, word)
}

// foreignMoney tells a word that names the money of another country and not that
// of the shop: in a shop of roubles "45 грн" is not 45.
func foreignMoney(own, word string) bool {
	names := moneyNames[own]
	if names == nil || names[word] {
		return false
	}
	for _, others := range moneyNames {
		if others[word] {
			return true
		}
	}
	return false
}

// money looks at the currencies of a row: a price in another is refused, a cost
// in another is left out and told.
func (r *row) money(p *Product) {
	if p.Price != nil && !r.ownMoney(colCurrency) {
		r.refuse(colPrice, "import.other-currency", pos.Args{"Input": clip(r.cell(colCurrency)), "Currency": r.t.currency})
	}
	cost := colCostCurrency
	if r.t.first(cost) < 0 {
		cost = colCurrency
	}
	if p.Cost != nil && !r.ownMoney(cost) {
		r.note(colCost, "import.note.currency", pos.Args{"Input": clip(r.cell(cost))})
		p.Cost = nil
	}
}
