package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"kassa/assets/words"
	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/storage/logs"
)

// Exit codes.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
)

// program is one run: a command line, its streams and the words to answer in.
type program struct {
	args     arguments
	in       io.Reader
	out, err io.Writer
	words    *words.Words
	json     bool
}

// command is what one name does. It gets the words after its name.
type command struct {
	do    func(*program, context.Context, []string) error
	flags []string
	min   int    // words it needs after its name
	max   int    // words it takes at most
	word  string // the id of what the first of them is, where it needs one
}

// commands are the names, of one or two words; the exports add themselves.
var commands = map[string]command{
	"init":               {do: (*program).init, flags: []string{"demo", "month", "owner", "anew"}},
	"recover":            {do: (*program).recover},
	"import products":    {do: (*program).importProducts, flags: importFlags, min: 1, max: 1, word: "cli.word.file"},
	"import customers":   {do: (*program).importCustomers, flags: importFlags, min: 1, max: 1, word: "cli.word.file"},
	"till":               {do: (*program).till},
	"verify":             {do: (*program).verify},
	"report x":           {do: (*program).reportX},
	"report z":           {do: (*program).reportZ, flags: []string{"shift"}},
	"report sales":       {do: (*program).reportSales, flags: []string{"limit"}},
	"report points":      {do: (*program).reportPoints},
	"report debts":       {do: (*program).reportDebts},
	"report approvals":   {do: (*program).reportApprovals, flags: []string{"since", "until"}},
	"report skips":       {do: (*program).reportSkips, flags: []string{"since", "until"}},
	"figures rebuild":    {do: (*program).rebuildFigures},
	"product image":      {do: (*program).productImage, min: 1, max: 2, word: "cli.word.sku"},
	"product prices":     {do: (*program).productPrices, flags: []string{"limit"}, min: 1, max: 1, word: "cli.word.sku"},
	"print receipt":      {do: (*program).printReceipt, flags: []string{"epoch"}, max: 1},
	"print report":       {do: (*program).printReport, flags: []string{"shift"}, min: 1, max: 1, word: "cli.word.report"},
	"receipt":            {do: (*program).receiptPDF, flags: []string{"pdf", "epoch"}, max: 1},
	"receipt-data":       {do: (*program).receiptData, flags: []string{"epoch", "vat"}, max: 1},
	"receipt-data check": {do: (*program).checkReceiptData, flags: []string{"vat"}, min: 1, max: 1, word: "cli.word.file"},
	"print test":         {do: (*program).printTest},
	"print queue":        {do: (*program).printQueue},
	"printer status":     {do: (*program).printerStatus},
	"printer fake":       {do: (*program).printerFake, max: 1},
	"backup":             {do: (*program).backup, flags: []string{"to", "encrypt", "recipient"}},
	"backups":            {do: (*program).backups, max: 1},
	"seals":              {do: (*program).seals},
	"seals renew":        {do: (*program).renewSeal, min: 3, max: 3, word: "cli.word.seal"},
	"settings history":   {do: (*program).settingsHistory, flags: []string{"limit"}, max: 1},
	"settings revert":    {do: (*program).settingsRevert, min: 1, max: 1, word: "cli.word.change"},
	"restore":            {do: (*program).restore, flags: []string{"yes", "foreign", "faulty"}, min: 1, max: 1, word: "cli.word.copy"},
	"sms providers":      {do: (*program).smsProviders},
	"sms balance":        {do: (*program).smsBalance},
	"sms cost":           {do: (*program).smsCost, flags: []string{"to", "text"}, max: 2},
	"sms send":           {do: (*program).smsSend, flags: []string{"to", "text"}, max: 2},
	"mail check":         {do: (*program).mailCheck},
	"mail send":          {do: (*program).mailSend, flags: []string{"to"}, max: 1},
	"queue list":         {do: (*program).queueList, flags: []string{"limit"}},
	"queue show":         {do: (*program).queueShow, min: 1, max: 1, word: "cli.word.queued"},
	"queue resend":       {do: (*program).queueResend, max: 1},
	"queue clear":        {do: (*program).queueClear, min: 1, max: 1, word: "cli.word.queued"},
	"queue pause":        {do: (*program).queuePause},
	"queue resume":       {do: (*program).queueResume},
	"queue send":         {do: (*program).queueSend},
	"backend status":     {do: (*program).backendStatus},
	"backend join":       {do: (*program).backendJoin, flags: []string{"since"}, min: 2, max: 2, word: "cli.word.server"},
	"backend leave":      {do: (*program).backendLeave, flags: []string{"without"}},
	"history":            {do: (*program).history},
	"history accept":     {do: (*program).historyAccept},
	"clock":              {do: (*program).clock},
	"clock confirm":      {do: (*program).clockConfirm},
	"doctor":             {do: (*program).doctor, flags: []string{"ask"}},
	"support":            {do: (*program).support, min: 1, max: 1, word: "cli.word.bundle"},
	"version":            {do: (*program).version},
}

// run carries out a command line and returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	a, err := parseArguments(args)
	p := &program{args: a, in: in, out: out, err: errOut, json: a.has("json")}
	p.speak(a.get("lang"), nil)
	if err == nil {
		err = p.dispatch(ctx)
	}
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errTold):
		return exitRefused
	}
	p.refuse(err)
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	return exitRefused
}

// errTold ends the program with a refusal that was already written.
var errTold = errors.New("already told")

func (p *program) dispatch(ctx context.Context) error {
	name, rest, ok := find(p.args.words)
	if topic, wanted := p.wantsHelp(); wanted {
		if topic != "" && !slices.Contains(topics(), topic) {
			return unknownCommand(p.args.words)
		}
		return p.help(topic)
	}
	if !ok {
		if len(p.args.words) == 0 {
			return usage("cli.no-command", "")
		}
		return unknownCommand(p.args.words)
	}
	c := commands[name]
	if err := p.args.check(c.flags); err != nil {
		return err
	}
	switch {
	case len(rest) < c.min:
		return wordMissing(name, c)
	case len(rest) > c.max:
		return usage("cli.word-extra", rest[c.max])
	}
	return c.do(p, ctx, rest)
}

// find takes the longest name the words begin with.
func find(w []string) (name string, rest []string, ok bool) {
	for n := min(2, len(w)); n > 0; n-- {
		name := strings.Join(w[:n], " ")
		if _, ok := commands[name]; ok {
			return name, w[n:], true
		}
	}
	return "", nil, false
}

// wantsHelp tells whether help is asked for, and the first word it is about.
func (p *program) wantsHelp() (topic string, wanted bool) {
	w := p.args.words
	wanted = p.args.has("help")
	if len(w) > 0 && w[0] == "help" {
		w, wanted = w[1:], true
	}
	if len(w) > 0 {
		topic = w[0]
	}
	return topic, wanted
}

// speak chooses the language: the one asked for, else the shop's.
func (p *program) speak(asked string, set *pos.Settings) {
	switch {
	case set != nil:
		p.words = words.New(cmp.Or(asked, set.Language), set.Currency, set.CurrencySymbol)
	default:
		p.words = words.New(asked, "RUB", "")
	}
}

// refuse writes an error where it belongs: as an object on standard output
// with --json, as a sentence on standard error without.
func (p *program) refuse(err error) {
	if p.json {
		_ = p.tell(struct {
			Error *door.Fault `json:"error"`
		}{door.NewFault(p.words, err)})
		return
	}
	fmt.Fprintln(p.err, "kassactl: "+p.words.Error(err))
}

// tell writes one JSON value on a line of its own.
func (p *program) tell(v any) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// say writes one line for people.
func (p *program) say(id string, args pos.Args) {
	fmt.Fprintln(p.out, p.words.T(id, args))
}

// answer tells v with --json, else calls forPeople.
func (p *program) answer(v any, forPeople func()) error {
	if p.json {
		return p.tell(v)
	}
	forPeople()
	return nil
}

// open opens the shop of the command line and speaks its language.
func (p *program) open(ctx context.Context, o shop.Options) (*shop.Shop, error) {
	o.Home, o.Version = p.args.get("home"), version
	if o.Log == nil {
		o.Log = p.stderrLog()
	}
	s, err := shop.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	set := s.Settings()
	p.speak(p.args.get("lang"), &set)
	return s, nil
}

// with opens the shop, calls fn and closes it; an error of closing counts only
// where fn had none.
func (p *program) with(ctx context.Context, o shop.Options, fn func(*shop.Shop) error) error {
	s, err := p.open(ctx, o)
	if err != nil {
		return err
	}
	for _, w := range s.Config.Warnings() {
		fmt.Fprintln(p.err, "kassactl: "+p.words.Error(w))
	}
	err = fn(s)
	if closeErr := s.Close(); err == nil {
		err = closeErr
	}
	return err
}

func (p *program) version(context.Context, []string) error {
	v := struct {
		Version string `json:"version"`
	}{version}
	return p.answer(v, func() { fmt.Fprintln(p.out, "kassactl "+version) })
}

// choose reads a flag that is one of some words; the first is the default.
func (p *program) choose(flag string, among ...string) (string, error) {
	v := cmp.Or(p.args.get(flag), among[0])
	if !slices.Contains(among, v) {
		return "", usageError{refusal: pos.E(pos.CodeInvalid, "cli.flag-choice",
			pos.Args{"What": printable(v), "List": strings.Join(among, ", ")})}
	}
	return v, nil
}

// stderrLog is the log of a command that runs beside a till, whose log file is
// not ours to write: what must be known goes to standard error.
func (p *program) stderrLog() *slog.Logger { return logs.New(p.err, slog.LevelError) }
