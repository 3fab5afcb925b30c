package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/print/printtest"
)

// slips waits until so many slips came out of a played printer.
func slips(t *testing.T, p *printtest.Printer, n int) []printtest.Slip {
	t.Helper()
	require.True(t, p.Await(patience, func(p *printtest.Printer) bool { return len(p.Slips()) >= n }), "%d slips", len(p.Slips()))
	require.Len(t, p.Slips(), n)
	return p.Slips()
}

// TestE2E_ClosingWithItsSlip sells and closes the shift before a printer that is
// played: the receipt, the Z report and the drawer's pulses are what came over
// the wire.
func TestE2E_ClosingWithItsSlip(t *testing.T) {
	p, err := printtest.Start("")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	r := newRig(t, "KASSA_PRINTER_CONNECTION=network", "KASSA_PRINTER_ADDRESS="+p.Address(), "KASSA_PRINTER_DRAWER=pin2",
		"KASSA_TILL_RECEIPT_WIDTH=42")
	r.begin(pos.GroupCashier, "1000")
	a := r.demo.Products[0]
	r.scan(a.Barcodes[0])
	r.see("sale", "lines", "1")
	r.key("F9")
	r.see("payment")
	r.key("Return")
	r.see("payment", "due", "0.00", "action", "finish")
	r.key("Return")
	r.see("printed", "kind", "receipt", "state", "done")
	first := slips(t, p, 1)[0]
	require.Contains(t, first.Text(), "Чек № 1")
	require.Contains(t, first.Text(), "ИТОГ")
	require.True(t, first.Cut)
	require.Len(t, first.QR, 1)
	r.key("Return")
	r.see("sale", "lines", "0")

	// Out of paper: the shift closes all the same, and its slip waits for somebody.
	p.Fail(printtest.NoPaper)
	r.key("F12")
	r.see("shift.close")
	r.typed("1000")
	r.key("Return")
	r.see("printed", "kind", "z", "state", "failed", "cause", "print.no-paper")
	require.Len(t, p.Slips(), 1)
	p.Fail(printtest.Fine)
	r.key("Return")
	r.see("sale", "shift", "closed")
	r.key("ctrl+o")
	r.see("prints", "open", "1", "kind", "z")
	r.key("F5")
	r.see("prints", "open", "0")
	z := slips(t, p, 2)[1]
	require.Contains(t, z.Text(), "Z-ОТЧЁТ")
	require.GreaterOrEqual(t, p.Pulses(), 2, "for the sale and for the count")
	require.Empty(t, p.Odd())

	s, ctx := r.stored()
	sale := r.sales(s, ctx)[0]
	require.Equal(t, string(sale.ID), first.QR[0])
	report, err := s.Till.ZReport(ctx, till.System(), "")
	require.NoError(t, err)
	require.EqualValues(t, 1, report.Sales)
}
