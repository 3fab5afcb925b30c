package payment_test

// This file scans while a cheque is paid.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// scanned scans a demo product in the window.
func (s *shop) scanned(i int) { uitest.Scan(s.Window, s.Demo.Products[i].Barcodes[0]) }

// yes answers the question that is shown once somebody has read it.
func (s *shop) yes() {
	s.Clock.Advance(time.Second)
	uitest.Press(s.Window, "Enter")
}

func TestScan_GoodsAreAskedAboutAndAdded(t *testing.T) {
	s := newShop(t)
	s.pay()
	s.scanned(1) // bread, 46.50
	s.Shows("payment.scan", "what", "goods")
	require.True(t, uitest.HasText(s.Window, "46,50\u2009₽ к чеку?"), "%q", uitest.Texts(s.Window))
	require.Equal(t, 3, s.cheque().Cheque.Live(), "nothing is added without an answer")
	s.yes()
	s.Shows("payment", "total", "644.40", "due", "644.40", "amount", "644.40", "error", "")
	s.scanned(1)
	uitest.Press(s.Window, "Esc")
	s.Shows("payment", "total", "644.40", "due", "644.40")
	require.Equal(t, 4, s.cheque().Cheque.Live())
}

func TestScan_TheScannersOwnEnterAddsNothing(t *testing.T) {
	s := newShop(t)
	s.pay()
	s.scanned(1)
	uitest.Mash(s.Window, "Enter", 3, 150*time.Millisecond)
	require.Equal(t, "payment.scan", s.Last())
	require.Equal(t, 3, s.cheque().Cheque.Live())
}

func TestScan_SeveralAreAskedAboutInTheirOrder(t *testing.T) {
	s := newShop(t)
	s.pay()
	s.scanned(1)
	s.scanned(3)
	s.scanned(5)
	for _, i := range []int{1, 3, 5} {
		s.Shows("payment.scan", "what", "goods")
		require.True(t, uitest.HasText(s.Window, s.Demo.Products[i].Name), "%d: %q", i, uitest.Texts(s.Window))
		s.yes()
	}
	require.Equal(t, "payment", s.Last())
	require.Equal(t, 6, s.cheque().Cheque.Live())
}

func TestScan_WithTendersOnTheCheque(t *testing.T) {
	t.Run("paid in full, it is due again", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Type(s.Window, "600")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "due", "0.00", "change", "2.10")
		s.scanned(1)
		s.Shows("payment.scan", "what", "goods")
		s.yes()
		s.Shows("payment", "paid", "600.00", "due", "44.40", "action", "accept")
	})
	t.Run("a code that was right is revoked, and that is said", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		uitest.Type(s.Window, s.Sender.Code())
		s.Clock.Advance(time.Second)
		uitest.Press(s.Window, "Enter")
		s.settle()
		require.NotNil(t, s.cheque().Cheque.Tender(pos.Points))
		s.scanned(1)
		s.yes()
		require.Nil(t, s.cheque().Cheque.Tender(pos.Points))
		require.True(t, uitest.HasText(s.Window, "списание баллов снято"), "%q", uitest.Texts(s.Window))
	})
}

func TestScan_GoodsByWeightAskForTheWeight(t *testing.T) {
	s := newShop(t)
	s.pay()
	s.scanned(6)
	require.Equal(t, "payment.weight", s.Last())
	uitest.Type(s.Window, "0,35")
	s.yes()
	s.Shows("payment", "total", "643.37")
	s.scanned(6)
	uitest.Press(s.Window, "Esc")
	s.Shows("payment", "total", "643.37")
}

func TestScan_WhatIsNotAddedIsSaid(t *testing.T) {
	tests := map[string]struct {
		code func(*shop) string
		says string
	}{
		"an unknown barcode":   {func(*shop) string { return "4699999999990" }, "4699999999990"},
		"goods asking a price": {func(s *shop) string { return s.Demo.Products[18].Barcodes[0] }, "вернитесь к чеку"},
		"a bank card":          {func(*shop) string { return ";4000001234567899=99121011000?" }, "банковская карта"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			code := tt.code(s)
			s.pay()
			uitest.Scan(s.Window, code)
			require.Equal(t, "payment", s.Last())
			require.True(t, uitest.HasText(s.Window, tt.says), "%q", uitest.Texts(s.Window))
			s.Shows("payment", "paid", "0.00", "due", "597.90", "amount", "597.90")
		})
	}
}

// A card of seven digits is no scan in a field of money, where a hand may have typed
// them; here the sum is paid and nothing is typed.
func TestScan_OfACustomersCardAsks(t *testing.T) {
	s := newShop(t)
	s.pay()
	uitest.Press(s.Window, "F2", "Enter")
	s.Shows("payment", "due", "0.00")
	uitest.Scan(s.Window, s.Demo.Customers[anna].Card)
	s.Shows("payment.scan", "what", "customer")
	s.yes()
	require.Equal(t, s.Demo.Customers[anna].ID, s.cheque().Cheque.Customer)
	uitest.Scan(s.Window, s.Demo.Customers[anna].Card)
	s.Shows("payment")
	require.True(t, uitest.HasText(s.Window, "уже в этом чеке"), "%q", uitest.Texts(s.Window))
}

// The computer is busy: the digits of a scan reach the field before they are known
// to be one. What the till proposed comes back as its proposal, not as a sum of the
// cashier's with which nothing would be missing.
func TestScan_ThatRanIntoTheFieldLeavesTheProposal(t *testing.T) {
	s := newShop(t)
	s.pay()
	proposed := uitest.Texts(s.Window)
	field, ok := s.Window.Fyne.Canvas().Focused().(keys.Field)
	require.True(t, ok)
	held, whole := field.Held(), field.Whole()
	for _, r := range "4699999999990" {
		field.Put(r)
	}
	require.NotEqual(t, proposed, uitest.Texts(s.Window))
	field.Restore(held, whole)
	require.Equal(t, proposed, uitest.Texts(s.Window))
	s.Shows("payment", "paid", "0.00", "amount", "597.90", "action", "accept")
}

func TestTill_PeekScanChangesNothing(t *testing.T) {
	s := newShop(t)
	before := s.cheque()
	for code, want := range map[string]func(*till.Scanned) bool{
		s.Demo.Products[0].Barcodes[0]:          func(n *till.Scanned) bool { return n.Goods.Qty == money.One && n.Sum == 89_90 },
		"0,5*" + s.Demo.Products[6].Barcodes[0]: func(n *till.Scanned) bool { return n.Goods.Qty == 500 && n.Sum == 64_95 },
		s.Demo.Customers[anna].Card:             func(n *till.Scanned) bool { return n.Customer.ID == s.Demo.Customers[anna].ID },
	} {
		n, err := s.Till.PeekScan(t.Context(), s.Env.Actor, code)
		require.NoError(t, err, code)
		require.True(t, want(n), "%s: %+v", code, n)
	}
	require.Equal(t, before, s.cheque())
}
