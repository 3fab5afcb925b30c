package keymap

import (
	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/paper"
	"kassa/ui/keys"
	"kassa/ui/savepdf"
	"kassa/ui/widgets"
)

// card is what every key does on a slip of paper, to hang beside the till: the
// live map, one block for each place.
func card(w *words.Words, actions []keys.Action, width int) []string {
	p := paper.New(width)
	p.Centre(w.T("keymap.card", nil))
	place := ""
	for _, a := range actions {
		if a.Key == keys.None {
			continue
		}
		if a.Place != place {
			place = a.Place
			p.Rule()
			p.Text(w.T("keymap.place."+place, nil))
		}
		p.Pair(w.T(a.Label, nil), a.Key.Cap())
	}
	p.Rule()
	return p.Lines()
}

// onPrint prints the card of the keys as they are kept, not as they are being
// changed.
func (v *view) onPrint() {
	if !v.env.Print.Ready() {
		v.news.Set(v.env.Words.Error(pos.E(pos.CodeUnavailable, "print.none", nil)), widgets.Warn)
		v.dialog.Refresh()
		v.tell(string(pos.CodeUnavailable))
		return
	}
	v.env.Print.Text(pos.PrintKeys, "", card(v.env.Words, newModel(v.env.Kit.Keys).rows(), v.env.Print.Width()))
}

// onPDF saves the same card as a PDF.
func (v *view) onPDF() {
	savepdf.Slip(v.env, v.env.T("keymap.card", nil),
		card(v.env.Words, newModel(v.env.Kit.Keys).rows(), v.env.Till.Settings().Width))
}
