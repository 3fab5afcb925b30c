package sale

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/ui/task"
	"kassa/ui/uitest"
)

func TestScreen_ScanAddsALine(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	require.Equal(t, "89.90", s.Facts["sale"]["total"])
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.Equal(t, "1001", s.Facts["sale"]["sku"])
	require.Equal(t, "field", s.Facts["sale"]["focus"])
	require.Empty(t, s.screen.v.field.Text())
}

func TestScreen_ScanOfTheSameGoodsAdds(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	s.Scan(0)
	require.Equal(t, "2", s.Facts["sale"]["qty"])
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.True(t, uitest.HasText(s.Window, "2 шт"))
}

func TestScreen_TypedMultiplier(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "3*"+s.Demo.Products[0].Barcodes[0])
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "3", s.Facts["sale"]["qty"])
	require.Equal(t, "269.70", s.Facts["sale"]["total"])
}

func TestScreen_TypedMultiplierThenScan(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "4*")
	s.Scan(0)
	require.Equal(t, "4", s.Facts["sale"]["qty"])
	require.Empty(t, s.screen.v.field.Text())
}

func TestScreen_ScanKeepsAHalfTypedName(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "хл")
	s.Scan(0)
	require.Equal(t, "1001", s.Facts["sale"]["sku"])
	require.Equal(t, "хл", s.screen.v.field.Text())
}

// A marking code comes with a prefix, with separators of which no character comes,
// and with its letters under whatever layout is active.
func TestScreen_ScanOfAMarkingCodeFindsItsGoods(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	gtin := "0" + s.Demo.Products[0].Barcodes[0]
	for _, code := range []string{
		"\x1d01" + gtin + "215abcDEF'/\x1d91EE06\x1d92ab+/=", "]d201" + gtin + "215abc\x1d91EE06", "ъв201" + gtin + "215фисВУА\x1d91УУ06", gtin,
	} {
		uitest.Scan(s.Window, code)
		require.Equal(t, "1001", s.Facts["sale"]["sku"], code)
		require.Empty(t, s.screen.v.field.Text(), code)
	}
	require.Equal(t, "4", s.Facts["sale"]["qty"])
	require.Equal(t, "1", s.Facts["sale"]["lines"])
}

// Half of a code typed, half scanned, and the whole kept in another form.
func TestScreen_AScanCutInTwoIsPutTogetherInAnotherForm(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	code := "0" + s.Demo.Products[0].Barcodes[0]
	uitest.Type(s.Window, code[:8])
	s.Clock.Advance(time.Second)
	uitest.Scan(s.Window, code[8:])
	require.Equal(t, "1001", s.Facts["sale"]["sku"])
	require.Empty(t, s.screen.v.field.Text())
}

// A computer too busy drawing may take the front of a scan for typing.
func TestScreen_AScanCutInTwoIsPutTogether(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	code := s.Demo.Products[0].Barcodes[0]
	uitest.Type(s.Window, code[:8])
	s.Clock.Advance(time.Second)
	uitest.Scan(s.Window, code[8:])
	require.Equal(t, "1001", s.Facts["sale"]["sku"])
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.Empty(t, s.screen.v.field.Text())
}

func TestScreen_UnknownCodeStaysUntilTheNextScan(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Scan(s.Window, "4609999999999")
	require.Equal(t, "scan.unknown", s.Facts["sale"]["error"])
	require.True(t, uitest.HasText(s.Window, "Неизвестный код 4609999999999"))
	require.Empty(t, s.screen.v.field.Text(), "the next scan must not be glued to it")
	uitest.Type(s.Window, "мо")
	require.True(t, uitest.HasText(s.Window, "4609999999999"), "looking for the name needs the code in sight")
	uitest.Press(s.Window, "Esc")
	s.Scan(0)
	require.False(t, uitest.HasText(s.Window, "4609999999999"))
	require.Empty(t, s.Facts["sale"]["error"])
}

func TestScreen_EnterOnAnEmptyFieldPays(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Press(s.Window, "Enter")
	require.Empty(t, s.called, "nothing to pay for yet")
	require.True(t, uitest.HasText(s.Window, "Чек пуст"))
	s.Scan(0)
	uitest.Press(s.Window, "Enter", "F9", "Ctrl+Enter")
	require.Equal(t, []string{"pay", "pay", "card"}, s.called)
}

func TestScreen_ScannersSecondEnterDoesNotPay(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Scan(s.Window, s.Demo.Products[0].Barcodes[0])
	uitest.Mash(s.Window, "Enter", 1, 150*time.Millisecond)
	require.Empty(t, s.called)
}

func TestScreen_SearchByFragmentAndByWordBeginning(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "олок") // inside «Молоко»
	require.NotEqual(t, "0", s.Facts["sale"]["found"])
	require.True(t, uitest.HasText(s.Window, "Молоко"))
	uitest.Press(s.Window, "Esc")
	require.Empty(t, s.screen.v.field.Text())
	require.False(t, s.screen.v.list.Visible())
	uitest.Type(s.Window, "мо")
	require.True(t, uitest.HasText(s.Window, "Молоко"))
}

func TestScreen_EnterTakesTheFirstFound(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "хлеб пш")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "1002", s.Facts["sale"]["sku"])
	require.False(t, s.screen.v.list.Visible())
}

func TestScreen_ArrowsChooseAmongTheFound(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "2*чай")
	second := s.screen.look.found[1]
	uitest.Press(s.Window, "Down", "Enter")
	require.Equal(t, second.SKU, s.Facts["sale"]["sku"])
	require.Equal(t, "2", s.Facts["sale"]["qty"])
}

func TestScreen_ATapTakesWhatWasFound(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "хлеб пш")
	uitest.TapText(s.Window, s.Demo.Products[1].Name)
	require.Equal(t, "1002", s.Facts["sale"]["sku"])
	require.Equal(t, "field", s.Facts["sale"]["focus"])
}

func TestScreen_AnExactCodeWinsOverTheList(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "1002")
	s.Clock.Advance(time.Second)
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "1002", s.Facts["sale"]["sku"])
}

func TestScreen_ATypedUnknownNameIsNotAGuess(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "самовар")
	require.True(t, uitest.HasText(s.Window, "Ничего не найдено"))
	require.False(t, uitest.HasText(s.Window, "Enter — добавить"), "there is nothing to add")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "0", s.Facts["sale"]["lines"])
	require.True(t, uitest.HasText(s.Window, "Товара «самовар» нет"), "a word is no code")
	require.Equal(t, "самовар", s.screen.v.field.Text(), "the word stays to be mended")
	s.Scan(0)
	require.Equal(t, "1", s.Facts["sale"]["lines"], "and spoils no scan")
}

func TestScreen_OnlyTheNewestSearchIsShown(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	q := &task.Queue{}
	s.Env.Runner = q
	s.screen.look.latest = task.NewLatest(q)
	uitest.Type(s.Window, "чай")
	require.Equal(t, 3, q.Len())
	q.Finish(2)
	newest := s.screen.look.found
	require.NotEmpty(t, newest)
	q.Finish(0)
	q.Finish(0)
	require.Equal(t, newest, s.screen.look.found)
}

func TestScreen_EnterBeforeTheListAnswersGivesTheNameBack(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	q := &task.Queue{}
	s.Env.Runner = q
	s.screen.look.latest = task.NewLatest(q)
	uitest.Type(s.Window, "хл")
	uitest.Press(s.Window, "Enter")
	for q.Len() > 0 {
		q.Finish(0)
	}
	require.Equal(t, "хл", s.screen.v.field.Text())
	require.NotEmpty(t, s.screen.look.found)
	require.Equal(t, "0", s.Facts["sale"]["lines"])
}

func TestScreen_ScansNeverOvertakeOneAnother(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	q := &task.Queue{}
	s.Env.Runner = q
	for i := range 3 {
		s.Scan(i)
	}
	uitest.Press(s.Window, "+", "Enter")
	require.Empty(t, s.called, "payment waits for the goods")
	for q.Len() > 0 {
		q.Finish(q.Len() - 1)
	}
	require.Equal(t, "3", s.Facts["sale"]["lines"])
	require.Equal(t, "1003", s.Facts["sale"]["sku"])
	require.Equal(t, "2", s.Facts["sale"]["qty"])
	require.Equal(t, []string{"pay"}, s.called)
}
