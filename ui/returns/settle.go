package returns

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// rest is how long Enter rests after the return was confirmed: a key that is
// pressed twice, or a finger that stays, must not give the money away.
const rest = 300 * time.Millisecond

// settlement is the last look at a return: where money, points and debt go. One
// Enter confirms it, a second one stores it.
type settlement struct {
	s      *Screen
	view   *till.ReturnView
	reason *widgets.Entry
	ways   *fyne.Container
	total  *widgets.Text
	news   *widgets.Banner
	blue   *widgets.Button
	by     []*widgets.Button // how money goes back without a receipt
	dialog *widgets.Dialog
	armed  bool // confirmed: the next Enter stores it
	warm   bool // armed a moment ago
	busy   bool
	cool   func()
}

// byKey chooses how money goes back without a receipt: from F6 on, in the order
// of pos.CounterMethods.
func byKey(i int) keys.Key { return keys.Key("F" + strconv.Itoa(6+i)) }

func (s *Screen) settle() {
	k := s.env.Kit
	c := &settlement{s: s, view: s.m.view, ways: widgets.VBox(theme.GapSmall), total: widgets.NewText("", widgets.Total).Shrink(),
		news: widgets.NewBanner("", widgets.Warn)}
	why := s.reasons(s.firstReason(), c.onReason)
	c.reason = why.field
	c.reason.OnChanged = func(string) { c.disarm() }
	left := []fyne.CanvasObject{widgets.NewText(s.t("gives", nil), widgets.Muted), c.total,
		widgets.NewText(s.offText(c.view.Preview), widgets.SmallMuted).Ellipsis(), widgets.NewSeparator(),
		widgets.Grow(container.NewVScroll(c.ways))}
	right := []fyne.CanvasObject{why.box}
	if c.view.Sale == nil {
		right = append(right, c.methods())
	}
	right = append(right, widgets.Spring(), c.news)
	back := k.KeyButton(s.env.T("word.cancel", nil), widgets.Secondary, keys.Esc, c.onEsc)
	c.blue = k.KeyButton("", widgets.Primary, keys.Enter, c.onEnter)
	back.Height, c.blue.Height = widgets.Large, widgets.Large
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "returns.settle", Title: s.t("settle.title", nil), Subtitle: s.about(), Width: widgets.Wide, OnEsc: c.onEsc,
		Body: widgets.Sized(0, 380, widgets.Columns(24, widgets.GrowBy(5, widgets.VBox(theme.GapSmall, left...)),
			widgets.GrowBy(5, widgets.VBox(theme.GapInside, right...)))),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(200, back), widgets.Grow(c.blue))})
	c.dialog.OnClosed = c.onClosed
	c.dialog.Show(c.reason.Focusable(), func(sc *keys.Scope) {
		sc.BindKey(keys.Enter, c.onEnter)
		why.bind(sc)
		if c.view.Sale == nil {
			for i, m := range pos.CounterMethods {
				sc.BindKey(byKey(i), func() { c.onMethod(m) })
			}
		}
	})
	c.show(nil)
}

// firstReason is the reason proposed: that of the lines, else the last chosen.
func (s *Screen) firstReason() string {
	if why := s.m.why(); why != "" {
		return why
	}
	return s.m.reason
}

// about names the sale that is returned.
func (s *Screen) about() string {
	if sale := s.m.view.Sale; sale != nil {
		return s.t("settle.sale", pos.Args{"Number": sale.Number, "At": sale.At})
	}
	return s.t("settle.bare", nil)
}

func (c *settlement) methods() fyne.CanvasObject {
	k, s := c.s.env.Kit, c.s
	var row []fyne.CanvasObject
	for i, m := range pos.CounterMethods {
		b := k.KeyButton(s.env.T("returns.by."+string(m), nil), widgets.Secondary, byKey(i), func() { c.onMethod(m) })
		b.CapFirst = true
		c.by = append(c.by, b)
		row = append(row, b)
	}
	return widgets.Field(s.t("settle.by", nil), widgets.KeyBar(theme.GapSmall, row...))
}

func (c *settlement) onReason(text string) {
	if !c.busy {
		c.reason.SetText(text)
		c.disarm()
	}
}

// onMethod chooses how money goes back for goods without a receipt.
func (c *settlement) onMethod(m pos.Method) {
	if c.busy {
		return
	}
	c.busy, c.armed = true, false
	a, t := c.s.env.Actor, c.s.env.Till
	approval.Run(c.s.env, func(ctx context.Context) (*till.ReturnView, error) { return t.RefundBy(ctx, a, m) },
		func(v *till.ReturnView, err error) {
			c.busy = false
			if err == nil {
				c.view = v
				c.s.m.setReturn(v)
				c.s.v.show()
			}
			c.show(err)
		})
}

func (c *settlement) onEnter() {
	switch {
	case c.busy || c.warm:
	case !c.armed:
		c.confirm()
	default:
		c.finish()
	}
}

// confirm looks whether the return can be stored, and asks for the last Enter.
func (c *settlement) confirm() {
	cash, _ := handed(c.view.Preview)
	switch {
	case strings.TrimSpace(c.reason.Text()) == "":
		c.show(pos.E(pos.CodeInvalid, "returns.reason-needed", nil))
		c.reason.Focus()
		return
	case cash > c.view.Drawer:
		c.show(pos.E(pos.CodeConflict, "return.drawer", pos.Args{"Amount": cash, "Expected": c.view.Drawer}))
		return
	}
	c.armed, c.warm = true, true
	c.s.env.Kit.Keys.AskFresh()
	c.cool = c.s.env.Kit.Timers.After(rest, func() { c.warm = false; c.report(nil) })
	c.show(nil)
	c.s.env.Kit.Focus(c.blue)
}

func (c *settlement) disarm() {
	if c.armed {
		c.armed = false
		c.show(nil)
	}
}

func (c *settlement) onEsc() {
	switch {
	case c.busy:
	case c.armed:
		c.disarm()
		c.reason.Focus()
	default:
		c.dialog.Close()
	}
}

func (c *settlement) onClosed() {
	if c.cool != nil {
		c.cool()
	}
	c.s.v.field.Focus()
	c.s.report()
}

// finish stores the return, once.
func (c *settlement) finish() {
	c.busy = true
	c.blue.Disable()
	a, t, reason := c.s.env.Actor, c.s.env.Till, c.reason.Text()
	approval.RunFor(c.s.env, reason, func(ctx context.Context) (*pos.Return, error) { return t.FinishReturn(ctx, a, reason) }, c.onFinished)
}

func (c *settlement) onFinished(r *pos.Return, err error) {
	c.busy = false
	if !c.dialog.Shown() {
		return
	}
	if err != nil {
		c.armed = false
		c.show(err)
		c.reason.Focus()
		return
	}
	c.dialog.Close()
	c.s.m.setReturn(&till.ReturnView{})
	c.s.v.show() // nothing of the stored return may be left to draw when the screen is shown again
	if c.s.h.Done != nil {
		c.s.h.Done(r)
	}
}

// show draws everything anew; err is the last refusal.
func (c *settlement) show(err error) {
	if !c.dialog.Shown() {
		return
	}
	s, r := c.s, c.view.Preview
	c.total.SetText(s.env.Words.Money().Amount(r.Total))
	c.ways.Objects = nil
	for _, w := range waysOf(s.env, c.view) {
		c.ways.Add(w.row())
	}
	for i, b := range c.by {
		b.SetSelected(c.view.Draft.Method == pos.CounterMethods[i])
	}
	cash, other := handed(r)
	label, kind := s.t("settle.confirm", nil), widgets.Primary
	switch {
	case err != nil:
		c.news.Set(s.env.Words.Error(err), widgets.Bad)
	case c.armed:
		kind = widgets.PrimaryWarn
		label = s.t("settle.finish", pos.Args{"Sum": r.Total})
		switch {
		case cash > 0 && other > 0:
			c.news.Set(s.t("settle.give-both", pos.Args{"Cash": cash, "Other": other}), widgets.Warn)
		case cash > 0:
			c.news.Set(s.t("settle.give-cash", pos.Args{"Cash": cash}), widgets.Warn)
		case other > 0:
			c.news.Set(s.t("settle.give-other", pos.Args{"Other": other}), widgets.Warn)
		default:
			c.news.Set(s.t("settle.give-nothing", nil), widgets.Warn)
		}
	default:
		c.news.Set("", widgets.Neutral)
	}
	c.blue.Kind = kind
	c.blue.SetLabel(label)
	c.blue.Enable()
	c.dialog.Refresh()
	c.report(err)
}

func (c *settlement) report(err error) {
	cash, other := handed(c.view.Preview)
	armed := "no"
	if c.armed {
		armed = "yes"
		if c.warm {
			armed = "warm"
		}
	}
	c.s.env.Shown("returns.settle", "total", c.view.Preview.Total.String(), "cash", cash.String(), "other", other.String(),
		"armed", armed, "reason", c.reason.Text(), "error", errorID(err))
}
