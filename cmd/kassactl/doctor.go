package main

import (
	"context"
	"fmt"
	"runtime"
	"text/tabwriter"

	"kassa/cmd/internal/clocks"
	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/till"
	"kassa/storage"
	"kassa/storage/config"
)

// finding is one line of the doctor's answer.
type finding struct {
	Name    string       `json:"name"`
	State   health.State `json:"state"`
	Message string       `json:"message"`
}

// doctor tells whether everything a till needs is there, and what to do where
// it is not. It changes nothing; to see whether the disk keeps what is written it
// writes a small file and takes it away again.
func (p *program) doctor(ctx context.Context, _ []string) error {
	lines := p.examine(ctx, p.args.has("ask"))
	v := struct {
		OK       bool        `json:"ok"`
		Findings []finding   `json:"findings"`
		Error    *door.Fault `json:"error,omitempty"`
	}{OK: health.Worst(lines) != health.Bad}
	for i := range lines {
		v.Findings = append(v.Findings, finding{lines[i].Name, lines[i].State, lines[i].Say(p.words)})
	}
	if !v.OK {
		v.Error = door.NewFault(p.words, pos.E(pos.CodeConflict, "cli.doctor.refused", nil))
	}
	if err := p.answer(v, func() { p.tellLines(lines) }); err != nil || v.OK {
		return err
	}
	return errTold
}

func (p *program) tellLines(lines []health.Line) {
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	defer w.Flush()
	for i := range lines {
		l := &lines[i]
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.words.T("health."+l.Name, nil), p.words.T("health."+string(l.State), nil), l.Say(p.words))
	}
}

// examine looks at everything, one part after the other: one that fails does
// not end it. ask also asks the printer and the message service.
func (p *program) examine(ctx context.Context, ask bool) []health.Line {
	var lines []health.Line
	home, err := config.FindHome(p.args.get("home"))
	if err != nil {
		lines = append(lines, health.Line{Name: "home", State: health.Bad, Err: err})
	} else {
		lines = append(lines, homeHealth(home)...)
		lines = append(lines, p.shopHealth(ctx, home, ask)...)
	}
	return append(lines, health.Line{Name: "version", State: health.Good, ID: "health.version-is",
		Args: pos.Args{"Version": fmt.Sprintf("kassactl %s, %s, %s/%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)}})
}

// homeHealth looks at the folder, the disk under it and who works in it.
func homeHealth(home config.Home) []health.Line {
	dir, err := storage.PrepareDir(home.Dir)
	if err != nil {
		return []health.Line{{Name: "home", State: health.Bad, Err: err}}
	}
	lines := append([]health.Line{{Name: "home", State: health.Good, ID: "health.home-ok", Args: pos.Args{"Dir": dir}}}, shop.DiskHealth(dir)...)
	l := health.Line{Name: "lock", State: health.Good, ID: "health.lock-free"}
	switch lock, err := storage.LockDir(dir); {
	case err == nil:
		_ = lock.Release()
	case shop.IsRunning(err):
		l.ID = "health.lock-held"
	default:
		l = health.Line{Name: "lock", State: health.Bad, Err: err}
	}
	return append(lines, l)
}

// shopHealth looks at the settings, which can be read without the data, and then
// at the data.
func (p *program) shopHealth(ctx context.Context, home config.Home, ask bool) (lines []health.Line) {
	s, err := p.open(ctx, shop.Options{Storeless: true})
	if err != nil {
		lines = append(lines, health.Line{Name: "config", State: health.Bad, Err: err})
	} else {
		lines = append(lines, s.SettingsHealth(ctx, ask)...)
		_ = s.Close() // nothing is open but the settings
	}
	if !shop.Exists(home) && !shop.FindRemains(home).Any() {
		return append(lines, health.Line{Name: "database", State: health.Bad, ID: "health.database-none"}, shop.ClockHealth(clocks.Computer().Now()))
	}
	if s, err = p.open(ctx, keyless); err != nil {
		return append(lines, health.Line{Name: "database", State: health.Bad, Err: err})
	}
	defer s.Close()
	return append(append(lines, s.DataHealth(ctx, till.System(), true)...), s.DeviceHealth(ctx, ask)...)
}
