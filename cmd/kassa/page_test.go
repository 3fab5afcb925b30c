package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend/pages/chromium"
)

// page is the people's page in a browser, beside the till: its network is another one.
type page struct {
	*chromium.Browser
	t  *testing.T
	at string
}

// person adds somebody at the server, who sets a password by the link that was printed
// and signs in, on a telephone.
func (s *remote) person(email string) *page {
	s.t.Helper()
	out, err := s.command("person", "add", email).Output()
	require.NoError(s.t, err)
	p := &page{Browser: chromium.Start(s.t), t: s.t, at: "http://" + s.address + "/people/"}
	const password = "семь слонов на мосту"
	p.Screen(390, 844, false)
	p.Open(strings.TrimSpace(string(out)))
	p.Type("#password", password)
	p.Type("#again", password)
	p.Send("button.main")
	p.Type("#email", email)
	p.Type("#password", password)
	p.Send("button.main")
	require.Contains(s.t, p.Text("h1"), "Ждут решения")
	return p
}

// card is where a payment stands on a page, and what is done with it.
const card = `form[action^="/people/orders/"]`

// waits opens the page of what waits until so many payments do.
func (p *page) waits(n int) {
	p.t.Helper()
	p.until("", func() bool { return strings.Count(p.Text("main"), "<article") == n })
}

// decide decides the payment that waits, with a comment.
func (p *page) decide(how, comment string) {
	p.t.Helper()
	p.waits(1)
	if comment != "" {
		p.Press(card + " summary")
		p.Type(card+" textarea", comment)
	}
	p.Send(card + " button[value=" + how + "]")
	require.Contains(p.t, p.Text("[role=status]"), map[string]string{"approve": "Оплата подтверждена", "decline": "Оплата отклонена"}[how])
	p.waits(0)
}

// giveBack allows the refund of an order and says that the money was given.
func (p *page) giveBack(order string) {
	p.t.Helper()
	p.until("orders/"+order, func() bool { return p.Has("button[value=refund-approve]") })
	p.Send("button[value=refund-approve]")
	require.Contains(p.t, p.Text("[role=status]"), "Возврат разрешён")
	p.Send("button[value=refund-done]")
	require.Contains(p.t, p.Text("[role=status]"), "Деньги возвращены")
}

// until opens a page again and again until it shows something.
func (p *page) until(path string, is func() bool) {
	p.t.Helper()
	for late := time.Now().Add(patience); ; {
		p.Open(p.at + path)
		if is() {
			return
		}
		if time.Now().After(late) {
			p.t.Fatalf("the page does not show it:\n%s", p.Text("main"))
		}
	}
}
