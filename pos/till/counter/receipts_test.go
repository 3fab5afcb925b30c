package counter_test

// This test makes the receipt of a sale for whoever asks.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// What the window shows, the printer prints and the door answers is one input.
func TestTill_ReceiptOf(t *testing.T) {
	s := tilltest.Small(t)
	require.NoError(t, s.SaveGroup(t.Context(), s.Owner, pos.Group{ID: pos.GroupCashier, Name: "Кассир", Rights: []pos.Right{pos.RightSell, pos.RightPoints, pos.RightReprint}}))
	card, err := s.IssueCertificate(t.Context(), s.Owner, till.NewCertificate{Amount: 30_000}, "подарок")
	require.NoError(t, err)
	s.Ring("milk")
	s.Customer(tilltest.Anna)
	_, err = s.PayCertificate(t.Context(), s.Owner, card.Number, 4_000)
	require.NoError(t, err)
	s.Cash(6_000)
	sale := s.Finish()

	receipt := func(a pos.Actor, isCopy bool) (name, phone string, left map[string]int64) {
		t.Helper()
		in, err := s.ReceiptOf(t.Context(), a, sale, isCopy)
		require.NoError(t, err)
		if in.Cashier != "Ольга" || in.Copy != isCopy {
			t.Errorf("rung up by %q, copy %v", in.Cashier, in.Copy)
		}
		if in.Customer != nil {
			name, phone = in.Customer.Name, in.Customer.MaskedPhone
		}
		left = map[string]int64{}
		for number, amount := range in.CertificatesLeft {
			left[number] = int64(amount)
		}
		return name, phone, left
	}
	for _, who := range []pos.Actor{s.Owner, s.Cashier} {
		if name, phone, left := receipt(who, false); name != "Анна" || phone == "" || phone == "+79000000001" || left[card.Number] != 26_000 {
			t.Errorf("the receipt of a sale just made tells %s of %q %q, left %v", who.Name, name, phone, left)
		}
	}
	if name, _, left := receipt(s.Owner, true); name != "Анна" || len(left) != 0 {
		t.Errorf("a copy tells the owner %q, left %v", name, left)
	}
	before := s.Happened(pos.EventForbidden)
	if name, _, _ := receipt(s.Cashier, true); name != "" {
		t.Errorf("a copy tells %q to somebody who may not look at customers", name)
	}
	if s.Happened(pos.EventForbidden) != before {
		t.Error("what is left out of a receipt is recorded as a refusal")
	}
	if name, _, _ := receipt(pos.Actor{}, false); name != "" {
		t.Errorf("%q is told while nobody is logged in", name)
	}
}
