package orders

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/picture"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/savepdf"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// proofs are the files that show that the money of an order moved: whose they are, a
// look at the chosen one, and another one attached. Nothing of a file is read before it
// is chosen.
type proofs struct {
	env   *ui.Env
	id    string
	where manual.Place
	now   *manual.Kept
	list  []manual.Attached
	added func() // hears that one was attached
	left  func() // hears that the window has gone

	shown  map[string]image.Image // what was read already
	latest *task.Latest
	temp   string // where files lie that another program shows
	busy   bool

	d      *widgets.Dialog
	table  *widgets.Table
	look   *widgets.Picture
	frame  *fyne.Container // holds its room; away where there is none to show, so that the words stand on top
	hint   *widgets.Paragraph
	news   *widgets.Banner
	attach *widgets.Button
	open   *widgets.Button
	save   *widgets.Button
}

// previewSide is the side of the look at a proof, at scale 1.
const previewSide = 380

// showProofs opens the window over an order; added hears of each one attached, left
// of the end.
func showProofs(env *ui.Env, k *manual.Kept, where manual.Place, added, left func()) {
	w := &proofs{env: env, id: k.ID, where: where, added: added, left: left, shown: map[string]image.Image{}, latest: task.NewLatest(env.Runner)}
	w.build()
	w.d.OnClosed = func() {
		w.forget()
		w.left()
	}
	w.d.Show(w.table, func(s *keys.Scope) {
		s.Bind(actAttach, w.onAttach)
		s.Bind(actSaveProof, w.onSave)
		s.BindKey(keys.Enter, w.onOpen)
	})
	w.fill(k)
}

func (w *proofs) build() {
	k, t := w.env.Kit, w.env.T
	w.table = k.Table([]widgets.Column{{Title: t("orders.proofs.col", nil), Share: 1}}, w.cell)
	w.table.Tall = func(int) bool { return true }
	w.table.Empty = t("orders.proofs.none", nil)
	w.table.OnSelected = func(int) { w.choose() }
	w.table.OnActivated = func(int) { w.onOpen() }
	w.look = widgets.NewPicture(previewSide)
	w.frame = widgets.Grow(w.look)
	w.hint, w.news = widgets.NewParagraph("", widgets.Muted), widgets.NewBanner("", widgets.Bad)
	w.attach = k.ActionButton(t("orders.proofs.attach", nil), widgets.Secondary, actAttach)
	w.save = k.ActionButton(t("orders.proofs.save", nil), widgets.Secondary, actSaveProof)
	w.open = k.KeyButton(t("orders.proofs.open", nil), widgets.Primary, keys.Enter, w.onOpen)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { w.d.Close() })
	all := []fyne.CanvasObject{back, w.attach, w.save, w.open}
	for _, b := range all {
		b.(*widgets.Button).Height = widgets.Large
	}
	w.d = k.Dialog(widgets.DialogSpec{Name: placeProofs, Title: t("orders.proofs", nil), Width: widgets.Wide, Height: 640, Fills: true,
		Body: widgets.VBox(theme.GapCards, w.news,
			widgets.Grow(widgets.Columns(theme.GapCards, widgets.GrowBy(5, widgets.NewFlatCard(w.table)),
				widgets.GrowBy(5, widgets.VBox(theme.GapSmall, w.frame, w.hint))))),
		Footer: widgets.Footer(theme.GapCards, all...)})
}

// fill shows the proofs of an order as it stands, the newest on top.
func (w *proofs) fill(k *manual.Kept) {
	all := k.Attached()
	w.now, w.list = k, make([]manual.Attached, len(all))
	for i := range all {
		w.list[len(all)-1-i] = all[i]
	}
	w.table.SetRows(len(w.list))
	w.d.SetTitle(w.env.T("orders.proofs", nil), k.Text+" · "+sum(w.env, k.Terms().Price, k.Terms().Currency), "")
	if len(w.list) > 0 {
		w.table.Select(0)
	}
	if int64(len(all)) < k.Proofs { // the till keeps the order alone
		w.refuse(pos.E(pos.CodeUnavailable, "orders.proofs.apart", nil))
		return
	}
	w.choose()
}

func (w *proofs) cell(row, _ int) widgets.Cell {
	p := &w.list[row]
	text := w.env.T("orders.proofs.picture", nil)
	if p.Kind == manual.ProofPDF {
		text = w.env.T("orders.proofs.pdf", nil)
	}
	if p.Gone {
		text = w.env.T("orders.proofs.gone", nil)
	} else {
		text += " · " + w.env.T("orders.proofs.size", pos.Args{"Size": (p.Size + 1023) >> 10})
	}
	sub := w.env.Words.DateTime(p.At) + " · " + p.By.Name
	if p.Comment != "" {
		sub += " · " + p.Comment
	}
	return widgets.Cell{Text: text, Sub: sub}
}

// chosen is the proof on which the table stands, nil for none.
func (w *proofs) chosen() *manual.Attached {
	if i := w.table.Selected(); i >= 0 && i < len(w.list) {
		return &w.list[i]
	}
	return nil
}

// choose looks at the chosen proof: what was not read yet is read now.
func (w *proofs) choose() {
	w.latest.Cancel()
	w.news.Set("", widgets.Neutral)
	p := w.chosen()
	if p == nil || p.Gone || p.Kind != manual.ProofPicture || w.shown[p.ID] != nil {
		w.draw("")
		return
	}
	w.draw(w.env.T("orders.proofs.loading", nil))
	b, a, id, proof := w.env.Payments, w.env.Actor, w.id, p.Proof
	task.RunLatest(w.env.Ctx, w.latest, func(ctx context.Context) (image.Image, error) {
		raw, err := b.Proof(ctx, a, id, proof)
		if err != nil {
			return nil, err
		}
		return picture.Small(raw, manual.ProofSide)
	}, func(img image.Image, err error) {
		if !w.d.Shown() {
			return
		}
		if err != nil {
			w.refuse(err)
			return
		}
		w.shown[proof.ID] = img
		w.draw("")
	})
}

// draw shows what is known of the chosen proof; loading is what is said meanwhile.
func (w *proofs) draw(loading string) {
	p, hint := w.chosen(), loading
	var img image.Image
	switch {
	case p == nil && hint == "":
		hint = w.env.T("orders.proofs.first", nil) // the list is narrow and says only that there are none
	case p == nil:
	case p.Gone:
		hint = w.env.T("manual.proof-gone", nil)
	case p.Kind == manual.ProofPDF:
		hint = w.env.T("orders.proofs.document", nil)
	default:
		img = w.shown[p.ID]
	}
	w.look.Set(img)
	w.frame.Hidden = p == nil || p.Gone || p.Kind != manual.ProofPicture
	w.hint.SetText(hint)
	w.hint.Hidden = hint == ""
	there := p != nil && !p.Gone && !w.busy
	w.open.SetEnabled(there && w.env.OpenFile != nil)
	w.save.SetEnabled(there && p.Kind == manual.ProofPDF)
	w.attach.SetEnabled(!w.busy)
	w.d.Refresh()
	w.tell(nil)
}

func (w *proofs) onAttach() {
	if w.attach.Disabled() {
		return
	}
	attachTo(w.env, &w.now.Order, w.where, func() {
		w.added()
		p, a, id := w.env.Payments, w.env.Actor, w.id
		task.Run(w.env.Ctx, w.env.Runner, func(ctx context.Context) (manual.Kept, error) { return p.Order(ctx, a, id) }, func(k manual.Kept, err error) {
			switch {
			case !w.d.Shown():
			case err != nil:
				w.refuse(err)
			default:
				w.fill(&k)
			}
		})
	})
}

// onOpen has the system's own program show the file: that can make it larger, turn
// its pages and print it.
func (w *proofs) onOpen() {
	p := w.chosen()
	if p == nil || w.open.Disabled() {
		return
	}
	w.busy = true
	w.draw(w.env.T("orders.proofs.loading", nil))
	b, a, id, proof, temp, show := w.env.Payments, w.env.Actor, w.id, p.Proof, w.temp, w.env.OpenFile
	task.Run(w.env.Ctx, w.env.Runner, func(ctx context.Context) (string, error) {
		var err error
		if temp == "" {
			if temp, err = os.MkdirTemp("", "kassa-proof-"); err != nil {
				return "", pos.Wrap(pos.CodeUnavailable, "orders.proofs.no-program", err)
			}
		}
		path := filepath.Join(temp, manual.Digest([]byte(proof.ID))[:16]+proof.Kind.End())
		if err := b.SaveProof(ctx, a, id, proof, path); err != nil {
			return temp, err
		}
		if err := show(path); err != nil {
			return temp, pos.Wrap(pos.CodeUnavailable, "orders.proofs.no-program", err)
		}
		return temp, nil
	}, func(dir string, err error) {
		w.busy, w.temp = false, dir
		if !w.d.Shown() {
			w.forget()
			return
		}
		w.draw("")
		if err != nil {
			w.refuse(err)
		}
	})
}

// forget takes away what another program was given to show: it has read it by now, and
// nobody else is to find it.
func (w *proofs) forget() {
	dir := w.temp
	if w.temp = ""; dir == "" {
		return
	}
	task.Run(w.env.Ctx, w.env.Runner, func(context.Context) (struct{}, error) { return struct{}{}, os.RemoveAll(dir) },
		func(struct{}, error) {}) // one that is held open goes with the computer's other leavings
}

func (w *proofs) onSave() {
	p := w.chosen()
	if p == nil || w.save.Disabled() {
		return
	}
	ctx, b, a, id, proof := w.env.Ctx, w.env.Payments, w.env.Actor, w.id, p.Proof
	savepdf.Ask(w.env, w.env.T("orders.proofs.name", pos.Args{"Text": w.now.Text}), func(path string) error { return b.SaveProof(ctx, a, id, proof, path) })
}

func (w *proofs) refuse(err error) {
	w.draw("")
	w.news.Set(w.env.Words.Error(err), widgets.Bad)
	w.d.Refresh()
	w.tell(err)
}

func (w *proofs) tell(err error) {
	facts := []string{"id", w.id, "proofs", strconv.Itoa(len(w.list)), "hint", w.hint.Text(), "news", w.news.Text(), "error", string(pos.CodeOf(err))}
	if p := w.chosen(); p != nil {
		facts = append(facts, "proof", p.ID, "kind", string(p.Kind), "seen", strconv.FormatBool(w.shown[p.ID] != nil))
	}
	w.env.Shown(placeProofs, facts...)
}
