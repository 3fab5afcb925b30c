package widgets_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

type line struct {
	name, aside, sub, price, qty, off, sum string
	struck                                 bool
}

var cheque = []line{
	{name: "Молоко «Простоквашино» 2,5 % 930 мл", price: "89,90", qty: "2 шт", sum: "179,80"},
	{name: "Яблоки «Гала», весовые", sub: "весовая этикетка 2200123", price: "129,00", qty: "0,845 кг", sum: "109,01"},
	{name: "Шоколад «Алёнка» 90 г", aside: "— убрано: передумал", price: "99,90", qty: "1 шт", sum: "0,00", struck: true},
	{name: "Кофе молотый «Жокей» 250 г", price: "349,00", qty: "1 шт", off: "–10 %", sum: "314,10"},
	{name: "Сыр «Российский», нарезка 180 г", price: "219,90", qty: "3 шт", sum: "659,70"},
}

func chequeTable(k *widgets.Kit) *widgets.Table {
	right := fyne.TextAlignTrailing
	t := k.Table([]widgets.Column{
		{Title: "№", Width: 44, From: 560, Style: widgets.Muted},
		{Title: "Товар"},
		{Title: "Цена", Width: 100, From: 480, Align: right},
		{Title: "Кол-во", Width: 110, Align: right},
		{Title: "Скидка", Width: 90, From: 640, Align: right, Style: widgets.Body.In(theme.ColorGood)},
		{Title: "Сумма", Width: 120, Align: right, Style: widgets.Strong},
	}, func(row, col int) widgets.Cell {
		l := cheque[row]
		c := widgets.Cell{Text: []string{string(rune('1' + row)), l.name, l.price, l.qty, l.off, l.sum}[col]}
		if col == 1 {
			c.Aside, c.Sub = l.aside, l.sub
		}
		if l.struck {
			c.Style = widgets.Muted
			if col == 1 {
				c.Style = c.Style.Struck()
			}
		}
		return c
	})
	t.Tall = func(row int) bool { return cheque[row].sub != "" }
	t.SetRows(len(cheque))
	return t
}

func saleGallery(w *uitest.Window) fyne.CanvasObject {
	k := w.Kit
	w.Keys.Define(keys.Action{ID: "pay", Key: "F9"}, keys.Action{ID: "card", Key: "Ctrl+Enter"}, keys.Action{ID: "find", Key: "F2"})
	scan := k.Entry(widgets.SearchEntry, "Штрихкод, название или 3*код")
	scan.Action = "find"
	table := chequeTable(k)
	table.KeepsFocus = true
	table.Select(4)
	s := w.Keys.Push("sale")
	s.Home = scan.Focusable()

	roomy := func(window fyne.Size) bool { return window.Width >= 1200 && window.Height >= 700 }
	folded := widgets.NewPanel(widgets.HBox(8, widgets.Grow(widgets.NewText("Мария Соколова · 1 240 баллов · долг 350 ₽", widgets.Strong).Ellipsis()), widgets.NewKeyCap("F3")),
		theme.ColorCard, theme.ColorLine, theme.RadiusCard, 16, 8)
	customer := k.FoldAt(roomy, widgets.NewCard(widgets.VBox(0,
		widgets.HBox(8, widgets.Grow(widgets.NewText("Мария Соколова", widgets.Strong)), widgets.NewKeyCap("F3")),
		widgets.NewText("+7 900 •••-••-67 · карта 1042", widgets.Muted),
		widgets.Sized(0, 12, widgets.Spring()),
		widgets.Equal(8,
			widgets.Stat("Баллы", "1 240", widgets.Figure).Box,
			widgets.Stat("Долг", "350"+theme.ThinSpace+"₽", widgets.Figure).Box,
			widgets.Stat("Можно в долг", "4"+theme.ThinSpace+"650"+theme.ThinSpace+"₽", widgets.Figure).Box),
	)), folded)
	total := widgets.NewCard(widgets.VBox(8,
		widgets.KeyValue("Без скидок", "1"+theme.ThinSpace+"297,51", widgets.Muted).Box,
		widgets.KeyValue("Скидка", "–34,90", widgets.Body.In(theme.ColorGood)).Box,
		widgets.NewSeparator(),
		widgets.NewText("К оплате", widgets.Muted),
		widgets.NewText("1"+theme.ThinSpace+"262,61"+theme.ThinSpace+"₽", widgets.Total).Shrink(),
		widgets.NewParagraph("можно списать 378 баллов · начислим 26 · без списания 37", widgets.SmallMuted),
	))
	card := k.ActionButton("Картой без сдачи", widgets.Secondary, "card")
	card.Height = widgets.Large
	pay := k.ActionButton("Оплата", widgets.Primary, "pay")
	pay.Height = widgets.Huge
	actions := widgets.VBox(12, card, pay)

	head := ground(widgets.HBox(14,
		widgets.NewText("Касса", widgets.Strong), widgets.Grow(widgets.NewText("Магазин у дома · касса 1", widgets.Muted).Ellipsis()),
		widgets.NewChip("обмен: всё отправлено", widgets.Good), widgets.NewChip("СМС: 412 ₽ · на 7 дней", widgets.Warn),
		k.Fold(1000, widgets.NewText("Смена 42 · Анна К.", widgets.Muted), widgets.NewText("Анна К.", widgets.Muted)), widgets.NewText("12:01", widgets.Strong)))
	var bar []fyne.CanvasObject
	for _, b := range []string{"F1 Клавиши", "F2 Поиск", "F3 Покупатель", "F4 Отложить", "F5 Отложенные", "F6 Баллы", "F7 Ящик", "F8 Скидка", "PgUp Возврат", "F11 X-отчёт", "F12 Смена"} {
		key, label, _ := strings.Cut(b, " ")
		button := k.KeyButton(label, widgets.Secondary, keys.Key(key), nil)
		button.Height, button.CapFirst = widgets.Compact, true
		bar = append(bar, button)
	}
	return widgets.VBox(0, head, widgets.NewSeparator(),
		widgets.Grow(widgets.Padded(16, 14, widgets.Columns(16,
			widgets.Grow(widgets.VBox(12, scan, widgets.Grow(widgets.NewFlatCard(table)))),
			k.Width(func(window float32) float32 { return min(426, window*0.38) }, widgets.VBox(12, customer, total, actions))))),
		widgets.NewSeparator(), ground(widgets.KeyBar(6, bar...)))
}

func payDialog(k *widgets.Kit) *widgets.Dialog {
	var tenders []fyne.CanvasObject
	for i, name := range []string{"Наличные", "Карта", "Перевод", "Баллы", "В долг", "Сертификат", "Ручная оплата"} {
		b := k.KeyButton(name, widgets.Secondary, keys.Key("F"+string(rune('1'+i))), nil)
		b.CapFirst, b.Leading, b.Selected = true, true, i == 0
		switch i {
		case 0:
			b.SetValue("500,00", widgets.Strong)
		case 3:
			b.SetValue("300,00 код", widgets.Strong.In(theme.ColorGood))
		case 4:
			b.SetValue("до 4 650", widgets.Muted)
		}
		tenders = append(tenders, b)
	}
	amount := k.Entry(widgets.AmountEntry, "0,00")
	amount.SetText("500,00")
	quick := widgets.Equal(8, k.Button("500", widgets.Secondary, nil), k.Button("1 000", widgets.Secondary, nil),
		k.Button("2 000", widgets.Secondary, nil), k.Button("5 000", widgets.Secondary, nil))
	due := widgets.Missing.In(theme.ColorInk)
	middle := widgets.VBox(4,
		widgets.NewText("К оплате", widgets.Muted), widgets.NewMoney("1 262,61 ₽", due).Shrink(),
		widgets.NewText("Внесено", widgets.Muted), widgets.NewMoney("800,00 ₽", widgets.Amount),
		widgets.NewSeparator(),
		widgets.NewText("Не хватает", widgets.Muted), widgets.NewMoney("–462,61 ₽", widgets.Missing).Shrink(),
		widgets.NewBanner("Остаток 462,61 ₽ можно оформить в долг: срок до 5 декабря, долг станет 812,61 ₽ из 5 000 ₽. Покупатель подтвердит кодом.", widgets.Warn),
		widgets.Spring(), quick)
	back := k.KeyButton("Назад к чеку", widgets.Secondary, "Esc", nil)
	back.Height = widgets.Large
	pay := k.KeyButton("Оформить остаток 462,61 ₽ в долг", widgets.Primary, "Enter", nil)
	pay.Height = widgets.Large
	d := k.Dialog(widgets.DialogSpec{
		Name: "pay", Title: "Оплата", Aside: "Мария Соколова · 5 позиций", Width: widgets.Wide,
		Body: widgets.Columns(24,
			k.Width(func(window float32) float32 { return min(300, window*0.26) }, widgets.VBox(8, tenders...)),
			widgets.Grow(middle),
			k.Width(func(window float32) float32 { return min(260, window*0.24) }, widgets.VBox(10, amount, widgets.Sized(0, 280, k.Numpad(amount, false))))),
		Footer: widgets.Columns(12, widgets.FixedWidth(220, back), widgets.Grow(pay)),
	})
	d.Show(amount.Focusable(), nil)
	return d
}

func codeDialog(k *widgets.Kit) {
	boxes := k.CodeBoxes(6)
	boxes.Restore("482", false)
	ways := k.List([]widgets.Column{{Width: 130}, {}, {Width: 160, Align: fyne.TextAlignTrailing, Style: widgets.SmallMuted}},
		func(row, col int) widgets.Cell {
			return [][]widgets.Cell{
				{{Text: "Telegram"}, {Text: "нет в Telegram", Chip: true, Tone: widgets.Bad}, {Text: "12:00:51"}},
				{{Text: "СМС · SMS.RU"}, {Text: "доставлено, сообщение 2", Chip: true, Tone: widgets.Good}, {Text: "12:01:03 · 3,20 ₽"}},
			}[row][col]
		})
	ways.KeepsFocus, ways.Whole = true, true
	ways.SetRows(2)
	d := k.Dialog(widgets.DialogSpec{
		Name: "code", Title: "Списать 300 баллов?", Subtitle: "Мария Соколова · чек на 1 262,61 ₽ · спросите код у покупателя", Width: widgets.Narrow,
		Body: widgets.VBox(12, widgets.Centered(boxes),
			widgets.NewParagraph("осталось попыток: 4 · код действует ещё 4:32", widgets.SmallMuted.Center()),
			widgets.NewFlatCard(ways)),
		Footer: widgets.VBox(12,
			widgets.Equal(12, k.KeyButton("Ещё раз через 0:47", widgets.Secondary, "F2", nil), k.KeyButton("Показать покупателю", widgets.Secondary, "F3", nil)),
			widgets.Equal(12, k.KeyButton("Продолжить без кода…", widgets.WarnKind, "F8", nil), k.KeyButton("Подтвердить", widgets.Primary, "Enter", nil))),
	})
	d.Show(boxes, nil)
	k.Toast("Код отправлен ещё раз", widgets.Good)
}

func settingsGallery(w *uitest.Window) fyne.CanvasObject {
	k := w.Kit
	nav := k.Nav([]string{"Магазин", "Касса", "Товары", "Сотрудники", "Баллы и долги", "Интеграции", "Контакты"}, 5, nil)
	token := k.Entry(widgets.SecretEntry, "")
	token.SetText("0123456789012345678901")
	token.Note = "в хранилище ключей системы"
	area := k.Entry(widgets.AreaEntry, "")
	area.Rows = 2
	area.SetText("Код <code>: <operation> <amount>, «<shop>»")
	bad := k.Entry(widgets.TextEntry, "по умолчанию сервиса")
	bad.SetText("Shop 1")
	bad.SetMessage("Отправитель не согласован со SMS.RU: оставьте поле пустым", widgets.Bad)
	off := k.Button("Отправить смс…", widgets.Secondary, nil)
	off.Disable()
	form := widgets.NewCard(widgets.VBox(12,
		widgets.Field("Сервис", k.Select([]string{"SMS.RU", "Песочница"}, 0, nil)),
		widgets.Field("API токен", token), widgets.Field("Отправитель", bad), widgets.Field("Текст сообщения", area),
		k.Check("Предупреждать, когда денег у сервиса осталось меньше чем на неделю", true, nil),
		k.Segments([]string{"Светлая", "Тёмная", "Как в системе"}, 0, nil),
		widgets.HBox(10, k.Button("Проверить баланс", widgets.Secondary, nil), off, k.Button("Удалить", widgets.DangerKind, nil)),
		widgets.NewBanner("Баланс SMS.RU: 412,56 ₽ — хватит примерно на 7 дней (128 кодов)", widgets.Good)))
	w.Keys.Push("settings").Home = area.Focusable()
	return widgets.Columns(0, widgets.FixedWidth(220, widgets.NewPanel(nav, theme.ColorCard, theme.ColorNone, 0, 8, 12)),
		widgets.Grow(widgets.Padded(24, 16, widgets.VBox(10, widgets.NewText("СМС-рассылка", widgets.Heading), form,
			widgets.HBox(10, k.Button("Добавить запасной сервис", widgets.Secondary, nil), widgets.Spring(), k.Button("Отмена", widgets.Quiet, nil), k.Button("Сохранить", widgets.Primary, nil))))),
		widgets.FixedWidth(360, container.NewStack()))
}

// TestGallery draws the controls together as screens use them. With KASSA_SHOTS
// set the pictures are kept in that folder, for looking at.
func TestGallery(t *testing.T) {
	screens := map[string]func(w *uitest.Window){
		"sale":     func(w *uitest.Window) { w.Show(saleGallery(w)); w.Keys.GoHome() },
		"pay":      func(w *uitest.Window) { w.Show(saleGallery(w)); w.Keys.GoHome(); payDialog(w.Kit) },
		"code":     func(w *uitest.Window) { w.Show(saleGallery(w)); w.Keys.GoHome(); codeDialog(w.Kit) },
		"settings": func(w *uitest.Window) { w.Show(settingsGallery(w)); w.Keys.GoHome() },
	}
	looks := map[string]*theme.Theme{"light": theme.New(theme.Light, 1), "dark": theme.New(theme.Dark, 1)}
	for screen, build := range screens {
		for look, th := range looks {
			t.Run(screen+" "+look, func(t *testing.T) {
				w := uitest.New(uitest.Usual, th)
				t.Cleanup(w.Close)
				build(w)
				assert.Empty(t, uitest.Faults(w))
				if dir := os.Getenv("KASSA_SHOTS"); dir != "" {
					require.NoError(t, uitest.Shot(w, filepath.Join(dir, "gallery-"+screen+"-"+look+".png")))
				}
			})
		}
	}
}

// ground is what head and key bars lie on.
func ground(content fyne.CanvasObject) *widgets.Panel {
	return widgets.NewPanel(content, theme.ColorCard, theme.ColorNone, 0, theme.GapInside, theme.GapSmall)
}
