// Package country holds what is usual for a shop in a country: its language, its money,
// the rates of its tax.
package country

import (
	"slices"

	"kassa/pos"
	"kassa/pos/money"
)

// Country is what a shop in a country usually has. Each of it is a setting of its
// own that the shop may decide otherwise.
type Country struct {
	Code     string // ISO 3166 alpha-2; the region of its telephone numbers
	Language string
	Currency money.Currency
	// RoundingStep is the least sum that is paid in cash there; 0: whatever the
	// currency can write.
	RoundingStep money.Amount
	Prefix       string          // of its telephone numbers
	VAT          []money.Percent // the rates of its law, beside none
}

// All are those of the shops the till is made for, in the order to offer them.
func All() []Country {
	return []Country{
		{Code: "RU", Language: "ru", Currency: "RUB", Prefix: "+7", VAT: []money.Percent{0, 500, 700, 1000, 2000, 2200}},
		{Code: "BY", Language: "be", Currency: "BYN", Prefix: "+375", VAT: []money.Percent{0, 1000, 2000, 2500}},
		{Code: "UA", Language: "uk", Currency: "UAH", RoundingStep: 10, Prefix: "+380", VAT: []money.Percent{0, 700, 1400, 2000}},
		{Code: "KZ", Language: "kk", Currency: "KZT", RoundingStep: 100, Prefix: "+7", VAT: []money.Percent{0, 500, 1000, 1200, 1600}},
	}
}

// Of finds a country; a shop in any other has nothing that is usual.
func Of(code string) (Country, bool) {
	all := All()
	i := slices.IndexFunc(all, func(c Country) bool { return c.Code == code })
	if i < 0 {
		return Country{}, false
	}
	return all[i], true
}

// VATRates are the rates to offer in a shop of a country: none first, then its
// law's; of an unknown country those of all.
func VATRates(country string) []money.Percent {
	rates := []money.Percent{pos.NoVAT}
	if c, ok := Of(country); ok {
		return append(rates, c.VAT...)
	}
	for _, c := range All() {
		rates = append(rates, c.VAT...)
	}
	slices.Sort(rates)
	return slices.Compact(rates)
}
