package goods

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/labels"
	"kassa/ui/stock"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// card edits one product, or makes a new one.
type card struct {
	env     *ui.Env
	draft   draft
	was     draft // as it was opened
	saved   func()
	stored  func(pos.Product) // hears what was stored; may be nil
	fields  map[string]*widgets.Entry
	news    *widgets.Banner
	save    *widgets.Button
	shelves *widgets.Select // the categories there are
	names   []string
	picture *widgets.Picture
	weighed *widgets.Check
	pieces  bool // somebody decided that goods in kilograms are sold by the piece
	dialog  *widgets.Dialog
}

// openCard shows a product.
func openCard(env *ui.Env, p *pos.Product, saved func()) { showCard(env, p, newDraft(env, p), saved) }

// showCard shows a draft of a product, of a new one when p is nil.
func showCard(env *ui.Env, p *pos.Product, d draft, saved func()) {
	(&card{saved: saved}).show(env, p, d)
}

// Add makes a product of what was looked for in vain, a code or a name. stored hears
// what was saved; closed is called when the card has gone, whatever came of it.
func Add(env *ui.Env, sought string, stored func(pos.Product), closed func()) {
	DefineKeys(env.Kit.Keys)
	d := newDraft(env, nil)
	d.begin(sought)
	c := &card{saved: func() {}, stored: stored}
	c.show(env, nil, d)
	c.dialog.OnClosed = closed
}

func (c *card) show(env *ui.Env, p *pos.Product, d draft) {
	k, t := env.Kit, env.T
	*c = card{stored: c.stored, env: env, draft: d, was: d, saved: c.saved, fields: map[string]*widgets.Entry{}, news: widgets.NewBanner("", widgets.Bad)}
	title := t("goods.new", nil)
	if p != nil {
		title = p.Name
	}
	c.save = k.ActionButton(t("goods.save", nil), widgets.Primary, actSave)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, c.onLeave)
	buttons := []fyne.CanvasObject{back}
	if p != nil {
		buttons = append(buttons, k.ActionButton(t("goods.prices", nil), widgets.Secondary, actPrices),
			k.ActionButton(t("goods.moves", nil), widgets.Secondary, actMoves),
			k.ActionButton(t("goods.labels", nil), widgets.Secondary, actLabels))
	}
	if env.Pictures.Ready() {
		buttons = append(buttons, k.ActionButton(t("goods.picture", nil), widgets.Secondary, actPicture))
	}
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "goods.card", Title: title, Width: widgets.Wide, Body: c.body(p != nil), OnEsc: c.onLeave,
		Footer: widgets.VBox(theme.GapSmall, c.news, widgets.Footer(theme.GapCards, append(buttons, c.save)...))})
	c.dialog.Show(c.fields[fieldName].Focusable(), func(s *keys.Scope) {
		s.Bind(actSave, c.onSave)
		s.Bind(actWeighed, c.turnWeighed)
		if p != nil {
			s.Bind(actPrices, func() { openPrices(env, p) })
			s.Bind(actMoves, func() { stock.Moves(env, p.ID, p.Name) })
			s.Bind(actLabels, func() { c.onLabels(p) })
		}
		if env.Pictures.Ready() {
			s.Bind(actPicture, c.onPicture)
		}
		s.OnScan = c.onScan
	})
	c.offerCategories()
	c.tell("")
}

func (c *card) body(known bool) fyne.CanvasObject {
	k, t, d := c.env.Kit, c.env.T, &c.draft
	all := rates(c.env.Till.Settings().Country, d.vat)
	names, now := make([]string, len(all)), 0
	for i, r := range all {
		names[i] = rateName(c.env, r)
		if r == d.vat {
			now = i
		}
	}
	vat := k.Select(names, now, func(i int) { d.vat = all[i] })
	barcodes := c.entry(widgets.AreaEntry, fieldBarcode, &d.barcodes, 4000)
	barcodes.SetPlaceholder(t("goods.barcodes.hint", nil))
	barcodes.OnScan = func(before, code string) { d.barcodes = before; c.onScan(code) }
	price := c.entry(widgets.TextEntry, fieldPrice, &d.price, 16)
	price.RefusesScan = true
	stock := c.figure(fieldStock, &d.stock)
	c.shelves = k.Select(nil, -1, c.onCategory)
	c.shelves.Placeholder = t("goods.category.choose", nil)
	category := c.entry(widgets.TextEntry, "category", &d.category, pos.MaxNameRunes)
	c.weighed = k.Check(t("goods.weighed", nil), d.flags.Weighed, c.onWeighed)
	flags := widgets.VBox(0,
		widgets.HBox(theme.GapSmall, widgets.Grow(c.weighed), widgets.NewKeyCap(k.Keys.KeyOf(actWeighed))),
		k.Check(t("goods.ask-price", nil), d.flags.AskPrice, func(on bool) { d.flags.AskPrice = on }),
		k.Check(t("goods.no-earn", nil), d.flags.NoEarn, func(on bool) { d.flags.NoEarn = on }),
		k.Check(t("goods.no-points", nil), d.flags.NoPoints, func(on bool) { d.flags.NoPoints = on }),
		k.Check(t("goods.no-offers", nil), d.flags.NoOffers, func(on bool) { d.flags.NoOffers = on }))
	if known {
		flags.Add(k.Check(t("goods.archive", nil), d.archived, func(on bool) { d.archived = on }))
	}
	scale := c.figure(fieldScale, &d.scale)
	scale.Filter = widgets.Digits()
	sku := c.entry(widgets.TextEntry, fieldSKU, &d.sku, pos.MaxSKURunes)
	if !known {
		sku.SetPlaceholder(t("goods.sku.free", nil))
	}
	left := widgets.VBox(theme.GapCards,
		widgets.Equal(theme.GapCards, c.ask("goods.sku", sku),
			c.ask("goods.unit", c.unit())),
		widgets.Equal(theme.GapCards, c.ask("goods.price", price), c.ask("goods.vat", vat)),
		widgets.Equal(theme.GapCards, c.ask("goods.category", category), c.ask("goods.category.known", c.shelves)),
		widgets.Equal(theme.GapCards, c.ask("goods.stock", stock), c.ask("goods.least", c.figure(fieldLeast, &d.least))),
		widgets.Equal(theme.GapCards, c.ask("goods.cost", c.figure(fieldCost, &d.cost)),
			c.ask("goods.article", c.entry(widgets.TextEntry, fieldArticle, &d.article, pos.MaxArticleRunes))),
		c.ask("goods.scale", scale))
	note := c.entry(widgets.AreaEntry, fieldNote, &d.note, pos.MaxNoteRunes)
	note.Rows = 2
	right := widgets.VBox(theme.GapCards, c.ask("goods.barcodes", barcodes), c.ask("goods.note", note), flags)
	c.picture = widgets.NewPicture(cardPicture)
	name := c.ask("goods.card.name", c.entry(widgets.TextEntry, fieldName, &d.name, pos.MaxNameRunes))
	if c.env.Pictures.Ready() {
		name = widgets.HBox(theme.GapCards, widgets.Grow(name), c.picture)
		c.showPicture()
	}
	return widgets.VBox(theme.GapCards, name,
		widgets.Equal(theme.GapInside, left, right))
}

func (c *card) ask(label string, control fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Field(c.env.T(label, nil), control)
}

// entry makes a field that keeps what is typed in at.
func (c *card) entry(kind widgets.EntryKind, name string, at *string, most int) *widgets.Entry {
	e := c.env.Kit.Entry(kind, "")
	e.SetText(*at)
	e.MaxLength = most
	e.OnChanged = func(text string) {
		*at = text
		if e.SetMessage("", widgets.Neutral); c.news.Text() != "" {
			c.news.Set("", widgets.Neutral)
			c.dialog.Refresh()
		}
	}
	if kind != widgets.AreaEntry {
		e.OnSubmitted = func(string) { c.env.Kit.Window.Canvas().FocusNext() }
	}
	c.fields[name] = e
	return e
}

// unit is the field of the unit. Kilograms are sold by weight unless somebody says
// otherwise: the tick comes by itself, and never in silence.
func (c *card) unit() *widgets.Entry {
	d := &c.draft
	e := c.entry(widgets.TextEntry, fieldUnit, &d.unit, pos.MaxUnitRunes)
	keep := e.OnChanged
	e.OnChanged = func(text string) {
		keep(text)
		if pos.InKilograms(text) && !d.flags.Weighed && !c.pieces {
			d.flags.Weighed = true
			c.weighed.SetOn(true)
			c.say("goods.weighed.by-unit", widgets.Info)
		}
	}
	return e
}

func (c *card) onWeighed(on bool) { c.draft.flags.Weighed, c.pieces = on, !on }

// turnWeighed ticks or clears, by its key, that the goods are sold by weight.
func (c *card) turnWeighed() {
	c.weighed.SetOn(!c.weighed.On())
	c.onWeighed(c.weighed.On())
}

func (c *card) say(id string, tone widgets.Tone) {
	c.news.Set(c.env.T(id, nil), tone)
	c.dialog.Refresh()
}

// figure is a field of a number: a scan is no number and becomes a barcode.
func (c *card) figure(name string, at *string) *widgets.Entry {
	e := c.entry(widgets.TextEntry, name, at, 16)
	e.RefusesScan = true
	return e
}

// offerCategories fills the list of categories to choose from.
func (c *card) offerCategories() {
	a := c.env.Actor
	task.Run(c.env.Ctx, c.env.Runner,
		func(ctx context.Context) ([]till.CategoryView, error) { return c.env.Till.Categories(ctx, a) },
		func(list []till.CategoryView, err error) {
			var names []string
			for _, s := range list {
				if !s.Archived {
					names = append(names, s.Name)
				}
			}
			if err == nil {
				c.names = names
				c.shelves.SetOptions(names, slices.Index(names, c.draft.category))
			}
		})
}

func (c *card) onCategory(i int) {
	c.fields["category"].SetText(c.names[i])
	c.draft.category = c.names[i]
}

// onScan adds a barcode, wherever the cursor stands.
func (c *card) onScan(code string) {
	if c.draft.barcodes != "" {
		c.draft.barcodes += "\n"
	}
	c.draft.barcodes += barcode.Kept(code)
	c.fields[fieldBarcode].SetText(c.draft.barcodes)
	c.tell("")
}

// onLabels makes price labels of the product as it is kept: what is only typed
// here is not yet its price, and must not get to the shelf.
func (c *card) onLabels(p *pos.Product) {
	if c.draft != c.was {
		c.refuse("", pos.E(pos.CodeConflict, "goods.labels.unsaved", pos.Args{"Key": c.env.Kit.Keys.KeyOf(actSave).Cap()}))
		return
	}
	labels.Open(c.env, []labels.Choice{{Product: *p, Count: 1}}, nil)
}

// onLeave closes the card; unsaved changes are asked about first.
func (c *card) onLeave() {
	if c.draft == c.was {
		c.dialog.Close()
		return
	}
	c.env.Leave("goods.card", c.onSave, c.dialog.Close)
}

func (c *card) onSave() {
	if c.save.Disabled() {
		return
	}
	p, field, err := c.draft.read()
	if err != nil {
		c.refuse(field, err)
		return
	}
	if pos.InKilograms(p.Unit) && !p.Flags.Weighed && !c.pieces {
		c.pieces = true // asked once: saving again is the answer
		c.say("goods.weighed.asked", widgets.Warn)
		c.tell("weighed")
		return
	}
	a := c.env.Actor
	c.save.Disable()
	approval.Run(c.env,
		func(ctx context.Context) (*pos.Product, error) { return c.env.Till.PutProduct(ctx, a, p) },
		func(p *pos.Product, err error) {
			c.save.Enable()
			if err != nil {
				c.refuse(fieldOf(err), err)
				return
			}
			c.dialog.Close()
			c.env.Kit.Toast(c.env.T("goods.saved", pos.Args{"Name": p.Name}), widgets.Good)
			c.saved()
			if c.stored != nil {
				c.stored(*p)
			}
		})
}

// refuse says why, and puts the cursor into the field it is about.
func (c *card) refuse(field string, err error) {
	c.news.Set(c.env.Words.Error(err), widgets.Bad)
	if e := c.fields[field]; e != nil {
		e.SetMessage("", widgets.Bad)
		e.Focus()
	}
	c.dialog.Refresh()
	c.tell(string(pos.CodeOf(err)))
}

func (c *card) tell(problem string) {
	c.env.Shown("goods.card", "id", string(c.draft.id), "sku", c.draft.sku, "image", c.draft.image, "error", problem)
}
