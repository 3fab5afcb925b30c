package next

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Card is the card. It belongs to the window's goroutine, but for Load.
type Card struct {
	env    *ui.Env
	leads  func(place string) // goes where a point of the card's own leads
	points []point
	panel  *widgets.Panel
	body   *fyne.Container
	drawn  drawing
}

// drawing is how the card was drawn last.
type drawing struct {
	columns int
	only    bool // the points that are done are left out
	most    int  // points shown
}

// Measures at scale 1.
const (
	twoColumns = 560 // the width from which points stand side by side
	rowHeight  = theme.TouchHeight
	pad        = theme.GapInside
)

// New makes the card, which shows nothing yet. leads is told the place of a point:
// goods, printer, starter, staff, codes, copy, away.
func New(env *ui.Env, leads func(place string)) *Card {
	DefineKeys(env.Kit.Keys)
	c := &Card{env: env, leads: leads, body: widgets.VBox(theme.GapTiny)}
	c.panel = widgets.NewPanel(c.body, theme.ColorBackground, theme.ColorLine, theme.RadiusCard, pad, pad)
	c.panel.Hide()
	return c
}

// A nil Card tells nothing: a screen that has none need not ask.

// Object is what lies on the screen.
func (c *Card) Object() fyne.CanvasObject { return c.panel }

// Load looks how far the shop is, in the background; nil where the card was put away.
func (c *Card) Load(ctx context.Context) (*Facts, error) {
	if c == nil {
		return nil, nil
	}
	set := c.env.Till.Settings()
	if !set.NextSteps || set.Demo {
		return nil, nil
	}
	b, err := c.env.Till.Beginning(ctx)
	if err != nil {
		return nil, err
	}
	return &Facts{Begun: *b, Settings: set}, nil
}

// Show takes what was loaded. It reports whether there is anything to show.
func (c *Card) Show(f *Facts) bool {
	if c == nil {
		return false
	}
	c.points, c.drawn = nil, drawing{}
	if f != nil {
		c.points = points(*f, c.env.Actor.Can)
	}
	return left(c.points) > 0
}

// Bind gives the card's keys their meaning while it is seen. Goods to begin with can
// be taken away when it was put away too: the palette finds that.
func (c *Card) Bind(sc *keys.Scope) {
	if c == nil {
		return
	}
	for _, a := range own {
		var when []keys.Option
		if a.act != actStarter {
			when = append(when, keys.When(c.panel.Visible))
		}
		sc.Bind(a.act, func() { c.leads(a.place) }, when...)
	}
}

// Fit draws the card for a room and returns its height, 0 where it shows nothing: with
// all points, where there is no room for them with those that are left, or with as many
// of those as there is room for.
func (c *Card) Fit(width, room float32) float32 {
	columns := 1
	if width >= theme.Px(twoColumns) {
		columns = 2
	}
	for _, try := range []drawing{{columns, false, len(c.points)}, {columns, true, left(c.points)}} {
		if h := c.height(try); h <= room {
			return c.draw(try)
		}
	}
	rows := int((room - c.height(drawing{columns: columns})) / theme.Px(rowHeight+theme.GapTiny))
	if rows < 1 {
		return c.draw(drawing{})
	}
	return c.draw(drawing{columns, true, rows * columns})
}

// height is that of a drawing: the head with the way to put it away, and the rows.
func (c *Card) height(d drawing) float32 {
	rows := (d.most + max(d.columns, 1) - 1) / max(d.columns, 1)
	return theme.Px(2*pad + rowHeight + theme.GapTiny + float32(rows)*(rowHeight+theme.GapTiny))
}

// draw makes the card anew where it is to look different, and returns its height.
func (c *Card) draw(d drawing) float32 {
	if len(c.points) == 0 || d.most == 0 || left(c.points) == 0 {
		c.drawn = drawing{}
		c.panel.Hide()
		return 0
	}
	if d != c.drawn {
		c.drawn = d
		c.fill(d)
	}
	if !c.panel.Visible() {
		c.panel.Show()
	}
	return c.height(d)
}

func (c *Card) fill(d drawing) {
	t := c.env.T
	var rows []fyne.CanvasObject
	for _, p := range c.points {
		if len(rows) < d.most && !(d.only && p.done) {
			rows = append(rows, c.row(p))
		}
	}
	columns := make([]fyne.CanvasObject, d.columns)
	for i := range columns {
		from, to := (i*len(rows)+d.columns-1)/d.columns, ((i+1)*len(rows)+d.columns-1)/d.columns
		columns[i] = widgets.VBox(theme.GapTiny, rows[from:to]...)
	}
	all := len(c.points)
	away := c.env.Kit.ActionButton(t("next.away", nil), widgets.Quiet, actAway)
	away.Height = widgets.Compact
	c.body.Objects = []fyne.CanvasObject{
		widgets.HBox(theme.GapSmall, widgets.NewText(t("next.title", nil), widgets.Strong),
			widgets.Grow(widgets.NewText(t("next.count", pos.Args{"Done": all - left(c.points), "All": all}), widgets.SmallMuted).Ellipsis()), away),
		widgets.Equal(theme.GapCards, columns...),
	}
	c.panel.Refresh()
}

// row is a point: a button that leads there, or its words with a tick.
func (c *Card) row(p point) fyne.CanvasObject {
	words := c.env.T("next."+p.id, nil)
	if p.done {
		return widgets.Sized(0, rowHeight, widgets.Padded(theme.GapCards, 0, widgets.HBox(theme.GapSmall,
			widgets.NewTick(theme.ColorGood), widgets.Grow(widgets.NewText(words, widgets.Muted).Ellipsis()))))
	}
	b := c.env.Kit.ActionButton(words, widgets.Secondary, p.act)
	b.Leading, b.CapFirst = true, true
	return b
}
