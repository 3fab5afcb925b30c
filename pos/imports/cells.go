package imports

import (
	"errors"
	"hash/maphash"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// The readers of cells return nil for an empty one: it leaves what is stored as
// it is, and a new record gets the default.

func (r *row) amount(c Field) *money.Amount {
	text := r.number(c)
	if text == "" {
		return nil
	}
	a, err := money.ParseAmount(text)
	if err != nil {
		r.refuseNumber(c, err)
		return nil
	}
	return &a
}

// stock may be zero or below: the shelf is right, not the list.
func (r *row) stock(c Field) *money.Quantity {
	text := r.number(c)
	if text == "" {
		return nil
	}
	body, negative := strings.CutPrefix(text, "-")
	if !negative {
		body, negative = strings.CutPrefix(text, "\u2212")
	}
	q, err := money.ParseQuantity(body)
	var bad *money.ParseError
	if errors.As(err, &bad) && bad.Reason == money.ReasonNegative && !strings.ContainsAny(body, "-\u2212") {
		q, err = 0, nil // a quantity refuses zero; a stock does not
	}
	if err != nil {
		r.refuseNumber(c, err)
		return nil
	}
	if negative {
		q = -q
	}
	return &q
}

// points are whole: a fraction is refused, not rounded.
func (r *row) points(c Field) *int64 {
	a := r.amount(c)
	if a == nil {
		return nil
	}
	if *a%100 != 0 {
		r.refuse(c, "import.points-whole", pos.Args{"Input": clip(r.cell(c))})
		return nil
	}
	n := int64(*a / 100)
	return &n
}

func (r *row) vat(c Field) *money.Percent {
	text := r.cell(c)
	none := money.Percent(pos.NoVAT)
	switch pos.Fold(text) {
	case "":
		return nil
	case "без ндс", "без", "нет", "none", "no", "no vat", "-", "—":
		return &none
	}
	p, err := money.ParsePercent(text)
	if err != nil {
		r.refuseNumber(c, err)
		return nil
	}
	return &p
}

func (r *row) flag(c Field) *bool {
	text := r.cell(c)
	yes, no := true, false
	switch pos.Fold(text) {
	case "":
		return nil
	case "да", "д", "так", "иә", "yes", "y", "true", "истина", "1", "+", "x", "х", "✓":
		return &yes
	case "нет", "н", "ні", "не", "жоқ", "no", "n", "false", "ложь", "0", "-":
		return &no
	}
	r.refuse(c, "import.yes-no", pos.Args{"Input": clip(text)})
	return nil
}

// day is a date as our exports or the people of our markets write it.
func (r *row) day(c Field) *time.Time {
	text := r.cell(c)
	if text == "" {
		return nil
	}
	for _, layout := range []string{time.DateOnly, "02.01.2006", "2.1.2006"} {
		if d, err := time.Parse(layout, text); err == nil && d.Year() >= 2000 && d.Year() < 2100 {
			return &d
		}
	}
	r.refuse(c, "import.date", pos.Args{"Input": clip(text)})
	return nil
}

// birthday reads a day with or without a year.
func (r *row) birthday(c Field) *string {
	text := r.cell(c)
	if text == "" {
		return nil
	}
	day, err := pos.ParseBirthday(text, time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		r.refuseError(c, err)
		return nil
	}
	return &day
}

func (r *row) refuseNumber(c Field, err error) {
	var bad *money.ParseError
	if !errors.As(err, &bad) {
		r.refuse(c, "import.bad-value", nil)
		return
	}
	r.refuse(c, "number.reason."+string(bad.Reason), pos.Args{"Input": bad.Input})
}

// once refuses a value that an earlier row of the file has already.
func (r *row) once(c Field, value string) { r.onceAs(c, value, value) }

// onceAs is once for a value that may be written in several ways: key is what
// they have in common.
func (r *row) onceAs(c Field, value, key string) {
	if value == "" {
		return
	}
	seen := r.t.seen[c]
	if seen == nil {
		seen = map[uint64]uint32{}
		r.t.seen[c] = seen
	}
	h := maphash.String(r.t.seed, key)
	if first, twice := seen[h]; twice {
		r.refuse(c, "import.twice", pos.Args{"Value": clip(value), "First": int(first)})
		return
	}
	seen[h] = uint32(r.line)
}
