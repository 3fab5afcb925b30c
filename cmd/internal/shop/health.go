package shop

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/sms"
	"kassa/storage"
	"kassa/storage/secret"
)

// asking bounds how long a printer or a message service may take to say how it is.
const asking = 5 * time.Second

// Health looks at everything the till stands on. ask also asks the printer and
// the message service, which takes seconds where they are silent, and adds up the
// books of manual payments. It needs the
// right to check the data.
func (s *Shop) Health(ctx context.Context, a pos.Actor, ask bool) ([]health.Line, error) {
	if err := s.Till.Demand(ctx, a, pos.RightVerify); err != nil {
		return nil, err
	}
	lines := slices.Concat(s.diskHealth(), s.DataHealth(ctx, a, ask), s.DeviceHealth(ctx, ask), s.SettingsHealth(ctx, ask))
	return append(lines, health.Line{Name: "version", State: health.Good, ID: "health.version-is", Args: pos.Args{"Version": s.version}}), ctx.Err()
}

// Troubles are the lines that must be put right, for whoever looks after the
// shop; none for who may not check its data.
func (s *Shop) Troubles(ctx context.Context, a pos.Actor) ([]health.Line, error) {
	if !a.Can(pos.RightVerify) {
		return nil, nil
	}
	lines, err := s.Health(ctx, a, false)
	return slices.DeleteFunc(lines, func(l health.Line) bool { return l.State != health.Bad }), err
}

// DataHealth looks at the database, its copies, what waits in it, and the clock
// against what was recorded last; with books, at those of manual payments too.
func (s *Shop) DataHealth(ctx context.Context, a pos.Actor, books bool) []health.Line {
	v, err := s.Till.Vitals(ctx, a)
	base := health.Line{Name: "database", State: health.Bad, Err: err, Place: health.Copies}
	switch {
	case err != nil:
		return append([]health.Line{base}, s.clockHealth(ctx)...)
	case len(v.Problems) > 0:
		base.ID, base.Args = "health.database-broken", pos.Args{"Problem": printable(v.Problems[0])}
		return append([]health.Line{base}, s.clockHealth(ctx)...)
	}
	base = FileHealth(s.Home.Database(), v.Schema)
	prints := health.Line{Name: "prints", State: health.Good, ID: "health.prints-none", Place: health.Prints}
	if v.Prints > 0 {
		prints.State, prints.ID, prints.Args = health.Warn, "health.prints-open", pos.Args{"Count": v.Prints}
	}
	lines := []health.Line{base, s.historyHealth(), sealHealth(v), s.copyHealth(v), prints, OutboxHealth(v.Outbox)}
	if books {
		lines = append(lines, s.booksHealth(ctx))
	}
	lines = append(lines, s.clockHealth(ctx)...)
	return append(lines, s.keysHealth(ctx)...)
}

// sealHealth tells of records that guard money and were changed past the till.
func sealHealth(v *till.Vitals) health.Line {
	l := health.Line{Name: "seals", State: health.Good, ID: "health.seals-ok", Place: health.Seals}
	switch {
	case v.Unsealed:
		l.State, l.ID = health.Warn, "health.seals-unread"
	case v.Broken > 0:
		l.State, l.ID, l.Args = health.Bad, "health.seals-broken", pos.Args{"Count": v.Broken}
	case v.Outside:
		l.State, l.ID = health.Warn, "health.seals-settings"
	}
	return l
}

// OutboxHealth tells what waits to be told to others. What was put aside goes on
// waiting until somebody looks at it.
func OutboxHealth(c pos.OutboxCounts) health.Line {
	if c.Aside > 0 {
		return health.Line{Name: "outbox", State: health.Warn, ID: "health.outbox-aside", Args: pos.Args{"Count": c.Waiting, "Aside": c.Aside}, Place: health.Queue}
	}
	return health.Line{Name: "outbox", State: health.Good, ID: "health.outbox-length", Args: pos.Args{"Count": c.Waiting}, Place: health.Queue}
}

// A copy older than this is told of; one older than the other is a fault.
const (
	copyOld    = 2 * 24 * time.Hour
	copyTooOld = 7 * 24 * time.Hour
)

// copyHealth judges by the folder that stands worst.
func (s *Shop) copyHealth(v *till.Vitals) health.Line {
	l := health.Line{Name: "backup", State: health.Good, Place: health.Copies}
	targets := s.copyTargets()
	var newest time.Time
	for _, t := range targets {
		i := slices.IndexFunc(v.Copies, func(c pos.CopyStanding) bool { return c.Folder == t.Folder })
		if i < 0 {
			continue
		}
		c := &v.Copies[i]
		if c.LastAt.After(newest) {
			newest = c.LastAt
		}
		if err := c.Problem(); err != nil && l.State != health.Bad {
			l.State, l.ID, l.Args, l.Err = health.Bad, "health.backup-failed", pos.Args{"Folder": c.Folder, "Reason": err}, err
		}
	}
	if l.State == health.Bad {
		return l
	}
	age := s.Clock.Now().Sub(newest)
	l.ID, l.Args = "health.backup-ok", pos.Args{"At": newest, "Count": len(targets)}
	switch {
	case newest.IsZero() && v.Sales == 0:
		l.ID, l.Args = "health.backup-nothing", nil
	case newest.IsZero():
		l.State, l.ID, l.Args = health.Warn, "health.backup-none", nil
	case age > copyTooOld:
		l.State, l.ID = health.Bad, "health.backup-old"
	case age > copyOld:
		l.State, l.ID = health.Warn, "health.backup-old"
	}
	return l
}

// DeviceHealth looks at the printer and the server behind the till, which ask asks
// how they are.
func (s *Shop) DeviceHealth(ctx context.Context, ask bool) []health.Line {
	set := s.Settings()
	l := health.Line{Name: "printer", State: health.Good, ID: "health.printer-none", Place: health.PrinterPage}
	if set.Paper.Set() {
		l.ID, l.Args = "health.printer-set", pos.Args{"Address": set.Paper.Address}
		if ask {
			within, cancel := context.WithTimeout(ctx, asking)
			defer cancel()
			switch _, answers, err := s.Spool.Status(within, set.Paper); {
			case err != nil:
				l.State, l.ID, l.Args, l.Err = health.Bad, "", nil, err
			case answers:
				l.ID = "health.printer-ready"
			}
		}
	}
	return []health.Line{l, s.exchangeHealth(ctx, ask)}
}

// SettingsHealth looks at config.toml, the secrets and the message service, whose
// balance ask asks for.
func (s *Shop) SettingsHealth(ctx context.Context, ask bool) []health.Line {
	return slices.Concat([]health.Line{s.configHealth(), s.secretHealth(), s.providerHealth(ctx, ask)}, s.templateHealth(), s.guardHealth())
}

// templateHealth tells of a text of messages with which no code can be sent: it
// may stand in config.toml or the environment, which nobody checks when they are
// written. Of one that can be used it says nothing.
func (s *Shop) templateHealth() []health.Line {
	set := s.Settings()
	problems, _ := message.Check(set.SMSTemplate)
	if len(problems) == 0 {
		return nil
	}
	l := health.Line{Name: "template", State: health.Warn, ID: problems[0].MessageID, Args: problems[0].Data(), Place: health.SMSPage}
	if set.Guarded() {
		l.State = health.Bad
	}
	return []health.Line{l}
}

func (s *Shop) configHealth() health.Line {
	l := health.Line{Name: "config", State: health.Good, ID: "health.config-ok", Args: pos.Args{"File": s.Home.Config()}, Place: health.ShopPage}
	if unknown := s.Config.Warnings(); len(unknown) > 0 {
		var keys []string
		for _, w := range unknown {
			keys = append(keys, fmt.Sprint(w.Args["Key"]))
		}
		l.State, l.ID, l.Args["Keys"] = health.Warn, "health.config-unknown", strings.Join(keys, ", ")
	} else if keys := s.overridden(); len(keys) > 0 {
		l.ID, l.Args["Keys"] = "health.config-env", strings.Join(keys, ", ")
	}
	return l
}

func (s *Shop) secretHealth() health.Line {
	l := health.Line{Name: "secrets", State: health.Good, ID: "health.secrets-keyring", Place: health.SMSPage}
	if d, ok := s.Vendors.Declaration(s.Settings().SMSProvider); ok && s.fromEnvironment(d) {
		l.ID = "health.secrets-env"
	} else if s.Secrets.Mode() == secret.File {
		l.State, l.ID, l.Args = health.Warn, "health.secrets-file", pos.Args{"Dir": s.Home.Secrets()}
	}
	return l
}

// fromEnvironment reports that the environment gives a secret of the provider.
func (s *Shop) fromEnvironment(d integration.Declaration) bool {
	return slices.ContainsFunc(d.Fields, func(f integration.Field) bool {
		return f.IsSecret() && s.Secrets.Overridden(d.Key(f.Key))
	})
}

func (s *Shop) providerHealth(ctx context.Context, ask bool) health.Line {
	set := s.Settings()
	l := health.Line{Name: "provider", State: health.Warn, Place: health.SMSPage}
	if set.Guarded() {
		l.State = health.Bad
	}
	pr, err := s.Provider()
	switch {
	case set.SMSProvider == "" && !set.Guarded(): // nothing waits for a code
		l.State, l.ID = health.Good, "health.provider-unneeded"
		return l
	case set.SMSProvider == "":
		l.ID = "health.provider-none"
		return l
	case err != nil:
		l.Err = err
		return l
	}
	l.Args = pos.Args{"Provider": pr.Declaration().Name}
	if pr.Declaration().Has(integration.Trains) && !set.Demo {
		l.State, l.ID = health.Warn, "health.provider-training"
		return l
	}
	broken := l.State
	l.State, l.ID = health.Good, "health.provider-ok"
	if !ask || !pr.Declaration().Has(integration.TellsBalance) {
		return l
	}
	within, cancel := context.WithTimeout(ctx, asking)
	defer cancel()
	b, err := sms.CheckBalance(within, pr)
	switch {
	case err != nil:
		return health.Line{Name: l.Name, State: broken, Err: err, Place: l.Place}
	case b.NoteID != "":
	case b.Currency == "":
		l.ID, l.Args["Count"] = "health.provider-credits", b.Credits
		if b.Credits <= 0 {
			l.State, l.ID = broken, "health.provider-empty"
		}
	default:
		l.ID, l.Args["Sum"] = "health.provider-balance", money.NewFormatter(set.Language, money.Currency(b.Currency), "").Amount(money.Amount(b.Minor))
		if b.Minor <= 0 {
			l.State, l.ID = broken, "health.provider-empty"
		}
	}
	return l
}

// printable is what the engine said, on one line of bounded length.
func printable(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 200 {
		s = string(r[:200]) + "…"
	}
	return s
}

// IsRunning reports that a till works in the folder.
func IsRunning(err error) bool {
	e, ok := errors.AsType[*pos.Error](err)
	return ok && e.ID == storage.IDRunning
}
