package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"kassa/assets/words"
	"kassa/cmd/internal/shop"
	"kassa/mail"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/hidden"
	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/pos/till"
	"kassa/sms"
	"kassa/storage/config"
	"kassa/storage/secret"
	"kassa/ui/merchants"
	"kassa/ui/settings"
)

// admin lets the window of settings look at a shop and change it. What is
// typed and not saved yet is tried here and nowhere else.
type admin struct{ shop *shop.Shop }

var _ settings.Admin = (*admin)(nil)

func newAdmin(s *shop.Shop) *admin { return &admin{s} }

// Kept implements settings.Admin.
func (a *admin) Kept(context.Context) (*settings.Kept, error) {
	s := a.shop
	k := &settings.Kept{
		Settings:   s.Settings(),
		Plain:      map[string]string{},
		Secrets:    map[string]bool{},
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
	k.Providers, k.Mail = s.Vendors.Declarations(), mail.Declaration()
	for _, p := range mail.Presets {
		k.MailPresets = append(k.MailPresets, settings.MailPreset{Name: p.Name,
			Fields: map[string]string{mail.KeyHost: p.Host, mail.KeySecurity: p.Security, mail.KeyPort: strconv.Itoa(p.Port)}})
	}
	for _, d := range s.Declarations() {
		for _, f := range d.Fields {
			a.field(k, d, f)
		}
	}
	return k, nil
}

// Behind implements settings.Admin.
func (a *admin) Behind() settings.Server { return server{a.shop} }

// PaymentSystems implements settings.Admin.
func (a *admin) PaymentSystems() merchants.Backend { return a.shop.SetUp() }

// server lets the window join a server and leave it.
type server struct{ shop *shop.Shop }

// CheckServer implements settings.Server.
func (s server) CheckServer(ctx context.Context, a pos.Actor) (settings.ServerState, error) {
	state, err := s.shop.CheckServer(ctx, a)
	return settings.ServerState{Name: state.Name, Held: state.Held.Count}, err
}

// JoinServer implements settings.Server.
func (s server) JoinServer(ctx context.Context, a pos.Actor, address string, code hidden.Text, since time.Time) (settings.ServerState, error) {
	state, err := s.shop.JoinServer(ctx, a, address, code, since)
	return settings.ServerState{Name: state.Name, Held: state.Held.Count}, err
}

// LeaveServer implements settings.Server.
func (s server) LeaveServer(ctx context.Context, a pos.Actor, without bool) error {
	return s.shop.LeaveServer(ctx, a, without)
}

// lock notes that the environment decides a field by a key's variable.
func (a *admin) lock(k *settings.Kept, field, key string) {
	if a.shop.Config.Overridden(key) {
		k.Locked[field] = config.Variable(key)
	}
}

// field notes what is kept for a declared field.
func (a *admin) field(k *settings.Kept, d integration.Declaration, f integration.Field) {
	key := d.Key(f.Key)
	a.lock(k, key, key)
	if !f.IsSecret() {
		k.Plain[key] = a.shop.InForce(d, f)
		if f.Shared != "" {
			a.lock(k, key, f.Shared)
		}
		return
	}
	v, err := a.shop.Secrets.Get(key)
	if err != nil { // said again, in full, when one is to be saved
		a.shop.Log.Warn("a secret cannot be read", "name", key, "error", err)
	}
	k.Secrets[key] = !v.Empty()
}

// Save implements settings.Admin.
func (a *admin) Save(ctx context.Context, actor pos.Actor, d settings.Draft) error {
	c := shop.Change{Settings: a.shop.OnTheirOwn(d.Settings, d.Plain), Provider: d.Plain, Secrets: map[string]secret.Secret{}}
	for key, t := range d.Tokens {
		c.Secrets[key] = secret.New(strings.TrimSpace(t.Reveal()))
	}
	return a.shop.SaveSettings(ctx, actor, c)
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
	return settings.Balance{Provider: p.Declaration().Name, Minor: b.Minor, Currency: b.Currency, Credits: b.Credits, NoteID: b.NoteID}, nil
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
	return sms.Message{To: phone, Text: text, Sender: a.shop.OnTheirOwn(d.Settings, d.Plain).SMSSender}, nil
}

// provider opens the draft's provider: what is kept for it, what was typed on
// top, and above both what the environment decides.
func (a *admin) provider(d settings.Draft) (sms.Provider, error) {
	s, id := a.shop, d.Settings.SMSProvider
	declared, ok := s.Vendors.Declaration(id)
	if !ok {
		if id == "" {
			return nil, pos.E(pos.CodeUnavailable, "shop.no-provider", nil)
		}
		return s.Vendors.Open(id, integration.Values{})
	}
	have, err := a.typed(declared, d)
	if err != nil {
		return nil, err
	}
	return s.Vendors.Open(id, have)
}

// typed is what is kept for an integration, what was typed on top, and above both
// what the environment decides.
func (a *admin) typed(declared integration.Declaration, d settings.Draft) (integration.Values, error) {
	s := a.shop
	have, err := s.Kept(declared)
	if err != nil {
		return integration.Values{}, err
	}
	for _, f := range declared.Fields {
		key := declared.Key(f.Key)
		token, typed := d.Tokens[key]
		plain, written := d.Plain[key]
		switch {
		case f.IsSecret() && typed && !s.Secrets.Overridden(key):
			have.Secrets[f.Key] = sms.NewSecret(strings.TrimSpace(token.Reveal()))
		case written && !s.Config.Overridden(key):
			have.Plain[f.Key] = plain
		}
	}
	return have, nil
}

// CheckMail implements settings.MailAdmin.
func (a *admin) CheckMail(ctx context.Context, actor pos.Actor, d settings.Draft) error {
	return a.shop.CheckMailThrough(ctx, actor, func() (mail.Sender, error) { return a.mailer(d) })
}

// SendTestMail implements settings.MailAdmin.
func (a *admin) SendTestMail(ctx context.Context, actor pos.Actor, d settings.Draft, to string) error {
	return a.shop.SendTestMailThrough(ctx, actor, func() (mail.Sender, error) { return a.mailer(d) }, to)
}

// mailer opens the draft's mail server.
func (a *admin) mailer(d settings.Draft) (mail.Sender, error) {
	have, err := a.typed(mail.Declaration(), d)
	if err != nil {
		return nil, err
	}
	return shop.OpenMailer(have)
}

func (a *admin) providerName(d settings.Draft) string {
	declared, _ := a.shop.Vendors.Declaration(d.Settings.SMSProvider)
	return declared.Name
}

// named calls the setting a provider complains about by the name it has in the
// window instead of its key.
func (a *admin) named(d settings.Draft, err error) error {
	e, ok := errors.AsType[*sms.Error](err)
	if !ok {
		return err
	}
	declared, _ := a.shop.Vendors.Declaration(d.Settings.SMSProvider)
	f, ok := declared.Field(e.Setting)
	if !ok {
		return err
	}
	told := *e
	told.Setting = a.shop.Words("").T(f.LabelID, nil)
	return &told
}
