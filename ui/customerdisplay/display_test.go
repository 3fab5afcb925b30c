package customerdisplay_test

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/customerdisplay"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

var (
	counter = fyne.NewSize(800, 480)
	large   = fyne.NewSize(1280, 800)
)

// shown opens a display.
func shown(t *testing.T, size fyne.Size, change func(*customerdisplay.Params)) (*uitest.Window, *customerdisplay.Display) {
	t.Helper()
	w := uitest.Open(t, size)
	p := customerdisplay.Params{Timers: w.Clock, Shop: func() string { return "Продукты у дома" },
		Words: func() *words.Words { return words.New("ru", "RUB", "").In(time.UTC) }}
	if change != nil {
		change(&p)
	}
	d := customerdisplay.New(p)
	t.Cleanup(d.Close)
	w.Show(d.Content())
	return w, d
}

// goods make a cheque of that many lines, the second of them removed.
func goods(n int, customer string) *till.ChequeView {
	v := &till.ChequeView{Cheque: pos.Cheque{ID: "1"}}
	for i := range n {
		l := pos.Line{No: i + 1, Name: "Молоко пастеризованное 3,2 %", Unit: "шт", Qty: money.Quantity(i+1) * money.One, Price: 8990}
		if i == 1 {
			l.Name, l.Removed = "Убрано", true
		}
		v.Cheque.Lines = append(v.Cheque.Lines, l)
		if l.Removed {
			continue
		}
		sum := l.Price * money.Amount(i+1)
		v.Totals.Lines = append(v.Totals.Lines, pos.LineTotals{No: l.No, Gross: sum, Sum: sum})
		v.Totals.Total = v.Totals.Total.Add(sum)
	}
	v.Totals.Due, v.Totals.Earn = v.Totals.Total, 26
	if customer != "" {
		v.Customer = &pos.CustomerState{Customer: pos.Customer{Name: customer, Phone: "+79000000011"}}
	}
	return v
}

func TestDisplay_FollowsASale(t *testing.T) {
	w, d := shown(t, counter, nil)
	require.Equal(t, customerdisplay.Idle, d.Scene())
	require.True(t, uitest.HasText(w, "Продукты у дома"))

	v := goods(4, "Ковалёва Мария Ивановна")
	d.Cheque(v)
	require.Equal(t, customerdisplay.Ringing, d.Scene())
	for _, text := range []string{"719,20", "359,60", "89,90", "Мария", "+26 баллов", "4 шт × 89,90"} {
		require.True(t, uitest.HasText(w, text), "%s in %q", text, uitest.Texts(w))
	}
	for _, secret := range []string{"Ковалёва", "000", "Убрано"} {
		require.False(t, uitest.HasText(w, secret), secret)
	}
	require.Empty(t, uitest.Faults(w))

	d.Paying(v)
	require.Equal(t, customerdisplay.Paying, d.Scene())
	d.Cheque(v) // the sale screen under the payment is drawn for another reason
	require.Equal(t, customerdisplay.Paying, d.Scene())
	v.Totals.Paid, v.Totals.Due, v.Totals.Change = 100000, 0, 28080
	d.Paying(v)
	require.True(t, uitest.HasText(w, "Сдача"))
	require.True(t, uitest.HasText(w, "280,80"))

	d.Paid()
	d.Sold(&pos.Sale{Change: 28080, PointsEarned: 26})
	d.Cheque(&till.ChequeView{}) // the empty cheque of the next customer
	require.Equal(t, customerdisplay.Sold, d.Scene())
	for _, text := range []string{"Мария, спасибо за покупку!", "280,80", "Начислено 26 баллов"} {
		require.True(t, uitest.HasText(w, text), "%s in %q", text, uitest.Texts(w))
	}
	w.Clock.Advance(29 * time.Second)
	require.Equal(t, customerdisplay.Sold, d.Scene())
	w.Clock.Advance(time.Second)
	require.Equal(t, customerdisplay.Idle, d.Scene())
}

func TestDisplay_TheNextCustomerEndsThanks(t *testing.T) {
	w, d := shown(t, counter, nil)
	d.Sold(&pos.Sale{Change: 500})
	d.Cheque(goods(1, ""))
	require.Equal(t, customerdisplay.Ringing, d.Scene())
	d.Cheque(&till.ChequeView{})
	require.Equal(t, customerdisplay.Idle, d.Scene(), "thanks do not come back")
	require.False(t, uitest.HasText(w, "5,00"))
}

func TestDisplay_CodeComesFirstAndGoesBack(t *testing.T) {
	w, d := shown(t, counter, nil)
	d.Paying(goods(3, "Мария"))
	for _, op := range []confirm.Operation{confirm.SpendPoints, confirm.SellCredit, confirm.ChangePhone} {
		d.Asking(op)
		require.Equal(t, customerdisplay.Code, d.Scene())
		require.True(t, uitest.HasText(w, "Введите код"), "%q", uitest.Texts(w))
		require.False(t, uitest.HasText(w, "display.code"), "%q", uitest.Texts(w))
	}
	d.Asked()
	require.Equal(t, customerdisplay.Paying, d.Scene())
	d.Paid()
	require.Equal(t, customerdisplay.Ringing, d.Scene(), "back to the cheque")
	d.Clear()
	require.Equal(t, customerdisplay.Idle, d.Scene())
	require.False(t, uitest.HasText(w, "Мария"))
}

func TestDisplay_Returned(t *testing.T) {
	w, d := shown(t, counter, nil)
	d.Returned(123456)
	require.Equal(t, customerdisplay.Returned, d.Scene())
	require.True(t, uitest.HasText(w, "Возвращено"))
}

func TestDisplay_ManyLinesAreCounted(t *testing.T) {
	w, d := shown(t, counter, nil)
	d.Cheque(goods(40, "Мария"))
	require.True(t, uitest.HasText(w, "и ещё"), "%q", uitest.Texts(w))
	require.Empty(t, uitest.Faults(w))
}

func TestDisplay_ClockAndTouch(t *testing.T) {
	tapped := 0
	w, d := shown(t, counter, func(p *customerdisplay.Params) { p.Tapped = func() { tapped++ } })
	now := w.Clock.Now()
	w.Clock.Advance(2 * time.Minute)
	require.True(t, uitest.HasText(w, now.Add(2*time.Minute).UTC().Format("15:04")), "%q", uitest.Texts(w))
	uitest.Tap(w, fyne.NewPos(400, 200))
	require.Equal(t, 1, tapped)
	d.Close()
}

func TestDisplay_NilDoesNothing(t *testing.T) {
	var d *customerdisplay.Display
	d.Cheque(goods(1, ""))
	d.Paying(goods(1, ""))
	d.Paid()
	d.Asking(confirm.SpendPoints)
	d.Asked()
	d.Sold(&pos.Sale{})
	d.Returned(1)
	d.Clear()
	d.Refresh()
	d.Close()
	require.Equal(t, customerdisplay.Idle, d.Scene())
}

// TestDisplay_Looks holds every scene in every size, language and theme to be
// readable: nothing overlaps and nothing is cut off.
func TestDisplay_Looks(t *testing.T) {
	scenes := map[string]func(*customerdisplay.Display){
		"idle":    func(*customerdisplay.Display) {},
		"one":     func(d *customerdisplay.Display) { d.Cheque(goods(1, "")) },
		"ringing": func(d *customerdisplay.Display) { d.Cheque(goods(7, "Мария")) },
		"paying":  func(d *customerdisplay.Display) { d.Paying(goods(7, "Мария")) },
		"huge": func(d *customerdisplay.Display) {
			v := goods(7, "Александра-Виктория")
			v.Totals.Total, v.Totals.Due = 98765432100, 98765432100
			d.Paying(v)
		},
		"code": func(d *customerdisplay.Display) { d.Asking(confirm.SellCredit) },
		"sold": func(d *customerdisplay.Display) {
			d.Cheque(goods(2, "Мария"))
			d.Sold(&pos.Sale{Change: 123456, PointsEarned: 3})
		},
		"thanks":   func(d *customerdisplay.Display) { d.Sold(&pos.Sale{}) },
		"returned": func(d *customerdisplay.Display) { d.Returned(259900) },
	}
	for _, size := range []fyne.Size{counter, large, fyne.NewSize(480, 800)} {
		for name, play := range scenes {
			for _, lang := range []string{"ru", "en"} {
				w, d := shown(t, size, func(p *customerdisplay.Params) {
					p.Words = func() *words.Words { return words.New(lang, "RUB", "").In(time.UTC) }
				})
				play(d)
				require.Empty(t, uitest.Faults(w), "%s %v %s", name, size, lang)
				w.SetTheme(theme.New(theme.Dark, 1))
				require.Empty(t, uitest.Faults(w), "%s %v %s dark", name, size, lang)
			}
		}
	}
}

func TestDisplay_Logo(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 40, 20))
	w, _ := shown(t, large, func(p *customerdisplay.Params) { p.Logo = func() image.Image { return img } })
	require.False(t, uitest.HasText(w, "Продукты"), "the logo names the shop")
	require.Empty(t, uitest.Faults(w))
}
