package notify

import (
	"cmp"
	"slices"
	"strings"
)

// Fact is one thing that happened, as far as it decides who hears of it.
type Fact struct {
	ID      string // of the event; kept through every attempt
	Event   Event
	Service string // code, "" for none
	Outlet  string // code, "" for none
	Buyer   *Payer // nil where it is about nobody
}

// Payer is whom a fact is about.
type Payer struct {
	Addresses map[Channel]string // by the ways known
	Refuses   []Channel          // without consent
	// Of an invoice: what was ticked on it.
	Invoice *Ticks
}

// Ticks is what somebody chose on an invoice.
type Ticks struct {
	Email, SMS bool
	Events     []Event
}

// Delivery is one message to one address. Matched says which cells led to it.
type Delivery struct {
	Event   Event
	Channel Channel
	Address string  // as it is written to: a URL, a mail address, a telephone
	Version Version // of a URL
	Point   PointID // "" for a buyer and a URL
	Matched []Cell
}

// Skip is somebody who was to hear of it and does not, for the record.
type Skip struct {
	Cell  Cell
	Point PointID
	Why   SkipReason
}

// SkipReason says why; permanent.
type SkipReason string

// Why somebody is passed over.
const (
	ContactGone SkipReason = "contact_gone"
	NoAddress   SkipReason = "no_address"
	NoConsent   SkipReason = "no_consent"
	NotTicked   SkipReason = "not_ticked" // on the invoice
)

// Book is settings made ready to be asked: deciding takes no longer where there
// are many.
type Book struct {
	cells  map[Cell]Setting
	points map[PointID]Point
}

// NewBook makes settings ready; it keeps what it is given.
func NewBook(s Settings, points map[PointID]Point) *Book {
	b := &Book{cells: make(map[Cell]Setting, len(s)), points: points}
	for _, one := range s {
		b.cells[one.Cell] = one
	}
	return b
}

// Decide says who hears of a fact, each address once by each way, and who is
// passed over. The order is always the same for the same settings.
func (b *Book) Decide(f *Fact) (to []Delivery, passed []Skip) {
	d := deciding{book: b, fact: f, at: map[place]int{}}
	for _, h := range subscriptions(f.Event) {
		for _, way := range h.ways {
			if h.level == Buyer {
				d.buyer(h, way)
			} else {
				d.staff(h, way)
			}
		}
	}
	return d.to, d.passed
}

// place is an address as it is told apart.
type place struct {
	way     Channel
	address string
	version Version
}

type deciding struct {
	book   *Book
	fact   *Fact
	to     []Delivery
	passed []Skip
	at     map[place]int // in to
}

// staff adds those of one level: its object's own cell where that is set, else
// the cell of all.
func (d *deciding) staff(h heard, way Channel) {
	s, ok := d.setting(h, way)
	if !ok {
		return
	}
	if way == URL {
		if s.URL != "" {
			d.add(Delivery{Channel: URL, Address: s.URL, Version: s.Version}, s.Cell)
		}
		return
	}
	for _, id := range s.Recipients {
		p, known := d.book.points[id]
		if !known || p.Gone || p.Address == "" {
			d.passed = append(d.passed, Skip{s.Cell, id, ContactGone})
			continue
		}
		d.add(Delivery{Channel: way, Address: p.Address, Point: id}, s.Cell)
	}
}

func (d *deciding) setting(h heard, way Channel) (Setting, bool) {
	c := Cell{Level: h.level, Event: h.event, Channel: way}
	object := ""
	switch h.level {
	case Service:
		object = d.fact.Service
	case Outlet:
		object = d.fact.Outlet
	}
	if h.level != Organisation && object == "" {
		return Setting{}, false // it happened at none of them
	}
	if object != "" {
		c.Object = object
		if s, ok := d.book.cells[c]; ok {
			return s, true
		}
		c.Object = ""
	}
	s, ok := d.book.cells[c]
	return s, ok
}

// buyer adds whom it is about, where the shop tells buyers and the buyer is told.
func (d *deciding) buyer(h heard, way Channel) {
	c := Cell{Level: Buyer, Event: h.event, Channel: way}
	who := d.fact.Buyer
	if who == nil || !d.book.cells[c].On {
		return
	}
	pass := func(why SkipReason) { d.passed = append(d.passed, Skip{c, "", why}) }
	if who.Invoice != nil && !who.Invoice.wants(h.event, way) {
		pass(NotTicked)
		return
	}
	address := who.Addresses[way]
	switch {
	case address == "":
		pass(NoAddress)
	case slices.Contains(who.Refuses, way):
		pass(NoConsent)
	default:
		d.add(Delivery{Channel: way, Address: address}, c)
	}
}

// wants says whether an invoice was ticked for an event by a way.
func (t *Ticks) wants(e Event, way Channel) bool {
	ticked := way == Email && t.Email || way == SMS && t.SMS
	return ticked && slices.Contains(t.Events, e)
}

func (d *deciding) add(one Delivery, from Cell) {
	p := place{one.Channel, Normal(one.Channel, one.Address), one.Version}
	if i, twice := d.at[p]; twice {
		d.to[i].Matched = append(d.to[i].Matched, from)
		return
	}
	one.Event, one.Matched = d.fact.Event, []Cell{from}
	d.at[p] = len(d.to)
	d.to = append(d.to, one)
}

// Normal is an address as it is compared: nobody gets the same message twice for
// having been written down in two ways. The part of a mail address before the
// @ is taken in any case too, as every large provider does.
func Normal(way Channel, address string) string {
	address = strings.TrimSpace(address)
	if way == Email {
		return strings.ToLower(address)
	}
	return address
}

// Boxes are what an invoice's form offers.
type Boxes struct {
	Email, SMS bool    // a box is offered
	Events     []Event // with the boxes as they are ticked
}

// BoxesOf says what the form of an invoice offers to a payer with these
// addresses, with the boxes ticked as given: a box only where the shop tells
// buyers of anything by that way, and the events of every way that is ticked.
func (s Settings) BoxesOf(email, phone string, byEmail, bySMS bool) Boxes {
	on := func(way Channel) (all []Event) {
		for _, r := range Matrix {
			c := Cell{Level: Buyer, Event: r.Event, Channel: way}
			if one, ok := s.Of(c); r.Level == Buyer && ok && one.On {
				all = append(all, r.Event)
			}
		}
		return all
	}
	b := Boxes{Email: email != "" && len(on(Email)) > 0, SMS: phone != "" && len(on(SMS)) > 0}
	for _, r := range Matrix {
		if r.Level == Buyer && (b.Email && byEmail && slices.Contains(on(Email), r.Event) || b.SMS && bySMS && slices.Contains(on(SMS), r.Event)) {
			b.Events = append(b.Events, r.Event)
		}
	}
	return b
}

// Sorted is points in the order they are offered: by person, then by address.
func Sorted(points map[PointID]Point, way Channel) (all []Point) {
	for _, p := range points {
		if p.Channel == way {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Point) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Address, b.Address), cmp.Compare(a.ID, b.ID))
	})
	return all
}
