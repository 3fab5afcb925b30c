package door_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/postest/golden"
)

// Manual payments through the door, word for word: set up, noted, decided, given
// back, and what is refused.
func TestConversation_ManualPayments(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.refused(pos.CodeInvalid, `{"cmd":"merchant.put","name":"Courier","currencies":["USD"]}`)
	c.refused(pos.CodeInvalid, `{"cmd":"merchant.put","name":"Courier","commission":"100"}`)
	m := c.must(`{"cmd":"merchant.put","name":"Card to card","description":"the owner's card","hint":"your name","commission":"2.5","fee":"10.00","currencies":["RUB","USD"]}`).text("id")
	c.must(fmt.Sprintf(`{"cmd":"merchant.put","id":%q,"commission":"3"}`, m))
	c.must(`{"cmd":"merchant.list"}`)
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"offer.put","text":"Sewing course","price":"1500.005","merchants":[%q]}`, m))
	o := c.must(fmt.Sprintf(`{"cmd":"offer.put","text":"Sewing course","price":"1500.00","merchants":[%q]}`, m)).text("id")
	c.must(`{"cmd":"offer.list","kind":"payment"}`)
	milk := c.demo.Products[0].ID
	c.must(fmt.Sprintf(`{"cmd":"offer.put","kind":"product","product":%q,"text":"Milk for a month","price":"2000","days":14,"merchants":[%q]}`, milk, m))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"offer.put","kind":"product","text":"Milk","price":"1","merchants":[%q]}`, m))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"offer.put","kind":"service","product":%q,"text":"Milk","price":"1","merchants":[%q]}`, milk, m))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"offer.put","kind":"whim","text":"Milk","price":"1","merchants":[%q]}`, m))
	c.refused(pos.CodeNotFound, fmt.Sprintf(`{"cmd":"offer.put","kind":"product","product":"nothing","text":"Milk","price":"1","merchants":[%q]}`, m))
	c.refused(pos.CodeInvalid, `{"cmd":"offer.put"}`)
	c.refused(pos.CodeInvalid, `{"cmd":"offer.list","kind":"other"}`)

	c.login(pos.GroupCashier)
	first := c.must(fmt.Sprintf(`{"cmd":"order.new","offer":%q,"phone":"+7 900 000-00-77","comment":"from my sister"}`, o))
	assert.Equal(t, "open", first.text("state"))
	bare := c.must(`{"cmd":"order.new","text":"Mending","amount":"300.00","date":"2026-02-27T10:00:00Z","id":"mine"}`)
	again := c.must(`{"cmd":"order.new","text":"Mending","amount":"300.00","date":"2026-02-27T10:00:00Z","id":"mine"}`)
	assert.Equal(t, bare.Result, again.Result, "told again, noted once")
	c.refused(pos.CodeConflict, `{"cmd":"order.new","text":"Other","amount":"1.00","id":"mine"}`)
	for _, bad := range []string{`"amount":"-5"`, `"amount":"5.` + fmt.Sprintf("%099d", 9) + `"`, `"amount":"5.001"`, `"amount":"5.00","currency":"EUR"`, `"amount":"0"`,
		`"amount":"5.00","date":"2099-01-01"`, `"amount":"5.00","phone":"12"`, `"amount":"5.00","email":"a@b"`} {
		c.refused(pos.CodeInvalid, `{"cmd":"order.new","text":"Mending",`+bad+`}`)
	}
	c.refused(pos.CodeNotFound, `{"cmd":"order.new","text":"Mending","amount":"5.00","customer":"nobody"}`)
	proof := `{"cmd":"order.proof","id":"mine","file":"testdata/proof.pdf","comment":"her bank's receipt","request":"paper"}`
	assert.EqualValues(t, 1, c.must(proof).Result["proofs_count"])
	assert.EqualValues(t, 1, c.must(proof).Result["proofs_count"], "told again, attached once")
	c.refused(pos.CodeConflict, `{"cmd":"order.proof","id":"mine","file":"testdata/proof.pdf","comment":"another","request":"paper"}`)
	c.refused(pos.CodeInvalid, `{"cmd":"order.proof","id":"mine","file":"testdata/manual.txt"}`)
	c.refused(pos.CodeNotFound, `{"cmd":"order.proof","id":"mine","file":"testdata/none.pdf"}`)
	c.refused(pos.CodeNotFound, `{"cmd":"order.proof","id":"nobody's","file":"testdata/proof.pdf"}`)
	c.refused(pos.CodeForbidden, fmt.Sprintf(`{"cmd":"order.decide","id":%q,"version":1,"decision":"approve"}`, first.text("id")))
	c.refused(pos.CodeForbidden, `{"cmd":"merchant.put","name":"Mine"}`)

	c.login(pos.GroupSeniorCashier)
	decide := func(id, more string) string {
		return fmt.Sprintf(`{"cmd":"order.decide","id":%q,%s}`, id, more)
	}
	c.refused(pos.CodeForbidden, decide("mine", `"version":2,"decision":"approve","price":"200.00"`))
	c.refused(pos.CodeInvalid, decide("mine", `"version":2,"decision":"perhaps"`))
	done := c.must(decide(first.text("id"), `"version":1,"decision":"approve"`))
	assert.Equal(t, "approved", done.text("state"))
	lost := c.say(decide(first.text("id"), `"version":1,"decision":"decline"`))
	assert.Equal(t, pos.CodeConflict, lost.code())
	require.NotNil(t, lost.Error.Order)
	assert.Equal(t, "approved", lost.Error.Order["state"])
	c.must(decide("mine", `"version":2,"decision":"decline","comment":"no money came"`))
	listed := c.must(`{"cmd":"order.show","id":"mine"}`)
	assert.Equal(t, "her bank's receipt", listed.Result["proofs"].([]any)[0].(map[string]any)["comment"])

	asked := c.must(fmt.Sprintf(`{"cmd":"order.refund","id":%q,"amount":"500.00","reason":"came once only"}`, first.text("id")))
	assert.Equal(t, "500.00", asked.text("refund_pending"), "whoever may not decide their own asks")
	c.login(pos.GroupOwner)
	shown := c.must(fmt.Sprintf(`{"cmd":"order.show","id":%q}`, first.text("id")))
	refund := shown.Result["refunds"].([]any)[0].(map[string]any)["id"]
	for _, step := range []string{"approve", "done"} {
		c.must(fmt.Sprintf(`{"cmd":"order.refund.step","id":%q,"refund":%q,"step":%q}`, first.text("id"), refund, step))
	}
	c.refused(pos.CodeLimit, fmt.Sprintf(`{"cmd":"order.refund","id":%q,"amount":"1000.01","reason":"too much"}`, first.text("id")))
	back := c.must(fmt.Sprintf(`{"cmd":"order.refund","id":%q,"reason":"all of it"}`, first.text("id")))
	assert.Equal(t, "refunded", back.text("state"))
	c.must(`{"cmd":"order.list","state":"declined","limit":5}`)

	c.must(`{"cmd":"order.new","text":"Waiting","amount":"1.00","id":"late"}`)
	c.clock.Move(31 * 24 * time.Hour)
	late := c.must(`{"cmd":"order.show","id":"late"}`)
	assert.Equal(t, "declined", late.text("state"))
	assert.Equal(t, true, late.Result["expired"])
	c.must(fmt.Sprintf(`{"cmd":"offer.archive","id":%q}`, o))
	c.must(fmt.Sprintf(`{"cmd":"merchant.archive","id":%q}`, m))
	c.refused(pos.CodeConflict, `{"cmd":"order.new","text":"Mending","amount":"5.00"}`)
	golden.Equal(t, "manual.txt", c.transcript())
}

// A proof comes back as the file it was.
func TestDoor_ProofSaved(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"merchant.put","name":"Card to card"}`)
	c.must(`{"cmd":"order.new","text":"Mending","amount":"300.00","id":"mine"}`)
	c.must(`{"cmd":"order.proof","id":"mine","file":"testdata/proof.pdf","request":"paper"}`)
	to := filepath.Join(t.TempDir(), "saved.pdf")
	c.must(fmt.Sprintf(`{"cmd":"order.proof.save","id":"mine","proof":"paper","file":%q}`, to))
	want, err := os.ReadFile("testdata/proof.pdf")
	require.NoError(t, err)
	got, err := os.ReadFile(to)
	require.NoError(t, err)
	require.Equal(t, want, got)
	c.refused(pos.CodeNotFound, fmt.Sprintf(`{"cmd":"order.proof.save","id":"mine","proof":"none","file":%q}`, to))
	c.refused(pos.CodeUnavailable, fmt.Sprintf(`{"cmd":"order.proof.save","id":"mine","proof":"paper","file":%q}`, filepath.Join(to, "below")))
}

// A sale is paid by a manual payment through the door, word for word: asked for,
// waiting beside the next sale, approved, finished; and one that is corrected.
func TestConversation_ManualPaymentPaysASale(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"100.00"}`)
	c.must(`{"cmd":"scan","code":"` + c.demo.Products[0].Barcodes[0] + `"}`)
	due := c.must(`{"cmd":"cheque"}`).text("due")
	ask := fmt.Sprintf(`{"cmd":"tender","method":"manual","amount":%q}`, due)
	c.refused(pos.CodeConflict, ask)
	m := c.must(`{"cmd":"merchant.put","name":"Card to card"}`).text("id")
	c.refused(pos.CodeNotFound, fmt.Sprintf(`{"cmd":"tender","method":"manual","amount":%q,"merchant":"nobody"}`, due))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"tender","method":"manual","amount":"9999.00","merchant":%q}`, m))
	waiting := c.must(ask)
	assert.Equal(t, "parked", waiting.text("state"))
	tender := func(r reply) map[string]any { return r.Result["tenders"].([]any)[0].(map[string]any) }
	assert.Equal(t, "waits", tender(waiting)["state"])
	id := waiting.text("id")
	c.refused(pos.CodeNotPaid, fmt.Sprintf(`{"cmd":"sale.finish","id":%q}`, id))
	golden.Equal(t, "waiting.txt", c.transcript())
}
