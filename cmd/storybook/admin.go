package main

import (
	"context"
	"maps"
	"time"

	"kassa/mail"
	"kassa/pos"
	"kassa/sms"
	"kassa/sms/sandbox"
	"kassa/sms/smsru"
	"kassa/ui/settings"
)

// admin is the shop behind the settings window of a story. Its provider
// answers as the story says and nobody is ever contacted.
type admin struct {
	b      *book
	broken error // what the provider answers with; nil: all is well
}

func newAdmin(b *book) *admin { return &admin{b: b} }

// Kept implements settings.Admin.
func (a *admin) Kept(context.Context) (*settings.Kept, error) {
	k := &settings.Kept{Settings: a.b.set, SecretMode: "secret.mode.system", SecretSafe: true, HasPassphrase: true, Secrets: map[string]bool{}}
	k.Mail = mail.Declaration()
	for _, p := range mail.Presets {
		k.MailPresets = append(k.MailPresets, settings.MailPreset{Name: p.Name})
	}
	k.Plain = maps.Clone(a.b.mail)
	for _, v := range []sms.Vendor{smsru.Vendor(), sandbox.Vendor(sandbox.NewInbox(a.b.Clock.Now), "")} {
		k.Providers = append(k.Providers, v.Declaration)
		for _, f := range v.Declaration.Fields {
			k.Secrets[v.Declaration.Key(f.Key)] = f.IsSecret()
		}
	}
	return k, nil
}

// Save implements settings.Admin.
func (a *admin) Save(_ context.Context, _ pos.Actor, d settings.Draft) error {
	a.b.set = d.Settings
	return nil
}

// Balance implements settings.Admin.
func (a *admin) Balance(context.Context, pos.Actor, settings.Draft) (settings.Balance, error) {
	return settings.Balance{Provider: "SMS.RU", Minor: 41256, Currency: "RUB"}, a.broken
}

// Cost implements settings.Admin.
func (a *admin) Cost(context.Context, settings.Draft, string) (settings.Cost, error) {
	return settings.Cost{Minor: 320, Currency: "RUB", Parts: 1}, a.broken
}

// SendTest implements settings.Admin.
func (a *admin) SendTest(context.Context, pos.Actor, settings.Draft, string) (settings.Sent, error) {
	return settings.Sent{Provider: "SMS.RU", ID: "000000-10000000", Cost: &settings.Cost{Minor: 320, Currency: "RUB", Parts: 1}}, a.broken
}

// CheckMail implements settings.MailAdmin.
func (a *admin) CheckMail(context.Context, pos.Actor, settings.Draft) error { return a.broken }

// SendTestMail implements settings.MailAdmin.
func (a *admin) SendTestMail(context.Context, pos.Actor, settings.Draft, string) error {
	return a.broken
}

// History implements settings.Admin.
func (a *admin) History(context.Context, pos.Actor) ([]settings.Decision, error) {
	at := a.b.Clock.Now()
	owner := a.b.demo.Employees[0]
	list := []settings.Decision{
		{SettingsChange: pos.SettingsChange{Key: "points.earn_percent", Old: "3", New: "5", Source: pos.SettingsByTill}, Who: owner.Name, Now: "5"},
		{SettingsChange: pos.SettingsChange{Key: "till.theme", Old: "light", New: "dark", Source: pos.SettingsByTill}, Who: owner.Name, Now: "dark"},
		{SettingsChange: pos.SettingsChange{Key: "sms.smsru.api_id", Secret: true, Source: pos.SettingsByTill}, Who: owner.Name},
		{SettingsChange: pos.SettingsChange{Key: "credit.due_days", Old: "14", New: "30", Source: pos.SettingsByFile}, Now: "14"},
		{SettingsChange: pos.SettingsChange{Key: "till.idle_lock_minutes", Old: "5", New: "7", Source: pos.SettingsByShell}, Now: "7", Variable: "KASSA_TILL_IDLE_LOCK_MINUTES"},
		{SettingsChange: pos.SettingsChange{Key: "shop.footer", New: "Спасибо за покупку!\nЖдём вас снова", Source: pos.SettingsByTill}, Who: owner.Name, Now: "Спасибо за покупку!\nЖдём вас снова"},
		{SettingsChange: pos.SettingsChange{Key: "backup.on_close", Old: "false", New: "true", Source: pos.SettingsByTill}, Who: owner.Name, Now: "true"},
	}
	for i := range list {
		list[i].N, list[i].At = int64(len(list)-i), at.Add(-time.Duration(i*i*7)*time.Hour)
	}
	return list, nil
}

// Behind implements settings.Admin.
func (a *admin) Behind() settings.Server { return &a.b.back }

// Revert implements settings.Admin.
func (a *admin) Revert(context.Context, pos.Actor, int64) error { return nil }
