package door_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/postest/golden"
	"kassa/ui/print/printtest"
)

// printing is a counter with a printer on the network.
func printing(t *testing.T, lang string) (*counter, *printtest.Printer) {
	t.Helper()
	p, err := printtest.Start("")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	t.Setenv("KASSA_PRINTER_CONNECTION", "network")
	t.Setenv("KASSA_PRINTER_ADDRESS", p.Address())
	return newCounter(t, lang), p
}

// changing is what a slip says differently whenever something inside makes one
// more id: the end of its own, and of the journal.
var changing = regexp.MustCompile(`(id |Журнал +)[0-9a-f]+$`)

// slip expects the n-th slip and writes it down.
func (c *counter) slip(p *printtest.Printer, n int) string {
	c.t.Helper()
	require.True(c.t, p.Await(30*time.Second, func(p *printtest.Printer) bool { return len(p.Slips()) >= n }))
	require.Len(c.t, p.Slips(), n)
	s := p.Slips()[n-1]
	for _, line := range append(s.Lines, s.QR...) {
		fmt.Fprintln(&c.script, "| "+changing.ReplaceAllString(line, "$1****"))
	}
	return s.Text()
}

// Every command that stores a document prints its slip when it is asked to, and
// tells how that ended; the document stands whatever the printer does.
func TestConversation_Print(t *testing.T) {
	c, p := printing(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"1000.00"}`)
	pay := func() {
		c.must(fmt.Sprintf(`{"cmd":"tender","method":"cash","amount":%q}`, c.must(`{"cmd":"cheque"}`).text("due")))
	}
	c.must(`{"cmd":"scan","code":"4600000000039","qty":"2"}`)
	pay()
	c.refused(pos.CodeInvalid, `{"cmd":"sale.finish","print":"yes"}`)
	sale := c.must(`{"cmd":"sale.finish","print":true}`)
	assert.Equal(t, "done", sale.text("printed"))
	text := c.slip(p, 1)
	assert.Contains(t, text, "Яйцо")
	assert.NotContains(t, text, "КОПИЯ")

	c.must(`{"cmd":"return.start","number":1}`)
	c.must(`{"cmd":"return.line","line":1,"qty":"1"}`)
	assert.Equal(t, "done", c.must(`{"cmd":"return.finish","reason":"cracked","print":true}`).text("printed"))
	assert.Contains(t, c.slip(p, 2), "ВОЗВРАТ")
	c.must(`{"cmd":"return.start","number":1}`)
	c.must(`{"cmd":"return.all"}`)
	c.must(`{"cmd":"return.exchange"}`)
	c.must(`{"cmd":"scan","code":"4600000000022"}`)
	swap := c.must(`{"cmd":"return.finish","reason":"bread instead","print":true}`)
	assert.Equal(t, "done", swap.text("printed"))
	assert.Contains(t, c.slip(p, 3), "Хлеб")

	c.must(`{"cmd":"customer","phone":"0002"}`)
	boris := c.must(`{"cmd":"cheque"}`).object("customer")["id"].(string)
	c.must(`{"cmd":"customer"}`)
	paid := c.must(fmt.Sprintf(`{"cmd":"debt.repay","customer":%q,"method":"cash","amount":"50.00","print":true}`, boris))
	assert.Equal(t, "done", paid.text("printed"))
	assert.Contains(t, c.slip(p, 4), "50,00")

	c.must(`{"cmd":"scan","code":"4600000000022"}`)
	pay()
	p.Fail(printtest.NoPaper)
	failed := c.must(`{"cmd":"sale.finish","print":true}`)
	assert.Equal(t, "failed", failed.text("printed"))
	assert.Contains(t, failed.text("print_reason"), "paper")
	assert.Equal(t, failed.text("id"), c.must(fmt.Sprintf(`{"cmd":"sale.show","number":%v}`, failed.Result["number"])).text("id"))
	p.Fail(printtest.Fine)
	assert.Equal(t, "done", c.must(`{"cmd":"report.x","print":true}`).text("printed"))
	assert.Contains(t, c.slip(p, 5), "X-ОТЧЁТ")
	assert.Equal(t, "done", c.must(`{"cmd":"shift.close","counted":"1000.00","print":true}`).text("printed"))
	assert.Contains(t, c.slip(p, 6), "Z-ОТЧЁТ")
	golden.Equal(t, "print.txt", strings.ReplaceAll(c.transcript(), p.Address(), "printer"))

	open, err := c.shop.Till.Prints(t.Context(), true, 10)
	require.NoError(t, err)
	require.Len(t, open, 1, "what did not come out stays on the list, and prints nothing by itself")
	assert.Equal(t, failed.text("id"), open[0].Doc)
}

// Part of a slip may be on paper: nobody is told that it failed.
func TestConversation_PrintUnknown(t *testing.T) {
	c, p := printing(t, "ru")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0.00"}`)
	p.Fail(printtest.PaperEnds)
	r := c.must(`{"cmd":"shift.close","counted":"0.00","print":true}`)
	assert.Equal(t, "unknown", r.text("printed"))
	assert.NotEmpty(t, r.text("print_reason"))
}

// Without a printer the document is stored, the answer says what is missing,
// and nothing is put on the list for later.
func TestConversation_PrintWithoutPrinter(t *testing.T) {
	c := newCounter(t, "ru")
	for name, printer := range map[string]door.Printer{"of the shop": c.shop, "at all": nil} {
		t.Run(name, func(t *testing.T) {
			c.session.Printer = printer
			c.login(pos.GroupOwner)
			c.must(`{"cmd":"shift.open","float":"0.00"}`)
			r := c.must(`{"cmd":"shift.close","counted":"0.00","print":true}`)
			assert.Equal(t, "failed", r.text("printed"))
			assert.Contains(t, r.text("print_reason"), "Принтер не настроен")
			open, err := c.shop.Till.Prints(t.Context(), true, 10)
			require.NoError(t, err)
			assert.Empty(t, open)
		})
	}
}
