package widgets_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

const handPause = time.Second

func TestButton_IsPressedByEnterSpaceAndFinger(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	presses := 0
	b := w.Kit.Button("Сохранить", widgets.Primary, func() { presses++ })
	w.Show(widgets.VBox(0, b))
	w.Kit.Focus(b)
	uitest.Press(w, keys.Enter, keys.Space)
	uitest.TapText(w, "Сохранить")
	assert.Equal(t, 3, presses)
	uitest.Hold(w, keys.Enter, 5)
	assert.Equal(t, 4, presses, "a held key presses once")
	uitest.Scan(w, "4600000000017")
	assert.Equal(t, 4, presses, "a scanner's Enter is no press")
	b.Disable()
	uitest.TapText(w, "Сохранить")
	uitest.Press(w, keys.Enter)
	assert.Equal(t, 4, presses)
}

func TestButton_ShowsTheLiveKey(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	w.Keys.Define(keys.Action{ID: "points", Key: "F6"})
	s := w.Keys.Push("sale")
	done := 0
	s.Bind("points", func() { done++ })
	w.Show(widgets.VBox(0, w.Kit.ActionButton("Баллы", widgets.Secondary, "points")))
	assert.True(t, uitest.HasText(w, "F6"))
	require.NoError(t, w.Keys.Remap("points", "Ctrl+P"))
	assert.True(t, uitest.HasText(w, "Ctrl+P"))
	uitest.TapText(w, "Баллы")
	uitest.Press(w, "Ctrl+P")
	assert.Equal(t, 2, done)
}

func TestCodeBoxes(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	c := w.Kit.CodeBoxes(6)
	var done []string
	c.OnComplete = func(code string) { done = append(done, code) }
	w.Show(widgets.Centered(c))
	w.Kit.Focus(c)

	uitest.Type(w, "48a2")
	uitest.Press(w, keys.Backspace)
	uitest.Type(w, "9913")
	assert.Equal(t, []string{"489913"}, done)
	uitest.Type(w, "7")
	assert.Equal(t, "489913", c.Code(), "there is no seventh box")

	c.Clear()
	uitest.Type(w, "12")
	uitest.Scan(w, "4600000000017")
	assert.Equal(t, "12", c.Code(), "a scan is no code")
	assert.Len(t, done, 1, "and spends no attempt")

	fyne.CurrentApp().Clipboard().SetContent("Код 482-913: списание")
	uitest.Press(w, "Ctrl+V")
	assert.Equal(t, []string{"489913", "482913"}, done)

	c.Secret = true
	c.Clear()
	c.Disable()
	uitest.Type(w, "1")
	assert.Empty(t, c.Code())
	c.Enable()
	w.Clock.Advance(handPause)
	uitest.Type(w, "1")
	assert.True(t, uitest.HasText(w, "•"))
}

func TestCodeBoxes_SetLength(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	c := w.Kit.CodeBoxes(6)
	var done []string
	c.OnComplete = func(code string) { done = append(done, code) }
	w.Show(widgets.Centered(c))
	w.Kit.Focus(c)
	six := c.MinSize().Width

	uitest.Type(w, "12")
	c.SetLength(4)
	assert.Empty(t, c.Code(), "what was typed was of another code")
	assert.Less(t, c.MinSize().Width, six)
	uitest.Type(w, "04355")
	assert.Equal(t, "0435", c.Code())

	c.SetLength(8)
	assert.Greater(t, c.MinSize().Width, six)
	uitest.Type(w, "12345678")
	assert.Equal(t, []string{"0435", "12345678"}, done)
	assert.True(t, uitest.HasText(w, "8"))
	assert.Empty(t, uitest.Faults(w))
	c.SetLength(4)
	assert.False(t, uitest.HasText(w, "8"), "boxes that are too many are gone")
}

func bigTable(t *testing.T, rows int) (*uitest.Window, *widgets.Table, *int) {
	w := uitest.Open(t, uitest.Usual)
	asked := new(int)
	table := w.Kit.Table([]widgets.Column{{Title: "№", Width: 100}, {Title: "Товар"}}, func(row, col int) widgets.Cell {
		*asked++
		return widgets.Cell{Text: fmt.Sprintf("%d/%d", row, col)}
	})
	table.SetRows(rows)
	w.Show(table)
	w.Kit.Focus(table)
	return w, table, asked
}

func TestTable_Keyboard(t *testing.T) {
	w, table, _ := bigTable(t, 10_000)
	var chosen, opened []int
	table.OnSelected = func(row int) { chosen = append(chosen, row) }
	table.OnActivated = func(row int) { opened = append(opened, row) }

	uitest.Press(w, keys.Down, keys.Down, keys.Up, keys.End)
	assert.Equal(t, []int{0, 1, 0, 9999}, chosen)
	assert.True(t, uitest.HasText(w, "9999/1"), "the selection is in sight")
	uitest.Press(w, keys.PgUp, keys.Enter)
	assert.Less(t, table.Selected(), 9990)
	assert.Equal(t, []int{table.Selected()}, opened)
	uitest.Press(w, keys.Home, keys.Up, keys.PgDn)
	assert.Greater(t, table.Selected(), 5)
	assert.True(t, uitest.HasText(w, fmt.Sprintf("%d/1", table.Selected())))
	assert.Empty(t, uitest.Faults(w))
}

func TestTable_AsksOnlyForWhatIsInSight(t *testing.T) {
	_, table, asked := bigTable(t, 10_000)
	assert.Less(t, *asked, 2_000, "a screen holds some twenty rows")
	*asked = 0
	table.RefreshRow(3)
	assert.Equal(t, 2, *asked, "one row of two cells")
	table.RefreshRow(5_000)
	assert.Equal(t, 2, *asked, "a row out of sight costs nothing")
	*asked = 0
	table.Select(9_999)
	table.Select(0)
	assert.Less(t, *asked, 200)
}

func TestTable_Shrinks(t *testing.T) {
	w, table, _ := bigTable(t, 500)
	table.Empty = "Чек пуст"
	table.Select(499)
	table.SetRows(3)
	assert.Equal(t, 2, table.Selected())
	assert.True(t, uitest.HasText(w, "2/1"))
	assert.False(t, uitest.HasText(w, "499/1"))
	table.SetRows(0)
	assert.Equal(t, -1, table.Selected())
	assert.True(t, uitest.HasText(w, "Чек пуст"))
	uitest.Press(w, keys.Down, keys.End, keys.PgDn, keys.Home, keys.Enter)
	assert.Equal(t, -1, table.Selected())
}

func TestTable_TallRowsAndTaps(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	table := chequeTable(w.Kit)
	var opened []int
	table.OnActivated = func(row int) { opened = append(opened, row) }
	w.Show(table)
	uitest.TapText(w, "Кофе молотый «Жокей» 250 г")
	assert.Equal(t, 3, table.Selected())
	assert.Empty(t, opened)
	w.Clock.Advance(200 * time.Millisecond)
	uitest.TapText(w, "Кофе молотый «Жокей» 250 г")
	assert.Equal(t, []int{3}, opened)
	assert.True(t, uitest.HasText(w, "весовая этикетка 2200123"))
}

func TestTable_DrivenFromAField(t *testing.T) {
	w, scan, s := screen(t)
	table := chequeTable(w.Kit)
	table.KeepsFocus = true
	s.BindKey(keys.Down, func() { table.Step(1) }, keys.Repeating())
	w.Show(widgets.VBox(8, scan, widgets.Grow(table)))
	w.Keys.GoHome()
	uitest.Press(w, keys.Down)
	uitest.Hold(w, keys.Down, 2)
	assert.Equal(t, 3, table.Selected())
	uitest.TapText(w, cheque[1].name)
	assert.Equal(t, 1, table.Selected())
	assert.True(t, scan.Focused())
	uitest.Press(w, keys.Tab)
	assert.True(t, scan.Focused(), "there is nothing else to go to")
}

func TestSelect(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	var chosen []int
	sel := w.Kit.Select([]string{"SMS.RU", "Песочница", "Другой"}, 0, func(i int) { chosen = append(chosen, i) })
	w.Show(widgets.VBox(0, sel))
	w.Kit.Focus(sel)
	uitest.Press(w, keys.Down)
	uitest.Press(w, keys.Enter, keys.Down, keys.Enter)
	assert.Equal(t, []int{1, 2}, chosen)
	assert.Equal(t, fyne.Focusable(sel), w.Kit.Focused())
	assert.False(t, uitest.HasText(w, "SMS.RU"), "the list is closed")

	uitest.TapText(w, "Другой")
	uitest.TapText(w, "SMS.RU")
	assert.Equal(t, 0, sel.Selected())
	uitest.Press(w, keys.Enter, keys.Down, keys.Esc)
	assert.Equal(t, []int{1, 2, 0}, chosen, "Esc leaves it as it was")
	assert.Nil(t, w.Keys.Top())
}

func TestCheckSegmentsNav(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	var log []string
	check := w.Kit.Check("Печатать чек", false, func(on bool) { log = append(log, fmt.Sprint(on)) })
	seg := w.Kit.Segments([]string{"Процент", "Сумма"}, 0, func(i int) { log = append(log, fmt.Sprint("segment ", i)) })
	nav := w.Kit.Nav([]string{"Магазин", "Касса", "Товары"}, 0, func(i int) { log = append(log, fmt.Sprint("page ", i)) })
	w.Show(widgets.VBox(8, check, seg, nav))
	w.Kit.Focus(check)
	uitest.Press(w, keys.Space, keys.Tab, keys.Right, keys.Right, keys.Tab, keys.Down, keys.End, keys.Down)
	uitest.TapText(w, "Печатать чек")
	uitest.TapText(w, "Процент")
	uitest.TapText(w, "Касса")
	assert.Equal(t, []string{"true", "segment 1", "page 1", "page 2", "false", "segment 0", "page 1"}, log)
	check.SetOn(true)
	seg.SetSelected(1)
	nav.SetSelected(0)
	assert.Len(t, log, 7, "setting is silent")
}

func TestEverythingFollowsTheTheme(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	w.Show(saleGallery(w))
	light := w.Image()
	w.SetTheme(theme.New(theme.Dark, 1))
	dark := w.Image()
	fresh := uitest.New(uitest.Usual, theme.New(theme.Dark, 1))
	t.Cleanup(fresh.Close)
	fresh.Show(saleGallery(fresh))
	assert.NotEqual(t, light, dark)
	assert.Equal(t, fresh.Image(), dark, "as if it had been built dark")
}

func TestGalleryHoldsAtAllSizes(t *testing.T) {
	for _, size := range uitest.Screen {
		for _, scale := range []float32{0.8, 1, 1.25} {
			t.Run(fmt.Sprint(size.Width, " at ", scale), func(t *testing.T) {
				w := uitest.New(size, theme.New(theme.Light, scale))
				t.Cleanup(w.Close)
				w.Show(saleGallery(w))
				payDialog(w.Kit)
				assert.Empty(t, uitest.Faults(w))
			})
		}
	}
}

func TestTable_AGuessSelectsNothing(t *testing.T) {
	w, table, _ := bigTable(t, 3)
	table.OnActivated = func(int) { t.Error("a guess was taken that nobody chose") }
	table.SetFound(2, "Похоже на «молоко»:")
	assert.Equal(t, -1, table.Selected())
	assert.True(t, uitest.HasText(w, "Похоже на «молоко»:"))
	uitest.Press(w, keys.Enter)
	table.OnActivated = nil
	uitest.Press(w, keys.Down)
	assert.Equal(t, 0, table.Selected())
	assert.Empty(t, uitest.Faults(w))
	table.SetFound(2, "")
	assert.Equal(t, 0, table.Selected())
	assert.False(t, uitest.HasText(w, "Похоже на «молоко»:"))
	table.SetFound(0, "")
	assert.Equal(t, -1, table.Selected())
}
