package sale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/uitest"
)

// A weight in front of goods may have been read off the scales in grams, as one that is
// asked for may.
func TestScreen_AWeightInFrontOfGoodsThatMayBeGramsIsAskedAbout(t *testing.T) {
	ways := map[string]func(*shop){
		"a scan": func(s *shop) { uitest.Type(s.Window, "700*"); s.Scan(apples) },
		"a typed code": func(s *shop) {
			uitest.Type(s.Window, "700*"+s.Demo.Products[apples].SKU)
			uitest.Press(s.Window, "Enter")
		},
		"a name":   func(s *shop) { uitest.Type(s.Window, "700*яблоки"); uitest.Press(s.Window, "Enter") },
		"the list": func(s *shop) { uitest.Type(s.Window, "700*яблоки"); uitest.Press(s.Window, "Down", "Enter") },
		"a tile":   func(s *shop) { uitest.Type(s.Window, "700*"); s.screen.onTile(s.Demo.Products[apples]) },
	}
	for name, ring := range ways {
		t.Run(name, func(t *testing.T) {
			s := open(t, uitest.Usual, "ru").show()
			ring(s)
			require.Equal(t, "weight.doubt", s.Last())
			require.Empty(t, s.qtys())
			s.Scan(milk)
			uitest.Press(s.Window, "F2")
			require.Equal(t, []money.Quantity{700, money.One}, s.qtys(), "what was scanned meanwhile follows")
		})
	}
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "700*")
	s.Scan(apples)
	uitest.Press(s.Window, "Esc")
	require.Empty(t, s.qtys())
	require.Contains(t, s.screen.v.field.Text(), "700*", "nothing typed is lost")
	uitest.Press(s.Window, "Enter", "F3")
	require.Equal(t, []money.Quantity{700 * money.One}, s.qtys())
	uitest.Type(s.Window, "60*")
	s.Scan(milk)
	require.Equal(t, []money.Quantity{700 * money.One, 60 * money.One}, s.qtys(), "sixty pieces are sixty pieces")
}

func TestScreen_AnUnknownCodeBecomesGoodsOnTheSpot(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.Login(pos.GroupOwner)
	s.show()
	asked := ""
	s.screen.h.NewGoods = func(code string, stored func(pos.Product)) {
		asked = code
		p := pos.Product{Name: "Ананас", Unit: "шт", Price: 25000, Barcodes: []string{code}}
		made, err := s.Till.PutProduct(t.Context(), s.Env.Actor, p)
		require.NoError(t, err)
		stored(*made)
	}
	uitest.Press(s.Window, "Ctrl+N")
	require.Empty(t, asked, "nothing was looked for")
	uitest.Scan(s.Window, "4699999999990")
	require.True(t, uitest.HasText(s.Window, "Завести товар"), uitest.Texts(s.Window))
	uitest.Press(s.Window, "Ctrl+N")
	require.Equal(t, "4699999999990", asked)
	require.Equal(t, []money.Quantity{money.One}, s.qtys())
	require.False(t, uitest.HasText(s.Window, "Завести товар"))

	cashier := open(t, uitest.Usual, "ru")
	cashier.Login(pos.GroupCashier)
	cashier.show()
	cashier.screen.h.NewGoods = func(string, func(pos.Product)) { t.Error("without the right") }
	uitest.Scan(cashier.Window, "4699999999990")
	require.False(t, uitest.HasText(cashier.Window, "Завести товар"))
	uitest.Press(cashier.Window, "Ctrl+N")
}

// The finger has learnt where goods stand: what sells more often since does not push
// them aside.
func TestScreen_TheBoardKeepsItsPlaces(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Press(s.Window, "Home")
	uitest.Type(s.Window, "9")
	uitest.Press(s.Window, "Enter")
	v, err := s.Till.Cheque(t.Context())
	require.NoError(t, err)
	ninth := v.Cheque.Lines[0].Product
	for range 3 {
		uitest.Press(s.Window, "Home")
		uitest.Type(s.Window, "9")
		uitest.Press(s.Window, "Enter")
		v, err := s.Till.Cheque(t.Context())
		require.NoError(t, err)
		_, _, err = s.Till.Tender(t.Context(), s.Env.Actor, pos.Cash, v.Totals.Due)
		require.NoError(t, err)
		_, err = s.Till.FinishSale(t.Context(), s.Env.Actor)
		require.NoError(t, err)
		s.screen.Refresh()
	}
	uitest.Press(s.Window, "Home")
	uitest.Type(s.Window, "9")
	uitest.Press(s.Window, "Enter")
	v, err = s.Till.Cheque(t.Context())
	require.NoError(t, err)
	require.Equal(t, ninth, v.Cheque.Lines[0].Product)
}
