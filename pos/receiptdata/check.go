package receiptdata

import (
	"kassa/pos"
	"kassa/pos/money"
)

// Finding is what a rule has to say about an object.
type Finding struct {
	Rule     string // "V1" to "V10"; permanent
	Position int    // from 1; 0 for the whole
	Warning  bool   // the object is taken nevertheless
	Args     pos.Args
}

// Word is the id of its sentence, said with Args.
func (f Finding) Word() string { return "receipt-data." + f.Rule }

// Refused says whether any of the findings is an error.
func Refused(all []Finding) bool {
	for _, f := range all {
		if !f.Warning {
			return true
		}
	}
	return false
}

// Check applies the rules to an object that is told beside a payment.
func Check(d *Data, payment money.Amount, mode Mode) []Finding {
	var out []Finding
	if n := len(d.Positions); n == 0 || n > MaxPositions {
		out = append(out, Finding{Rule: "V1", Args: pos.Args{"Count": n, "Max": MaxPositions}})
	}
	for i := range d.Positions {
		out = append(out, d.position(i, mode)...)
	}
	out = append(out, d.taxes()...)
	if sum, ok := d.sum(); ok && sum != payment {
		out = append(out, Finding{Rule: "V10", Warning: true, Args: pos.Args{"Sum": int64(sum), "Payment": int64(payment)}})
	}
	return out
}

// sum is Sum where it can be: an object from elsewhere may be of any size.
func (d *Data) sum() (money.Amount, bool) {
	var sum money.Amount
	for i := range d.Positions {
		a := d.Positions[i].Amount
		if a < 0 || a > money.MaxAmount || sum > money.MaxAmount-a {
			return 0, false
		}
		sum += a
	}
	return sum, true
}

func (d *Data) position(i int, mode Mode) []Finding {
	var out []Finding
	p := &d.Positions[i]
	say := func(rule string, warning bool, args pos.Args) {
		args["No"] = i + 1
		out = append(out, Finding{Rule: rule, Position: i + 1, Warning: warning, Args: args})
	}
	if p.Amount < 0 || p.Amount > money.MaxAmount {
		say("V2", false, pos.Args{})
		return out
	}
	if p.Quantity != nil && *p.Quantity <= 0 {
		say("V3", false, pos.Args{})
	}
	r := d.CommonTax
	if p.Tax != nil {
		r = p.Tax
	}
	if r != nil && (*r < 0 || *r > 10_000) {
		say("V4", false, pos.Args{})
		return out
	}
	if p.TaxAmount == nil {
		return out
	}
	if *p.TaxAmount < 0 || *p.TaxAmount > p.Amount {
		say("V5", false, pos.Args{"Tax": int64(*p.TaxAmount), "Amount": int64(p.Amount)})
		return out
	}
	if r == nil {
		return out
	}
	if want := mode.Of(p.Amount, *r); *p.TaxAmount-want > 1 || want-*p.TaxAmount > 1 {
		say("V6", true, pos.Args{"Tax": int64(*p.TaxAmount), "Want": int64(want)})
	}
	return out
}

// taxes compares what is told of the whole with what is told of its parts.
func (d *Data) taxes() []Finding {
	var out []Finding
	var sum money.Amount
	each := len(d.Positions) > 0
	for i := range d.Positions {
		p := &d.Positions[i]
		if d.CommonTax != nil && p.Tax != nil && *p.Tax != *d.CommonTax {
			out = append(out, Finding{Rule: "V8", Position: i + 1, Args: pos.Args{"No": i + 1}})
		}
		if p.TaxAmount == nil || *p.TaxAmount < 0 || *p.TaxAmount > money.MaxAmount-sum {
			each = false
			continue
		}
		sum += *p.TaxAmount
	}
	if each && d.TotalTax != nil && *d.TotalTax != sum {
		out = append(out, Finding{Rule: "V7", Args: pos.Args{"Total": int64(*d.TotalTax), "Sum": int64(sum)}})
	}
	return out
}
