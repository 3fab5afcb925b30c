// Package receiptdata is what a payment gateway, a mail or an accounting
// program is told of a purchase: the positions of a sale with their VAT, as the
// receipt_data object of ecommpay's payment pages has it.
//
// The object's own text and its examples disagree: VAT is called included in
// the price, and reckoned on top of it. A shop says which of the two its
// receiver means (Mode), and whoever is shown the object is told.
package receiptdata

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"kassa/pos/money"
)

// MaxPositions is how many positions the object may have.
const MaxPositions = 50

// Runes a description may have, and to how many a longer one is cut before the
// three full stops that say so.
const (
	maxDescription = 255
	cutDescription = 252
)

// Mode is how VAT follows from an amount and a rate.
type Mode string

// The two ways receivers reckon it.
const (
	Included Mode = "included" // the amount contains it: amount × r ÷ (100 % + r)
	Added    Mode = "added"    // as in the gateway's examples: amount × r
)

// Of is the VAT of an amount at a rate, to the minor unit, halves away from zero.
func (m Mode) Of(a money.Amount, rate money.Percent) money.Amount {
	if m == Added {
		return rate.Of(a)
	}
	return money.VATIncluded(a, rate)
}

// Millionths is a quantity as the object counts it.
type Millionths int64

// Position is one of the things bought.
type Position struct {
	Amount      money.Amount   // of the whole position, not of one piece
	Quantity    *Millionths    // nil where it is not told
	Tax         *money.Percent // nil where it is not told, or told for all
	TaxAmount   *money.Amount  // nil where it is not told
	Description string         // at most 255 runes, "" where it is not told
}

// Data is the object.
type Data struct {
	Positions []Position
	TotalTax  *money.Amount  // of the whole purchase; nil where it is not told
	CommonTax *money.Percent // where every position has this rate; nil otherwise
}

// Sum is what the positions come to.
func (d *Data) Sum() money.Amount {
	var sum money.Amount
	for i := range d.Positions {
		sum = sum.Add(d.Positions[i].Amount)
	}
	return sum
}

// positionJSON and dataJSON are the object as it is written. Numbers are exact
// decimals without trailing zeros: receivers sign the text.
type positionJSON struct {
	Quantity    json.Number `json:"quantity,omitempty"`
	Amount      int64       `json:"amount"`
	Tax         json.Number `json:"tax,omitempty"`
	TaxAmount   *int64      `json:"tax_amount,omitempty"`
	Description string      `json:"description,omitempty"`
}

type dataJSON struct {
	Positions []positionJSON `json:"positions"`
	TotalTax  *int64         `json:"total_tax_amount,omitempty"`
	CommonTax json.Number    `json:"common_tax,omitempty"`
}

// MarshalJSON implements json.Marshaler.
func (d Data) MarshalJSON() ([]byte, error) {
	out := dataJSON{Positions: make([]positionJSON, 0, len(d.Positions)), TotalTax: (*int64)(d.TotalTax), CommonTax: rate(d.CommonTax)}
	for i := range d.Positions {
		p := &d.Positions[i]
		one := positionJSON{Amount: int64(p.Amount), Tax: rate(p.Tax), TaxAmount: (*int64)(p.TaxAmount), Description: p.Description}
		if p.Quantity != nil {
			one.Quantity = decimal(int64(*p.Quantity), 6)
		}
		out.Positions = append(out.Positions, one)
	}
	return json.Marshal(out)
}

func rate(p *money.Percent) json.Number {
	if p == nil {
		return ""
	}
	return decimal(int64(*p), 2)
}

// decimal writes v ÷ 10^digits without zeros at its end.
func decimal(v int64, digits int) json.Number {
	unit := int64(math.Pow10(digits))
	sign := ""
	if v < 0 {
		sign = "-"
	}
	text := fmt.Sprintf("%s%d.%0*d", sign, abs(v/unit), digits, abs(v%unit))
	return json.Number(strings.TrimRight(strings.TrimRight(text, "0"), "."))
}

func abs(v int64) int64 { return max(v, -v) }

// Describe brings a description within what the object takes: a longer one is
// cut, and says so by three full stops.
func Describe(text string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "�"))
	if r := []rune(text); len(r) > maxDescription {
		return string(r[:cutDescription]) + "..."
	}
	return text
}
