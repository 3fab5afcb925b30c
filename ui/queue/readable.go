package queue

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/phone"
)

// mostLines bounds how much of a payload is shown: nobody reads more of it here.
const mostLines = 600

// readable is what a message tells, a line for each field: names and values as a
// person says them where that is known, telephones and addresses masked.
func readable(w *words.Words, m *pos.OutboxMessage) string {
	d := json.NewDecoder(bytes.NewReader(m.Payload))
	d.UseNumber()
	p := &printing{words: w, json: d, currency: currencyOf(m.Payload)}
	if err := p.value("", 0, ""); err != nil && !errors.Is(err, errLong) {
		return w.T("queue.unreadable", nil)
	}
	if len(p.lines) >= mostLines {
		p.lines = append(p.lines, "…")
	}
	return strings.Join(p.lines, "\n")
}

// currencyOf is the currency a payload names for its sums, "" for none.
func currencyOf(payload []byte) string {
	var head struct {
		Currency string `json:"currency"`
	}
	_ = json.Unmarshal(payload, &head) // what cannot be read is told by whoever reads it all
	return head.Currency
}

var errLong = errors.New("more lines than are shown")

// printing writes a payload in the order of its fields.
type printing struct {
	words    *words.Words
	json     *json.Decoder
	currency string
	lines    []string
}

// value writes the next value under its name, so deep in.
func (p *printing) value(name string, deep int, lead string) error {
	token, err := p.json.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		return p.object(name, deep, lead)
	case json.Delim('['):
		return p.list(name, deep)
	}
	return p.say(deep, lead+p.label(name)+p.text(name, token))
}

func (p *printing) object(name string, deep int, lead string) error {
	if name != "" {
		if err := p.say(deep, lead+strings.TrimRight(p.label(name), " ")); err != nil {
			return err
		}
		deep, lead = deep+1, ""
	}
	for p.json.More() {
		key, err := p.json.Token()
		if err != nil {
			return err
		}
		text, _ := key.(string)
		if err := p.value(text, deep, lead); err != nil {
			return err
		}
		lead = strings.Repeat(" ", len([]rune(lead)))
	}
	_, err := p.json.Token()
	return err
}

// list writes each item under a dash.
func (p *printing) list(name string, deep int) error {
	if err := p.say(deep, strings.TrimRight(p.label(name), " ")); err != nil {
		return err
	}
	for p.json.More() {
		if err := p.value("", deep+1, "– "); err != nil {
			return err
		}
	}
	_, err := p.json.Token()
	return err
}

func (p *printing) say(deep int, text string) error {
	if len(p.lines) >= mostLines {
		return errLong
	}
	p.lines = append(p.lines, strings.Repeat("  ", deep)+text)
	return nil
}

// units end the names of fields, and are said with the value.
var units = []string{"_minor", "_milli", "_bp", "_ms"}

// named are the fields, without their units, that have a name in words.
var named = map[string]bool{
	"comment": true, "customer_name": true, "date": true, "decision": true, "employee_name": true, "may": true, "merchant": true, "offer": true,
	"order": true, "request": true, "text": true, "version": true, "where": true,
	"amount": true, "archived": true, "asked_by": true, "at": true, "birthday": true, "by_method": true, "by_tender": true, "card": true,
	"cards": true, "cash_in": true, "cash_out": true, "certificate": true, "change": true, "cost": true, "counted": true, "created": true,
	"credit_limit": true, "currency": true, "customer": true, "debt": true, "debt_added": true, "debt_due": true, "difference": true,
	"digest": true, "discount": true, "email": true, "employee": true, "epoch": true, "expected": true, "expires": true, "float": true,
	"granted_by": true, "gross": true, "group": true, "id": true, "invoice": true, "kind": true, "language": true, "lines": true,
	"method": true, "name": true, "no": true, "note": true, "number": true, "of": true, "opened_at": true, "opened_by": true,
	"opened_by_name": true, "phone": true, "phone_confirmed": true, "points": true, "points_earned": true, "points_spent": true,
	"price": true, "product": true, "qty": true, "reason": true, "refunds": true, "returns": true, "right": true, "rounding": true,
	"sale": true, "sales": true, "shift": true, "sku": true, "sum": true, "supplier": true, "tenders": true, "till": true, "total": true,
	"unit": true, "v": true, "vat": true, "vat_rate": true,
}

// label is a field's name, in words where there are some.
func (p *printing) label(name string) string {
	if name == "" {
		return ""
	}
	short := name
	for _, u := range units {
		short = strings.TrimSuffix(short, u)
	}
	if named[short] {
		short = p.words.T("queue.field."+short, nil)
	}
	return short + ": "
}

// text is a value as a person reads it.
func (p *printing) text(name string, token json.Token) string {
	switch v := token.(type) {
	case bool:
		if v {
			return p.words.T("queue.yes", nil)
		}
		return p.words.T("queue.no", nil)
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return p.number(name, n, v.String())
		}
		return v.String()
	case string:
		return p.masked(name, v)
	}
	return "—"
}

func (p *printing) number(name string, n int64, plain string) string {
	f := p.words.Money()
	switch {
	case strings.HasSuffix(name, "_minor") && p.currency != "":
		return money.NewFormatter(p.words.Lang(), money.Currency(p.currency), "").Amount(money.Amount(n))
	case strings.HasSuffix(name, "_minor"):
		return f.Amount(money.Amount(n))
	case strings.HasSuffix(name, "_milli"):
		return f.Quantity(money.Quantity(n))
	case strings.HasSuffix(name, "_bp"):
		return f.Percent(money.Percent(n))
	case strings.HasSuffix(name, "_ms"):
		return p.words.DateTime(time.UnixMilli(n))
	}
	return plain
}

// masked hides what a screen does not show whole.
func (p *printing) masked(name, v string) string {
	switch {
	case v == "":
		return "—"
	case strings.Contains(name, "phone"):
		return phone.Mask(v)
	case strings.Contains(name, "email"):
		head, domain, _ := strings.Cut(v, "@")
		return firstOf(head) + "•••@" + domain
	case name == "method" && p.words.Has("method."+v):
		return p.words.T("method."+v, nil)
	}
	return strings.Join(strings.Fields(v), " ")
}

func firstOf(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}
