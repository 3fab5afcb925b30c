package sms

import (
	"fmt"
	"slices"
	"strings"
)

// Settings are the values a provider is opened with, by Field.Key. Secrets have a map of their own so that they
// cannot be written where plain values go.
type Settings struct {
	Plain   map[string]string
	Secrets map[string]Secret
}

// Get returns a plain value without surrounding spaces, or "".
func (s Settings) Get(key string) string { return strings.TrimSpace(s.Plain[key]) }

// Secret returns a secret value, empty when it is not set.
func (s Settings) Secret(key string) Secret { return s.Secrets[key] }

func (s Settings) has(f Field) bool {
	if f.Secret {
		return !s.Secret(f.Key).Empty()
	}
	return s.Get(f.Key) != "" || f.Default != ""
}

// Vendor is a kind of provider that can be opened.
type Vendor struct {
	Info Info
	// Open makes a provider from settings that hold every required field. It contacts nobody.
	Open func(Settings) (Provider, error)
}

// Catalogue is the list of vendors a program was built with.
type Catalogue struct{ vendors []Vendor }

// NewCatalogue lists vendors in the order they are to be offered. It panics when two have the same id or one
// cannot be opened, which only a mistake in the program's wiring can cause.
func NewCatalogue(vendors ...Vendor) Catalogue {
	seen := map[string]bool{}
	for _, v := range vendors {
		if v.Info.ID == "" || v.Open == nil || seen[v.Info.ID] {
			panic(fmt.Sprintf("sms: vendor %q is listed twice or incomplete", v.Info.ID))
		}
		seen[v.Info.ID] = true
	}
	return Catalogue{vendors: slices.Clone(vendors)}
}

// Infos returns the declarations of all vendors.
func (c Catalogue) Infos() []Info {
	infos := make([]Info, 0, len(c.vendors))
	for _, v := range c.vendors {
		infos = append(infos, v.Info)
	}
	return infos
}

// Info returns the declaration of the vendor with this id.
func (c Catalogue) Info(id string) (Info, bool) {
	v, ok := c.vendor(id)
	return v.Info, ok
}

// Open makes the provider with this id. It returns an *Error with MsgUnknownProvider, MsgSettingMissing or what
// the vendor says about a setting.
func (c Catalogue) Open(id string, s Settings) (Provider, error) {
	v, ok := c.vendor(id)
	if !ok {
		return nil, &Error{Kind: FailedRequest, Provider: id, MessageID: MsgUnknownProvider}
	}
	for _, f := range v.Info.Fields {
		if f.Required && !s.has(f) {
			return nil, &Error{Kind: FailedRequest, Provider: v.Info.Name, Setting: f.Key, MessageID: MsgSettingMissing}
		}
	}
	return v.Open(s)
}

func (c Catalogue) vendor(id string) (Vendor, bool) {
	i := slices.IndexFunc(c.vendors, func(v Vendor) bool { return v.Info.ID == id })
	if i < 0 {
		return Vendor{}, false
	}
	return c.vendors[i], true
}
