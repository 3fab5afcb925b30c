package returns

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/task"
)

// Bounds of what the first step, finding the sale, shows.
const (
	salesEach = 30 // sales shown for one meaning of what was typed
	namesEach = 4  // customers or goods of that name looked into
)

// dayLayouts are the ways in which the day of a sale may be typed.
var dayLayouts = []string{"02.01.2006", "2.1.2006", "2.1.06", "2006-01-02"}

// hit is a sale that may be meant, and why.
type hit struct {
	sale pos.Sale
	how  string // id of the words, "" for none
	name string // of the customer or the goods
}

// onChanged looks for sales while somebody types, or says what Enter will do.
func (s *Screen) onChanged(text string) {
	s.m.typed = strings.TrimSpace(text)
	if s.m.picking() {
		s.v.showBlue()
		s.report()
		return
	}
	if s.m.notice != (notice{}) {
		s.m.notice = notice{}
		s.v.showNotice()
	}
	s.m.find.wanted = false
	s.search(strings.TrimSpace(text))
}

func (s *Screen) search(text string) {
	s.m.find.asking = true
	a, at := s.env.Actor, s.env.Kit.Timers.Now()
	q := lookup{till: s.env.Till, actor: a, text: text, today: figures.DayOf(at, at.Location())}
	q.starts = func(d figures.Day) till.SaleQuery {
		return till.SaleQuery{From: d.Start(at.Location()), To: d.Add(1).Start(at.Location())}
	}
	task.RunLatest(s.env.Ctx, s.latest, q.run, func(f pos.Found[hit], err error) { s.onFound(text, f, err) })
}

func (s *Screen) onFound(text string, found pos.Found[hit], err error) {
	if s.m.picking() {
		return
	}
	f := &s.m.find
	f.asking = false
	if err != nil {
		s.fail(err)
		return
	}
	f.text, f.hits, f.meant = text, found.List, found.Meant
	s.v.showFound()
	s.report()
	if f.wanted && len(f.hits) == 1 && !found.Guessed() {
		s.openSale(0)
	}
	f.wanted = false
}

// onEnterFinding opens the selected sale; an answer that is still under way is
// waited for.
func (s *Screen) onEnterFinding() {
	text := strings.TrimSpace(s.v.field.Text())
	if id, ok := pos.ReceiptSale(text); ok {
		s.start(till.FindSale{ID: id}, text)
		return
	}
	if s.m.find.asking || s.m.find.text != text {
		s.m.find.wanted = true
		return
	}
	if row := s.v.found.Selected(); row >= 0 {
		s.openSale(row)
		return
	}
	if text != "" {
		s.fail(pos.E(pos.CodeNotFound, "return.no-sale", nil))
	}
}

func (s *Screen) openSale(row int) {
	if row < len(s.m.find.hits) {
		s.start(till.FindSale{ID: s.m.find.hits[row].sale.ID}, "")
	}
}

// start begins a return of a sale. What a scanner read that is no receipt is
// looked for among goods and customers.
func (s *Screen) start(f till.FindSale, scanned string) {
	a := s.env.Actor
	s.queue.add(job{
		work: func(ctx context.Context) (*till.ReturnView, error) { return s.env.Till.StartReturn(ctx, a, f) },
		after: func(v *till.ReturnView, err error) {
			if id := errorID(err); scanned != "" && f.Code != "" && (id == "return.no-sale" || id == "return.find-number") {
				s.v.field.SetText(scanned)
				s.onChanged(scanned)
				return
			}
			s.onEdited(v, err)
		},
	})
}

// onBare begins a return of goods no sale is known of.
func (s *Screen) onBare() {
	a := s.env.Actor
	s.edit(func(ctx context.Context) (*till.ReturnView, error) {
		return s.env.Till.StartReturnWithoutReceipt(ctx, a)
	})
}

// lookup finds sales by whatever a text may mean: a number, a sum, a day, a
// customer or goods. Nothing typed means the latest sales.
type lookup struct {
	till   *till.Till
	actor  pos.Actor
	text   string
	today  figures.Day
	starts func(figures.Day) till.SaleQuery
	hits   []hit
	meant  string // what the text was taken for, where nothing has it as typed
}

func (l *lookup) run(ctx context.Context) (pos.Found[hit], error) {
	err := l.look(ctx)
	if len(l.hits) == 0 {
		l.meant = "" // known goods that were never sold
	}
	return pos.Found[hit]{List: l.hits, Meant: l.meant}, err
}

func (l *lookup) look(ctx context.Context) error {
	if l.text == "" {
		return l.add(ctx, till.SaleQuery{}, "", "")
	}
	for _, by := range []func(context.Context) error{l.byNumber, l.bySum, l.byDay, l.byCustomer, l.byGoods} {
		if err := by(ctx); err != nil {
			return err
		}
	}
	if len(l.hits) > 0 || !worthAsking(l.text) {
		return nil
	}
	return l.guess(ctx)
}

// guess finds sales by the customers or goods the text may have been meant for.
func (l *lookup) guess(ctx context.Context) error {
	people, err := l.till.FindCustomers(ctx, l.actor, l.text, namesEach)
	if err != nil && pos.CodeOf(err) != pos.CodeForbidden {
		return err
	}
	if err == nil && people.Guessed() {
		l.meant = people.Meant
		if err := l.ofCustomers(ctx, people.List); err != nil || len(l.hits) > 0 {
			return err
		}
	}
	goods, err := l.till.FindProducts(ctx, l.text, namesEach)
	if err != nil || !goods.Guessed() {
		return err
	}
	l.meant = goods.Meant
	return l.ofGoods(ctx, goods.List)
}

// add lists what a query finds and is not listed yet.
func (l *lookup) add(ctx context.Context, q till.SaleQuery, how, name string) error {
	found, err := l.till.FindSales(ctx, l.actor, q, salesEach)
	if err != nil {
		return err
	}
	for i := range found {
		known := slices.ContainsFunc(l.hits, func(h hit) bool { return h.sale.ID == found[i].ID })
		if !known {
			l.hits = append(l.hits, hit{sale: found[i], how: how, name: name})
		}
	}
	return nil
}

func (l *lookup) byNumber(ctx context.Context) error {
	n, ok := number(l.text)
	if !ok {
		return nil
	}
	return l.add(ctx, till.SaleQuery{Number: n}, "returns.how.number", "")
}

// number reads the number of a receipt, with or without a number sign.
func number(text string) (n int64, ok bool) {
	text = strings.TrimLeft(text, "№#N ")
	if text == "" || len(text) > 9 {
		return 0, false
	}
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int64(r-'0')
	}
	return n, n > 0
}

func (l *lookup) bySum(ctx context.Context) error {
	sum, err := money.ParseAmount(l.text)
	if err != nil || sum <= 0 {
		return nil // not meant as a sum
	}
	return l.add(ctx, till.SaleQuery{Total: sum}, "returns.how.sum", "")
}

// byDay takes 05.03.2026, and 05.03 for this year.
func (l *lookup) byDay(ctx context.Context) error {
	text := l.text
	if strings.Count(text, ".") == 1 {
		year, _, _ := l.today.Parts()
		text += "." + figuresOf(year)
	}
	d, err := figures.ParseDay(text, dayLayouts...)
	if err != nil {
		return nil // not meant as a day
	}
	return l.add(ctx, l.starts(d), "returns.how.day", "")
}

func figuresOf(year int) string {
	return string([]byte{'0' + byte(year/1000%10), '0' + byte(year/100%10), '0' + byte(year/10%10), '0' + byte(year%10)})
}

func (l *lookup) byCustomer(ctx context.Context) error {
	if !worthAsking(l.text) {
		return nil
	}
	found, err := l.till.SearchCustomers(ctx, l.actor, l.text, namesEach)
	if pos.CodeOf(err) == pos.CodeForbidden {
		return nil // who may not look for customers finds the sale by something else
	}
	if err != nil {
		return err
	}
	return l.ofCustomers(ctx, found)
}

func (l *lookup) ofCustomers(ctx context.Context, list []pos.CustomerState) (err error) {
	for i := range list {
		if err == nil {
			err = l.add(ctx, till.SaleQuery{Customer: list[i].ID}, "returns.how.customer", list[i].Name)
		}
	}
	return err
}

func (l *lookup) byGoods(ctx context.Context) error {
	if !worthAsking(l.text) {
		return nil
	}
	found, err := l.till.SearchProducts(ctx, l.text, namesEach)
	if err != nil {
		return err
	}
	return l.ofGoods(ctx, found)
}

func (l *lookup) ofGoods(ctx context.Context, list []pos.Product) (err error) {
	for i := range list {
		if err == nil {
			err = l.add(ctx, till.SaleQuery{Product: list[i].ID}, "returns.how.goods", list[i].Name)
		}
	}
	return err
}

// worthAsking leaves out what is too short to name anybody or anything.
func worthAsking(text string) bool {
	if strings.ContainsFunc(text, unicode.IsLetter) {
		return utf8.RuneCountInString(text) >= 2
	}
	return utf8.RuneCountInString(text) >= 4
}
