package stock

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// head is what a draft says of itself, above its lines.
type head struct {
	d     *doc
	typed pos.StockDoc
}

func (h *head) build(d *doc, categories []string) fyne.CanvasObject {
	h.d, h.typed = d, d.view.Doc
	t := d.env.T
	switch h.typed.Kind {
	case pos.Receiving:
		return widgets.Equal(theme.GapCards,
			widgets.Field(t("stock.supplier", nil), h.entry(&h.typed.Supplier)),
			widgets.Field(t("stock.invoice", nil), h.entry(&h.typed.Invoice)))
	case pos.WriteOff:
		return widgets.Field(t("stock.reason-field", nil), h.entry(&h.typed.Reason))
	}
	names := append([]string{t("stock.any-category", nil)}, categories...)
	choose := d.env.Kit.Select(names, max(0, slices.Index(names, h.typed.Category)), func(i int) {
		h.typed.Category = ""
		if i > 0 {
			h.typed.Category = names[i]
		}
		h.keep()
	})
	blind := d.env.Kit.Check(t("stock.blind", nil), h.typed.Blind, func(on bool) { h.typed.Blind = on; h.keep() })
	return widgets.Equal(theme.GapCards, widgets.Field(t("stock.category", nil), choose), widgets.VBox(0, widgets.Spring(), blind))
}

// entry is a field that is kept when it is left.
func (h *head) entry(at *string) *widgets.Entry {
	e := h.d.env.Kit.Entry(widgets.TextEntry, "")
	e.SetText(*at)
	e.MaxLength, e.RefusesScan = pos.MaxStockTextSize, true
	e.OnChanged = func(text string) { *at = text }
	e.OnSubmitted = func(string) { h.keep(); h.d.scan.Focus() }
	e.OnFocus = func(on bool) {
		if !on {
			h.keep()
		}
	}
	return e
}

// differs tells that something typed is not stored yet.
func (h *head) differs() bool {
	was, now := &h.d.view.Doc, &h.typed
	return h.d.draft() && (was.Supplier != now.Supplier || was.Invoice != now.Invoice || was.Reason != now.Reason ||
		was.Category != now.Category || was.Blind != now.Blind)
}

// keep stores the head when it differs from what is stored. Other work on the
// draft need not wait for it.
func (h *head) keep() {
	if !h.differs() {
		return
	}
	d, a, now := h.d, h.d.env.Actor, h.typed
	approval.Run(d.env,
		func(ctx context.Context) (*till.StockView, error) {
			return d.env.Till.SetStockHead(ctx, a, now.ID, now)
		}, d.show)
}
