package door

import (
	"encoding/json"
	"regexp"
	"strconv"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/money"
)

// maxText bounds a text field, in runes: a reason, a note, a name. The longest
// thing a shop writes is a sentence.
const maxText = 1000

// request is one command with its fields. Reading a field that is missing or
// of the wrong kind notes the first such mistake, which done returns: a
// handler reads all its fields and then asks once.
type request struct {
	cmd    string
	fields map[string]json.RawMessage
	within string // the field all of this is inside of, "" for the command itself
	err    error
}

// done returns the first mistake found in the fields.
func (r *request) done() error { return r.err }

func (r *request) fail(id, field string) {
	if r.within != "" {
		field = r.within + "." + field
	}
	if r.err == nil {
		r.err = pos.E(pos.CodeInvalid, id, pos.Args{"Field": field})
	}
}

// given tells whether a field is there; null counts as absent.
func (r *request) given(name string) bool {
	raw, ok := r.fields[name]
	return ok && string(raw) != "null"
}

// text reads a text that must be there, though it may be empty.
func (r *request) text(name string) string {
	if !r.given(name) {
		r.fail("door.missing", name)
		return ""
	}
	return r.optional(name)
}

// optional reads a text that may be absent.
func (r *request) optional(name string) string {
	if !r.given(name) {
		return ""
	}
	var s string
	if json.Unmarshal(r.fields[name], &s) != nil {
		r.fail("door.not-text", name)
		return ""
	}
	switch {
	case utf8.RuneCountInString(s) > maxText:
		r.fail("door.text-too-long", name)
		return ""
	case pos.HasControl(s):
		r.fail("text.control", name)
		return ""
	}
	return s
}

// plainDecimal is how numbers are written here: no exponent, no grouping, a
// dot. It also keeps NaN and the infinities out.
var plainDecimal = regexp.MustCompile(`^-?[0-9]{1,20}(\.[0-9]{1,20})?$`)

// decimal reads a decimal given as a string, or as a JSON number, whose digits
// are taken as they are written so that no float comes between.
func (r *request) decimal(name string) string {
	if !r.given(name) {
		r.fail("door.missing", name)
		return "0"
	}
	var n json.Number
	raw := r.fields[name]
	if raw[0] == '"' {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			n = json.Number(s)
		}
	} else if json.Unmarshal(raw, &n) != nil {
		n = ""
	}
	if !plainDecimal.MatchString(n.String()) {
		r.fail("door.not-decimal", name)
		return "0"
	}
	return n.String()
}

func (r *request) number(name string, err error) {
	if e, ok := err.(*money.ParseError); ok && r.err == nil {
		switch e.Reason {
		case money.ReasonNegative:
			r.fail("door.too-small", name)
		case money.ReasonTooLarge:
			r.fail("door.too-large", name)
		case money.ReasonTooPrecise:
			r.fail("door.too-precise", name)
		default:
			r.fail("door.not-decimal", name)
		}
	}
}

// amount reads a sum of money that must be there.
func (r *request) amount(name string) money.Amount {
	a, err := money.ParseAmount(r.decimal(name))
	r.number(name, err)
	return a
}

// amountIf reads a sum of money that may be absent.
func (r *request) amountIf(name string) *money.Amount {
	if !r.given(name) {
		return nil
	}
	a := r.amount(name)
	return &a
}

// quantity reads a quantity that must be there.
func (r *request) quantity(name string) money.Quantity {
	q, err := money.ParseQuantity(r.decimal(name))
	r.number(name, err)
	return q
}

// quantityIf reads a quantity, 0 when absent.
func (r *request) quantityIf(name string) money.Quantity {
	if !r.given(name) {
		return 0
	}
	return r.quantity(name)
}

// discount reads a percentage or an amount, exactly one of them.
func (r *request) discount() pos.Discount {
	byPercent, bySum := r.given("percent"), r.given("amount")
	switch {
	case byPercent == bySum:
		r.fail("door.percent-or-amount", "percent")
	case byPercent:
		p, err := money.ParsePercent(r.decimal("percent"))
		r.number("percent", err)
		return pos.Discount{Percent: p}
	default:
		return pos.Discount{Sum: r.amount("amount")}
	}
	return pos.Discount{}
}

// yes reads a choice of true or false that may be absent.
func (r *request) yes(name string, absent bool) bool {
	if !r.given(name) {
		return absent
	}
	var v bool
	if json.Unmarshal(r.fields[name], &v) != nil {
		r.fail("door.not-bool", name)
	}
	return v
}

// method reads a way of paying.
func (r *request) method(name string) pos.Method {
	m := pos.Method(r.text(name))
	if r.err == nil && !m.ByHand() {
		r.fail("door.unknown-method", name)
	}
	return m
}

// whole reads a number without decimals, from 0 up, that must be there.
func (r *request) whole(name string) int64 {
	n, err := strconv.ParseInt(r.decimal(name), 10, 53)
	if err != nil || n < 0 {
		r.fail("door.not-whole", name)
	}
	return n
}

// wholeIf reads a number without decimals, 0 when absent.
func (r *request) wholeIf(name string) int64 {
	if !r.given(name) {
		return 0
	}
	return r.whole(name)
}
