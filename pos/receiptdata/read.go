package receiptdata

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/money"
)

// ErrNotAnObject is returned for a text that is no receipt_data at all.
var ErrNotAnObject = errors.New("receiptdata: not a receipt_data object")

type positionRead struct {
	Quantity    json.RawMessage `json:"quantity"`
	Amount      json.RawMessage `json:"amount"`
	Tax         json.RawMessage `json:"tax"`
	TaxAmount   json.RawMessage `json:"tax_amount"`
	Description *string         `json:"description"`
}

type dataRead struct {
	Positions []positionRead  `json:"positions"`
	TotalTax  json.RawMessage `json:"total_tax_amount"`
	CommonTax json.RawMessage `json:"common_tax"`
}

// requestRead is a request with a receipt_data in it.
type requestRead struct {
	Payment struct {
		Amount json.RawMessage `json:"amount"`
	} `json:"payment"`
	Data *json.RawMessage `json:"receipt_data"`
}

// Read reads an object that somebody else wrote, alone or in the request it was
// sent with. payment is what that request asks for, nil where the object stands
// alone. Numbers the rules refuse are findings; the error is ErrNotAnObject.
func Read(text []byte) (d Data, payment *money.Amount, found []Finding, err error) {
	if !utf8.Valid(text) || !json.Valid(text) {
		return Data{}, nil, nil, ErrNotAnObject
	}
	var request requestRead
	if json.Unmarshal(text, &request) == nil && request.Data != nil {
		text = *request.Data
		if n, ok := number(request.Payment.Amount, 0); ok {
			payment = (*money.Amount)(&n)
		}
	}
	var in dataRead
	if err := json.Unmarshal(text, &in); err != nil || bytes.Equal(bytes.TrimSpace(text), []byte("null")) {
		return Data{}, nil, nil, ErrNotAnObject
	}
	d, found = in.data()
	return d, payment, found, nil
}

func (in *dataRead) data() (d Data, found []Finding) {
	for i := range in.Positions {
		p, odd := in.Positions[i].position(i + 1)
		d.Positions = append(d.Positions, p)
		found = append(found, odd...)
	}
	if told(in.TotalTax) {
		n, ok := number(in.TotalTax, 0)
		if !ok {
			found = append(found, Finding{Rule: "V7", Args: pos.Args{"Total": string(in.TotalTax), "Sum": "?"}})
		} else {
			d.TotalTax = (*money.Amount)(&n)
		}
	}
	if told(in.CommonTax) {
		n, ok := number(in.CommonTax, 2)
		if !ok {
			found = append(found, Finding{Rule: "V4", Args: pos.Args{}})
		} else {
			d.CommonTax = (*money.Percent)(&n)
		}
	}
	return d, found
}

func (in *positionRead) position(no int) (p Position, found []Finding) {
	bad := func(rule string, args pos.Args) {
		args["No"] = no
		found = append(found, Finding{Rule: rule, Position: no, Args: args})
	}
	if n, ok := number(in.Amount, 0); ok {
		p.Amount = money.Amount(n)
	} else {
		bad("V2", pos.Args{})
	}
	if told(in.Quantity) {
		if n, ok := number(in.Quantity, 6); ok {
			p.Quantity = (*Millionths)(&n)
		} else {
			bad("V3", pos.Args{})
		}
	}
	if told(in.Tax) {
		if n, ok := number(in.Tax, 2); ok {
			p.Tax = (*money.Percent)(&n)
		} else {
			bad("V4", pos.Args{})
		}
	}
	if told(in.TaxAmount) {
		if n, ok := number(in.TaxAmount, 0); ok {
			p.TaxAmount = (*money.Amount)(&n)
		} else {
			bad("V5", pos.Args{"Tax": string(in.TaxAmount), "Amount": int64(p.Amount)})
		}
	}
	if in.Description != nil {
		p.Description = Describe(*in.Description)
	}
	return p, found
}

func told(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// number reads a JSON number as a whole number of 10^-digits, exactly: one with
// more decimals, in scientific notation or in quotes is none.
func number(raw json.RawMessage, digits int) (int64, bool) {
	whole, part, _ := strings.Cut(string(raw), ".")
	if len(part) > digits {
		if strings.Trim(part[digits:], "0") != "" {
			return 0, false
		}
		part = part[:digits]
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", digits-len(part)), 10, 64)
	return n, err == nil
}
