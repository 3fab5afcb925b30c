package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kassa/assets/words"
	"kassa/backend"
	"kassa/pos"
	"kassa/storage/central"
	"kassa/storage/postgres"
)

// Exit codes.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
)

// prefix begins the environment variables that stand for flags: --public-url is
// KASSA_BACKEND_PUBLIC_URL.
const prefix = "KASSA_BACKEND_"

// options are the flags, which every command takes.
type options struct {
	listen, database, publicURL string
	tlsCert, tlsKey, lang       string
	zone, proxies, level        string
	decideUpTo, refundUpTo      string // of person add
	currency                    string // of both
	secretKey                   string // file of the key that seals authenticators' secrets
}

// program is one run.
type program struct {
	options
	out, err io.Writer
	words    *words.Words
	log      *slog.Logger

	shopZone *time.Location // of --zone
	believed []netip.Prefix // of --proxies
}

// command is what one name does. It gets the words after its name.
type command struct {
	do   func(*program, context.Context, []string) error
	args int // words it needs after its name, and takes
}

var commands = map[string]command{
	"serve":       {(*program).serve, 0},
	"migrate":     {(*program).migrate, 0},
	"till add":    {(*program).tillAdd, 1},
	"till list":   {(*program).tillList, 0},
	"till revoke": {(*program).tillRevoke, 1},
	"cases":       {(*program).cases, 0},
	"verify":      {(*program).verify, 0},

	"person add":    {(*program).personAdd, 1},
	"person list":   {(*program).personList, 0},
	"person revoke": {(*program).personRevoke, 1},
	"secret-key":    {(*program).makeSecretKey, 1},

	"clock confirm": {(*program).clockConfirm, 0},

	"version": {(*program).version, 0},
}

// run carries out a command line and returns the exit code.
func run(ctx context.Context, args []string, env func(string) string, out, errOut io.Writer) int {
	p := &program{out: out, err: errOut, log: slog.New(slog.NewJSONHandler(errOut, nil))}
	set := p.flags(env)
	rest, err := parse(set, args)
	p.words = words.New(p.lang, "", "")
	if errors.Is(err, flag.ErrHelp) || err == nil && len(rest) == 1 && rest[0] == "help" {
		p.say("backend.cli.help", nil)
		return exitDone
	}
	if err != nil {
		fmt.Fprintln(errOut, "kassa-backend: "+err.Error())
		return exitUsage
	}
	c, words, ok := find(rest)
	if !ok || len(words) != c.args {
		p.say("backend.cli.help", nil)
		return exitUsage
	}
	if err := c.do(p, ctx, words); err != nil {
		fmt.Fprintln(errOut, "kassa-backend: "+p.words.Error(err))
		return exitRefused
	}
	return exitDone
}

// flags declares the flags; what the environment says is their default.
func (p *program) flags(env func(string) string) *flag.FlagSet {
	set := flag.NewFlagSet("kassa-backend", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	text := func(to *string, name, usual string) {
		if v := env(prefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))); v != "" {
			usual = v
		}
		set.StringVar(to, name, usual, "")
	}
	text(&p.listen, "listen", "127.0.0.1:8088")
	text(&p.database, "database", "")
	text(&p.publicURL, "public-url", "")
	text(&p.tlsCert, "tls-cert", "")
	text(&p.tlsKey, "tls-key", "")
	text(&p.lang, "lang", "")
	text(&p.zone, "zone", "")
	text(&p.proxies, "proxies", "")
	text(&p.level, "level", "")
	text(&p.decideUpTo, "decide-up-to", "")
	text(&p.refundUpTo, "refund-up-to", "")
	text(&p.currency, "currency", "")
	text(&p.secretKey, "secret-key-file", "")
	return set
}

// parse reads flags wherever they stand and returns the words between them.
func parse(set *flag.FlagSet, args []string) (rest []string, err error) {
	for len(args) > 0 {
		if err := set.Parse(args); err != nil {
			return nil, err
		}
		if args = set.Args(); len(args) == 0 {
			break
		}
		rest, args = append(rest, args[0]), args[1:]
	}
	return rest, nil
}

// find takes the longest name the words begin with.
func find(w []string) (command, []string, bool) {
	for n := min(2, len(w)); n > 0; n-- {
		if c, ok := commands[strings.Join(w[:n], " ")]; ok {
			return c, w[n:], true
		}
	}
	return command{}, nil, false
}

func (p *program) say(id string, args pos.Args) { fmt.Fprintln(p.out, p.words.T(id, args)) }

func (p *program) version(context.Context, []string) error {
	fmt.Fprintln(p.out, version)
	return nil
}

// clock is the computer's.
type clock struct{}

func (clock) Now() time.Time { return time.Now() }

// uuids makes ids that sort by the time they were made.
type uuids struct{}

func (uuids) NewID() string { return uuid.Must(uuid.NewV7()).String() }

// The two kinds of databases, by the beginning of --database.
var schemes = []string{"sqlite:", "postgres://", "postgresql://"}

// open opens the database, bringing its schema up to date. held says that it may
// be served at this moment by another process, which SQLite takes for one with the
// right to its folder.
func (p *program) open(ctx context.Context, beside bool) (_ *backend.Backend, _ *central.Store, err error) {
	i := slices.IndexFunc(schemes, func(s string) bool { return strings.HasPrefix(p.database, s) })
	var s *central.Store
	switch {
	case i < 0:
		return nil, nil, pos.E(pos.CodeInvalid, "backend.database", nil)
	case i == 0:
		path, errPath := filepath.Abs(strings.TrimPrefix(p.database, schemes[0]))
		if errPath != nil {
			return nil, nil, pos.Wrap(pos.CodeInvalid, "backend.database", errPath)
		}
		s, err = central.OpenFile(ctx, path, beside, p.log)
	default:
		s, err = postgres.OpenBackend(ctx, p.database, p.log)
	}
	if err != nil {
		return nil, nil, err
	}
	params := backend.Params{Store: s, Clock: clock{}, IDs: uuids{}, Log: p.log, Elapsed: elapsed(), Doubted: (&clockCheck{store: s, clock: clock{}, log: p.log}).doubted}
	if !beside { // whoever serves alone needs the key
		if params.Sealer, err = p.sealer(ctx, s, i == 0); err != nil {
			return nil, nil, errors.Join(err, s.Close())
		}
	}
	return backend.New(params), s, nil
}

// elapsed is how long the program runs, by a clock nobody can set.
func elapsed() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}

// with opens the database beside whoever serves it and closes it after fn.
func (p *program) with(ctx context.Context, fn func(*backend.Backend) error) (err error) {
	b, s, err := p.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return fn(b)
}

func (p *program) migrate(ctx context.Context, _ []string) error {
	return p.with(ctx, func(*backend.Backend) error {
		p.say("backend.cli.migrated", nil)
		return nil
	})
}

// tillAdd prints a code a till can join by.
func (p *program) tillAdd(ctx context.Context, w []string) error {
	return p.with(ctx, func(b *backend.Backend) error {
		code, err := b.AddTill(ctx, w[0])
		if err != nil {
			return err
		}
		fmt.Fprintln(p.out, code.Text.Reveal())
		fmt.Fprintln(p.err, p.words.T("backend.cli.code", pos.Args{"Until": code.Ends}))
		return nil
	})
}

func (p *program) tillList(ctx context.Context, _ []string) error {
	return p.with(ctx, func(b *backend.Backend) error {
		all, err := b.ListTills(ctx)
		if err != nil {
			return err
		}
		for _, t := range all {
			state := p.words.T("backend.cli.never", nil)
			switch {
			case !t.Revoked.IsZero():
				state = p.words.T("backend.cli.revoked", pos.Args{"At": t.Revoked})
			case !t.Seen.IsZero():
				state = p.words.T("backend.cli.seen", pos.Args{"At": t.Seen, "Count": t.Queue})
			}
			fmt.Fprintf(p.out, "%s\t%s\t%d\t%s\n", t.ID[:min(8, len(t.ID))], t.Name, t.Held.Count, state)
		}
		return nil
	})
}

func (p *program) tillRevoke(ctx context.Context, w []string) error {
	return p.with(ctx, func(b *backend.Backend) error {
		t, err := b.Revoke(ctx, w[0])
		if err != nil {
			return err
		}
		p.say("backend.cli.revoked-till", pos.Args{"Name": t.Name})
		return nil
	})
}

func (p *program) cases(ctx context.Context, _ []string) error {
	return p.with(ctx, func(b *backend.Backend) error {
		all, err := b.ListCases(ctx)
		if err != nil {
			return err
		}
		for _, c := range all {
			fmt.Fprintf(p.out, "%s\t%s\t%s\t%s\t%v\n", c.At.Format(time.RFC3339), c.Till[:min(8, len(c.Till))], p.words.T("backend.case."+string(c.Kind), nil), c.About, c.Detail)
		}
		return nil
	})
}

// verify proves the books of manual payments and refuses when something in them does
// not add up, naming each. Whoever serves the database meanwhile goes on.
func (p *program) verify(ctx context.Context, _ []string) error {
	return p.with(ctx, func(b *backend.Backend) error {
		faults, err := b.VerifyManual(ctx)
		if err != nil {
			return err
		}
		for i := range faults {
			id, args := faults[i].Told()
			p.say("cli.verify.problem", pos.Args{"Invariant": faults[i].Invariant(), "Problem": p.words.T(id, args)})
		}
		if len(faults) > 0 {
			return pos.E(pos.CodeConflict, "backend.cli.broken", pos.Args{"Count": len(faults)})
		}
		p.say("backend.cli.verified", nil)
		return nil
	})
}
