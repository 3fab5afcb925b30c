package shoptest

import (
	"path/filepath"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/print"
	"kassa/print/printtest"
	"kassa/ui"
)

// longest bounds every wait for the printer: far more than anything takes.
const longest = 30 * time.Second

// Printer puts a played receipt printer with a drawer behind the window.
func (s *Shop) Printer() *printtest.Printer {
	s.T.Helper()
	p, err := printtest.Start("")
	require.NoError(s.T, err)
	s.T.Cleanup(p.Close)
	s.Settings.Paper = pos.DefaultPaper()
	s.Settings.Paper.Connection, s.Settings.Paper.Address, s.Settings.Paper.Drawer = pos.PrinterNetwork, p.Address(), pos.DrawerPin2
	s.Settings.Width = 42
	s.Env.Print = ui.NewPaper(s.Env, print.New(print.Params{Queue: s.Till, Settings: s.Till.Settings, Images: s.T.TempDir()}))
	return p
}

// LabelPrinter puts a label printer behind the window that collects what it is sent in
// the file returned.
func (s *Shop) LabelPrinter(language pos.LabelLanguage) (path string) {
	s.T.Helper()
	path = filepath.Join(s.T.TempDir(), "labels.prn")
	s.Settings.LabelPrinter = pos.DefaultLabelPrinter()
	s.Settings.LabelPrinter.Connection, s.Settings.LabelPrinter.Address, s.Settings.LabelPrinter.Language = pos.PrinterFile, path, language
	s.Env.Print = ui.NewPaper(s.Env, print.New(print.Params{Queue: s.Till, Settings: s.Till.Settings, Images: s.T.TempDir()}))
	return path
}

// Slips waits until so many slips came out and returns them.
func (s *Shop) Slips(p *printtest.Printer, n int) []printtest.Slip {
	s.T.Helper()
	require.True(s.T, p.Await(longest, func(p *printtest.Printer) bool { return len(p.Slips()) >= n }), "%d slips came out, not %d", len(p.Slips()), n)
	require.Len(s.T, p.Slips(), n)
	return p.Slips()
}

// Pulses waits until the drawer was opened so often.
func (s *Shop) Pulses(p *printtest.Printer, n int) {
	s.T.Helper()
	require.True(s.T, p.Await(longest, func(p *printtest.Printer) bool { return p.Pulses() >= n }), "the drawer opened %d times", p.Pulses())
	require.Equal(s.T, n, p.Pulses())
}
