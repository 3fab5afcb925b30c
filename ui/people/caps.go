package people

import (
	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// caps are the fields for what a group may do alone: one for each right that has
// a sum, at rest while the group does not hold the right.
type caps struct {
	card   *groupCard
	fields map[pos.Right]*widgets.Entry
	order  []pos.Right
}

func newCaps(c *groupCard) *caps {
	s := &caps{card: c, fields: map[pos.Right]*widgets.Entry{}}
	k, t := c.v.env.Kit, c.v.env.T
	for _, r := range pos.Rights {
		if !r.HasSum() {
			continue
		}
		f := k.Entry(widgets.TextEntry, t("people.cap.none", nil))
		f.Filter, f.RefusesScan, f.SelectAll, f.MaxLength = widgets.Decimal(2), true, true, 16
		if most, capped := c.group.Cap(r); capped {
			f.SetText(c.v.env.Words.Money().Bare(most))
		}
		f.OnSubmitted = func(string) { k.Window.Canvas().FocusNext() }
		s.fields[r], s.order = f, append(s.order, r)
	}
	s.follow()
	return s
}

// capWidth is what the longest name of a right needs.
const capWidth = 275

// content is the section of the card.
func (s *caps) content() fyne.CanvasObject {
	env := s.card.v.env
	fields := make([]fyne.CanvasObject, len(s.order))
	for i, r := range s.order {
		fields[i] = widgets.Field(env.Words.Value(r), s.fields[r])
	}
	return widgets.VBox(theme.GapInside, widgets.NewParagraph(env.T("people.caps.why", nil), widgets.Muted),
		widgets.Tiles(theme.GapInside, capWidth, fields...))
}

// focus goes to the first field that can be typed in.
func (s *caps) focus() {
	for _, r := range s.order {
		if s.card.group.Has(r) {
			s.fields[r].Focus()
			return
		}
	}
}

// follow lets a field be typed in only while its right is ticked.
func (s *caps) follow() {
	for r, f := range s.fields {
		if s.card.group.Has(r) {
			f.Enable()
		} else {
			f.Disable()
		}
	}
}

// read is what was typed; with an error the field it is in.
func (s *caps) read() (map[pos.Right]money.Amount, *widgets.Entry, error) {
	var read map[pos.Right]money.Amount
	for _, r := range s.order {
		f := s.fields[r]
		if f.Text() == "" || !s.card.group.Has(r) {
			continue
		}
		most, err := money.ParseAmount(f.Text())
		if err != nil {
			return nil, f, err
		}
		if read == nil {
			read = map[pos.Right]money.Amount{}
		}
		read[r] = most
	}
	return read, nil, nil
}
