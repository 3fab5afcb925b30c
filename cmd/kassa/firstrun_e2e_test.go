package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/print/printtest"
)

// mostPresses is what a newcomer may need from the program's first start to the
// printed receipt of the first sale of an own product, a scanner's trigger counted as
// if its digits were typed.
const mostPresses = 120

// hand is a rig that counts what is pressed.
type hand struct {
	*rig
	presses int
}

func (h *hand) key(names ...string) { h.presses += len(names); h.rig.key(names...) }

func (h *hand) typed(text string) {
	h.presses += utf8.RuneCountInString(text)
	h.rig.typed(text)
}

func (h *hand) scan(code string) { h.presses += len(code) + 1; h.rig.scan(code) }

// entered types a text and ends it with Enter.
func (h *hand) entered(text string) { h.typed(text); h.key("Return") }

// newHand opens the window on a home in which nobody works yet. The program writes to
// a printer of the office, on which the recovery code is read: it stands nowhere else.
func newHand(t *testing.T, office *printtest.Printer) *hand {
	t.Helper()
	r := bareRig(t, 1366, 768)
	require.NoError(t, os.MkdirAll(r.home, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(r.home, "config.toml"),
		[]byte("[printer]\nconnection = \"network\"\naddress = \""+office.Address()+"\"\n"), 0o600))
	r.openTo("firstrun.shop", "country", "RU")
	return &hand{rig: r}
}

// player starts a played printer.
func player(t *testing.T) *printtest.Printer {
	t.Helper()
	p, err := printtest.Start("")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	return p
}

var groupOfCode = regexp.MustCompile(`(?m)^\s*([0-9A-Z]{5})\s*$`)

// lastGroup prints the recovery code and reads its last group off the paper.
func (h *hand) lastGroup(office *printtest.Printer) string {
	h.t.Helper()
	h.key("ctrl+p")
	h.see("recovery.printed", "error", "")
	groups := groupOfCode.FindAllStringSubmatch(slips(h.t, office, 1)[0].Text(), -1)
	require.Len(h.t, groups, 5)
	return groups[4][1]
}

// A shop begins by keys alone: from its name to the printed receipt of its first own
// product.
func TestE2E_FirstRun_ToAPrintedSaleInFewPresses(t *testing.T) {
	p, office := player(t), player(t)
	h := newHand(t, office)

	h.entered("Lavka u doma")
	h.see("firstrun")
	h.entered("Anna")
	h.entered("507316")
	h.entered("507316")
	code := h.see("recovery.code")
	require.Empty(t, code.Facts["code"], "the code is told to nobody but the owner")
	h.entered(h.lastGroup(office))

	h.see("firstrun.printer", "found", "looking")
	found, err := strconv.Atoi(h.see("firstrun.printer").Facts["found"])
	require.NoError(t, err)
	for range found { // this computer's own printers come before the address that is meant
		h.key("Tab")
	}
	h.typed(p.Address())
	h.key("Return")
	h.see("firstrun.printed")
	require.True(t, p.Await(patience, func(p *printtest.Printer) bool { return len(p.Slips()) == 1 }), "the test slip")
	h.key("Return")

	h.see("firstrun.goods")
	h.scan("4699999999990")
	h.see("firstrun.product")
	h.entered("Hleb belyj")
	h.entered("45,50")
	h.see("firstrun.goods", "there", "yes")
	h.key("Return")
	h.see("shift.open")
	h.key("Return")
	h.see("sale", "lines", "0", "shift", "open")

	h.scan("4699999999990")
	h.see("sale", "lines", "1", "total", "45.50")
	h.key("F9")
	h.see("payment")
	h.key("Return")
	h.see("payment", "action", "finish")
	h.key("Return")
	h.see("printed", "kind", "receipt", "state", "done")
	require.True(t, p.Await(patience, func(p *printtest.Printer) bool { return len(p.Slips()) == 2 }), "the receipt")
	require.Contains(t, p.Slips()[1].Text(), "Hleb belyj")
	require.Contains(t, p.Slips()[1].Text(), "Lavka u doma")
	t.Logf("%d presses", h.presses)
	require.LessOrEqual(t, h.presses, mostPresses)

	s, ctx := h.stored()
	sales := h.sales(s, ctx)
	require.Len(t, sales, 1)
	require.Equal(t, money.Amount(45_50), sales[0].Total)
	set := s.Settings()
	require.Equal(t, []any{"Lavka u doma", pos.PrinterNetwork, p.Address(), true}, []any{set.Shop, set.Paper.Connection, set.Paper.Address, set.NextSteps})
}
