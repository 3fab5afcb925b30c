package pages

import "kassa/pos/manual"

// tones are the colours of the states of a manual payment.
var tones = map[manual.State]string{manual.Open: "warn", manual.Approved: "good", manual.Completed: "good", manual.Declined: "bad", manual.Refunded: "plain"}

// State is the word everybody knows a state by; one that ended with its time has its
// own.
func (p *Page) State(s manual.State, expired bool) string {
	if expired {
		return p.words.T("orders.state.expired", nil)
	}
	return p.words.T("orders.state."+string(s), nil)
}

// Tone is the colour of a state.
func (p *Page) Tone(s manual.State) string { return tones[s] }
