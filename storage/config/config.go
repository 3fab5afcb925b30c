// Package config keeps what a shop decides: defaults, then config.toml in the
// till's home, then the environment (KASSA_SMS_PROVIDER for sms.provider). It
// reads them once, checks every value, and holds no secrets: those are refused.
package config

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/viper"

	"kassa/pos"
	"kassa/pos/integration"
	"kassa/pos/message"
)

// Config is the settings of one till. It is safe for use by several goroutines.
type Config struct {
	home     Home
	declared []integration.Declaration

	mu       sync.RWMutex
	settings pos.Settings
	plain    map[string]string // of what is declared, by full key, environment included
	warnings []*pos.Error
}

// Defaults are the settings of a shop that has decided nothing yet. Both codes
// are on: whoever wants to do without them has to say so.
func Defaults() pos.Settings {
	return pos.Settings{
		Shop: "Магазин", Till: "1", Language: "ru", ReceiptLanguage: "ru", Country: "RU", Currency: "RUB",
		Footer: "Спасибо за покупку!",
		Rules:  pos.DefaultRules(), ConfirmPoints: pos.ConfirmAlways, ConfirmCredit: pos.ConfirmAlways,
		Returns:      pos.ReturnSettings{Days: pos.DefaultReturnDays},
		Certificates: pos.CertificateSettings{Life: 365 * 24 * time.Hour},
		CodeLifetime: 5 * time.Minute, SMSTemplate: message.DefaultTemplate,
		IdleLock: 5 * time.Minute, Theme: "light", StartScreen: "sale", Scale: 1, Width: 48,
		Paper: pos.DefaultPaper(), LabelPrinter: pos.DefaultLabelPrinter(), Backup: pos.DefaultBackup(), Front: pos.DefaultFront(),
	}
}

// DemoSettings are the settings of the demo shop: its messages are shown in a
// window and cost nothing.
func DemoSettings() pos.Settings {
	s := Defaults()
	s.Shop, s.Address, s.TaxID = "Лавка у дома", "г. Примерск, ул. Садовая, 1", "0000000000"
	s.Demo, s.SMSProvider = true, "sandbox"
	return s
}

// Load reads the settings of a home: the shop's own and those of the
// integrations declared; a missing file is one that decides nothing. A file that is no TOML is CodeInvalid "config.broken" with the line,
// bad values come joined, each a CodeInvalid that names key, value and what is
// allowed, and the file is never touched. Keys nobody knows are Warnings.
func Load(home Home, declared ...integration.Declaration) (*Config, error) {
	file, err := readFile(home.Config())
	if err != nil {
		return nil, err
	}
	c := &Config{home: home, declared: declared}
	if err := c.take(file); err != nil {
		return nil, err
	}
	return c, nil
}

// take builds the settings from the values of the file.
func (c *Config) take(file map[string]any) error {
	v := layered(file)
	s := Defaults()
	var refused problems
	for _, k := range keys {
		value, ok := scalar(v.Get(k.name))
		if !ok {
			refused.add(pos.E(pos.CodeInvalid, "config.not-scalar", pos.Args{"Key": k.name}))
			continue
		}
		if allowed := k.read(&s, value); allowed != "" {
			refused.add(badValue(k.name, value, allowed))
		}
	}
	plain, warnings := c.others(v, file, &refused)
	if err := refused.err(); err != nil {
		return err
	}
	c.settings, c.plain, c.warnings = s, plain, warnings
	return nil
}

// layered puts defaults, file and environment on top of each other.
func layered(file map[string]any) *viper.Viper {
	v := viper.New()
	v.SetEnvPrefix("kassa")
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	d := Defaults()
	for _, k := range keys {
		v.SetDefault(k.name, k.write(&d))
	}
	_ = v.MergeConfigMap(file) // never fails for a map
	return v
}

// others goes through what the file holds beside keys: plain settings of what
// is declared, secrets, which are refused, and keys nobody knows. A value a
// provider cannot use is told when the provider is asked; only an address over
// which a token would travel openly keeps the till from starting.
func (c *Config) others(v *viper.Viper, file map[string]any, refused *problems) (map[string]string, []*pos.Error) {
	plain := map[string]string{}
	var warnings []*pos.Error
	for _, name := range flatten(file) {
		_, _, known := integration.Find(c.declared, name)
		switch {
		case keyNamed(name) != nil:
		case c.isSecret(name):
			refused.add(pos.E(pos.CodeInvalid, "config.secret", pos.Args{"Key": name, "Variable": Variable(name)}))
		case known:
			value, ok := scalar(v.Get(name))
			if !ok {
				refused.add(pos.E(pos.CodeInvalid, "config.not-scalar", pos.Args{"Key": name}))
			}
			plain[name] = value
		default:
			warnings = append(warnings, pos.E(pos.CodeInvalid, "config.unknown", pos.Args{"Key": name, "File": c.home.Config()}))
		}
	}
	c.addEnvironment(plain)
	for _, name := range slices.Sorted(maps.Keys(plain)) {
		d, f, _ := integration.Find(c.declared, name)
		if p := d.CheckValue(f, plain[name]); p != nil && f.Type == integration.Address {
			refused.add(refusedValue(p, plain[name]))
		}
	}
	return plain, warnings
}

// addEnvironment adds what the environment decides of that which a shop has one
// of; of several only the file says which there are.
func (c *Config) addEnvironment(plain map[string]string) {
	for _, d := range c.declared {
		for _, f := range d.Fields {
			if value := os.Getenv(Variable(d.Key(f.Key))); value != "" && !d.Many && !f.IsSecret() {
				plain[d.Key(f.Key)] = value
			}
		}
	}
}

// Settings are the ones in force.
func (c *Config) Settings() pos.Settings {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.settings
}

// Warnings are about keys of the file that nobody knows.
func (c *Config) Warnings() []*pos.Error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.warnings
}

// Home is where the settings live.
func (c *Config) Home() Home { return c.home }

// Kept returns the plain values kept for an integration by the keys of its
// fields, from the file or the environment; of one of several, that one's.
func (c *Config) Kept(d integration.Declaration) map[string]string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	found := map[string]string{}
	for _, f := range d.Fields {
		if value := c.plain[d.Key(f.Key)]; value != "" {
			found[f.Key] = value
		}
	}
	return found
}

// Variable is the environment variable of a key: KASSA_SMS_PROVIDER for
// sms.provider.
func Variable(key string) string {
	return "KASSA_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// Overridden reports that the environment decides the key, so that saving
// cannot change what is in force.
func (c *Config) Overridden(key string) bool { return os.Getenv(Variable(key)) != "" }

// isSecret reports a key whose value belongs into the secret store: one declared
// so, and one of nobody known whose name says it.
func (c *Config) isSecret(name string) bool {
	if _, f, known := integration.Find(c.declared, name); known {
		return f.IsSecret()
	}
	return name == backupPassphrase || integration.Within(name) && integration.SoundsSecret(name)
}

func badValue(key, value, allowed string) *pos.Error {
	return pos.E(pos.CodeInvalid, "config.value", pos.Args{
		"Key": key, "Value": shorten(value), "Allowed": pos.E(pos.CodeInvalid, allowed, nil),
	})
}

// refusedValue is badValue for a setting that is declared.
func refusedValue(p *integration.Problem, value string) *pos.Error {
	return pos.E(pos.CodeInvalid, "config.value", pos.Args{
		"Key": p.Key(), "Value": shorten(value), "Allowed": p.Field.Allowed(),
	})
}

// shorten keeps a sentence readable whatever stands in the file.
func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// problems collects refusals, so that all of them are told at once.
type problems []*pos.Error

func (p *problems) add(e *pos.Error) { *p = append(*p, e) }

func (p problems) err() error {
	switch len(p) {
	case 0:
		return nil
	case 1:
		return p[0]
	}
	list := make([]error, len(p))
	for i, e := range p {
		list[i] = e
	}
	return &pos.Error{Code: pos.CodeInvalid, ID: "config.values",
		Args: pos.Args{"Count": len(p), "List": list}, Err: fmt.Errorf("config: %w", errors.Join(list...))}
}
