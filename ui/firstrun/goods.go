package firstrun

import (
	"context"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// goodsStep is the last step: something to sell.
type goodsStep struct {
	w      *Wizard
	field  *widgets.Entry
	news   *widgets.Banner
	leave  *widgets.Button
	next   *widgets.Button
	dialog *widgets.Dialog
	there  bool // something can be sold by now
}

func (w *Wizard) askGoods() {
	if w.over {
		return
	}
	k, t := w.Env.Kit, w.Env.T
	s := &goodsStep{w: w, news: widgets.NewBanner("", widgets.Good)}
	s.field = k.Entry(widgets.SearchEntry, t("firstrun.goods.field", nil))
	s.field.MaxLength = pos.MaxNameRunes
	s.field.OnScan = func(_, code string) { s.onSought(code) }
	s.field.OnSubmitted = func(string) { s.onEnter() }
	s.leave = k.KeyButton(t("firstrun.goods.later", nil), widgets.Secondary, keys.Esc, s.onLeave)
	list := k.KeyButton(t("firstrun.goods.list", nil), widgets.Secondary, "F5", s.onList)
	ten := k.KeyButton(t("firstrun.goods.ten", nil), widgets.Secondary, "F6", s.onTen)
	s.next = k.KeyButton(t("firstrun.goods.add", nil), widgets.Primary, keys.Enter, s.onEnter)
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "firstrun.goods", Title: t("firstrun.goods.title", nil), Subtitle: t("firstrun.goods.why", nil),
		Aside: w.aside(goodsCounted), Width: widgets.Narrow, OnEsc: s.onLeave,
		Body: widgets.VBox(theme.GapInside, s.field, s.news,
			widgets.NewParagraph(t("firstrun.goods.other", nil), widgets.Muted), widgets.KeyBar(theme.GapSmall, list, ten)),
		Footer: foot(s.leave, s.next)})
	s.dialog.Show(s.field.Focusable(), func(sc *keys.Scope) {
		sc.BindKey("F5", s.onList)
		sc.BindKey("F6", s.onTen)
		sc.OnScan = s.onSought
		sc.Home = s.field.Focusable()
	})
	w.Env.Shown("firstrun.goods")
}

// onEnter takes what stands in the field; an empty one ends the step once there is
// something to sell.
func (s *goodsStep) onEnter() {
	text := strings.TrimSpace(s.field.Text())
	switch {
	case text != "":
		s.onSought(text)
	case s.there:
		s.onLeave()
	default:
		s.say(s.w.Env.T("firstrun.goods.empty", nil), widgets.Warn)
	}
}

// onSought looks a code up. Goods that are known need no form.
func (s *goodsStep) onSought(text string) {
	w := s.w
	s.field.SetText("")
	p := newGoods(text)
	if len(p.Barcodes) == 0 {
		s.describe(p)
		return
	}
	task.Run(w.Env.Ctx, w.Env.Runner,
		func(ctx context.Context) (*pos.Product, error) { return w.Env.Till.GoodsOf(ctx, text) },
		func(known *pos.Product, err error) {
			switch {
			case !s.dialog.Shown():
			case err != nil && pos.CodeOf(err) != pos.CodeNotFound:
				s.say(w.Env.Words.Error(err), widgets.Bad)
			case known != nil && err == nil:
				s.added("firstrun.goods.known", *known)
			default:
				s.describe(p)
			}
		})
}

func (s *goodsStep) say(text string, tone widgets.Tone) {
	s.news.Set(text, tone)
	s.dialog.Refresh()
	s.field.Focus()
}

// added says what can be sold now; the blue button goes on.
func (s *goodsStep) added(id string, p pos.Product) {
	s.begun()
	s.say(s.w.Env.T(id, pos.Args{"Name": p.Name, "Price": p.Price}), widgets.Good)
	s.w.Env.Shown("firstrun.goods", "there", "yes", "name", p.Name)
}

func (s *goodsStep) begun() {
	s.there = true
	s.leave.SetLabel(s.w.Env.T("firstrun.goods.done", nil))
	s.next.SetLabel(s.w.Env.T("firstrun.goods.done", nil))
	s.leave.Hide()
}

// onList brings goods in from a file.
func (s *goodsStep) onList() {
	w := s.w
	w.Import(func() {
		task.Run(w.Env.Ctx, w.Env.Runner, w.Env.Till.Beginning, func(b *till.Beginning, err error) {
			if err != nil || !s.dialog.Shown() || !b.Goods {
				return
			}
			s.begun()
			s.say(w.Env.T("firstrun.goods.listed", nil), widgets.Good)
			w.Env.Shown("firstrun.goods", "there", "yes")
		})
	})
}

// onTen puts ten goods on the shelf that most shops have.
func (s *goodsStep) onTen() {
	w, a := s.w, s.w.actor
	goods := starterGoods(w.Settings().Currency, w.Env.Words.T)
	task.Run(w.Env.Ctx, w.Env.Runner,
		func(ctx context.Context) (int, error) { return w.Env.Till.AddStarter(ctx, a, goods) },
		func(n int, err error) {
			if !s.dialog.Shown() {
				return
			}
			if err != nil {
				s.say(w.Env.Words.Error(err), widgets.Warn)
				return
			}
			s.begun()
			s.say(w.Env.T("firstrun.goods.ten-there", pos.Args{"Count": n}), widgets.Good)
			w.Env.Shown("firstrun.goods", "there", "yes", "count", strconv.Itoa(n))
		})
}

func (s *goodsStep) onLeave() {
	s.dialog.Close()
	s.w.finish()
}

// product is the form of two fields for goods the till does not know yet.
type product struct {
	s           *goodsStep
	p           pos.Product
	name, price *widgets.Entry
	weighed     *widgets.Check
	news        *widgets.Banner
	dialog      *widgets.Dialog
	busy        bool
}

// describe asks for the name and the price of new goods.
func (s *goodsStep) describe(p pos.Product) {
	k, t := s.w.Env.Kit, s.w.Env.T
	f := &product{s: s, p: p, news: widgets.NewBanner("", widgets.Bad)}
	f.name = k.Entry(widgets.TextEntry, t("firstrun.product.name-hint", nil))
	f.name.MaxLength, f.name.RefusesScan = pos.MaxNameRunes, true
	f.name.SetText(p.Name)
	f.price = k.Entry(widgets.AmountEntry, "")
	f.weighed = k.Check(t("goods.weighed", nil), false, nil)
	turn := func() { f.weighed.SetOn(!f.weighed.On()) }
	f.name.OnSubmitted = func(string) { f.price.Focus() }
	f.price.OnSubmitted = func(string) { f.onSave() }
	save := k.KeyButton(t("firstrun.product.save", nil), widgets.Primary, keys.Enter, f.onSave)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { f.dialog.Close() })
	title := t("firstrun.product.title", nil)
	if len(p.Barcodes) > 0 {
		title = t("firstrun.product.title-code", pos.Args{"Code": p.Barcodes[0]})
	}
	f.dialog = k.Dialog(widgets.DialogSpec{Name: "firstrun.product", Title: title, Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapInside, widgets.Field(t("firstrun.product.name", nil), f.name),
			widgets.Field(t("firstrun.product.price", nil), f.price),
			widgets.HBox(theme.GapSmall, k.KeyButton(t("firstrun.product.weighed", nil), widgets.Secondary, "F2", turn), f.weighed), f.news),
		Footer: foot(back, save)})
	first := f.name
	if p.Name != "" {
		first = f.price
	}
	f.dialog.Show(first.Focusable(), func(sc *keys.Scope) { sc.BindKey("F2", turn) })
	s.w.Env.Shown("firstrun.product")
}

func (f *product) onSave() {
	if f.busy {
		return
	}
	w := f.s.w
	p, a := f.p, w.actor
	var err error
	p.Name, p.Unit = strings.TrimSpace(f.name.Text()), w.Env.T("goods.unit.piece", nil)
	if f.weighed.On() {
		p.Unit, p.Flags.Weighed = w.Env.T("goods.unit.kilogram", nil), true
	}
	if p.Price, err = money.ParseAmount(f.price.Text()); err != nil {
		f.refuse(f.price, pos.Wrap(pos.CodeInvalid, "", err))
		return
	}
	if p.Name == "" {
		f.refuse(f.name, pos.E(pos.CodeInvalid, "product.name-empty", nil))
		return
	}
	f.busy = true
	task.Run(w.Env.Ctx, w.Env.Runner,
		func(ctx context.Context) (*pos.Product, error) { return w.Env.Till.PutProduct(ctx, a, p) },
		func(stored *pos.Product, err error) {
			f.busy = false
			if err != nil {
				f.refuse(f.name, err)
				return
			}
			f.dialog.Close()
			f.s.added("firstrun.goods.added", *stored)
		})
}

func (f *product) refuse(at *widgets.Entry, err error) {
	f.news.Set(f.s.w.Env.Words.Error(err), widgets.Bad)
	f.dialog.Refresh()
	at.Focus()
	f.s.w.Env.Shown("firstrun.product", "error", string(pos.CodeOf(err)))
}
