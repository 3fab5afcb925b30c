// Package message writes the texts that go to customers: the shop's template with
// its values put in, what is wrong with a template, and how long a text is for
// those who carry it. It knows nobody who does.
package message

import (
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/phone"
)

// Words speak the language a text is written in and write the shop's money.
type Words interface {
	T(id string, args pos.Args) string
	Money() money.Formatter
}

// Code is the text that brings a customer a code: the shop's template, and in the
// customer's language what of it is ours. From the second message on it says which
// it is, since only the newest code works, unless that would make one SMS into
// two. It returns CodeInvalid "shop.template" for a template that cannot be used.
func Code(w Words, set *pos.Settings, d confirm.Delivery) (string, error) {
	v := Vars{
		Code: d.Code, Amount: w.Money().Amount(d.Amount), Shop: set.Shop,
		Operation: operation(w, d.Operation), Customer: d.Customer,
	}
	if d.Operation == confirm.ChangePhone {
		// No sum is at stake: the new number stands in its place.
		v.Amount = w.T("codebox.phone.none", nil)
		if d.NewPhone != "" {
			v.Amount = phone.Mask(d.NewPhone)
		}
	}
	text, err := expand(spoken(w, set.SMSTemplate), v)
	if err != nil {
		return "", err
	}
	if d.Number > 1 {
		numbered := text + " " + w.T("shop.message-number", pos.Args{"Number": d.Number})
		if Count(numbered).Parts <= Count(text).Parts {
			text = numbered
		}
	}
	return text, nil
}

// Trial is the same text with a made-up operation of a usual sum, for a message
// that is sent to see whether it arrives. The code is the caller's, a new one each
// time: a provider refuses a text it has just sent.
func Trial(w Words, set *pos.Settings, code string) (string, error) {
	return expand(spoken(w, set.SMSTemplate), sample(w, set, code))
}

func expand(template string, v Vars) (string, error) {
	text, err := Expand(template, v)
	if err != nil {
		return "", pos.Wrap(pos.CodeInvalid, "shop.template", err)
	}
	return text, nil
}

func operation(w Words, o confirm.Operation) string { return w.T("shop.operation."+string(o), nil) }

// What stands in a message that is only looked at.
const (
	sampleCode   = "482913"
	sampleAmount = money.Amount(300_00) // a usual sum
)

// sample are values as a customer of this shop would read them.
func sample(w Words, set *pos.Settings, code string) Vars {
	v := SampleVars()
	v.Code, v.Shop, v.Amount, v.Operation = code, set.Shop, w.Money().Amount(sampleAmount), operation(w, confirm.SpendPoints)
	return v
}

// Look is what can be said about a template that is being written.
type Look struct {
	Problems []Finding // with one the template cannot be used
	Warnings []Finding
	Text     string // as a customer of this shop would read it
	Size     Size   // of the text
}

// LookAt looks at a template with the values of a shop, whose own name may make
// one SMS into two. What cannot be used is shown as it stands.
func LookAt(w Words, set *pos.Settings, template string) Look {
	l := Look{}
	var warnings []Finding
	l.Problems, warnings = Check(template)
	text, err := Expand(spoken(w, template), sample(w, set, sampleCode))
	if err != nil {
		text = Preview(template)
	}
	l.Text, l.Size = text, Count(text)
	for _, f := range warnings {
		if f.MessageID != MsgTemplateManyParts { // counted with other words than the shop's
			l.Warnings = append(l.Warnings, f)
		}
	}
	if l.Size.Parts > 1 && len(l.Problems) == 0 {
		l.Warnings = append(l.Warnings, Finding{MessageID: MsgTemplateManyParts, Number: l.Size.Parts})
	}
	return l
}

// spoken is what a message is made of: the shop's own text as it was written, and
// in place of the program's the same in the language of the reader, so that no
// message speaks two.
func spoken(w Words, own string) string {
	if own == DefaultTemplate {
		return w.T("shop.message", nil)
	}
	return own
}
