package help

// What all pictures are made of: a cheque nobody has bought, priced by the rules in
// the form.

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/customerdisplay"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// painter draws the picture of one setting.
type painter struct {
	env     *ui.Env
	key     string
	form    Form
	set     *pos.Settings
	now     time.Time
	display *customerdisplay.Display // nil where none is drawn
	latest  *task.Latest
}

func newPainter(env *ui.Env, key string, f Form) *painter {
	return &painter{env: env, key: key, form: f, set: &f.Settings, now: env.Kit.Timers.Now(), latest: task.NewLatest(env.Runner)}
}

// end stops what a picture has running.
func (p *painter) end() {
	p.latest.Cancel()
	p.display.Close()
}

// draw makes a picture, nil for none.
func (p *painter) draw(kind Kind) fyne.CanvasObject {
	draw := map[Kind]func() fyne.CanvasObject{
		Slip: p.slip, Roll: p.roll, Letters: p.letters, Offer: p.offer, Steps: p.steps, Bubble: p.bubble, Code: p.code,
		Window: p.window, Copies: p.copies, Display: p.board, Label: p.label, Scale: p.scale,
	}[kind]
	if draw == nil {
		return nil
	}
	return draw()
}

// off says that there is nothing to draw while the setting stands as it does.
func (p *painter) off() fyne.CanvasObject {
	return widgets.NewParagraph(p.env.T("help.off", nil), widgets.Muted)
}

// receiptWords speak the language of receipts.
func (p *painter) receiptWords() *words.Words { return p.env.WordsFor(p.set.ReceiptLanguage, p.set) }

// screenWords speak the language the form has for the screen.
func (p *painter) screenWords() *words.Words { return p.env.WordsFor(p.set.Language, p.set) }

// cheque is what is bought in every picture: two pieces and something by weight.
func (p *painter) cheque(w *words.Words) *pos.Cheque {
	return &pos.Cheque{Lines: []pos.Line{
		{No: 1, Name: w.T("help.sample.coffee", nil), Unit: w.T("help.sample.piece", nil), Price: 349_00, Qty: 1000, VAT: pos.NoVAT},
		{No: 2, Name: w.T("help.sample.milk", nil), Unit: w.T("help.sample.piece", nil), Price: 89_90, Qty: 2000, VAT: pos.NoVAT},
		{No: 3, Name: w.T("help.sample.apples", nil), Unit: w.T("help.sample.kilo", nil), Price: 129_00, Qty: 845, VAT: pos.NoVAT},
	}, Tenders: []pos.Tender{{No: 1, Method: changing(), Amount: 1000_00}}}
}

// changing is the tender that gives change.
func changing() pos.Method {
	return pos.RefundMethods[slices.IndexFunc(pos.RefundMethods, pos.Method.GivesChange)]
}

// sale is the cheque as sold under settings to somebody who owes a part of it.
func (p *painter) sale(set *pos.Settings, w *words.Words) *pos.Sale {
	c := p.cheque(w)
	t := pos.Price(c, set.Rules)
	s := &pos.Sale{ID: "00000000-0000-7000-8000-000000004207", Till: set.Till, Number: 4207, At: p.now, Currency: set.Currency,
		Gross: t.Gross, Discount: t.Discount, Rounding: t.Rounding, Total: t.Total, VAT: t.VAT, Change: t.Change, PointsEarned: t.Earn}
	for i, l := range c.Lines {
		s.Lines = append(s.Lines, pos.SaleLine{Line: l, LineTotals: t.Lines[i]})
	}
	for _, one := range c.Tenders {
		s.Tenders = append(s.Tenders, pos.SaleTender{Tender: one})
	}
	if p.key == "credit.due_days" {
		s.Tenders, s.Change, s.DebtAdded = nil, 0, owed
		s.DebtDue = p.now.AddDate(0, 0, set.Rules.CreditDays)
	}
	return s
}

// owed is the debt of the pictures.
const owed money.Amount = 200_00
