package print

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kassa/pos"
	"kassa/pos/escpos"
)

// Queue keeps the jobs: the till.
type Queue interface {
	QueuePrint(ctx context.Context, a pos.Actor, j pos.PrintJob) (*pos.PrintJob, error)
	BeginPrint(ctx context.Context, a pos.Actor, id pos.PrintID) (*pos.PrintJob, error)
	EndPrint(ctx context.Context, a pos.Actor, id pos.PrintID, state pos.PrintState, cause *pos.Error) (*pos.PrintJob, error)
	PrintAgain(ctx context.Context, a pos.Actor, id pos.PrintID) (*pos.PrintJob, error)
}

// Params are what a spool stands on; Device and Log may be nil.
type Params struct {
	Queue    Queue
	Settings func() pos.Settings
	Images   string // the folder of the logo; "" for none
	// Device finds the printer of the settings; nil: DeviceOf.
	Device func(pos.PaperSettings) (Device, error)
	Log    *slog.Logger
}

// Spool prints one slip after the other. It is called from anywhere; every
// method takes as long as the printer does. A nil Spool has no printer.
type Spool struct {
	p  Params
	mu sync.Mutex // the printer takes one slip at a time
}

// New makes a spool.
func New(p Params) *Spool {
	if p.Device == nil {
		p.Device = DeviceOf
	}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	return &Spool{p: p}
}

// Ready reports whether a printer is set.
func (s *Spool) Ready() bool {
	if s == nil {
		return false
	}
	set := s.p.Settings()
	return set.Paper.Set()
}

// patience is the most one slip may take, whoever has gone meanwhile: what is
// half on paper is finished.
const patience = 90 * time.Second

// Print puts a job on the list and prints it, once. The job it returns says how
// it ended; it is nil only with an error, when it could not even be listed.
func (s *Spool) Print(ctx context.Context, a pos.Actor, j pos.PrintJob) (*pos.PrintJob, error) {
	ctx, cancel := lasting(ctx)
	defer cancel()
	listed, err := s.p.Queue.QueuePrint(ctx, a, j)
	if err != nil {
		return nil, err
	}
	return s.run(ctx, a, listed.ID)
}

// Once prints a job past the list, which keeps what slips say: for what must be
// kept nowhere.
func (s *Spool) Once(ctx context.Context, j pos.PrintJob) error {
	ctx, cancel := lasting(ctx)
	defer cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.put(ctx, &j)
}

// Again prints a job that did not come out, because somebody asked.
func (s *Spool) Again(ctx context.Context, a pos.Actor, id pos.PrintID) (*pos.PrintJob, error) {
	ctx, cancel := lasting(ctx)
	defer cancel()
	if _, err := s.p.Queue.PrintAgain(ctx, a, id); err != nil {
		return nil, err
	}
	return s.run(ctx, a, id)
}

// lasting keeps a slip going when the window closes.
func lasting(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), patience)
}

func (s *Spool) run(ctx context.Context, a pos.Actor, id pos.PrintID) (*pos.PrintJob, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j, err := s.p.Queue.BeginPrint(ctx, a, id)
	if err != nil {
		return nil, err
	}
	state, cause := pos.PrintDone, (*pos.Error)(nil)
	if err := s.put(ctx, j); err != nil {
		state = pos.PrintFailed
		if Unclear(err) {
			state = pos.PrintUnknown
		}
		if !errors.As(err, &cause) {
			cause = pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		s.p.Log.Warn("a slip did not print", "job", j.ID, "kind", j.Kind, "state", state, "error", err)
	}
	return s.p.Queue.EndPrint(ctx, a, id, state, cause)
}

// put composes a job as the settings are now and sends it.
func (s *Spool) put(ctx context.Context, j *pos.PrintJob) error {
	if j.Kind == pos.PrintLabels {
		return s.putLabels(ctx, j)
	}
	set := s.p.Settings()
	device, err := s.p.Device(set.Paper)
	if err != nil {
		return err
	}
	var logo *escpos.Bitmap
	if set.Paper.Logo {
		logo = s.Logo()
	}
	data, err := Compose(j, set.Paper, set.Width, logo)
	if err != nil {
		return err
	}
	return Send(ctx, device, data, set.Paper.AskStatus)
}

// OpenDrawer sends the pulse. Where the printer is taken by a slip it waits for
// that one's end and no longer than drawerTime: a drawer that opens by itself
// later would be worse than one that stays shut. It does nothing where the
// settings have no drawer.
func (s *Spool) OpenDrawer(ctx context.Context) error {
	if s == nil {
		return nil
	}
	set := s.p.Settings()
	if !set.Paper.HasDrawer() {
		return nil
	}
	asked := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	device, err := s.p.Device(set.Paper)
	if err == nil && time.Since(asked) > drawerTime {
		err = fault("print.drawer-late", device.Address(), nil)
	}
	if err == nil {
		// Asking first takes time, and out of paper the drawer opens all the same.
		err = Send(ctx, device, Pulse(set.Paper), false)
	}
	if err != nil {
		s.p.Log.Warn("the drawer did not open", "error", err)
	}
	return err
}

const drawerTime = 3 * time.Second

// TryPage prints the test page under settings that are not kept yet. say speaks
// the language of the page.
func (s *Spool) TryPage(ctx context.Context, set pos.Settings, say func(id string, args pos.Args) string) error {
	data, err := Compose(TestPage(set, say), set.Paper, set.Width, s.Logo())
	if err != nil {
		return err
	}
	return s.try(ctx, set.Paper, data)
}

// TrySheet prints the sheet by which the code page is found, with a text in the
// alphabet that is looked for: escpos.Samples tells what its lines are.
func (s *Spool) TrySheet(ctx context.Context, set pos.Settings, text string) error {
	return s.try(ctx, set.Paper, SampleSheet(set.Paper, set.Width, text))
}

// TryDrawer opens the drawer under settings that are not kept yet.
func (s *Spool) TryDrawer(ctx context.Context, set pos.Settings) error {
	return s.try(ctx, set.Paper, Pulse(set.Paper))
}

// try sends something under settings that are not kept yet.
func (s *Spool) try(ctx context.Context, set pos.PaperSettings, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	device, err := s.p.Device(set)
	if err != nil {
		return err
	}
	ctx, cancel := lasting(ctx)
	defer cancel()
	return Send(ctx, device, data, set.AskStatus)
}

// Status asks the printer of the settings how it is.
func (s *Spool) Status(ctx context.Context, set pos.PaperSettings) (st escpos.Status, answers bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	device, err := s.p.Device(set)
	if err != nil {
		return st, false, err
	}
	return StatusOf(ctx, device)
}

// Logo is the kept one, nil where there is none or it cannot be read.
func (s *Spool) Logo() *escpos.Bitmap {
	if s.p.Images == "" {
		return nil
	}
	return Logo(s.p.Images)
}

// TakeLogo takes a picture in, as TakeLogo of the package does.
func (s *Spool) TakeLogo(path string) (*escpos.Bitmap, error) { return TakeLogo(path, s.p.Images) }

// DropLogo forgets the logo; that there is none is no error.
func (s *Spool) DropLogo() error { return DropLogo(s.p.Images) }
