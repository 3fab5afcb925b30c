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
	"kassa/pos/message"
	"kassa/pos/money"
	"kassa/pos/phone"
	"kassa/pos/till"
	"kassa/sms"
)

// fieldJSON is a setting of a message provider, as `sms providers` tells it.
type fieldJSON struct {
	Key      string `json:"key"`
	Label    string `json:"label"`
	Required bool   `json:"required"`
	Secret   bool   `json:"secret"`
	Set      bool   `json:"set"`
}

type providerJSON struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Chosen   bool          `json:"chosen"`
	Training bool          `json:"training"`
	Channels []sms.Channel `json:"channels"`
	Balance  bool          `json:"balance"`
	Cost     bool          `json:"cost"`
	Status   bool          `json:"status"`
	Fields   []fieldJSON   `json:"fields"`
}

// smsProviders lists what messages can go through and what each one needs.
func (p *program) smsProviders(ctx context.Context, _ []string) error {
	return p.with(ctx, shop.Options{Beside: true, Storeless: true}, func(s *shop.Shop) error {
		chosen := s.Settings().SMSProvider
		list := make([]providerJSON, 0, 2)
		for _, info := range s.Vendors.Infos() {
			v := providerJSON{ID: info.ID, Name: info.Name, Chosen: info.ID == chosen, Training: info.Training,
				Channels: info.Channels, Balance: info.HasBalance, Cost: info.HasCost, Status: info.HasStatus, Fields: []fieldJSON{}}
			have, err := s.ProviderSettings(info)
			if err != nil {
				return err
			}
			for _, f := range info.Fields {
				set := have.Get(f.Key) != ""
				if f.Secret {
					set = !have.Secret(f.Key).Empty()
				}
				v.Fields = append(v.Fields, fieldJSON{Key: "sms." + info.ID + "." + f.Key, Label: p.words.T(f.LabelID, nil),
					Required: f.Required, Secret: f.Secret, Set: set})
			}
			list = append(list, v)
		}
		return p.answer(struct {
			Providers []providerJSON `json:"providers"`
		}{list}, func() { p.listProviders(list) })
	})
}

func (p *program) listProviders(list []providerJSON) {
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	defer w.Flush()
	for _, v := range list {
		var missing []string
		for _, f := range v.Fields {
			if f.Required && !f.Set {
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
		}{Provider: pr.Info().ID, Currency: b.Currency, Credits: b.Credits}
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
				p.say("cli.sms.balance", pos.Args{"Provider": pr.Info().Name, "Sum": p.sum(b.Minor, b.Currency)})
			default:
				p.say("cli.sms.credits", pos.Args{"Provider": pr.Info().Name, "Credits": b.Credits})
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
		}{pr.Info().ID, phone.Mask(m.To), money.Amount(c.Minor).String(), c.Currency, parts}, func() {
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
