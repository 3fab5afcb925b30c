package sale

import "kassa/ui/theme"

// tellsNext reports that the card «что дальше» has the room of the cheque: nothing is
// on it.
func (s *Screen) tellsNext() bool {
	return s.m.next && len(s.m.rows) == 0 && s.m.back == nil && len(s.m.view.Cheque.Tenders) == 0
}

// nextHead is the head of the cheque over the card, at scale 1.
const nextHead = 34

// placeNext puts the card where the lines of the cheque will be.
func (l *screenLayout) placeNext(x, y, w, low float32) {
	if card := l.v.s.h.Next; card != nil {
		edge := theme.Px(theme.GapInside)
		top, room := y+theme.Px(nextHead)+edge, float32(0)
		if l.v.s.tellsNext() {
			room = low - edge - top
		}
		put(card.Object(), x+edge, top, w-2*edge, card.Fit(w-2*edge, room))
	}
}
