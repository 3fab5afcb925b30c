package main

import (
	"context"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/till"
)

// settingJSON is one change of the settings, as `settings history` tells it.
type settingJSON struct {
	N        int64              `json:"n"`
	At       string             `json:"at"`
	Employee pos.EmployeeID     `json:"employee"`
	Key      string             `json:"key"`
	Old      string             `json:"old"`
	New      string             `json:"new"`
	Secret   bool               `json:"secret"`
	Source   pos.SettingsSource `json:"source"`
	Reverts  int64              `json:"reverts,omitempty"`
}

// historyMost is how many changes are told unless more are asked for.
const historyMost = 50

// settingsHistory tells who decided what, of one setting or of all.
func (p *program) settingsHistory(ctx context.Context, words []string) error {
	limit, key := historyMost, ""
	if text := p.args.get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return usage("cli.flag-choice", text)
		}
		limit = n
	}
	if len(words) == 1 {
		key = words[0]
	}
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		list, err := s.Till.SettingsHistory(ctx, till.System(), key, limit)
		if err != nil {
			return err
		}
		v := make([]settingJSON, 0, len(list))
		for _, c := range list {
			v = append(v, settingJSON{c.N, c.At.Format(time.RFC3339), c.Employee, c.Key, c.Old, c.New, c.Secret, c.Source, c.Reverts})
		}
		return p.answer(struct {
			Changes []settingJSON `json:"changes"`
		}{v}, func() {
			w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
			defer w.Flush()
			for _, c := range list {
				change := fmt.Sprintf("%q → %q", c.Old, c.New)
				if c.Secret {
					change = p.words.T("cli.settings.secret", nil)
				}
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", c.N, p.words.DateTime(c.At), p.words.T("cli.settings.source."+string(c.Source), nil), c.Key, change)
			}
		})
	})
}

// settingsRevert takes one change back.
func (p *program) settingsRevert(ctx context.Context, words []string) error {
	n, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil {
		return usage("cli.flag-choice", words[0])
	}
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		if err := s.RevertSetting(ctx, till.System(), n); err != nil {
			return err
		}
		return p.answer(struct {
			Reverted int64 `json:"reverted"`
		}{n}, func() { p.say("cli.settings.reverted", nil) })
	})
}
