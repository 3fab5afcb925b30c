package ui

import "kassa/pos/exchange"

// Carrier carries the till's queue to the backend behind it. Both methods return at
// once.
type Carrier interface {
	// Exchange is how the exchange stands now.
	Exchange() exchange.Status
	// WakeExchange wants a try now.
	WakeExchange()
}

// Exchange tells the window how the exchange with the backend stands. It belongs to
// the window's goroutine. A nil Exchange is that of a window whose queue nobody
// carries.
type Exchange struct {
	carrier  Carrier
	watching []*func(exchange.Status)
	mirror   []*func()
}

// NewExchange tells of what a carrier does.
func NewExchange(c Carrier) *Exchange { return &Exchange{carrier: c} }

// Status is how the exchange stands now.
func (e *Exchange) Status() exchange.Status {
	if e == nil {
		return exchange.Status{State: exchange.Resting}
	}
	return e.carrier.Exchange()
}

// Wake wants a try now.
func (e *Exchange) Wake() {
	if e != nil {
		e.carrier.WakeExchange()
	}
}

// Watch lets fn hear each change of the status until stop is called.
func (e *Exchange) Watch(fn func(exchange.Status)) (stop func()) {
	if e == nil {
		return func() {}
	}
	return watch(&e.watching, fn)
}

// WatchMirror lets fn hear each time something came into the till's mirror of what is
// shared at the backend, until stop is called.
func (e *Exchange) WatchMirror(fn func()) (stop func()) {
	if e == nil {
		return func() {}
	}
	return watch(&e.mirror, fn)
}

func watch[F any](all *[]*F, fn F) (stop func()) {
	*all = append(*all, &fn)
	return func() {
		for i, w := range *all {
			if w == &fn {
				*all = append((*all)[:i:i], (*all)[i+1:]...)
				return
			}
		}
	}
}

// Mirrored tells whoever watches that something came into the mirror.
func (e *Exchange) Mirrored() {
	for _, fn := range e.mirror {
		(*fn)()
	}
}

// Changed tells whoever watches that the status is another one.
func (e *Exchange) Changed() {
	now := e.Status()
	for _, fn := range e.watching {
		(*fn)(now)
	}
}
