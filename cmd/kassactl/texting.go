package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/pos/money"
	"kassa/pos/phone"
	"kassa/pos/till"
	"kassa/sms"
)

// fieldJSON is a setting of a message provider, as `sms providers` tells it.
type fieldJSON struct {
	Key      string           `json:"key"`
	Label    string           `json:"label"`
	Type     integration.Type `json:"type"`
	Required bool             `json:"required"`
	Secret   bool             `json:"secret"`
	Set      bool             `json:"set"`
	Problem  string           `json:"problem,omitempty"` // why the provider cannot work with what is set
}

type providerJSON struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Chosen   bool              `json:"chosen"`
	Training bool              `json:"training"`
	Channels []integration.Way `json:"channels"`
	Balance  bool              `json:"balance"`
	Cost     bool              `json:"cost"`
	Status   bool              `json:"status"`
	Fields   []fieldJSON       `json:"fields"`
}

// smsProviders lists what messages can go through and what each one needs.
func (p *program) smsProviders(ctx context.Context, _ []string) error {
	return p.with(ctx, shop.Options{Beside: true, Storeless: true}, func(s *shop.Shop) error {
		list := make([]providerJSON, 0, 2)
		for _, d := range s.Vendors.Declarations() {
			have, err := s.Kept(d)
			if err != nil {
				return err
			}
			v := p.provider(d, have)
			v.Chosen = d.ID == s.Settings().SMSProvider
			list = append(list, v)
		}
		return p.answer(struct {
			Providers []providerJSON `json:"providers"`
		}{list}, func() { p.listProviders(list) })
	})
}

// provider tells what one declares and whether what is kept for it will do.
func (p *program) provider(d integration.Declaration, have integration.Values) providerJSON {
	bad := map[string]string{}
	for _, problem := range d.Check(have) {
		bad[problem.Field.Key] = p.words.Error(problem)
	}
	v := providerJSON{ID: d.ID, Name: d.Name, Channels: d.Ways(), Training: d.Has(integration.Trains),
		Balance: d.Has(integration.TellsBalance), Cost: d.Has(integration.TellsCost), Status: d.Has(integration.TellsStatus),
		Fields: []fieldJSON{}}
	for _, f := range d.Fields {
		v.Fields = append(v.Fields, fieldJSON{Key: d.Key(f.Key), Label: p.words.T(f.LabelID, nil), Type: f.Type,
			Required: f.Required, Secret: f.IsSecret(), Set: have.Has(f), Problem: bad[f.Key]})
	}
	return v
}

func (p *program) listProviders(list []providerJSON) {
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	defer w.Flush()
	for _, v := range list {
		var missing []string
		for _, f := range v.Fields {
			if !f.Set && f.Problem != "" {
				missing = append(missing, f.Key)
			}
		}
		note := ""
		if v.Chosen {
			note = p.words.T("cli.sms.chosen", nil)
		}
		if len(missing) > 0 {
			note = strings.TrimSpace(note + " " + p.words.T("cli.sms.needs", nil) + " " + strings.Join(missing, ", "))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", v.ID, v.Name, note)
		for _, f := range v.Fields {
			if f.Set && f.Problem != "" {
				fmt.Fprintf(w, "\t\t%s\n", f.Problem)
			}
		}
	}
}

func (p *program) smsBalance(ctx context.Context, _ []string) error {
	return p.with(ctx, shop.Options{Beside: true, Storeless: true}, func(s *shop.Shop) error {
		pr, err := s.Provider()
		if err != nil {
			return told(err)
		}
		ctx, cancel := context.WithTimeout(ctx, till.SendTimeout)
		defer cancel()
		b, err := sms.CheckBalance(ctx, pr)
		if err != nil {
			return told(err)
		}
		v := struct {
			Provider string `json:"provider"`
			Balance  string `json:"balance,omitempty"`
			Currency string `json:"currency,omitempty"`
			Credits  int64  `json:"credits,omitempty"`
			Note     string `json:"note,omitempty"`
		}{Provider: pr.Declaration().ID, Currency: b.Currency, Credits: b.Credits}
		if b.Currency != "" {
			v.Balance = money.Amount(b.Minor).String()
		}
		if b.NoteID != "" {
			v.Note = p.words.T(b.NoteID, nil)
		}
		return p.answer(v, func() {
			switch {
			case v.Note != "":
				fmt.Fprintln(p.out, v.Note)
			case v.Currency != "":
				p.say("cli.sms.balance", pos.Args{"Provider": pr.Declaration().Name, "Sum": p.sum(b.Minor, b.Currency)})
			default:
				p.say("cli.sms.credits", pos.Args{"Provider": pr.Declaration().Name, "Credits": b.Credits})
			}
		})
	})
}

// sum writes an amount of the provider's currency, which need not be the shop's.
func (p *program) sum(minor int64, currency string) string {
	return money.NewFormatter(p.words.Lang(), money.Currency(currency), "").Amount(money.Amount(minor))
}

func (p *program) smsCost(ctx context.Context, rest []string) error {
	return p.with(ctx, shop.Options{Beside: true, Storeless: true}, func(s *shop.Shop) error {
		m, err := p.textMessage(s, rest)
		if err != nil {
			return err
		}
		pr, err := s.Provider()
		if err != nil {
			return told(err)
		}
		ctx, cancel := context.WithTimeout(ctx, till.SendTimeout)
		defer cancel()
		c, err := sms.CheckCost(ctx, pr, m)
		if err != nil {
			return told(err)
		}
		parts := cmp.Or(c.Parts, message.Count(m.Text).Parts)
		return p.answer(struct {
			Provider string `json:"provider"`
			Phone    string `json:"phone"`
			Cost     string `json:"cost"`
			Currency string `json:"currency"`
			Parts    int    `json:"parts"`
		}{pr.Declaration().ID, phone.Mask(m.To), money.Amount(c.Minor).String(), c.Currency, parts}, func() {
			p.say("cli.sms.cost", pos.Args{"Phone": phone.Mask(m.To), "Sum": p.sum(c.Minor, c.Currency), "Parts": parts})
		})
	})
}

// smsSend sends one message for a test. It is recorded, as it costs money.
func (p *program) smsSend(ctx context.Context, rest []string) error {
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		m, err := p.textMessage(s, rest)
		if err != nil {
			return err
		}
		r, err := s.SendTest(ctx, till.System(), m)
		if err != nil {
			return told(err)
		}
		name := s.Settings().SMSProvider
		return p.answer(struct {
			Provider string `json:"provider"`
			Phone    string `json:"phone"`
			ID       string `json:"id"`
			Sent     bool   `json:"sent"`
		}{name, phone.Mask(m.To), r.ID, true}, func() {
			p.say("cli.sms.sent", pos.Args{"Phone": phone.Mask(m.To), "Provider": name, "ID": r.ID})
		})
	})
}

// textMessage reads number and text from the words or the flags.
func (p *program) textMessage(s *shop.Shop, rest []string) (sms.Message, error) {
	rest = slices.Concat(rest, []string{"", ""})
	number, text := cmp.Or(p.args.get("to"), rest[0]), cmp.Or(p.args.get("text"), rest[1])
	if p.args.has("to") && text == "" {
		text = rest[0]
	}
	if number == "" {
		return sms.Message{}, usage("cli.word-missing", "sms")
	}
	set := s.Settings()
	to, err := phone.Parse(number, set.Country)
	if err != nil {
		return sms.Message{}, pos.E(pos.CodeInvalid, "cli.phone", pos.Args{"What": printable(number)})
	}
	if text == "" {
		text = p.words.T("cli.sms.test-text", pos.Args{"Shop": set.Shop})
	}
	return sms.Message{To: to, Text: text, Sender: set.SMSSender}, nil
}

// told gives an error of a provider the code a program is told: our own
// mistakes and settings are invalid, everything else is the outside world.
func told(err error) error { return shop.ProviderError(err) }
