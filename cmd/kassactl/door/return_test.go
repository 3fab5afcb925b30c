package door_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/postest/golden"
	"kassa/pos/till"
)

// Goods come back with a receipt, without one, and in exchange; a tender is
// corrected.
func TestConversation_Return(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"1000.00"}`)
	c.refused(pos.CodeConflict, `{"cmd":"return.finish","reason":"nothing"}`)
	c.must(`{"cmd":"scan","code":"4600000000039","qty":"4"}`)
	c.must(`{"cmd":"scan","code":"4600000000022"}`)
	c.must(`{"cmd":"tender","method":"card","amount":"300.00"}`)
	due := c.must(`{"cmd":"cheque"}`).text("due")
	c.must(fmt.Sprintf(`{"cmd":"tender","method":"cash","amount":%q}`, due))
	sale := c.must(`{"cmd":"sale.finish"}`).text("id")
	c.must(fmt.Sprintf(`{"cmd":"tender.correct","sale":%q,"from":"card","to":"transfer","amount":"100.00","reason":"the wrong button"}`, sale))
	c.must(`{"cmd":"return.find","number":1}`)
	c.refused(pos.CodeNotFound, `{"cmd":"return.start","number":7}`)
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"return.start","number":1,"id":%q}`, sale))
	c.must(fmt.Sprintf(`{"cmd":"return.start","code":%q}`, "https://shop.example/"+sale))
	c.refused(pos.CodeConflict, `{"cmd":"scan","code":"4600000000022"}`)
	c.must(`{"cmd":"return.scan","code":"4600000000022"}`)
	c.refused(pos.CodeLimit, `{"cmd":"return.line","line":1,"qty":"5"}`)
	c.must(`{"cmd":"return.line","line":1,"qty":"1","reason":"torn","restock":false}`)
	c.refused(pos.CodeInvalid, `{"cmd":"return.finish","reason":""}`)
	c.must(`{"cmd":"return.finish","reason":"did not suit"}`)

	c.must(`{"cmd":"return.start","number":1}`)
	c.must(`{"cmd":"return.all","reason":"all of it"}`)
	c.must(`{"cmd":"return.exchange"}`)
	c.must(`{"cmd":"scan","code":"4600000000046"}`)
	show := c.must(`{"cmd":"return.show"}`)
	require.Regexp(t, `^-`, show.text("difference"))
	done := c.must(`{"cmd":"return.finish","reason":"another one"}`)
	assert.Equal(t, done.object("return")["exchange"], done.object("sale")["id"])

	c.must(`{"cmd":"return.start"}`)
	c.must(`{"cmd":"return.scan","code":"2*4600000000022"}`)
	c.must(`{"cmd":"return.method","method":"card"}`)
	c.must(`{"cmd":"return.finish","reason":"a gift"}`)
	c.must(`{"cmd":"return.start"}`)
	c.must(`{"cmd":"return.exchange"}`)
	c.must(`{"cmd":"return.exchange","drop":true}`)
	c.must(`{"cmd":"return.abandon"}`)
	c.must(`{"cmd":"report.x"}`)
	golden.Equal(t, "return.txt", c.transcript())
}

// A cashier may return what was sold today, and no more than that.
func TestConversation_ReturnRights(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupCashier)
	c.must(`{"cmd":"shift.open","float":"1000.00"}`)
	c.must(`{"cmd":"scan","code":"4600000000022"}`)
	c.must(fmt.Sprintf(`{"cmd":"tender","method":"cash","amount":%q}`, c.must(`{"cmd":"cheque"}`).text("due")))
	c.must(`{"cmd":"sale.finish"}`)
	c.must(`{"cmd":"shift.close","counted":"1000.00"}`)
	c.clock.Move(24 * time.Hour)
	c.login(pos.GroupCashier)
	c.must(`{"cmd":"shift.open","float":"1000.00"}`)
	c.must(`{"cmd":"return.start","number":1}`)
	assert.Equal(t, "return.other-day", c.must(`{"cmd":"return.all"}`).text("needs"))
	refusal := c.refused(pos.CodeForbidden, `{"cmd":"return.finish","reason":"stale"}`)
	assert.Contains(t, refusal.Error.Message, "Return with a receipt, another day", "the refusal names the right")
	c.login(pos.GroupSeniorCashier)
	c.must(`{"cmd":"return.finish","reason":"stale"}`)
}

// Goods rung up in exchange go with the return that is dropped, by the right to
// cancel them.
func TestConversation_AbandonedExchange(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupSeniorCashier)
	c.must(`{"cmd":"shift.open","float":"1000.00"}`)
	c.must(`{"cmd":"scan","code":"4600000000022"}`)
	c.must(`{"cmd":"tender","method":"cash","amount":"46.50"}`)
	c.must(`{"cmd":"sale.finish"}`)
	c.must(`{"cmd":"return.start","number":1}`)
	c.must(`{"cmd":"return.all","reason":"stale"}`)
	c.must(`{"cmd":"return.exchange"}`)
	c.must(`{"cmd":"scan","code":"4600000000046"}`)
	c.must(`{"cmd":"return.abandon"}`)
	cheque := c.must(`{"cmd":"cheque"}`)
	require.Equal(t, "0.00", cheque.text("total"))
	require.Empty(t, cheque.Result["lines"])
}

func TestConversation_ASumFarBeyondWhatIsDue(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupCashier)
	c.must(`{"cmd":"shift.open","float":"10000.00"}`)
	c.must(`{"cmd":"scan","code":"4600000000022"}`)
	asked := c.refused(pos.CodeConflict, `{"cmd":"tender","method":"cash","amount":"5000.00"}`)
	require.Contains(t, asked.Error.Message, "sure")
	c.refused(pos.CodeInvalid, `{"cmd":"tender","method":"cash","amount":"5000.00","sure":"yes"}`)
	c.refused(pos.CodeConflict, `{"cmd":"tender","method":"cash","amount":"46000000.00","sure":true}`)
	c.must(`{"cmd":"tender","method":"cash","amount":"5000.00","sure":true}`)
	require.Equal(t, "4953.50", c.must(`{"cmd":"sale.finish"}`).text("change"))
}

// Where two epochs gave a number, the door asks for the epoch and tells it.
func TestReceiptsOfSeveralEpochs(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"1000.00"}`)
	sell := func() {
		c.must(`{"cmd":"scan","code":"4600000000039"}`)
		due := c.must(`{"cmd":"cheque"}`).text("due")
		c.must(fmt.Sprintf(`{"cmd":"tender","method":"card","amount":%q}`, due))
		c.must(`{"cmd":"sale.finish"}`)
	}
	sell()
	require.NoError(t, c.shop.Store.Update(t.Context(), func(tx till.Tx) error { return tx.PutMeta("epoch", "2") }))
	sell()
	c.refused(pos.CodeConflict, `{"cmd":"sale.show","number":1}`)
	c.refused(pos.CodeConflict, `{"cmd":"receipt","number":1}`)
	c.refused(pos.CodeConflict, `{"cmd":"return.start","number":1}`)
	assert.Nil(t, c.must(`{"cmd":"sale.show","number":1,"epoch":1}`).Result["epoch"])
	assert.EqualValues(t, 2, c.must(`{"cmd":"sale.show","number":1,"epoch":2}`).Result["epoch"])
	assert.Len(t, c.must(`{"cmd":"return.find","number":1}`).Result["sales"], 2)
	c.must(`{"cmd":"return.start","number":1,"epoch":1}`)
	c.refused(pos.CodeNotFound, `{"cmd":"sale.show","number":1,"epoch":3}`)
}
