package sale

// This file takes goods from the tiles under the cheque: by a tap, and by a
// number typed into the field.

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
)

// onTile rings up what was tapped. A quantity that stands typed in the field
// ("3*") is taken along; anything else stays there.
func (s *Screen) onTile(p pos.Product) {
	n, rest := pos.Multiple(s.v.field.Text())
	if n != 0 && rest == "" {
		s.clearField()
	} else {
		n = 0
	}
	s.v.field.Focus()
	s.ring(entry{product: p.ID, times: n, found: &p})
}

// markTile shows the tile whose number stands in the field, and tells whether
// there is one: once typing has paused, for most digits are the beginning of a
// scan.
func (s *Screen) markTile(number string) bool {
	if s.v.quick == nil {
		return false
	}
	_, _, ok := s.v.quick.Named(number)
	if !ok {
		s.v.quick.Mark("")
		return false
	}
	s.look.stop = s.env.Kit.Timers.After(searchDelay, func() { s.look.stop = nil; s.v.quick.Mark(number) })
	return true
}

// onNumber takes the tile whose number was typed, and tells whether there is one
// in sight. Numbers that are a code of the shop's own have no tile.
func (s *Screen) onNumber(text, number string, times money.Quantity) bool {
	if s.v.quick == nil {
		return false
	}
	goods, open, ok := s.v.quick.Named(number)
	if !ok {
		return false
	}
	s.clearField()
	if goods == nil {
		open()
		return true
	}
	s.ring(entry{text: text, found: goods, times: times, tile: goods})
	return true
}

// twoMeanings refuses a tile's number that has become a code of other goods since
// the tiles were read: which is meant is asked, never guessed.
func (s *Screen) twoMeanings(ctx context.Context, e entry) error {
	_, number := pos.Multiple(e.text)
	coded, err := s.env.Till.GoodsOf(ctx, number)
	if idOf(err) == "scan.unknown" {
		return nil
	}
	if err != nil {
		return err
	}
	return pos.E(pos.CodeConflict, "scan.several", pos.Args{"Code": number, "Names": coded.Name + ", " + e.tile.Name,
		"Products": []pos.Product{*coded, *e.tile}})
}
