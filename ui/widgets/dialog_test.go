package widgets_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// screen shows a scan field and a button and returns the field.
func screen(t *testing.T) (*uitest.Window, *widgets.Entry, *keys.Scope) {
	w := uitest.Open(t, uitest.Usual)
	scan := w.Kit.Entry(widgets.SearchEntry, "Штрихкод")
	s := w.Keys.Push("screen")
	s.Home = scan.Focusable()
	s.Empty = func() bool { return scan.Text() == "" }
	w.Show(widgets.VBox(8, scan, w.Kit.Button("На экране", widgets.Secondary, nil)))
	w.Keys.GoHome()
	return w, scan, s
}

func TestDialog_KeepsTheFocusInside(t *testing.T) {
	w, scan, s := screen(t)
	var log []string
	s.BindKey("F6", func() { log = append(log, "screen F6") })
	note := w.Kit.Entry(widgets.TextEntry, "Причина")
	ok := w.Kit.Button("Сохранить", widgets.Primary, func() { log = append(log, "saved") })
	d := w.Kit.Dialog(widgets.DialogSpec{Name: "reason", Title: "Причина", Body: note, Footer: ok})
	d.OnClosed = func() { log = append(log, "closed") }
	d.Show(nil, func(s *keys.Scope) { s.BindKey("F1", func() { log = append(log, "dialog F1") }) })

	require.True(t, note.Focused(), "the first control has the focus")
	assert.False(t, scan.Focused(), "and only it")
	uitest.Press(w, "F6", "F1")
	uitest.Type(w, "передумал")
	uitest.Press(w, keys.Tab)
	assert.Equal(t, fyne.Focusable(ok), w.Kit.Focused())
	uitest.Press(w, keys.Space, keys.Tab)
	assert.True(t, note.Focused(), "Tab goes round inside")
	uitest.Press(w, keys.Esc)

	assert.False(t, d.Shown())
	assert.True(t, scan.Focused(), "the focus is back where it was")
	assert.Equal(t, "передумал", note.Text())
	uitest.Press(w, "F6")
	assert.Equal(t, []string{"dialog F1", "saved", "closed", "screen F6"}, log)
}

func TestDialog_Stacks(t *testing.T) {
	w, scan, _ := screen(t)
	body := w.Kit.Entry(widgets.AmountEntry, "0,00")
	below := w.Kit.Dialog(widgets.DialogSpec{Name: "payment", Title: "Оплата", Body: body})
	below.Show(nil, nil)
	code := w.Kit.CodeBoxes(4)
	above := w.Kit.Dialog(widgets.DialogSpec{Name: "code", Title: "Код", Body: code})
	above.Show(code, nil)
	assert.False(t, body.Focused())

	uitest.Press(w, keys.Esc)
	assert.False(t, above.Shown())
	assert.True(t, below.Shown())
	assert.True(t, body.Focused())

	above.Show(code, nil)
	below.Close()
	assert.False(t, above.Shown(), "what lies over it goes with it")
	assert.Equal(t, "screen", w.Keys.Top().Name)
	assert.True(t, scan.Focused())
	assert.Empty(t, w.Fyne.Canvas().Overlays().List())
}

func TestDialog_CannotBeLeftWhereItMustNot(t *testing.T) {
	w, _, _ := screen(t)
	d := w.Kit.Dialog(widgets.DialogSpec{Title: "Ждём ответа", NoEsc: true, Body: w.Kit.Button("Дальше", widgets.Primary, nil)})
	d.Show(nil, nil)
	uitest.Press(w, keys.Esc)
	assert.True(t, d.Shown())

	asked := false
	e := w.Kit.Dialog(widgets.DialogSpec{Title: "Чек", OnEsc: func() { asked = true }, Body: w.Kit.Button("Дальше", widgets.Primary, nil)})
	e.Show(nil, nil)
	uitest.Press(w, keys.Esc)
	assert.True(t, asked)
	assert.True(t, e.Shown())
	uitest.TapText(w, "Esc")
	assert.True(t, e.Shown())
}

func TestDialog_ScrollsWhatIsTooHigh(t *testing.T) {
	w, _, _ := screen(t)
	var many []fyne.CanvasObject
	for range 30 {
		many = append(many, w.Kit.Button("Строка", widgets.Secondary, nil))
	}
	d := w.Kit.Dialog(widgets.DialogSpec{Title: "Длинный список", Body: widgets.VBox(8, many...),
		Footer: w.Kit.Button("Готово", widgets.Primary, nil)})
	d.Show(nil, nil)
	assert.True(t, uitest.HasText(w, "Готово"))
	assert.Empty(t, uitest.Faults(w))
}

func TestToast_TakesNeitherFocusNorKeysAndGoes(t *testing.T) {
	w, scan, _ := screen(t)
	w.Kit.Toast("Товар не найден", widgets.Warn)
	assert.True(t, uitest.HasText(w, "Товар не найден"))
	assert.True(t, scan.Focused())
	uitest.Type(w, "a")
	assert.Equal(t, "a", scan.Text())
	w.Clock.Advance(10 * time.Second)
	assert.False(t, uitest.HasText(w, "Товар не найден"))

	w.Kit.Dialog(widgets.DialogSpec{Title: "Код", Body: w.Kit.CodeBoxes(4)}).Show(nil, nil)
	w.Kit.Toast("Код отправлен", widgets.Good)
	assert.True(t, uitest.HasText(w, "Код отправлен"), "over the dialog")
}

// A sentence in the footer takes its room from a body that scrolls: the field with the
// focus stays in sight.
func TestDialog_ASentenceDoesNotPushTheFocusOutOfSight(t *testing.T) {
	w, _, _ := screen(t)
	field := w.Kit.Entry(widgets.TextEntry, "последнее поле")
	news := widgets.NewBanner("", widgets.Bad)
	body := widgets.VBox(8, widgets.Sized(0, 900, widgets.NewText("выше", widgets.Body)), field)
	d := w.Kit.Dialog(widgets.DialogSpec{Title: "Вопрос", Body: body, Footer: widgets.VBox(8, news, w.Kit.Button("Готово", widgets.Primary, nil))})
	d.Show(field.Focusable(), nil)
	news.Set("Так нельзя.", widgets.Bad)
	d.Refresh()
	for _, s := range uitest.Spots(w) {
		if s.Text == "последнее поле" {
			assert.LessOrEqual(t, s.Position.Y+s.Size.Height, s.Clip.Max.Y)
			return
		}
	}
	t.Error("the field is out of sight")
}
