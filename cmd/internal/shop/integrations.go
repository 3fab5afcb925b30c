package shop

// What the shop keeps for the integrations it was built with, and which of it is
// in force: each reads its declaration, none is known here by name.

import (
	"cmp"

	"kassa/mail"
	"kassa/pos"
	"kassa/pos/integration"
	"kassa/storage/secret"
)

// Declarations are those of all integrations the program was built with: the
// message providers in the order to offer them, then the mail server.
func (s *Shop) Declarations() []integration.Declaration {
	return append(s.Vendors.Declarations(), mail.Declaration())
}

// Kept are the values kept for an integration, secrets included, without the
// defaults of its declaration.
func (s *Shop) Kept(d integration.Declaration) (integration.Values, error) {
	have := integration.Values{Plain: s.Config.Kept(d), Secrets: map[string]secret.Secret{}}
	for _, f := range d.Fields {
		if !f.IsSecret() {
			continue
		}
		v, err := s.Secrets.Get(d.Key(f.Key))
		if err != nil {
			return integration.Values{}, err
		}
		have.Secrets[f.Key] = v
	}
	return have, nil
}

// InForce is the plain value a field has: what the shop decided for all
// integrations where the declaration says so, else its own; "" for neither.
func (s *Shop) InForce(d integration.Declaration, f integration.Field) string {
	above := ""
	if f.Shared != "" {
		above = s.Config.Values()[f.Shared]
	}
	return cmp.Or(above, s.Config.Kept(d)[f.Key])
}

// OnTheirOwn are the settings with what the shop decided for all integrations
// emptied where one of the keys decides the field itself: it would stay hidden
// below.
func (s *Shop) OnTheirOwn(set pos.Settings, plain map[string]string) pos.Settings {
	for _, d := range s.Declarations() {
		for _, f := range d.Fields {
			if _, decided := plain[d.Key(f.Key)]; decided && f.Shared != "" {
				_, _ = s.Config.Set(&set, f.Shared, "") // a test of the wiring holds it to the shop's keys
			}
		}
	}
	return set
}

// Trains reports that the message provider of the settings reaches nobody.
func (s *Shop) Trains() bool {
	d, ok := s.Vendors.Declaration(s.Settings().SMSProvider)
	return ok && d.Has(integration.Trains)
}

// integrationKeys are the keys of all that is declared, in its order.
func (s *Shop) integrationKeys() []string {
	var keys []string
	for _, d := range s.Declarations() {
		for _, f := range d.Fields {
			keys = append(keys, d.Key(f.Key))
		}
	}
	return keys
}
