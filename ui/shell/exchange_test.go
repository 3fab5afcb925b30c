package shell

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// What the bar shows of each status, and when it shows nothing.
func TestBar_TellsTheExchangeWhereItIsWorthALook(t *testing.T) {
	s := shoptest.Open(t, uitest.Screen[1], "ru")
	now := s.Clock.Now()
	offline := &pos.Error{Code: pos.CodeUnavailable, ID: "exchange.offline", Err: errors.New("refused")}
	const server = "https://kassa.example"
	for name, c := range map[string]struct {
		status exchange.Status
		says   string // "" for nothing
	}{
		"carried, all well":       {exchange.Status{State: exchange.Resting, Contact: now}, ""},
		"carried, for a moment":   {exchange.Status{State: exchange.Waiting, Trouble: offline, Since: now.Add(-time.Second), Queue: 3}, ""},
		"carried, for long":       {exchange.Status{State: exchange.Waiting, Trouble: offline, Since: now.Add(-time.Hour), Queue: 3}, "обмен: ждёт 3"},
		"carried, put aside":      {exchange.Status{State: exchange.Resting, Aside: 1}, "обмен: отложено 1"},
		"a server never heard of": {exchange.Status{State: exchange.Resting, Server: server}, ""},
		"all told":                {exchange.Status{State: exchange.Resting, Server: server, Contact: now}, "● обмен: всё отправлено"},
		"one on its way":          {exchange.Status{State: exchange.Sending, Server: server, Contact: now, Queue: 1}, "● обмен: всё отправлено"},
		"many on their way":       {exchange.Status{State: exchange.Sending, Server: server, Contact: now, Queue: 9000}, "обмен: осталось 9\u2009000"},
		"late":                    {exchange.Status{State: exchange.Waiting, Server: server, Trouble: offline, Since: now, Queue: 12}, "обмен: ждёт 12"},
		"late, nothing waits":     {exchange.Status{State: exchange.Waiting, Server: server, Trouble: offline, Since: now}, "обмен: нет связи"},
		"stands":                  {exchange.Status{State: exchange.Waiting, Server: server, Trouble: offline, Stands: true}, "обмен: нужна помощь"},
		"paused":                  {exchange.Status{State: exchange.Paused, Server: server, Queue: 12}, "обмен остановлен"},
	} {
		t.Run(name, func(t *testing.T) {
			opened := 0
			b := newBar(s.Env, func() { opened++ })
			b.name = "Магазин"
			b.setExchange(c.status, now)
			assert.Equal(t, c.says != "", b.exchange.Visible())
			if c.says == "" {
				return
			}
			assert.Equal(t, c.says, b.exchange.Text())
			b.exchange.Tapped(nil)
			assert.Equal(t, 1, opened)
			b.exchange.MouseIn(nil)
			if c.status.Trouble != nil {
				assert.Contains(t, b.shop.Text(), "Сервер не отвечает")
			}
			b.exchange.MouseOut()
			assert.Equal(t, "Магазин", b.shop.Text())
		})
	}
}
