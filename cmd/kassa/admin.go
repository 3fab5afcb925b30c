package main

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"kassa/assets/words"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/message"
	"kassa/pos/till"
	"kassa/sms"
	"kassa/sms/sandbox"
	"kassa/storage/config"
	"kassa/storage/secret"
	"kassa/ui/settings"
)

// admin lets the window of settings look at a shop and change it. What is
// typed and not saved yet is tried here and nowhere else.
type admin struct{ shop *shop.Shop }

var _ settings.Admin = (*admin)(nil)

func newAdmin(s *shop.Shop) *admin { return &admin{s} }

// senderField is the field by which a provider takes the sender's name. Where
// the shop has a name for all providers, this one stands in it.
const senderField = "sender"

// senderKey is the setting with the name for all providers.
const senderKey = "sms.sender"

// Kept implements settings.Admin.
func (a *admin) Kept(context.Context) (*settings.Kept, error) {
	s := a.shop
	k := &settings.Kept{
		Settings:   s.Settings(),
		Locked:     map[string]string{},
		SecretMode: s.Secrets.Mode().Words(),
		SecretSafe: s.Secrets.Mode() == secret.System,
	}
	for _, key := range settings.Keys() {
		a.lock(k, key, key)
	}
	a.lock(k, shop.PassphraseName, shop.PassphraseName)
	phrase, err := s.Secrets.Get(shop.PassphraseName)
	if err != nil { // said again, in full, when one is to be saved
		s.Log.Warn("the passphrase of copies cannot be read", "error", err)
	}
	k.HasPassphrase = !phrase.Empty()
	for _, info := range s.Vendors.Infos() {
		p := settings.Provider{ID: info.ID, Name: info.Name, Training: info.Training, HasBalance: info.HasBalance, HasCost: info.HasCost}
		for _, f := range info.Fields {
			p.Fields = append(p.Fields, a.field(k, info, f))
		}
		k.Providers = append(k.Providers, p)
	}
	return k, nil
}

// lock notes that the environment decides a field by a key's variable.
func (a *admin) lock(k *settings.Kept, field, key string) {
	if a.shop.Config.Overridden(key) {
		k.Locked[field] = config.Variable(key)
	}
}

func (a *admin) field(k *settings.Kept, info sms.Info, f sms.Field) settings.Field {
	name := shop.SecretName(info.ID, f.Key)
	field := settings.Field{Key: name, LabelID: f.LabelID, HelpID: f.HelpID, Default: f.Default,
		Secret: f.Secret, Required: f.Required, Advanced: f.Advanced}
	a.lock(k, name, name)
	if f.Secret {
		v, err := a.shop.Secrets.Get(name)
		if err != nil { // said again, in full, when one is to be saved
			a.shop.Log.Warn("a secret cannot be read", "name", name, "error", err)
		}
		field.Set = !v.Empty()
		return field
	}
	field.Value = a.shop.Config.Provider(info.ID, f.Key)[f.Key]
	if f.Key == senderField {
		field.Value = cmp.Or(k.Settings.SMSSender, field.Value)
		a.lock(k, name, senderKey)
	}
	field.Set = field.Value != ""
	return field
}

// Save implements settings.Admin.
func (a *admin) Save(ctx context.Context, actor pos.Actor, d settings.Draft) error {
	c := shop.Change{Settings: ownSender(d), Provider: d.Plain, Secrets: map[string]secret.Secret{}}
	for key, t := range d.Tokens {
		c.Secrets[key] = secret.New(strings.TrimSpace(t.Reveal()))
	}
	return a.shop.SaveSettings(ctx, actor, c)
}

// ownSender are the draft's settings. A sender's name typed for one provider
// takes the place of the one for all, which would hide it.
func ownSender(d settings.Draft) pos.Settings {
	set := d.Settings
	for key := range d.Plain {
		if strings.HasSuffix(key, "."+senderField) {
			set.SMSSender = ""
		}
	}
	return set
}

// Balance implements settings.Admin.
func (a *admin) Balance(ctx context.Context, actor pos.Actor, d settings.Draft) (settings.Balance, error) {
	if err := a.shop.Till.Demand(ctx, actor, pos.RightSettings); err != nil {
		return settings.Balance{}, err
	}
	p, err := a.provider(d)
	if err != nil {
		return settings.Balance{}, a.named(d, err)
	}
	within, cancel := context.WithTimeout(ctx, till.SendTimeout)
	defer cancel()
	b, err := sms.CheckBalance(within, p)
	if err != nil {
		return settings.Balance{}, a.named(d, err)
	}
	return settings.Balance{Provider: p.Info().Name, Minor: b.Minor, Currency: b.Currency, Credits: b.Credits, NoteID: b.NoteID}, nil
}

// Cost implements settings.Admin.
func (a *admin) Cost(ctx context.Context, d settings.Draft, phone string) (settings.Cost, error) {
	p, err := a.provider(d)
	if err != nil {
		return settings.Cost{}, a.named(d, err)
	}
	m, err := a.message(d, phone)
	if err != nil {
		return settings.Cost{}, err
	}
	within, cancel := context.WithTimeout(ctx, till.SendTimeout)
	defer cancel()
	c, err := sms.CheckCost(within, p, m)
	if err != nil {
		return settings.Cost{}, a.named(d, err)
	}
	return settings.Cost{Minor: c.Minor, Currency: c.Currency, Parts: c.Parts}, nil
}

// SendTest implements settings.Admin.
func (a *admin) SendTest(ctx context.Context, actor pos.Actor, d settings.Draft, phone string) (settings.Sent, error) {
	m, err := a.message(d, phone)
	if err != nil {
		return settings.Sent{}, err
	}
	r, err := a.shop.SendTestThrough(ctx, actor, func() (sms.Provider, error) { return a.provider(d) }, m)
	if err != nil {
		return settings.Sent{}, a.named(d, err)
	}
	sent := settings.Sent{Provider: a.providerName(d), ID: r.ID}
	if r.Cost != nil {
		sent.Cost = &settings.Cost{Minor: r.Cost.Minor, Currency: r.Cost.Currency, Parts: r.Cost.Parts}
	}
	return sent, nil
}

// message is the draft's message, in the draft's language, with a code drawn now.
func (a *admin) message(d settings.Draft, phone string) (sms.Message, error) {
	code, err := confirm.NewCode()
	if err != nil {
		return sms.Message{}, err
	}
	set := &d.Settings
	text, err := message.Trial(words.New(set.Language, set.Currency, set.CurrencySymbol), set, code)
	if err != nil {
		return sms.Message{}, err
	}
	return sms.Message{To: phone, Text: text, Sender: ownSender(d).SMSSender}, nil
}

// provider opens the draft's provider: what is kept for it, what was typed on
// top, and above both what the environment decides.
func (a *admin) provider(d settings.Draft) (sms.Provider, error) {
	s := a.shop
	info, ok := s.Vendors.Info(d.Settings.SMSProvider)
	if !ok {
		if d.Settings.SMSProvider == "" {
			return nil, pos.E(pos.CodeUnavailable, "shop.no-provider", nil)
		}
		return s.Vendors.Open(d.Settings.SMSProvider, sms.Settings{})
	}
	have, err := s.ProviderSettings(info)
	if err != nil {
		return nil, err
	}
	for _, f := range info.Fields {
		key := shop.SecretName(info.ID, f.Key)
		token, typed := d.Tokens[key]
		plain, written := d.Plain[key]
		switch {
		case f.Secret && typed && !s.Secrets.Overridden(key):
			have.Secrets[f.Key] = sms.NewSecret(strings.TrimSpace(token.Reveal()))
		case written && !s.Config.Overridden(key) && (plain != "" || info.ID != sandbox.ID):
			have.Plain[f.Key] = plain
		}
	}
	return s.Vendors.Open(info.ID, have)
}

func (a *admin) providerName(d settings.Draft) string {
	info, _ := a.shop.Vendors.Info(d.Settings.SMSProvider)
	return info.Name
}

// named calls the setting a provider complains about by the name it has in the
// window instead of its key.
func (a *admin) named(d settings.Draft, err error) error {
	e, ok := errors.AsType[*sms.Error](err)
	if !ok || e.Setting == "" {
		return err
	}
	info, _ := a.shop.Vendors.Info(d.Settings.SMSProvider)
	for _, f := range info.Fields {
		if f.Key == e.Setting {
			told := *e
			told.Setting = a.shop.Words("").T(f.LabelID, nil)
			return &told
		}
	}
	return err
}
