package door_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
)

// What is written wrongly is refused, done in no part, and the refusal says what
// to write instead.
func TestSession_RefusesWhatItDoesNotKnow(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	before := c.must(`{"cmd":"scan","code":"4600000000053"}`)
	for _, x := range []struct{ line, says string }{
		{`{"cmd":"scan","code":"4600000000053","quantity":"2"}`, `no field "quantity"`},
		{`{"cmd":"scan","code":"4600000000053","QTY":"2"}`, `Perhaps: qty. Its fields: code, qty, price, approval.`},
		{`{"cmd":"scan","code":"4600000000053","prise":"2"}`, `Perhaps: price.`},
		{`{"cmd":"scan","code":"4600000000053","qty ":null}`, `no field "qty "`},
		{`{"cmd":"scan","code":"4600000000053","":1}`, `no field ""`},
		{`{"cmd":"sale.finish","ids":"x"}`, `The command sale.finish has no field "ids"`},
		{`{"cmd":"line.discount","line":1,"percent":"5","reson":"x"}`, `no field "reson"`},
		{`{"cmd":"cheque.cancel","resaon":"x"}`, `Perhaps: reason.`},
		{`{"cmd":"scan","code":"1","code":"4600000000053"}`, `"code" is given twice`},
		{`{"cmd":"scan","cmd":"cheque.cancel","reason":"x"}`, `"cmd" is given twice`},
		{`{"cmd":"cheque","approval":{"pin":"1","reason":"x","pin":"2"}}`, `"approval.pin" is given twice`},
		{`{"cmd":"cheque","approval":{"pin":"1","reason":"x","why":"x"}}`, `pin and reason`},
		{`{"cmd":"cheque","approval":{"pin":"1"}}`, `"approval.reason" is missing`},
		{`{"cmd":"cheque","approval":"1234"}`, `must be an object`},
		{`{"cmd":"offer.put","offer":{"name":"x","rule":{"percnt":5}}}`, `no field "offer.percnt"`},
		{`{"cmd":"offer.put","offer":{"name":5}}`, `“offer.name”`},
		{`{"cmd":"offer.put","offer":{"name":"a","on":true,"name":"b"}}`, `"offer.name" is given twice`},
		{`{"cmd":"offer.preview","lines":[{"product":"x","qty":1}]}`, `[{"product":"…","qty_milli":1000}]`},
		{`{"cmd":"offer.preview","lines":[],"at":"2026-12-31"}`, `a time such as`},
		{`{"cmd":"scna","code":"1"}`, `Perhaps: scan.`},
		{`{"cmd":"finish"}`, `Perhaps: sale.finish, return.finish.`},
		{`{"cmd":"Sale_Finish"}`, `Perhaps: sale.finish.`},
		{`{"cmd":"абракадабра"}`, `There is no command "абракадабра". The list`},
		{`{"cmd":"scan","code":4600000000053}`, `"code" must be a string in quotes`},
		{`{"cmd":"scan","code":"1","qty":["2"]}`, `"qty" must be a decimal`},
		{`{"cmd":"tender","method":"cash","amount":"1","sure":"yes"}`, `"sure" must be true or false`},
		{`{"cmd":"line.remove","line":"first"}`, `"line" must be`},
		{`{"cmd":"customer.merge","survivor":"a","duplicate":"b","take":"card"}`, `“take” is a list`},
		{`{"cmd":"customer.merge","survivor":"a","duplicate":"b","take":["hat"]}`, `birthday, card, credit_limit, email, group, name, phone`},
		{`{"cmd":"sale.show"}`, `id, number`},
		{`{"cmd":"tender","method":"certificate","amount":"1"}`, `certificate.pay`},
		{`{"cmd":"stock.new"}`, `"kind" is missing`},
		{`{"cmd":"stock.list","kind":"writeof"}`, `receiving, writeoff, stocktake`},
		{`{"cmd":"customer","phone":"0001","id":"x"}`, `one field`},
		{`{"cmd":"sale.show","id":"x","number":1}`, `Only one of these fields is needed: id, number.`},
		{`{"cmd":"tile.put","page":1,"place":1,"sku":"1001","category":"x"}`, `sku, category`},
		{`{"cmd":"certificate.block","number":"1","reason":"lost","free":"no"}`, `“free” is true or false`},
		{``, `The line is empty`}, {" \t\r", `The line is empty`},
		{`{"cmd":"scan","code":"4600000000053"}{"cmd":"cheque"}`, `more than one command`},
		{`{"cmd":"scan","code":"4600000000053"} 5`, `more than one command`},
		{`{"cmd":"scan","code":"4600000000053"} x`, `This is not a command`},
		{`scan 4600000000053`, `This is not a command`},
		{"{\"cmd\":\"scan\",\"code\":\"\xff\"}", `not UTF-8`},
	} {
		r := c.refused(pos.CodeInvalid, x.line)
		assert.Contains(t, r.Error.Message, x.says, x.line)
		assert.Regexp(t, `[.!?]$`, r.Error.Message, x.line)
	}
	assert.Equal(t, before.Result, c.must("\ufeff{\"cmd\":\"cheque\"}").Result, "nothing was half done; a byte order mark is no letter")
}

// A blocked certificate is made good by a yes alone.
func TestSession_BlockCertificate(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	number := c.must(`{"cmd":"certificate.issue","amount":"500.00","reason":"a prize"}`).text("number")
	block := func(more string) string {
		return c.must(fmt.Sprintf(`{"cmd":"certificate.block","number":%q,"reason":"lost"%s}`, number, more)).text("state")
	}
	assert.Equal(t, "blocked", block(``))
	assert.NotEqual(t, "blocked", block(`,"free":true`))
	assert.Equal(t, "blocked", block(`,"free":false`))
}

// The protocol tells itself, to whoever is not logged in too.
func TestSession_Help(t *testing.T) {
	c := newCounter(t, "en")
	all := c.must(`{"cmd":"help"}`).Result["commands"].([]any)
	require.Greater(t, len(all), 80)
	for _, x := range all {
		name := x.(map[string]any)["cmd"].(string)
		one := c.must(fmt.Sprintf(`{"cmd":"help","command":%q}`, name)).Result["commands"].([]any)
		assert.Equal(t, []any{x}, one)
	}
	r := c.refused(pos.CodeInvalid, `{"cmd":"help","command":"tendr"}`)
	assert.Contains(t, r.Error.Message, "tender")
	assert.Equal(t, 1, strings.Count(c.script.String(), `"cmd":"cheque.parked","login":true,"fields":[]`)-1)
}
