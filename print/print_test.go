package print

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/print/printtest"
)

// start plays a printer for the test.
func start(t *testing.T, f printtest.Fault) *printtest.Printer {
	t.Helper()
	p, err := printtest.Start("")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	p.Fail(f)
	return p
}

// wired are settings of a printer at an address.
func wired(address string) pos.PaperSettings {
	s := pos.DefaultPaper()
	s.Connection, s.Address, s.Drawer = pos.PrinterNetwork, address, pos.DrawerPin2
	return s
}

func slip(lines ...string) *pos.PrintJob {
	return &pos.PrintJob{Kind: pos.PrintReceipt, Title: "Чек № 1", Lines: lines, QR: "0190-sale", Copies: 1}
}

// send composes and sends a slip as a spool does.
func send(set pos.PaperSettings, j *pos.PrintJob) error {
	data, err := Compose(j, set, 48, nil)
	if err != nil {
		return err
	}
	d, err := DeviceOf(set)
	if err != nil {
		return err
	}
	return Send(context.Background(), d, data, set.AskStatus)
}

// enough is far more than anything takes on a busy machine.
const enough = 20 * time.Second

func TestSend_TheSlipIsReadAsWritten(t *testing.T) {
	p := start(t, printtest.Fine)
	require.NoError(t, send(wired(p.Address()), slip("Чек № 1", "ИТОГ      5,00 ₽")))
	require.True(t, p.Await(enough, func(p *printtest.Printer) bool { return len(p.Slips()) == 1 }))
	s := p.Slips()[0]
	assert.Equal(t, []string{"Чек № 1", "ИТОГ   5,00 руб."}, s.Lines)
	assert.Equal(t, []string{"0190-sale"}, s.QR)
	assert.True(t, s.Cut && s.Partial)
	assert.Empty(t, p.Odd())
	assert.Zero(t, p.Pulses())
}

func TestSend_Faults(t *testing.T) {
	long := make([]string, 40)
	for i := range long {
		long[i] = strings.Repeat("Длинная строка ", 3)
	}
	for name, tt := range map[string]struct {
		fault   printtest.Fault
		id      string
		unclear bool
		slips   int
	}{
		"silent":                  {printtest.Mute, "print.silent", false, 0},
		"hanging":                 {printtest.Deaf, "print.silent", false, 0},
		"out of paper":            {printtest.NoPaper, "print.no-paper", false, 0},
		"out of paper in between": {printtest.PaperEnds, "print.no-paper", true, 1},
		"open":                    {printtest.CoverOpen, "print.cover", false, 0},
		"rubbish":                 {printtest.Rubbish, "print.rubbish", false, 0},
		"cut off in the middle":   {printtest.CutOff, "print.cut-off", true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, tt.fault)
			err := send(wired(p.Address()), slip(long...))
			var e *pos.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, tt.id, e.ID)
			assert.Equal(t, pos.CodeUnavailable, e.Code)
			assert.Equal(t, tt.unclear, Unclear(err))
			assert.Len(t, p.Slips(), tt.slips)
			for _, lang := range words.Languages() {
				w := words.New(lang, "RUB", "")
				require.True(t, w.Has(e.ID), e.ID)
				assert.Contains(t, w.Error(err), p.Address(), "the sentence says which printer")
			}
		})
	}
}

func TestSend_WhereNothingAnswers(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := closed.Addr().String()
	require.NoError(t, closed.Close())
	err = send(wired(address), slip("x"))
	assertFault(t, err, "print.refused", address)
	assertFault(t, send(wired("printer.invalid"), slip("x")), "print.no-host", "printer.invalid")
}

func TestOpening_NamesWhatAPersonCanCheck(t *testing.T) {
	for id, cause := range map[string]error{
		"print.off":       &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded},
		"print.refused":   &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)},
		"print.no-host":   &net.OpError{Op: "dial", Err: &net.DNSError{}},
		"print.no-access": os.ErrPermission,
		"print.no-device": os.ErrNotExist,
		"print.busy":      syscall.EBUSY,
		"print.no-way":    errors.New("odd"),
	} {
		assertFault(t, opening("lp0", cause), id, "lp0")
	}
	assertFault(t, opening("lp0", os.NewSyscallError("connect", syscall.EHOSTUNREACH)), "print.off", "lp0")
}

func TestWriting_TellsWhetherPaperMayHaveComeOut(t *testing.T) {
	for name, tt := range map[string]struct {
		taken   int
		err     error
		id      string
		unclear bool
	}{
		"nothing went":   {0, io.ErrClosedPipe, "print.cut-off", false},
		"some went":      {10, io.ErrClosedPipe, "print.cut-off", true},
		"stopped taking": {10, os.ErrDeadlineExceeded, "print.stuck", true},
		"a device hangs": {0, errStuck, "print.stuck", true},
		"a full disk":    {10, syscall.ENOSPC, "print.disk-full", false},
	} {
		t.Run(name, func(t *testing.T) {
			err := writing("x", tt.taken, tt.err)
			assertFault(t, err, tt.id, "x")
			assert.Equal(t, tt.unclear, Unclear(err))
		})
	}
}

func assertFault(t *testing.T, err error, id, address string) {
	t.Helper()
	var e *pos.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, id, e.ID)
	assert.Equal(t, address, e.Args["Address"])
	for _, lang := range words.Languages() {
		assert.True(t, words.New(lang, "RUB", "").Has(id), "%s has words", id)
	}
}

// stubborn is a device that takes a few bytes and then none.
type stubborn struct{ release chan struct{} }

func (s stubborn) Write([]byte) (int, error) { <-s.release; return 0, io.ErrClosedPipe }

func (s stubborn) Close() error { return nil }

func TestPatient_LeavesAHangingDeviceBehind(t *testing.T) {
	s := stubborn{make(chan struct{})}
	defer close(s.release)
	p := &patient{w: s, closer: s}
	require.NoError(t, p.SetDeadline(time.Now()))
	_, err := p.Write([]byte("x"))
	assert.ErrorIs(t, err, errStuck)
	_, err = p.Read(make([]byte, 1))
	assert.True(t, silence(err))
}

func TestSend_ToAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "slips.bin")
	set := wired(path)
	set.Connection = pos.PrinterFile
	require.NoError(t, send(set, slip("Чек")))
	require.NoError(t, send(set, slip("Чек")))
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	one, err := Compose(slip("Чек"), set, 48, nil)
	require.NoError(t, err)
	assert.Equal(t, string(one)+string(one), string(got))
}

func TestSend_ToAFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a device that is always full")
	}
	set := wired("/dev/full")
	set.Connection = pos.PrinterFile
	err := send(set, slip("Чек"))
	assertFault(t, err, "print.disk-full", "/dev/full")
	assert.False(t, Unclear(err))
}

func TestDeviceOf(t *testing.T) {
	_, err := DeviceOf(pos.DefaultPaper())
	assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
	for c, want := range map[pos.Connection]string{pos.PrinterNetwork: "print.network", pos.PrinterSerial: "print.serialPort",
		pos.PrinterFile: "print.file", pos.PrinterSystem: "print.spooler"} {
		d, err := DeviceOf(pos.PaperSettings{Connection: c, Address: "somewhere"})
		require.NoError(t, err)
		assert.Equal(t, "somewhere", d.Address())
		assert.Equal(t, want, fmt.Sprintf("%T", d))
	}
}

func TestDevices_ThatAreNotThere(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "lp7")
	for _, c := range []pos.Connection{pos.PrinterSystem, pos.PrinterSerial} {
		set := wired(missing)
		set.Connection = c
		assertFault(t, send(set, slip("x")), "print.no-device", missing)
	}
	set := wired("-o")
	set.Connection = pos.PrinterSystem
	assertFault(t, send(set, slip("x")), "print.no-queue", "-o")
}

func TestCompose_PicturesCarryTheTextInDots(t *testing.T) {
	p := start(t, printtest.Fine)
	set := wired(p.Address())
	set.Page = pos.RasterPage
	require.NoError(t, send(set, slip("Қазақша: ₸ 5", strings.Repeat("Ш", 48))))
	require.True(t, p.Await(enough, func(p *printtest.Printer) bool { return len(p.Slips()) == 1 }))
	s := p.Slips()[0]
	require.Empty(t, s.Lines)
	require.Len(t, s.Images, 3, "the text, and the code in two bands")
	text := s.Images[0]
	assert.Equal(t, 576, text.Width)
	assert.Equal(t, 2*cellHeight, text.Height)
	black := 0
	for y := range cellHeight {
		for x := range cellWidth {
			if text.Black(x, y) {
				black++
			}
		}
	}
	assert.Greater(t, black, 20, "the first letter is there")
	assert.True(t, text.Black(575-2, cellHeight+12) || text.Black(575-1, cellHeight+12) || text.Black(575-3, cellHeight+12), "the last of the second line too")
}

func TestCompose_CopiesLogoAndCuts(t *testing.T) {
	p := start(t, printtest.Fine)
	set := wired(p.Address())
	set.Logo, set.Cut, set.QR, set.CancelChinese = true, pos.CutFull, false, true
	j := slip("Чек")
	j.Copies = 2
	logo := escpos.NewBitmap(16, 8)
	data, err := Compose(j, set, 32, logo)
	require.NoError(t, err)
	d, err := DeviceOf(set)
	require.NoError(t, err)
	require.NoError(t, Send(t.Context(), d, data, true))
	require.True(t, p.Await(enough, func(p *printtest.Printer) bool { return len(p.Slips()) == 2 }))
	for _, s := range p.Slips() {
		assert.Equal(t, []string{"Чек"}, s.Lines)
		assert.Equal(t, []*escpos.Bitmap{logo}, s.Images)
		assert.Empty(t, s.QR)
		assert.True(t, s.Cut && !s.Partial)
	}
	j.Kind = pos.PrintZ
	data, err = Compose(j, set, 32, logo)
	require.NoError(t, err)
	assert.NotContains(t, string(data), "\x1dv0", "a report carries no logo")
}

// A printer that wakes in the mode of Chinese shows no letter of a page until it
// has left it.
func TestCompose_LeavesTheTwoByteMode(t *testing.T) {
	p := start(t, printtest.Fine)
	p.WakeTwoByte()
	set := wired(p.Address())
	d, err := DeviceOf(set)
	require.NoError(t, err)
	for i, page := range escpos.Pages()[:6] {
		set.Page, set.PageNumber = page.Name, int(page.Number)
		j := slip("Чай, ИТОГО № 5")
		j.Copies = 2
		data, err := Compose(j, set, 32, nil)
		require.NoError(t, err)
		require.NoError(t, Send(t.Context(), d, data, true))
		require.True(t, p.Await(enough, func(p *printtest.Printer) bool { return len(p.Slips()) == 2*(i+1) }))
		for _, s := range p.Slips()[2*i:] {
			assert.Equal(t, "Чай, ИТОГО", strings.Join(strings.Fields(s.Text())[:2], " "), "%s", page.Name)
		}
	}
	require.NoError(t, Send(t.Context(), d, SampleSheet(set, 32, "Привет"), true))
	require.True(t, p.Await(enough, func(p *printtest.Printer) bool { return len(p.Slips()) == 13 }))
	assert.Contains(t, p.Slips()[12].Text(), "Привет")

	set.Page = pos.RasterPage
	data, err := Compose(slip("Чай"), set, 32, nil)
	require.NoError(t, err)
	assert.NotContains(t, string(data[:8]), "\x1c.", "a picture needs no mode")
	set.Page, set.CancelChinese = "pc866", false
	data, err = Compose(slip("Чай"), set, 32, nil)
	require.NoError(t, err)
	assert.NotContains(t, string(data), "\x1c.", "the shop said that its printer has no such mode")
}

// TestWords_AreReadOnEachPage: no letter of what goes on paper, in any language,
// becomes a question mark or a dot on any page.
func TestWords_AreReadOnEachPage(t *testing.T) {
	var files []string
	for _, name := range []string{"receipt", "report", "return", "print", "method", "certificate", "debt", "month", "correction", "drawer"} {
		found, err := filepath.Glob("../assets/i18n/*/" + name + ".toml")
		require.NoError(t, err)
		require.Len(t, found, len(words.Languages()), name)
		files = append(files, found...)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		text := strings.ReplaceAll(string(raw), "\n", " ")
		for _, page := range escpos.Pages() {
			got := page.Decode(page.Encode(text))
			assert.Equal(t, strings.Count(text, "?"), strings.Count(got, "?"), "%s %s", file, page.Name)
			assert.LessOrEqual(t, strings.Count(got, "·"), strings.Count(text, "·"), "%s %s", file, page.Name)
		}
	}
}

func TestSampleSheet_OnlyTheRightPageReads(t *testing.T) {
	p := start(t, printtest.Fine)
	cp866, _ := escpos.PageNamed("pc866")
	for _, page := range escpos.Pages() {
		p.Knows(page.Number, page.At(page.Number))
	}
	p.Knows(7, cp866) // this model has it under another number
	p.Knows(17, mustPage(t, "pc437"))
	set := wired(p.Address())
	d, err := DeviceOf(set)
	require.NoError(t, err)
	const text = "Привет, касса!"
	require.NoError(t, Send(t.Context(), d, SampleSheet(set, 32, text), true))
	require.True(t, p.Await(enough, func(p *printtest.Printer) bool { return len(p.Slips()) == 1 }))
	readable := map[string]bool{}
	for _, line := range p.Slips()[0].Lines[1:] {
		if strings.HasSuffix(line, text) {
			readable[line[:2]] = true
		}
	}
	require.True(t, readable["02"], "%v", p.Slips()[0].Lines)
	require.False(t, readable["01"])
	assert.Equal(t, escpos.Sample{Number: 2, Page: "pc866", PageNumber: 7}, escpos.Samples()[1])
}

func mustPage(t *testing.T, name string) escpos.Page {
	p, ok := escpos.PageNamed(name)
	require.True(t, ok)
	return p
}

func TestTestPage_FitsTheRoll(t *testing.T) {
	for _, width := range []int{32, 42, 48} {
		j := TestPage(pos.Settings{Shop: "Лавка", Width: width}, words.New("ru", "RUB", "").T)
		require.NoError(t, j.Check())
		for _, line := range j.Lines {
			assert.LessOrEqual(t, len([]rune(line)), width)
		}
		assert.LessOrEqual(t, width*cellWidth, Dots(width))
	}
}

// Who looks at the test page sees whether the letters are right: one that stands for
// another looks as though they were not.
func TestTestPage_ShowsNoLetterForAnother(t *testing.T) {
	for _, page := range escpos.Pages() {
		for _, lang := range words.Languages() {
			say := words.New(lang, "RUB", "").T
			paper := pos.DefaultPaper()
			paper.Page = page.Name
			j := TestPage(pos.Settings{Shop: "Lavka", Width: 48, Paper: paper}, say)
			text := strings.Join(j.Lines, " ")
			lacks := 0
			for _, r := range say("print.test.letters", nil) {
				if page.Decode(page.Encode(string(r))) != string(r) {
					lacks++
				}
			}
			assert.Equal(t, lacks > 0, strings.Contains(text, page.Label), "%s %s: says that letters are lacking", page.Name, lang)
			if page.Name == "pc866" {
				assert.NotContains(t, text, "І", lang)
				assert.Contains(t, text, "Ї", lang)
			}
		}
	}
	paper := pos.DefaultPaper()
	paper.Page = pos.RasterPage
	j := TestPage(pos.Settings{Shop: "Лавка", Width: 48, Paper: paper}, words.New("ru", "RUB", "").T)
	assert.Contains(t, strings.Join(j.Lines, " "), "ІЇЄҐЎ", "drawn letters are all there")
}

func TestStatusOf(t *testing.T) {
	p := start(t, printtest.Fine)
	d, err := DeviceOf(wired(p.Address()))
	require.NoError(t, err)
	_, answers, err := StatusOf(t.Context(), d)
	require.NoError(t, err)
	assert.True(t, answers)
	p.Fail(printtest.Mute)
	_, answers, err = StatusOf(t.Context(), d)
	require.NoError(t, err)
	assert.False(t, answers)
	p.Fail(printtest.NoPaper)
	_, _, err = StatusOf(t.Context(), d)
	assertFault(t, err, "print.no-paper", p.Address())
}
