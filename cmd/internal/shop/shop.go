// Package shop opens a till's home and wires everything that stands behind a
// till: settings, secrets, the message provider, the database, the till itself.
// The window, the headless door and their tests all begin here.
package shop

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"kassa/assets/words"
	"kassa/cmd/internal/clocks"
	"kassa/mail"
	"kassa/pos"
	"kassa/pos/integration"
	"kassa/pos/till"
	"kassa/print"
	"kassa/sms"
	"kassa/sms/sandbox"
	"kassa/sms/smsru"
	"kassa/storage/backup"
	"kassa/storage/config"
	"kassa/storage/images"
	"kassa/storage/local"
	"kassa/storage/secret"
)

// SandboxFile holds the messages of the sandbox provider, a line of JSON each,
// within the home: a program beside the till reads the codes of a demo there.
const SandboxFile = "sandbox.jsonl"

// Options say how to open a shop. The zero value opens the user's own one to
// sell from it.
type Options struct {
	Home string // "" for KASSA_HOME, else the user's own folder

	// Create makes the database when there is none. Otherwise its absence is
	// CodeNotFound "shop.none". Where a shop left its copies, it is CodeConflict
	// "shop.gone" in either case.
	Create bool
	// Anew lets Create lay aside what a shop left whose database is gone, cannot be
	// read or has lost its keys, and make a new one in its place: somebody decided
	// that.
	Anew bool
	// Month lets a demo shop that is made have a month behind it: sales, debts,
	// points and shifts up to yesterday.
	Month bool
	// Beside opens the shop while a till may be working in it: for looking,
	// copying and bringing in, not for selling.
	Beside bool
	// Storeless opens settings and providers without the database; Till and
	// Store stay nil.
	Storeless bool
	// Keyless opens the database also where its keys are lost or another till's,
	// told in Shop.Keys: to look, to check, to copy and to recover. Nobody can log
	// in then.
	Keyless bool

	Clock    till.Clock    // nil: the computer's
	IDs      till.IDs      // nil: UUIDv7
	Log      *slog.Logger  // nil: none
	HashCost till.HashCost // zero: the policy's
	Version  string        // of the program, told beside copies
}

// Shop is an open shop. It is safe for use by several goroutines.
type Shop struct {
	Home    config.Home
	Config  *config.Config
	Secrets secret.Store
	Store   *local.Store   // nil when Storeless
	Till    *till.Till     // nil when Storeless
	Keys    error          // what is wrong with the keys of a Keyless shop; nil: they belong to its data
	Inbox   *sandbox.Inbox // what the sandbox provider "sent" since the start
	Vendors sms.Catalogue
	Clock   till.Clock
	Log     *slog.Logger

	params till.Params // what Till stands on
	now    atomic.Pointer[inForce]
	saving sync.Mutex     // one change of the settings at a time
	copies sync.WaitGroup // backups and sums of reports under way

	history witnessing // who remembers it, and what is missing of it
	behind  behind     // the backend

	rolling atomic.Int64 // how often KeepFigures was asked since it began; 0: it rests
	closing atomic.Bool

	// OnCopies hears what became of the copies nobody waited for, from another
	// goroutine. Set it before anybody sells; it may be nil.
	OnCopies func([]pos.CopyResult)

	// OnExchange hears of each change of how the exchange with the backend stands,
	// from another goroutine. Set it before KeepTelling; it may be nil.
	OnExchange func(ExchangeStatus)

	// OnMirror hears that something came into the mirror of what is shared at the
	// backend, likewise.
	OnMirror func()

	copying   sync.Mutex // one making of copies at a time
	lastShift atomic.Pointer[shiftCopies]
	version   string

	// In tests: the cost of a passphrase, what makes the files of copies, and how
	// long the end waits for a folder that does nothing.
	copyWork   int
	hurry      time.Duration
	createCopy func(path string) (*os.File, error)

	// Images keeps the pictures of goods.
	Images *images.Keeper

	// Spool prints; nil when Storeless.
	Spool *print.Spool

	speaking sync.Mutex
	spoken   map[spokenKey]*words.Words
}

// inForce is what the settings amount to. It never changes; a change of the
// settings puts another one in its place.
type inForce struct {
	settings *pos.Settings
	provider func() (sms.Provider, error)
	mailer   func() (mail.Sender, error)
}

// Open opens a shop. Its errors are *pos.Error and say what to do: CodeNotFound
// "shop.none", CodeUnavailable when another till works there or the folder,
// the database or the secrets cannot be used, CodeInvalid for broken settings.
func Open(ctx context.Context, o Options) (_ *Shop, err error) {
	home, err := config.FindHome(o.Home)
	if err != nil {
		return nil, err
	}
	if !o.Storeless {
		if _, err := backup.Finish(home.Dir); err != nil {
			return nil, err
		}
	}
	if !o.Storeless && !Exists(home) && !(o.Create && o.Anew) {
		if err := refuseGone(home); err != nil {
			return nil, err
		}
	}
	if !o.Create && !o.Storeless && !Exists(home) {
		return nil, pos.E(pos.CodeNotFound, "shop.none", pos.Args{"Dir": home.Dir})
	}
	s := &Shop{Home: home, Clock: o.Clock, Log: o.Log, version: o.Version, spoken: map[spokenKey]*words.Words{}}
	if s.Clock == nil {
		s.Clock = clocks.Computer()
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	s.Images = images.New(home.Images())
	s.Inbox = sandbox.NewInbox(s.Clock.Now)
	s.Vendors = sms.NewCatalogue(smsru.Vendor(), sandbox.Vendor(s.Inbox, filepath.Join(home.Dir, SandboxFile)))
	if s.Config, err = config.Load(home, s.Declarations()...); err != nil {
		return nil, err
	}
	if s.Secrets, err = secret.Open(secret.Params{Dir: home.Secrets()}); err != nil {
		return nil, err
	}
	s.swap()
	if o.Storeless {
		return s, nil
	}
	if err := s.openStore(ctx, o); err != nil {
		return nil, err
	}
	return s, nil
}

// Exists reports whether the home holds a shop.
func Exists(home config.Home) bool {
	_, err := os.Lstat(home.Database())
	return !errors.Is(err, fs.ErrNotExist)
}

// openStore opens the database and puts a till on it.
func (s *Shop) openStore(ctx context.Context, o Options) (err error) {
	s.Store, err = local.Open(ctx, local.Params{Dir: s.Home.Dir, Log: s.Log, Now: s.Clock.Now, Beside: o.Beside})
	if err != nil {
		return err
	}
	// A new file is no measure of whether somebody has a PIN: a process that ended
	// between the file and the pepper left one behind.
	unstaffed, err := s.unstaffed(ctx)
	if err != nil {
		return errors.Join(err, s.Store.Close())
	}
	pepper, err := s.openKeys(ctx, unstaffed)
	if o.Keyless && secret.Lost(err) {
		pepper, s.Keys, err = keyless(), err, nil
	}
	if err != nil {
		return errors.Join(err, s.Store.Close())
	}
	s.putTill(o, pepper)
	if err := s.seals(ctx, o.Beside, unstaffed); err != nil {
		return errors.Join(err, s.Store.Close())
	}
	if err := s.watchSettings(ctx, !o.Beside && !unstaffed && s.Keys == nil); err != nil {
		return errors.Join(err, s.Store.Close())
	}
	if err := s.beginWitness(ctx, pepper, o.Beside); err != nil {
		s.Log.Warn("the history was not compared with what is remembered of it", "error", err)
	}
	if !o.Beside {
		if err := s.forgetAgain(ctx, till.System(), s.Till); err != nil {
			s.Log.Warn("who had been erased may be back with older data", "error", err)
		}
	}
	if !o.Beside && !unstaffed {
		if err := s.noteOutside(ctx); err != nil {
			s.Log.Warn("what was decided past the till is not in the history", "error", err)
		}
	}
	s.Spool = print.New(print.Params{Queue: s.Till, Settings: s.Settings, Images: s.Home.Images(), Log: s.Log})
	return nil
}

// putTill puts a till on the open database.
func (s *Shop) putTill(o Options, pepper []byte) {
	ids := o.IDs
	if ids == nil {
		ids = uuids{}
	}
	s.params = till.Params{
		Store: s.Store, Clock: s.Clock, IDs: ids, Sender: sender{s}, Settings: s.Settings, Pepper: pepper, Keyless: s.Keys != nil,
		Log: s.Log, HashCost: o.HashCost, ShiftClosed: s.afterShift, Gap: s.Missing, Witnesses: s.witnessedBy,
		Forgotten: s.rememberForgotten, OnTold: s.tellMore,
	}
	s.Till = till.New(s.params)
}

// unstaffed reports a database in which nobody has a PIN, as the till left it, so
// that a new secret behind them makes none wrong.
func (s *Shop) unstaffed(ctx context.Context) (none bool, err error) {
	err = s.Store.View(ctx, func(tx till.Tx) (err error) { none, err = till.Unstaffed(tx); return err })
	return none, err
}

// Close waits for a copy under way, unless its folder does nothing for some
// seconds, ends the shop and lets others sell from its home.
func (s *Shop) Close() error {
	if s.Store == nil {
		return nil
	}
	s.closing.Store(true)
	s.stopTelling()
	s.copies.Wait()
	err := errors.Join(s.endBehind(), s.endWitness())
	return errors.Join(s.Store.Close(), err)
}

// Settings are the ones in force.
func (s *Shop) Settings() pos.Settings { return *s.now.Load().settings }

// Provider is the message provider of the settings, opened when first asked
// for: the key store may take its time. It returns CodeUnavailable
// "shop.no-provider" when none is chosen, or the *sms.Error that names the
// setting at fault.
func (s *Shop) Provider() (sms.Provider, error) { return s.now.Load().provider() }

// swap puts the settings of the file in force, provider included, at once for
// everybody.
func (s *Shop) swap() {
	set := s.Config.Settings()
	s.now.Store(&inForce{
		settings: &set,
		provider: sync.OnceValues(func() (sms.Provider, error) { return s.openProvider(set.SMSProvider) }),
		mailer:   sync.OnceValues(s.openMailer),
	})
}

func (s *Shop) openProvider(id string) (sms.Provider, error) {
	if id == "" {
		return nil, errNoProvider
	}
	d, ok := s.Vendors.Declaration(id)
	if !ok {
		return s.Vendors.Open(id, integration.Values{})
	}
	have, err := s.Kept(d)
	if err != nil {
		return nil, err
	}
	return s.Vendors.Open(id, have)
}

type spokenKey struct {
	lang, symbol string
	currency     string
}

// Words speaks a language ("" for the shop's) and writes the shop's money.
func (s *Shop) Words(lang string) *words.Words {
	set := s.now.Load().settings
	k := spokenKey{cmp.Or(lang, set.Language), set.CurrencySymbol, string(set.Currency)}
	s.speaking.Lock()
	defer s.speaking.Unlock()
	w, ok := s.spoken[k]
	if !ok {
		w = words.New(k.lang, set.Currency, k.symbol)
		s.spoken[k] = w
	}
	return w
}

// uuids makes ids that sort by the time they were made.
type uuids struct{}

// NewIDs makes ids as a shop does.
func NewIDs() interface{ NewID() string } { return uuids{} }

func (uuids) NewID() string { return uuid.Must(uuid.NewV7()).String() }
