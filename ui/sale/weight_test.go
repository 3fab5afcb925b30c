package sale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos/money"
	"kassa/ui/uitest"
)

// apples and cheese are goods of the demo shop that are sold by weight, milk is not.
const (
	milk   = 0
	apples = 6
	cheese = 8
)

// weigh scans goods by weight and answers how much.
func (s *shop) weigh(i int, weight string) {
	s.Scan(i)
	uitest.Type(s.Window, weight)
	uitest.Press(s.Window, "Enter")
}

// qtys are the quantities of the cheque, from the top.
func (s *shop) qtys() []money.Quantity {
	s.T.Helper()
	v, err := s.Till.Cheque(s.T.Context())
	require.NoError(s.T, err)
	var list []money.Quantity
	for i := range v.Cheque.Lines {
		list = append(list, v.Cheque.Lines[i].Qty)
	}
	return list
}

func TestScreen_GoodsByWeightAskForTheWeight(t *testing.T) {
	ways := map[string]func(*shop){
		"a scan":          func(s *shop) { s.Scan(apples) },
		"a typed code":    func(s *shop) { uitest.Type(s.Window, s.Demo.Products[apples].SKU); uitest.Press(s.Window, "Enter") },
		"the search":      func(s *shop) { uitest.Type(s.Window, "яблоки"); uitest.Press(s.Window, "Enter") },
		"the list, moved": func(s *shop) { uitest.Type(s.Window, "яблоки"); uitest.Press(s.Window, "Down", "Enter") },
		"the catalogue": func(s *shop) {
			uitest.Press(s.Window, "Home", "Home")
			uitest.Type(s.Window, "яблоки")
			uitest.Press(s.Window, "Enter")
		},
		"a tile": func(s *shop) { s.screen.RingUp(s.Demo.Products[apples].ID) },
	}
	for name, ring := range ways {
		t.Run(name, func(t *testing.T) {
			s := open(t, uitest.Usual, "ru").show()
			ring(s)
			require.Equal(t, "sale.weight", s.Last())
			require.Empty(t, s.qtys(), "nothing is on the cheque before the answer")
			require.True(t, uitest.HasText(s.Window, "129,90\u2009₽ за кг"))
			uitest.Type(s.Window, "0,350")
			require.True(t, uitest.HasText(s.Window, "45,47\u2009₽"), "%q", uitest.Texts(s.Window))
			uitest.Press(s.Window, "Enter")
			require.Equal(t, []money.Quantity{350}, s.qtys())
			require.Equal(t, "45.47", s.Facts["sale"]["total"])
		})
	}
}

func TestScreen_AWeightThatIsNotGivenPutsNothingOnTheCheque(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(apples)
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "sale.weight", s.Last(), "an empty answer is none")
	require.True(t, uitest.HasText(s.Window, "Введите вес больше нуля"))
	uitest.Type(s.Window, "0")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "sale.weight", s.Last())
	uitest.Press(s.Window, "Esc")
	require.Empty(t, s.qtys())
	require.Equal(t, "field", s.Facts["sale"]["focus"])
}

func TestScreen_AWeightGivenWithTheCodeIsNotAskedAgain(t *testing.T) {
	for _, before := range []string{"3*", "0,350*"} {
		s := open(t, uitest.Usual, "ru").show()
		uitest.Type(s.Window, before)
		s.Scan(apples)
		require.Len(t, s.qtys(), 1, before)
		require.Equal(t, "sale", s.Last(), before)
	}
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "0,5*яблоки")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, []money.Quantity{500}, s.qtys())
}

// The next goods are scanned while the first still lie on the scale.
func TestScreen_ScansBehindAWeightWaitInTheirOrder(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(apples)
	s.Scan(milk)
	s.Scan(cheese) // while the apples lie on the scale
	require.Equal(t, "sale.weight", s.Last())
	require.Empty(t, s.qtys())
	require.True(t, uitest.HasText(s.Window, "Отсканировано следом: 2"))
	uitest.Type(s.Window, "1,2")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "sale.weight", s.Last(), "the cheese is asked about in its turn")
	require.True(t, uitest.HasText(s.Window, "Полянка"))
	uitest.Press(s.Window, "Esc")
	require.Equal(t, []money.Quantity{1200, money.One}, s.qtys())
}

// Scales show grams: seven hundred of them are no seven hundred kilograms.
func TestScreen_AWeightThatMayBeGramsIsAskedAbout(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.weigh(apples, "700")
	require.Equal(t, "weight.doubt", s.Last())
	require.True(t, uitest.HasText(s.Window, "700 кг или 700 г?"), "%q", uitest.Texts(s.Window))
	uitest.Press(s.Window, "Enter", "Enter")
	require.Equal(t, "weight.doubt", s.Last(), "Enter decides nothing")
	require.Empty(t, s.qtys())
	uitest.Press(s.Window, "F2")
	require.Equal(t, []money.Quantity{700}, s.qtys())

	s.weigh(cheese, "60")
	uitest.Press(s.Window, "F3")
	require.Equal(t, []money.Quantity{700, 60 * money.One}, s.qtys(), "who says kilograms is believed")
	uitest.Press(s.Window, "*", "Enter")
	require.Equal(t, "sale", s.Last(), "what stood there is not asked about anew")
	uitest.Press(s.Window, "*")
	uitest.Type(s.Window, "900")
	uitest.Press(s.Window, "Enter", "Esc")
	require.Equal(t, []money.Quantity{700, 60 * money.One}, s.qtys())
	uitest.Press(s.Window, "Enter", "F2")
	require.Equal(t, []money.Quantity{700, 900}, s.qtys())
}

func TestScreen_GramsAreTypedAsGrams(t *testing.T) {
	for _, text := range []string{"700 г", "700г", "700g"} {
		s := open(t, uitest.Usual, "ru").show()
		s.weigh(apples, text)
		require.Equal(t, []money.Quantity{700}, s.qtys(), text)
		require.Equal(t, "sale", s.Last())
	}
}
