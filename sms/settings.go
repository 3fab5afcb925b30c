package sms

// The vendors a program was built with, and how one of them is opened.

import (
	"fmt"
	"slices"

	"kassa/pos/integration"
)

// Vendor is a kind of provider that can be opened.
type Vendor struct {
	Declaration integration.Declaration
	// Open makes a provider from values that pass the declaration's check, defaults filled in. It contacts nobody.
	Open func(integration.Values) (Provider, error)
}

// Catalogue is the list of vendors a program was built with.
type Catalogue struct{ vendors []Vendor }

// NewCatalogue lists vendors in the order they are to be offered. It panics when two have the same id, one cannot be
// opened or its declaration is not sound, which only a mistake in the program can cause.
func NewCatalogue(vendors ...Vendor) Catalogue {
	seen := map[string]bool{}
	for _, v := range vendors {
		id, flaws := v.Declaration.ID, v.Declaration.Flaws()
		if v.Open == nil || seen[id] || len(flaws) > 0 {
			panic(fmt.Sprintf("sms: vendor %q is listed twice or incomplete: %q", id, flaws))
		}
		seen[id] = true
	}
	return Catalogue{vendors: slices.Clone(vendors)}
}

// Declarations returns what all vendors declare.
func (c Catalogue) Declarations() []integration.Declaration {
	list := make([]integration.Declaration, 0, len(c.vendors))
	for _, v := range c.vendors {
		list = append(list, v.Declaration)
	}
	return list
}

// Declaration returns what the vendor with this id declares.
func (c Catalogue) Declaration(id string) (integration.Declaration, bool) {
	v, ok := c.vendor(id)
	return v.Declaration, ok
}

// Open makes the provider with this id. It returns an *Error with MsgUnknownProvider, one that names the setting which
// is missing or cannot be right, or what the vendor says about it.
func (c Catalogue) Open(id string, have integration.Values) (Provider, error) {
	v, ok := c.vendor(id)
	if !ok {
		return nil, &Error{Kind: FailedRequest, Provider: id, MessageID: MsgUnknownProvider}
	}
	if problems := v.Declaration.Check(have); len(problems) > 0 {
		return nil, badSetting(problems[0])
	}
	return v.Open(v.Declaration.Filled(have))
}

func badSetting(p *integration.Problem) *Error {
	e := &Error{Kind: FailedRequest, Provider: p.Declaration.Name, Setting: p.Field.Key, MessageID: MsgSettingInvalid, Err: p}
	switch p.Reason {
	case integration.Missing:
		e.MessageID = MsgSettingMissing
	case integration.Insecure:
		e.MessageID = MsgInsecureAddress
	}
	return e
}

func (c Catalogue) vendor(id string) (Vendor, bool) {
	i := slices.IndexFunc(c.vendors, func(v Vendor) bool { return v.Declaration.ID == id })
	if i < 0 {
		return Vendor{}, false
	}
	return c.vendors[i], true
}
