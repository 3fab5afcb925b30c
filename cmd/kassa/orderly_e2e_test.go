package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
)

// A till that the system ends is ended in order wherever it stands: the cheque is
// kept, and the next start tells of no crash.
func TestE2E_EndedBySignal(t *testing.T) {
	for name, begin := range map[string]func(*rig){
		"behind the lock": func(*rig) {},
		"in a question": func(r *rig) {
			r.begin(pos.GroupCashier, "500")
			r.scan(r.demo.Products[6].Barcodes[0]) // by weight
			r.see("sale.weight")
		},
		"in payment": func(r *rig) {
			r.begin(pos.GroupCashier, "500")
			r.ring(1)
			r.key("F9")
			r.see("payment")
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			begin(r)
			require.NoError(t, r.till.Quit(patience)) // by a signal, and an exit code of none
			s, err := shop.Open(context.Background(), shop.Options{Home: r.home})
			require.NoError(t, err)
			defer s.Close()
			start, err := s.Till.Begin(context.Background())
			require.NoError(t, err)
			require.True(t, start.Orderly)
			require.Equal(t, name == "in payment", start.OpenCheque)
		})
	}
}
