package sale

import (
	"context"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/task"
)

// foundLimit is how many goods the list under the field holds; who needs more
// types another letter.
const foundLimit = 50

// searchDelay is how long typing must pause before digits are looked up: most
// digits are the beginning of a scan, which asks by itself.
const searchDelay = 150 * time.Millisecond

// search is the list under the scan field.
type search struct {
	latest *task.Latest
	stop   func()         // of a search that waits for a pause
	text   string         // what found answers
	times  money.Quantity // what goods will be multiplied with, 0 for one
	found  []pos.Product
	meant  string // what the text was taken for; then nothing is taken that nobody chose
	open   bool
	chosen bool // somebody moved through the list: Enter takes that row
	row    int
}

// best is what Enter takes for a typed name that is no code: the first goods of
// an up-to-date list.
func (l *search) best(text string) (*pos.Product, money.Quantity) {
	n, rest := pos.Multiple(text)
	if !l.open || l.text != rest || len(l.found) == 0 || !named(rest) || l.meant != "" {
		return nil, 0
	}
	return &l.found[0], n
}

// onChanged looks for goods while somebody types.
func (s *Screen) onChanged(text string) {
	s.cancelSearch()
	n, rest := pos.Multiple(strings.TrimSpace(text))
	if rest == "" || s.markTile(rest) {
		s.hideSearch()
		return
	}
	s.look.times, s.look.chosen = n, false
	if named(rest) {
		s.find(rest)
		return
	}
	s.look.stop = s.env.Kit.Timers.After(searchDelay, func() { s.look.stop = nil; s.find(rest) })
}

func (s *Screen) find(text string) {
	task.RunLatest(s.env.Ctx, s.look.latest,
		func(ctx context.Context) (pos.Found[pos.Product], error) {
			return s.env.Till.FindProducts(ctx, text, foundLimit)
		},
		func(found pos.Found[pos.Product], err error) { s.onFound(text, found, err) })
}

func (s *Screen) onFound(text string, f pos.Found[pos.Product], err error) {
	if err != nil {
		s.fail(err)
		return
	}
	found := f.List
	if len(found) == 0 && !named(text) {
		s.hideSearch() // a code nobody knows yet; Enter will tell
		return
	}
	s.look.text, s.look.found, s.look.meant, s.look.open, s.look.row = text, found, f.Meant, true, -1
	if len(found) > 0 && named(text) && !f.Guessed() {
		s.look.row = 0
	}
	s.v.showFound()
	s.report()
}

// offerSeveral asks which of several goods a shared code means.
func (s *Screen) offerSeveral(found []pos.Product, times money.Quantity) {
	s.cancelSearch()
	s.look.text, s.look.times, s.look.found, s.look.meant = "", times, found, ""
	s.look.open, s.look.chosen, s.look.row = true, true, 0
	s.v.showFound()
}

func (s *Screen) moveSearch(by int) {
	if len(s.look.found) == 0 {
		return
	}
	if s.look.chosen || by < 0 {
		s.look.row += by
	} else if s.look.row < 0 {
		s.look.row = 0
	} else {
		s.look.row++ // the first row was offered; the first arrow goes on from it
	}
	s.look.row = min(max(s.look.row, 0), len(s.look.found)-1)
	s.look.chosen = true
	s.v.found.Select(s.look.row)
}

// onFoundTapped takes goods by finger or mouse.
func (s *Screen) onFoundTapped(row int) {
	s.look.row, s.look.chosen = row, true
	s.pickFound()
}

func (s *Screen) pickFound() {
	if s.look.row < 0 || s.look.row >= len(s.look.found) {
		return
	}
	p, n := s.look.found[s.look.row], s.look.times
	s.clearField()
	s.ring(entry{product: p.ID, times: n, found: &p})
}

// clearField empties the field and closes the list.
func (s *Screen) clearField() {
	s.v.field.Clear()
	s.markTile("")
	s.closeSearch()
}

func (s *Screen) closeSearch() {
	s.cancelSearch()
	s.hideSearch()
}

func (s *Screen) cancelSearch() {
	s.look.latest.Cancel()
	if s.look.stop != nil {
		s.look.stop()
		s.look.stop = nil
	}
}

func (s *Screen) hideSearch() {
	s.look.found, s.look.text, s.look.meant, s.look.open, s.look.chosen = nil, "", "", false, false
	s.v.showFound()
}
