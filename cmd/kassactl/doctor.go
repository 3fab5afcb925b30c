package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/till"
	"kassa/sms"
	"kassa/storage"
	"kassa/storage/config"
	"kassa/storage/secret"
)

// How a finding stands.
const (
	fine = "ok"
	note = "note" // works, but somebody should know
	bad  = "bad"  // must be put right before selling
)

// finding is one thing the doctor looked at, with what to do about it.
type finding struct {
	Name    string `json:"name"`
	State   string `json:"state"`
	Message string `json:"message"`
}

// examination collects findings; one that fails does not end it.
type examination struct {
	p    *program
	list []finding
}

func (x *examination) add(name, state, message string) {
	x.list = append(x.list, finding{name, state, message})
}

func (x *examination) say(name, state, id string, args pos.Args) {
	x.add(name, state, x.p.words.T(id, args))
}

func (x *examination) fault(name string, err error) { x.add(name, bad, x.p.words.Error(err)) }

// doctor tells whether everything a till needs is there, and what to do where
// it is not. It changes nothing.
func (p *program) doctor(ctx context.Context, _ []string) error {
	x := &examination{p: p}
	home, err := config.FindHome(p.args.get("home"))
	if err != nil {
		x.fault("home", err)
	} else {
		x.home(home)
		x.settings(ctx)
		x.database(ctx, home)
	}
	x.add("version", fine, fmt.Sprintf("kassactl %s, %s, %s/%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH))

	v := struct {
		OK       bool        `json:"ok"`
		Findings []finding   `json:"findings"`
		Error    *door.Fault `json:"error,omitempty"`
	}{OK: true, Findings: x.list}
	for _, f := range x.list {
		v.OK = v.OK && f.State != bad
	}
	if !v.OK {
		v.Error = door.NewFault(p.words, pos.E(pos.CodeConflict, "cli.doctor.refused", nil))
	}
	if err := p.answer(v, x.print); err != nil || v.OK {
		return err
	}
	return errTold
}

func (x *examination) print() {
	w := tabwriter.NewWriter(x.p.out, 0, 4, 2, ' ', 0)
	defer w.Flush()
	for _, f := range x.list {
		fmt.Fprintf(w, "%s\t%s\t%s\n", x.p.words.T("cli.doctor."+f.Name, nil), x.p.words.T("cli.doctor."+f.State, nil), f.Message)
	}
}

// home looks at the folder, the disk under it and who works in it.
func (x *examination) home(home config.Home) {
	dir, err := storage.PrepareDir(home.Dir)
	if err != nil {
		x.fault("home", err)
		return
	}
	x.add("home", fine, dir)
	space, err := storage.SpaceIn(dir)
	free := pos.Args{"Free": space.Free >> 20}
	switch {
	case err != nil:
		x.fault("disk", err)
	case space.Stop:
		x.say("disk", bad, "cli.doctor.disk-low", free)
	case space.Low:
		x.say("disk", note, "cli.doctor.disk-low", free)
	default:
		x.say("disk", fine, "cli.doctor.disk-free", free)
	}
	switch lock, err := storage.LockDir(dir); {
	case err == nil:
		_ = lock.Release()
		x.say("lock", fine, "cli.doctor.lock-free", nil)
	case isRunning(err):
		x.say("lock", fine, "cli.doctor.lock-held", nil)
	default:
		x.fault("lock", err)
	}
}

func isRunning(err error) bool {
	e, ok := errors.AsType[*pos.Error](err)
	return ok && e.ID == storage.IDRunning
}

// settings looks at config.toml, the secrets and the message provider.
func (x *examination) settings(ctx context.Context) {
	s, err := x.p.open(ctx, shop.Options{Storeless: true})
	if err != nil {
		x.fault("config", err)
		return
	}
	defer s.Close()
	file := s.Home.Config()
	if unknown := s.Config.Warnings(); len(unknown) > 0 {
		var keys []string
		for _, w := range unknown {
			keys = append(keys, fmt.Sprint(w.Args["Key"]))
		}
		x.say("config", note, "cli.doctor.config-unknown", pos.Args{"File": file, "Keys": strings.Join(keys, ", ")})
	} else if keys := overridden(s.Config); len(keys) > 0 {
		x.say("config", fine, "cli.doctor.config-env", pos.Args{"File": file, "Keys": strings.Join(keys, ", ")})
	} else {
		x.add("config", fine, file)
	}
	if info, ok := s.Vendors.Info(s.Settings().SMSProvider); ok && fromEnvironment(s, info) {
		x.say("secrets", fine, "cli.doctor.secrets-env", nil)
	} else if s.Secrets.Mode() == secret.File {
		x.say("secrets", note, "cli.doctor.secrets-file", pos.Args{"Dir": s.Home.Secrets()})
	} else {
		x.say("secrets", fine, "cli.doctor.secrets-keyring", nil)
	}
	x.provider(s)
}

// fromEnvironment reports that the environment gives a secret of the provider.
func fromEnvironment(s *shop.Shop, info sms.Info) bool {
	return slices.ContainsFunc(info.Fields, func(f sms.Field) bool {
		return f.Secret && s.Secrets.Overridden(shop.SecretName(info.ID, f.Key))
	})
}

// overridden are the documented settings that the environment decides.
func overridden(c *config.Config) []string {
	var keys []string
	for _, k := range []string{"sms.provider", "sms.template", "sms.smsru.base_url", "sms.smsru.api_id", "confirm.points", "confirm.credit"} {
		if c.Overridden(k) {
			keys = append(keys, config.Variable(k))
		}
	}
	return keys
}

func (x *examination) provider(s *shop.Shop) {
	set := s.Settings()
	needed := set.ConfirmPoints == pos.ConfirmSMS || set.ConfirmCredit == pos.ConfirmSMS
	state := note
	if needed {
		state = bad
	}
	pr, err := s.Provider()
	switch {
	case set.SMSProvider == "":
		x.say("provider", state, "cli.doctor.provider-none", nil)
	case err != nil:
		x.add("provider", state, x.p.words.Error(err))
	case pr.Info().Training && !set.Demo:
		x.say("provider", note, "cli.doctor.provider-training", pos.Args{"Provider": pr.Info().Name})
	default:
		if problems, _ := sms.Check(cmp.Or(set.SMSTemplate, sms.DefaultTemplate)); len(problems) > 0 {
			x.say("provider", state, problems[0].MessageID, problems[0].Data())
			return
		}
		x.say("provider", fine, "cli.doctor.provider-ok", pos.Args{"Provider": pr.Info().Name})
	}
}

// database looks at the engine's own opinion of the file, and at the clock
// against what was recorded last.
func (x *examination) database(ctx context.Context, home config.Home) {
	if !shop.Exists(home) {
		x.say("database", bad, "cli.doctor.database-none", nil)
		x.clock(time.Time{})
		return
	}
	s, err := x.p.open(ctx, looking)
	if err != nil {
		x.fault("database", err)
		return
	}
	defer s.Close()
	var broken []string
	var last time.Time
	err = s.Store.View(ctx, func(tx till.Tx) (err error) {
		if broken, err = tx.EngineProblems(true); err != nil {
			return err
		}
		events, err := tx.Events("", 1)
		if len(events) > 0 {
			last = events[0].At
		}
		return err
	})
	switch {
	case err != nil:
		x.fault("database", err)
	case len(broken) > 0:
		x.say("database", bad, "cli.doctor.database-broken", pos.Args{"Problem": printable(broken[0])})
	default:
		x.say("database", fine, "cli.doctor.database-ok", pos.Args{"File": home.Database()})
	}
	x.clock(last)
}

// The clock is plausible between the year this was written and one in which
// nobody will run it.
const (
	firstYear = 2025
	lastYear  = 2100
	slack     = 2 * time.Minute
)

func (x *examination) clock(last time.Time) {
	now := time.Now()
	args := pos.Args{"Time": x.p.words.DateTime(now), "Last": x.p.words.DateTime(last)}
	switch {
	case now.Year() < firstYear || now.Year() > lastYear:
		x.say("clock", bad, "cli.doctor.clock-odd", args)
	case last.After(now.Add(slack)):
		x.say("clock", bad, "cli.doctor.clock-back", args)
	default:
		x.say("clock", fine, "cli.doctor.clock-ok", args)
	}
}
