package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// stopped lets somebody work at a till that stands still, and lets it go on.
func (r *rig) stopped(hands func()) {
	r.t.Helper()
	require.NoError(r.t, r.till.Stop())
	hands()
	require.NoError(r.t, r.till.Continue())
}

// What is typed while the till has no time for it is all there afterwards, and what
// is scanned then does not land where it does not belong.
func TestE2E_StoppedWhileSomebodyTypes(t *testing.T) {
	r := newRig(t)
	typed := func(text string) func() {
		return func() { require.NoError(t, r.till.TypeEnter(text, 1)) }
	}
	pin := ""
	for _, e := range r.demo.Employees {
		if e.Group == pos.GroupCashier {
			pin = e.PIN
		}
	}
	r.stopped(typed(pin))
	r.see("shift.open")
	r.stopped(typed("00001500")) // as long as a code
	r.see("shift.opened")
	r.see("sale")
	r.scan(r.demo.Products[0].Barcodes[0])
	total := r.demo.Products[0].Price
	r.see("sale", "lines", "1")

	r.key("F9")
	r.see("payment", "action", "accept")
	r.stopped(func() { r.typed("7346") })
	r.see("payment", "amount", "7346.00")
	r.stopped(func() { r.scan(r.demo.Products[1].Barcodes[0]) })
	r.see("payment.scan") // the goods are asked about, and what was typed stays
	r.key("Escape")
	r.see("payment", "amount", "7346.00", "paid", "0.00", "total", total.String())
	r.key("BackSpace", "BackSpace", "BackSpace", "BackSpace")
	r.stopped(func() { // by hand again, with a finger that hammers
		require.NoError(t, r.till.TypeEnter("00000500", 9))
	})
	r.see("payment", "due", "0.00", "paid", "500.00", "action", "finish")
	r.key("F2")
	r.see("payment", "paid", "500.00", "action", "finish", "method", "card")
	r.key("Return")
	r.see("receipt", "total", total.String())
	r.key("Return")
	r.see("sale", "lines", "0")

	s, ctx := r.stored()
	sales := r.sales(s, ctx)
	require.Len(t, sales, 1)
	require.Equal(t, total, sales[0].Total)
}
