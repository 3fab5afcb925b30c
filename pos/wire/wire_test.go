package wire_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/postest/golden"
	"kassa/pos/wire"
)

var (
	noon = time.Date(2026, 3, 2, 12, 0, 0, 7_000_000, time.UTC)
	by   = wire.Act{Employee: "employee-1", At: noon, Currency: "RUB"}
)

// pack puts a payload into a message.
func pack(t testing.TB, p wire.Payload) *pos.OutboxMessage {
	m, err := wire.Pack("message-1", 2, noon, p)
	require.NoError(t, err)
	return m
}

// indented is a payload as a person reads it. What is told is the same without
// the spaces.
func indented(t testing.TB, payload []byte) string {
	var to bytes.Buffer
	require.NoError(t, json.Indent(&to, payload, "", "  "))
	return to.String() + "\n"
}

// message is a payload from a golden file, in the message that told it.
func message(t testing.TB, k pos.EventKind, subject, file string) *pos.OutboxMessage {
	text, err := os.ReadFile(filepath.Join("testdata", file))
	require.NoError(t, err)
	var compact bytes.Buffer
	require.NoError(t, json.Compact(&compact, text))
	return &pos.OutboxMessage{ID: "message-1", Epoch: 2, Kind: k, Subject: subject, Payload: compact.Bytes(), At: noon}
}

// TestPayloads_Golden: whoever changes what is told changes a file that others
// rely on.
func TestPayloads_Golden(t *testing.T) {
	all := samples()
	require.ElementsMatch(t, wire.Kinds(), slices.Collect(maps.Keys(all)), "every kind has a sample")
	for k, p := range all {
		t.Run(string(k), func(t *testing.T) {
			m := pack(t, p)
			golden.Equal(t, string(k)+".json", indented(t, m.Payload))
			require.Equal(t, k, m.Kind)
			told := message(t, k, m.Subject, string(k)+".json")
			require.Equal(t, string(m.Payload), string(told.Payload), "byte for byte")
			read, err := wire.Decode(told)
			require.NoError(t, err)
			require.Equal(t, p, read)
			require.Equal(t, pos.OutboxWaiting, m.State)
		})
	}
}

// Every field stands in a golden file with something in it, under a name that
// tells its unit.
func TestPayloads_AreFull(t *testing.T) {
	for k, p := range samples() {
		full(t, string(k), reflect.ValueOf(p))
	}
}

// named are the names a figure may have: what it counts, or its unit at the end.
var named = regexp.MustCompile(`^(v|no|version|origin|epoch|(sale_)?number|points(_[a-z]+)?|sales|count|[a-z]+_(removed|cancelled|skipped|days)|due_days)$|_(minor|milli|bp|ms)$`)

// full asks of all the values that stand at one place of a sample that one of
// them is not empty.
func full(t *testing.T, where string, all ...reflect.Value) {
	t.Helper()
	all = slices.DeleteFunc(all, reflect.Value.IsZero)
	if len(all) == 0 {
		t.Errorf("%s is empty in its sample", where)
		return
	}
	switch kind := all[0].Type(); kind.Kind() {
	case reflect.Pointer:
		for i := range all {
			all[i] = all[i].Elem()
		}
		full(t, where, all...)
	case reflect.Slice:
		var each []reflect.Value
		for _, v := range all {
			for i := range v.Len() {
				each = append(each, v.Index(i))
			}
		}
		full(t, where, each...)
	case reflect.Struct:
		for i := range kind.NumField() {
			f := kind.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !f.IsExported() || name == "forgotten" { // which a file of its own shows
				continue
			}
			var values []reflect.Value
			for _, v := range all {
				values = append(values, v.Field(i))
			}
			if f.Anonymous {
				full(t, where, values...)
				continue
			}
			require.Regexp(t, `^[a-z][a-z0-9_]*$`, name, where+"."+f.Name)
			full(t, where+"."+name, values...)
		}
	case reflect.Int, reflect.Int64:
		require.Regexp(t, named, where[strings.LastIndex(where, ".")+1:], where)
	case reflect.String, reflect.Bool:
	default:
		t.Errorf("%s is told ad hoc, as %s", where, kind)
	}
}

// What tills wrote before there were versions is read for ever: a file of each
// shape, as it was written.
func TestDecode_ReadsWhatWasWrittenBefore(t *testing.T) {
	for k, p := range samples() {
		if k.Asks() {
			continue // nothing was asked then
		}
		t.Run(string(k), func(t *testing.T) {
			m := message(t, k, p.Subject(), filepath.Join("v0", string(k)+".json"))
			read, err := wire.Decode(m)
			require.NoError(t, err)
			require.Equal(t, k, read.EventKind())
			require.Equal(t, before(p), read)
		})
	}
}

// before is what version 0 told of a payload: what is marked as untold in it,
// and the version, is gone.
func before(p wire.Payload) wire.Payload {
	switch p := p.(type) {
	case *wire.Sale:
		p.V = 0
		p.Tenders = p.Tenders[:4] // what a manual payment paid was paid in cash then
		p.Tenders[3].Amount += 12_750
	case *wire.Return:
		p.V = 0
		for i := range p.Refunds {
			p.Refunds[i].Certificate = ""
		}
	case *wire.TenderCorrected:
		p.V, p.Customer, p.Currency = 0, "", ""
	case *wire.ShiftOpened:
		p.V, p.Till, p.Currency, p.Digest = 0, "", "", ""
	case *wire.ShiftClosed:
		p.V, p.Currency, p.Digest = 0, "", ""
	case *wire.CashMoved:
		p.V, p.Currency, p.Digest = 0, "", ""
	case *wire.StockPosted:
		p.V, p.Currency = 0, ""
	case *wire.CertificateIssued:
		p.V, p.Currency, p.Digest = 0, "", ""
	case *wire.CertificateBlocked:
		p.V, p.Reason, p.Employee = 0, "", ""
	case *wire.CertificateLapsed:
		p.V, p.Currency, p.Employee = 0, "", ""
	case *wire.Customer:
		p.V, p.CustomerCard, p.Employee = 0, wire.CustomerCard{ID: p.ID}, ""
	case *wire.CustomersMerged:
		p.V, p.ID, p.Currency, p.Employee, p.Digest, p.Card = 0, "", "", "", "", nil
	case *wire.CustomerErased:
		p.V, p.ID, p.Cards, p.Points, p.Employee, p.Digest = 0, "", p.Cards[:1], 0, "", ""
	case *wire.Consent:
		p.V, p.Employee = 0, ""
	case *wire.CustomerGroup:
		p.V, p.Currency, p.Employee = 0, "", ""
	case *wire.DebtRepaid:
		p.V, p.Currency, p.Digest = 0, "", ""
		for i := range p.Parts {
			p.Parts[i].Sale = ""
		}
	case *wire.ApprovalUsed:
		p.V, p.Currency = 0, ""
	}
	return p
}

func TestDecode_PassesOverWhatItDoesNotKnow(t *testing.T) {
	for k, p := range samples() {
		m := pack(t, p)
		m.Payload = append([]byte(`{"of_tomorrow":{"a":[1,{"v":9}]},`), m.Payload[1:]...)
		read, err := wire.Decode(m)
		require.NoError(t, err, string(k))
		require.Equal(t, p, read)
	}
}

func TestDecode_Refuses(t *testing.T) {
	sale := func(payload string) pos.OutboxMessage {
		return pos.OutboxMessage{Kind: pos.EventSaleCompleted, Subject: "sale-1", Payload: []byte(payload)}
	}
	for name, tt := range map[string]struct {
		m     pos.OutboxMessage
		id    string
		field string
	}{
		"a kind of tomorrow":         {pos.OutboxMessage{Kind: "sale.teleported", Payload: []byte(`{}`)}, "wire.kind", ""},
		"a kind nobody tells":        {pos.OutboxMessage{Kind: pos.EventLoggedIn, Payload: []byte(`{}`)}, "wire.kind", ""},
		"a version of tomorrow":      {sale(`{"v":2,"id":"sale-1","digest":"d"}`), "wire.newer", ""},
		"a version before the first": {sale(`{"v":-1,"id":"sale-1","digest":"d"}`), "wire.unreadable", "v"},
		"version 0 by name":          {sale(`{"v":0,"id":"sale-1","digest":"d"}`), "wire.unreadable", "v"},
		"a version that is a text":   {sale(`{"v":"1","id":"sale-1","digest":"d"}`), "wire.unreadable", "v"},
		"a request before versions":  {pos.OutboxMessage{Kind: pos.EventOrderRuled, Subject: "o", Payload: []byte(`{"id":"o"}`)}, "wire.unreadable", "v"},
		"nothing":                    {sale(``), "wire.unreadable", "v"},
		"null":                       {sale(`null`), "wire.unreadable", "id"},
		"a list":                     {sale(`[]`), "wire.unreadable", "v"},
		"no JSON":                    {sale(`{"v":1,"id":"sale-1"`), "wire.unreadable", "v"},
		"two payloads":               {sale(`{"v":1,"id":"sale-1","digest":"d"}{}`), "wire.unreadable", "v"},
		"a sum that is a text":       {sale(`{"v":1,"id":"sale-1","digest":"d","total_minor":"100"}`), "wire.unreadable", "total_minor"},
		"a sum with a fraction":      {sale(`{"v":1,"id":"sale-1","digest":"d","total_minor":1.5}`), "wire.unreadable", "total_minor"},
		"a sum beyond the machine's": {sale(`{"v":1,"id":"sale-1","digest":"d","total_minor":9223372036854775808}`), "wire.unreadable", "total_minor"},
		"no id":                      {sale(`{"v":1,"digest":"d"}`), "wire.unreadable", "id"},
		"no digest":                  {sale(`{"v":1,"id":"sale-1"}`), "wire.unreadable", "digest"},
		"another subject":            {sale(`{"v":1,"id":"sale-2","digest":"d"}`), "wire.unreadable", "subject"},
		"too long": {pos.OutboxMessage{Kind: pos.EventSaleCompleted, Subject: "sale-1",
			Payload: bytes.Repeat([]byte(" "), wire.MaxSize+1)}, "wire.unreadable", "size"},
		"a date before versions that is none": {pos.OutboxMessage{Kind: pos.EventCashMoved, Subject: "m",
			Payload: []byte(`{"ID":"m","At":"yesterday"}`)}, "wire.unreadable", "JSON"},
		"a figure before versions that is none": {pos.OutboxMessage{Kind: pos.EventCustomerGroup, Subject: "g",
			Payload: []byte(`{"name":"VIP","earn":"viel"}`)}, "wire.unreadable", "JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := wire.Decode(&tt.m)
			require.Nil(t, p)
			var e *pos.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, tt.id, e.ID)
			require.Equal(t, pos.CodeInvalid, e.Code)
			require.Equal(t, string(tt.m.Kind), e.Args["Kind"])
			if tt.field != "" {
				require.Equal(t, tt.field, e.Args["Field"])
			}
		})
	}
}

// What was read in an older version is not told anew: its bytes are fixed.
func TestPack_RefusesWhatWasReadBefore(t *testing.T) {
	p, err := wire.Decode(&pos.OutboxMessage{Kind: pos.EventCustomerAdded, Subject: "anna", Payload: []byte(`{"id":"anna"}`)})
	require.NoError(t, err)
	_, err = wire.Pack("message-1", 1, noon, p)
	require.Equal(t, pos.CodeInternal, pos.CodeOf(err))
	_, err = wire.Pack("message-1", 1, noon, &wire.Sale{Head: wire.Head{V: wire.Version}})
	require.Equal(t, pos.CodeInternal, pos.CodeOf(err))
}

// TestObjects: order is kept for what concerns one customer, else one document.
func TestObjects(t *testing.T) {
	for name, tt := range map[string]struct {
		p    wire.Payload
		want string
	}{
		"a sale":                           {wire.OfSale(&pos.Sale{ID: "s"}, "d"), "s"},
		"a sale to a customer":             {wire.OfSale(&pos.Sale{ID: "s", Customer: "anna"}, "d"), "anna"},
		"a return":                         {wire.OfReturn(&pos.Return{ID: "r", Sale: "s"}, "d"), "s"},
		"a return of a customer":           {wire.OfReturn(&pos.Return{ID: "r", Sale: "s", Customer: "anna"}, "d"), "anna"},
		"a return without a receipt":       {wire.OfReturn(&pos.Return{ID: "r"}, "d"), "r"},
		"a correction":                     {wire.OfCorrection(&pos.Correction{ID: "c", Sale: "s"}, &pos.Sale{ID: "s"}), "s"},
		"a correction of a customer's":     {wire.OfCorrection(&pos.Correction{ID: "c", Sale: "s"}, &pos.Sale{ID: "s", Customer: "anna"}), "anna"},
		"cash":                             {wire.OfCash(&pos.CashMove{ID: "m", Shift: "shift"}, "d", "RUB"), "shift"},
		"a repayment":                      {wire.OfRepayment(&pos.Repayment{ID: "r", Customer: "anna"}, nil, "d", "RUB"), "anna"},
		"a document of the stock":          {wire.OfStock(&pos.StockDoc{ID: "d"}, "d", "RUB"), "d"},
		"one that takes another back":      {wire.OfStock(&pos.StockDoc{ID: "e", Reverses: "d"}, "d", "RUB"), "d"},
		"what became of a customer's card": {wire.OfCustomer(pos.EventCustomerChanged, &pos.Customer{ID: "anna"}, by), "anna"},
	} {
		require.Equal(t, tt.want, tt.p.Object(), name)
	}
}

func TestForget(t *testing.T) {
	personal := []string{"Анна", "+79000000001", "anna@example.test", "2000001", "ряженку", "1985-02-03"}
	for k, p := range samples() {
		t.Run(string(k), func(t *testing.T) {
			m := pack(t, p)
			payload, had, err := wire.Forget(m)
			require.NoError(t, err)
			named := slices.ContainsFunc(personal, func(s string) bool { return strings.Contains(string(m.Payload), s) })
			require.Equal(t, named, had)
			if !had {
				require.Equal(t, string(m.Payload), string(payload))
				return
			}
			for _, text := range personal {
				require.NotContains(t, string(payload), text)
			}
			require.Len(t, payload, len(m.Payload), "it stays where it is")
			golden.Equal(t, "forgotten/"+string(k)+".json", indented(t, bytes.TrimSpace(payload)))
			m.Payload = payload
			again, had, err := wire.Forget(m)
			require.NoError(t, err)
			require.False(t, had, "once")
			require.Equal(t, string(payload), string(again))
		})
	}
	t.Run("nothing that was told by id alone", func(t *testing.T) {
		_, had, err := wire.Forget(message(t, pos.EventCustomerAdded, "anna", "v0/customer.added.json"))
		require.NoError(t, err)
		require.False(t, had)
	})
}

// FuzzDecode: whatever stands in a row is read or refused, and what is read in
// today's version is written again as it was read.
func FuzzDecode(f *testing.F) {
	kinds := slices.Sorted(slices.Values(wire.Kinds()))
	for i, k := range kinds {
		for _, dir := range []string{"", "v0", "forgotten"} {
			if text, err := os.ReadFile(filepath.Join("testdata", dir, string(k)+".json")); err == nil {
				f.Add(i, samples()[k].Subject(), text)
			}
		}
	}
	f.Add(0, "x", []byte(`{"v":1}`))
	f.Add(-1, "x", []byte(`{`))
	f.Fuzz(func(t *testing.T, i int, subject string, payload []byte) {
		m := &pos.OutboxMessage{Kind: "kind.unknown", Subject: subject, Payload: payload, At: noon}
		if i >= 0 {
			m.Kind = kinds[i%len(kinds)]
		}
		p, err := wire.Decode(m)
		if err != nil {
			if p != nil || pos.CodeOf(err) != pos.CodeInvalid {
				t.Fatalf("read %v, %v", p, err)
			}
			return
		}
		if p.EventKind() != m.Kind || p.Subject() != subject || p.Object() == "" {
			t.Fatalf("%s of %q in order with %q", p.EventKind(), p.Subject(), p.Object())
		}
		once, err := wire.Pack("m", 1, noon, p)
		if err != nil {
			return // of a version before
		}
		again, err := wire.Decode(once)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := wire.Pack("m", 1, noon, again)
		if err != nil || !bytes.Equal(once.Payload, twice.Payload) {
			t.Fatalf("%v\n%s\n%s", err, once.Payload, twice.Payload)
		}
		if _, _, err := wire.Forget(once); err != nil {
			t.Fatal(err)
		}
	})
}

// BenchmarkSale is what telling a sale of twenty lines costs.
func BenchmarkSale(b *testing.B) {
	s := sale()
	for len(s.Lines) < 20 {
		s.Lines = append(s.Lines, s.Lines[0])
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.Pack("message-1", 1, noon, wire.OfSale(s, "d")); err != nil {
			b.Fatal(err)
		}
	}
}

// What is asked comes out as it went in, with who asks and what they may do.
func TestRequests_ComeOutAsTheyWentIn(t *testing.T) {
	asked, err := wire.Decode(pack(t, wire.OfOrder(ask(), clerk, may(), noon)))
	require.NoError(t, err)
	order := asked.(*wire.OrderAsked)
	require.Equal(t, *ask(), order.Ask())
	require.Equal(t, clerk, order.Person())
	require.Equal(t, may(), order.Rights())
	told, err := wire.Decode(pack(t, wire.OfRuling("request-1", "order-1", ruling(), clerk, manual.Rights{Decide: true}, noon)))
	require.NoError(t, err)
	require.Equal(t, *ruling(), told.(*wire.OrderRuled).Ruling())
	require.Equal(t, manual.Rights{Decide: true}, told.(*wire.OrderRuled).Rights())

	for _, in := range []manual.AskRefund{
		{ID: "refund-1", Amount: 3300, Reason: "передумал", Where: manual.AtOrders, Finish: true},
		{ID: "refund-2", Reason: "всё, что осталось", Where: manual.AtCard},
	} {
		p, err := wire.Decode(pack(t, wire.OfMoneyBack("order-1", &in, "RUB", clerk, may(), noon)))
		require.NoError(t, err)
		back := p.(*wire.OrderBack)
		require.Equal(t, in, back.Ask(), "the same as past the queue")
		require.Equal(t, may(), back.Rights())
	}
	require.Equal(t, manual.AtTill, wire.OfOrderBack("refund-3", "order-1", 3300, goodsBack(), clerk, may()).Ask().Where, "goods come back at the till")

	undated := ask()
	undated.Date = time.Time{}
	late := wire.OfOrder(undated, clerk, may(), noon)
	require.Equal(t, *undated, late.Ask(), "the same as past the queue")
	require.Equal(t, noon, late.Asked())
}
