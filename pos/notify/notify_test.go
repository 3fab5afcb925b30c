package notify_test

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/notify"
)

// The published matrix, typed from its source: + can be set, - must not be offered.
var published = []struct {
	level notify.Level
	event notify.Event
	cells string // email, sms, url
}{
	{notify.Organisation, notify.PaymentPaid, "+++"},
	{notify.Organisation, notify.URLFailed, "+--"},
	{notify.Organisation, notify.ListProcessed, "+--"},
	{notify.Service, notify.PaymentPaid, "+++"},
	{notify.Outlet, notify.PaymentPaid, "+++"},
	{notify.Buyer, notify.InvoiceIssued, "++-"},
	{notify.Buyer, notify.InvoicePaid, "++-"},
	{notify.Buyer, notify.InvoiceExpiring, "+--"},
}

var directory = notify.Directory{
	Points: map[notify.PointID]notify.Point{
		"a": {ID: "a", Channel: notify.Email, Address: "a.petrov@example.com", Person: "Анна Петрова", Kind: "work"},
		"b": {ID: "b", Channel: notify.Email, Address: "A.Petrov@Example.com ", Person: "Бухгалтерия"},
		"p": {ID: "p", Channel: notify.SMS, Address: "+375290000000", Person: "Анна Петрова"},
		"t": {ID: "t", Channel: notify.Telegram, Address: "1001", Person: "Анна Петрова"},
		"x": {ID: "x", Channel: notify.Email, Address: "gone@example.com", Person: "Кто-то", Gone: true},
	},
	Services: []string{"20032002"}, Outlets: []string{"1", "2"},
	Near: []netip.Prefix{netip.MustParsePrefix("192.168.1.0/24")},
}

// known are the events there are, each where it is set.
func known() []notify.Event {
	all := map[notify.Event]bool{notify.PaymentReversed: true, notify.RefundRequested: true, notify.RefundChanged: true}
	for _, r := range notify.Rows() {
		all[r.Event] = true
	}
	return slices.Sorted(maps.Keys(all))
}

func TestMatrix_CellByCell(t *testing.T) {
	offered := map[string]bool{}
	for _, row := range published {
		for i, way := range []notify.Channel{notify.Email, notify.SMS, notify.URL} {
			offered[fmt.Sprint(row.level, row.event, way)] = row.cells[i] == '+'
		}
	}
	day := map[notify.Event]bool{}
	for _, r := range notify.Day {
		day[r.Event] = true
	}
	for _, l := range notify.Levels {
		for _, e := range known() {
			for _, way := range notify.Channels {
				if !day[e] {
					require.Equal(t, offered[fmt.Sprint(l, e, way)], notify.Offered(l, e, way), "%s %s %s", l, e, way)
				}
				s := notify.Setting{Cell: notify.Cell{Level: l, Event: e, Channel: way}}
				require.Equal(t, notify.Offered(l, e, way), s.Check(&directory) == nil, "%s %s %s", l, e, way)
			}
		}
	}
	require.Len(t, notify.Rows(), len(published)+len(notify.Day))
	require.False(t, notify.Offered(notify.Buyer, notify.ShiftClosed, notify.Email), "no buyer hears how a shift ended")
	require.False(t, notify.Offered(notify.Buyer, notify.DebtDue, notify.URL))
}

// Each cell that is set reaches who stands in it, once, and nobody else.
func TestDecide_CellByCell(t *testing.T) {
	for _, r := range notify.Rows() {
		for _, way := range r.Channels {
			for _, e := range known() {
				heardBy := heardBy(e, r, way)
				s := filled(r, way)
				to, passed := notify.NewBook(notify.Settings{s}, directory.Points).Decide(fact(e))
				require.Empty(t, passed)
				if !heardBy {
					require.Empty(t, to, "%s is set on %s for %s and heard of %s", way, r.Level, r.Event, e)
					continue
				}
				require.Len(t, to, 1, "%s is set on %s for %s: %s", way, r.Level, r.Event, e)
				require.Equal(t, way, to[0].Channel)
				require.Equal(t, e, to[0].Event, "which of the two outcomes it was")
				require.Equal(t, []notify.Cell{s.Cell}, to[0].Matched)
			}
		}
	}
}

// heardBy is the rule in other words: an event is heard where it is set, a
// reversal with payments, and a refund by the organisation's mail and SMS.
func heardBy(e notify.Event, r notify.Row, way notify.Channel) bool {
	switch e {
	case notify.PaymentReversed:
		return r.Event == notify.PaymentPaid
	case notify.RefundRequested, notify.RefundChanged:
		return r.Level == notify.Organisation && r.Event == notify.PaymentPaid && way != notify.URL
	}
	return r.Event == e
}

func filled(r notify.Row, way notify.Channel) notify.Setting {
	s := notify.Setting{Cell: notify.Cell{Level: r.Level, Event: r.Event, Channel: way}}
	switch {
	case r.Level == notify.Buyer:
		s.On = true
	case way == notify.URL:
		s.URL, s.Version = "https://shop.example/hg", notify.V2
	default:
		s.Recipients = []notify.PointID{map[notify.Channel]notify.PointID{notify.Email: "a", notify.SMS: "p", notify.Telegram: "t", notify.MAX: "m"}[way]}
	}
	return s
}

func init() {
	directory.Points["m"] = notify.Point{ID: "m", Channel: notify.MAX, Address: "2002", Person: "Анна Петрова"}
}

func fact(e notify.Event) *notify.Fact {
	return &notify.Fact{ID: "evt", Event: e, Service: "20032002", Outlet: "1", Buyer: &notify.Payer{
		Addresses: map[notify.Channel]string{notify.Email: "buyer@example.com", notify.SMS: "+375290000001", notify.Telegram: "7", notify.MAX: "8"},
		Invoice:   invoiced(e),
	}}
}

func invoiced(e notify.Event) *notify.Ticks {
	if strings.HasPrefix(string(e), "invoice.") {
		return &notify.Ticks{Email: true, SMS: true, Events: []notify.Event{notify.InvoiceIssued, notify.InvoicePaid, notify.InvoiceExpiring}}
	}
	return nil
}

func cell(l notify.Level, object string, way notify.Channel) notify.Cell {
	return notify.Cell{Level: l, Object: object, Event: notify.PaymentPaid, Channel: way}
}

func TestDecide(t *testing.T) {
	mail := func(l notify.Level, object string, to ...notify.PointID) notify.Setting {
		return notify.Setting{Cell: cell(l, object, notify.Email), Recipients: to}
	}
	hook := func(l notify.Level, v notify.Version) notify.Setting {
		return notify.Setting{Cell: cell(l, "", notify.URL), URL: "https://shop.example/hg", Version: v}
	}
	for name, c := range map[string]struct {
		set    notify.Settings
		fact   notify.Fact
		to     []string // channel address version × cells
		passed []notify.Skip
	}{
		"three levels say the same address, in two spellings": {
			notify.Settings{mail(notify.Organisation, "", "a"), mail(notify.Service, "", "b"), mail(notify.Outlet, "", "a")},
			notify.Fact{Service: "20032002", Outlet: "1"}, []string{"email a.petrov@example.com  ×3"}, nil},
		"one address in both forms is two receivers": {
			notify.Settings{hook(notify.Organisation, notify.V1), hook(notify.Outlet, notify.V2)},
			notify.Fact{Outlet: "1"}, []string{"url https://shop.example/hg v1 ×1", "url https://shop.example/hg v2 ×1"}, nil},
		"an object's own cell stands instead of that of all": {
			notify.Settings{mail(notify.Outlet, "", "a"), mail(notify.Outlet, "2", "x", "b")},
			notify.Fact{Outlet: "2"}, []string{"email A.Petrov@Example.com   ×1"},
			[]notify.Skip{{Cell: cell(notify.Outlet, "2", notify.Email), Point: "x", Why: notify.ContactGone}}},
		"an object that is set to nobody is told to nobody": {
			notify.Settings{mail(notify.Outlet, "", "a"), mail(notify.Outlet, "2")}, notify.Fact{Outlet: "2"}, nil, nil},
		"what happened at no outlet is not told to outlets": {
			notify.Settings{mail(notify.Outlet, "", "a"), mail(notify.Service, "", "a")}, notify.Fact{}, nil, nil},
		"a contact nobody knows any more": {
			notify.Settings{mail(notify.Organisation, "", "nobody", "a")}, notify.Fact{}, []string{"email a.petrov@example.com  ×1"},
			[]notify.Skip{{Cell: cell(notify.Organisation, "", notify.Email), Point: "nobody", Why: notify.ContactGone}}},
	} {
		t.Run(name, func(t *testing.T) {
			c.fact.Event = notify.PaymentPaid
			to, passed := notify.NewBook(c.set, directory.Points).Decide(&c.fact)
			var got []string
			for _, d := range to {
				got = append(got, fmt.Sprintf("%s %s %s ×%d", d.Channel, d.Address, d.Version, len(d.Matched)))
			}
			require.Equal(t, c.to, got)
			require.Equal(t, c.passed, passed)
		})
	}
}

func TestDecide_Buyer(t *testing.T) {
	set := notify.Settings{}
	for _, way := range []notify.Channel{notify.Email, notify.SMS} {
		set = set.Put(notify.Setting{Cell: notify.Cell{Level: notify.Buyer, Event: notify.InvoicePaid, Channel: way}, On: true})
		set = set.Put(notify.Setting{Cell: notify.Cell{Level: notify.Buyer, Event: notify.PointsSpent, Channel: way}, On: true})
	}
	book := notify.NewBook(set, nil)
	both := map[notify.Channel]string{notify.Email: "buyer@example.com", notify.SMS: "+375290000001"}
	for name, c := range map[string]struct {
		event notify.Event
		who   *notify.Payer
		to    int
		why   []notify.SkipReason
	}{
		"about nobody":                 {notify.PointsSpent, nil, 0, nil},
		"switched off":                 {notify.PointsEarned, &notify.Payer{Addresses: both}, 0, nil},
		"both ways":                    {notify.PointsSpent, &notify.Payer{Addresses: both}, 2, nil},
		"no telephone":                 {notify.PointsSpent, &notify.Payer{Addresses: map[notify.Channel]string{notify.Email: "buyer@example.com"}}, 1, []notify.SkipReason{notify.NoAddress}},
		"no consent to SMS":            {notify.PointsSpent, &notify.Payer{Addresses: both, Refuses: []notify.Channel{notify.SMS}}, 1, []notify.SkipReason{notify.NoConsent}},
		"an invoice with mail ticked":  {notify.InvoicePaid, &notify.Payer{Addresses: both, Invoice: &notify.Ticks{Email: true, Events: []notify.Event{notify.InvoicePaid}}}, 1, []notify.SkipReason{notify.NotTicked}},
		"an invoice for another event": {notify.InvoicePaid, &notify.Payer{Addresses: both, Invoice: &notify.Ticks{Email: true, SMS: true, Events: []notify.Event{notify.InvoiceIssued}}}, 0, []notify.SkipReason{notify.NotTicked, notify.NotTicked}},
	} {
		t.Run(name, func(t *testing.T) {
			to, passed := book.Decide(&notify.Fact{Event: c.event, Buyer: c.who})
			require.Len(t, to, c.to)
			var why []notify.SkipReason
			for _, p := range passed {
				why = append(why, p.Why)
			}
			require.Equal(t, c.why, why)
		})
	}
}

// Boxes stand only where something is set up, and the events are those of every
// way that is ticked: what expires can be told by mail alone.
func TestBoxesOf(t *testing.T) {
	var none, all notify.Settings
	for _, r := range notify.Matrix {
		for _, way := range r.Channels {
			if r.Level == notify.Buyer {
				all = all.Put(notify.Setting{Cell: notify.Cell{Level: notify.Buyer, Event: r.Event, Channel: way}, On: true})
			}
		}
	}
	require.Equal(t, notify.Boxes{}, none.BoxesOf("a@example.com", "+375290000000", true, true))
	require.Equal(t, notify.Boxes{Email: true, SMS: true}, all.BoxesOf("a@example.com", "+375290000000", false, false))
	require.Equal(t, notify.Boxes{SMS: true}, all.BoxesOf("", "+375290000000", true, false), "a box that is not there is not ticked")
	require.Equal(t, []notify.Event{notify.InvoiceIssued, notify.InvoicePaid}, all.BoxesOf("", "+375290000000", false, true).Events)
	require.Equal(t, []notify.Event{notify.InvoiceIssued, notify.InvoicePaid, notify.InvoiceExpiring}, all.BoxesOf("a@example.com", "+375290000000", true, true).Events)
	phoneOnly := all.Put(notify.Setting{Cell: notify.Cell{Level: notify.Buyer, Event: notify.InvoiceIssued, Channel: notify.SMS}})
	require.Equal(t, []notify.Event{notify.InvoicePaid}, phoneOnly.BoxesOf("a@example.com", "+375290000000", false, true).Events)
}

func TestSetting_Check(t *testing.T) {
	mail := notify.Cell{Level: notify.Outlet, Event: notify.PaymentPaid, Channel: notify.Email}
	hook := notify.Cell{Level: notify.Organisation, Event: notify.PaymentPaid, Channel: notify.URL}
	of := func(c notify.Cell, object string) notify.Cell { c.Object = object; return c }
	for name, c := range map[string]struct {
		set  notify.Setting
		says string // "" for taken
	}{
		"to nobody":                    {notify.Setting{Cell: mail}, ""},
		"to two":                       {notify.Setting{Cell: mail, Recipients: []notify.PointID{"a", "b"}}, ""},
		"to one twice":                 {notify.Setting{Cell: mail, Recipients: []notify.PointID{"a", "a"}}, "notify.contact-twice"},
		"to one that is gone":          {notify.Setting{Cell: mail, Recipients: []notify.PointID{"x"}}, "notify.no-contact"},
		"to one nobody knows":          {notify.Setting{Cell: mail, Recipients: []notify.PointID{"zz"}}, "notify.no-contact"},
		"a telephone for a mail":       {notify.Setting{Cell: mail, Recipients: []notify.PointID{"p"}}, "notify.other-channel"},
		"of an outlet":                 {notify.Setting{Cell: of(mail, "2")}, ""},
		"of an outlet that is not":     {notify.Setting{Cell: of(mail, "9")}, "notify.no-object"},
		"of an object of nobody":       {notify.Setting{Cell: of(hook, "1")}, "notify.no-object"},
		"a switch where there is none": {notify.Setting{Cell: mail, On: true}, "notify.no-switch"},
		"an address beside a mail":     {notify.Setting{Cell: mail, URL: "https://shop.example"}, "notify.no-url"},
		"a person beside an address":   {notify.Setting{Cell: hook, Recipients: []notify.PointID{"a"}}, "notify.url-only"},
		"a buyer's with people":        {notify.Setting{Cell: notify.Cell{Level: notify.Buyer, Event: notify.InvoicePaid, Channel: notify.Email}, Recipients: []notify.PointID{"a"}}, "notify.buyer-switch"},
		"no address":                   {notify.Setting{Cell: hook}, ""},
		"https":                        {notify.Setting{Cell: hook, URL: "https://shop.example/hg?wc-api=x", Version: notify.V1}, ""},
		"no version":                   {notify.Setting{Cell: hook, URL: "https://shop.example/hg"}, "notify.url-version"},
		"plain http":                   {notify.Setting{Cell: hook, URL: "http://shop.example/hg", Version: notify.V1}, "notify.url-https"},
		"plain http to a near one":     {notify.Setting{Cell: hook, URL: "http://192.168.1.7:8080/hg", Version: notify.V1}, ""},
		"plain http to another":        {notify.Setting{Cell: hook, URL: "http://192.168.2.7/hg", Version: notify.V1}, "notify.url-https"},
		"another scheme":               {notify.Setting{Cell: hook, URL: "file:///etc/passwd", Version: notify.V1}, "notify.url"},
		"gopher":                       {notify.Setting{Cell: hook, URL: "gopher://shop.example/", Version: notify.V1}, "notify.url-https"},
		"with a password":              {notify.Setting{Cell: hook, URL: "https://a:b@shop.example/", Version: notify.V1}, "notify.url"},
		"with a fragment":              {notify.Setting{Cell: hook, URL: "https://shop.example/#x", Version: notify.V1}, "notify.url"},
		"with a line end":              {notify.Setting{Cell: hook, URL: "https://shop.example/\r\nHost: x", Version: notify.V1}, "notify.url"},
		"with a space":                 {notify.Setting{Cell: hook, URL: "https://shop.example/a b", Version: notify.V1}, "notify.url"},
		"no host":                      {notify.Setting{Cell: hook, URL: "https:///x", Version: notify.V1}, "notify.url"},
		"too long":                     {notify.Setting{Cell: hook, URL: "https://shop.example/" + strings.Repeat("x", 2000), Version: notify.V1}, "notify.url"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.set.Check(&directory)
			if c.says == "" {
				require.NoError(t, err)
				return
			}
			var e *pos.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.says, e.ID)
		})
	}
}

// The lines that go to the clipboard, for all that is set and all that is not.
func TestSettings_Text(t *testing.T) {
	var s notify.Settings
	for _, one := range []notify.Setting{
		{Cell: cell(notify.Organisation, "", notify.Email), Recipients: []notify.PointID{"a", "x"}},
		{Cell: cell(notify.Organisation, "", notify.SMS), Recipients: []notify.PointID{"p"}},
		{Cell: cell(notify.Organisation, "", notify.URL), URL: "https://shop.example/hg", Version: notify.V2},
		{Cell: notify.Cell{Level: notify.Organisation, Event: notify.ShiftClosed, Channel: notify.Telegram}, Recipients: []notify.PointID{"t"}},
		{Cell: cell(notify.Service, "20032002", notify.Email), Recipients: nil},
		{Cell: notify.Cell{Level: notify.Buyer, Event: notify.InvoiceIssued, Channel: notify.Email}, On: true},
	} {
		require.NoError(t, (&notify.Setting{Cell: one.Cell}).Check(&directory))
		s = s.Put(one)
	}
	got := s.Text(&directory, notify.Named{Organisation: `ООО "Пример"`, TaxID: "100000000", Day: "2026-11-21",
		Services: map[string]string{"20032002": "Интернет-магазин"}}, words.New("ru", "BYN", ""))
	require.Equal(t, `Настройки уведомлений: ООО "Пример" (УНП 100000000), 2026-11-21
[Производитель услуг]
Оплачен/сторнирован | Эл. почта: a.petrov@example.com, контакт удалён; СМС: +375290000000; URL: https://shop.example/hg (v2)
Ошибка при отправке уведомлений по URL | Эл. почта: —
Результат приема/обработки списка по FTP | Эл. почта: —
Смена закрыта | Эл. почта: —; СМС: —; URL: —; Telegram: 1001; MAX: —
[Услуги]
Оплачен/сторнирован | Эл. почта: —; СМС: —; URL: —
[Услуга 20032002 "Интернет-магазин"]
Оплачен/сторнирован | Эл. почта: —
[РТТ]
Оплачен/сторнирован | Эл. почта: —; СМС: —; URL: —
[Покупатели]
Счет выставлен | Эл. почта: вкл; СМС: выкл
Счет оплачен | Эл. почта: выкл; СМС: выкл
Срок действия истекает | Эл. почта: выкл
`, got)
}

// What the order of setting was leaves no trace, and setting again replaces.
func TestSettings_Put(t *testing.T) {
	a := notify.Setting{Cell: cell(notify.Outlet, "1", notify.Email), Recipients: []notify.PointID{"a"}}
	b := notify.Setting{Cell: cell(notify.Organisation, "", notify.Email), Recipients: []notify.PointID{"b"}}
	empty := notify.Settings{}
	one := empty.Put(a).Put(b)
	require.Equal(t, one, empty.Put(b).Put(a))
	require.Empty(t, empty)
	other := a
	other.Recipients = nil
	again := one.Put(other)
	require.Len(t, again, 2)
	got, ok := again.Of(a.Cell)
	require.True(t, ok)
	require.Empty(t, got.Recipients)
	before, _ := one.Of(a.Cell)
	require.Len(t, before.Recipients, 1, "settings in force when something happened stay as they were")
	require.Equal(t, notify.Settings{b}, one.Drop(a.Cell))
}

// Deciding costs the same in a shop of many (1,000 contacts, 200 outlets of their own).
func BenchmarkDecide(b *testing.B) {
	points := map[notify.PointID]notify.Point{}
	var ids []notify.PointID
	for i := range 1000 {
		id := notify.PointID(fmt.Sprint("c", i))
		points[id] = notify.Point{ID: id, Channel: notify.Email, Address: fmt.Sprintf("c%d@example.com", i)}
		ids = append(ids, id)
	}
	s := notify.Settings{{Cell: cell(notify.Organisation, "", notify.Email), Recipients: ids}}
	for i := range 200 {
		s = append(s, notify.Setting{Cell: cell(notify.Outlet, fmt.Sprint(i), notify.Email), Recipients: ids[i : i+5]})
	}
	book := notify.NewBook(s, points)
	f := notify.Fact{Event: notify.PaymentPaid, Outlet: "150"}
	for b.Loop() {
		if to, _ := book.Decide(&f); len(to) != 1000 {
			b.Fatal(len(to))
		}
	}
}
