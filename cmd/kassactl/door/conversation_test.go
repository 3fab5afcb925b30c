package door_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/postest/golden"
	"kassa/sms/smstest"
)

// A day at the till, word for word: every command of the protocol at least once.
func TestConversation_Day(t *testing.T) {
	c := newCounter(t, "en")
	c.refused(pos.CodeForbidden, `{"cmd":"cheque"}`)
	c.refused(pos.CodeForbidden, `{"cmd":"login","pin":"000000"}`)
	c.login(pos.GroupOwner)
	c.refused(pos.CodeConflict, `{"cmd":"scan","code":"4600000000015"}`)
	c.must(`{"cmd":"shift.open","float":"1000.00"}`)
	c.must(`{"cmd":"cash.in","amount":"50.00","reason":"small change"}`)
	c.must(`{"cmd":"cash.out","amount":"20.00","reason":"stamps for the post"}`)

	c.must(`{"cmd":"scan","code":"4600000000015","qty":"2"}`)
	c.must(`{"cmd":"scan","code":"3*4600000000022"}`)
	c.refused(pos.CodeInvalid, `{"cmd":"scan","code":"4600000000077"}`) // by weight
	c.must(`{"cmd":"scan","code":"4600000000077","qty":"0.845"}`)
	c.refused(pos.CodeNotFound, `{"cmd":"scan","code":"4600000099999"}`)
	c.refused(pos.CodeInvalid, `{"cmd":"scan","code":"4600000000206"}`)
	c.must(`{"cmd":"scan","code":"4600000000206","price":"350.00"}`)
	c.must(`{"cmd":"search","text":"чай","limit":2}`)
	c.must(`{"cmd":"search","text":"xfq","limit":1}`)
	c.must(`{"cmd":"line.qty","line":2,"qty":"1"}`)
	c.must(`{"cmd":"line.price","line":1,"price":"85.00"}`)
	c.must(`{"cmd":"line.discount","line":1,"percent":"10"}`)
	c.must(`{"cmd":"line.remove","line":4,"reason":"changed their mind"}`)
	c.must(`{"cmd":"cheque.discount","amount":"5.00"}`)
	parked := c.must(`{"cmd":"cheque"}`).text("id")
	c.must(`{"cmd":"cheque.park","note":"forgot the wallet"}`)
	c.must(`{"cmd":"cheque.parked"}`)
	c.must(fmt.Sprintf(`{"cmd":"cheque.recall","id":%q}`, parked))
	c.must(`{"cmd":"tender","method":"card","amount":"100.00"}`)
	c.must(`{"cmd":"tender.remove","method":"card"}`)
	c.refused(pos.CodeNotPaid, `{"cmd":"sale.finish"}`)
	c.must(`{"cmd":"tender","method":"card","amount":"100.00"}`)
	c.must(`{"cmd":"tender","method":"cash","amount":"500.00"}`)
	sale := c.must(`{"cmd":"sale.finish"}`)
	c.must(fmt.Sprintf(`{"cmd":"sale.show","id":%q}`, sale.text("id")))
	c.must(`{"cmd":"sale.show","number":1}`)
	c.must(fmt.Sprintf(`{"cmd":"receipt","id":%q,"width":32}`, sale.text("id")))

	c.must(`{"cmd":"customer.add","name":"Nora Finch","phone":"+7 900 000-00-50","credit_limit":"500.00"}`)
	c.must(`{"cmd":"customer","phone":"0002"}`)
	boris := c.must(`{"cmd":"cheque"}`).object("customer")["id"].(string)
	c.must(`{"cmd":"customer"}`)
	c.must(fmt.Sprintf(`{"cmd":"debt.repay","customer":%q,"method":"cash","amount":"200.00"}`, boris))
	c.must(fmt.Sprintf(`{"cmd":"customer.card","id":%q}`, boris))
	c.must(`{"cmd":"scan","code":"1002"}`)
	c.must(`{"cmd":"cheque.cancel","reason":"only asked the price"}`)
	c.must(`{"cmd":"report.x"}`)
	c.must(`{"cmd":"shift.close","counted":"1300.00"}`)
	c.must(`{"cmd":"logout"}`)
	c.refused(pos.CodeForbidden, `{"cmd":"cheque"}`)
	golden.Equal(t, "day.txt", c.transcript())
}

// Points with one wrong code, then the right one.
func TestConversation_Points(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupCashier)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	c.must(`{"cmd":"scan","code":"4600000000053","qty":"2"}`)
	c.must(`{"cmd":"customer","card":"2000001"}`)
	ch := c.must(`{"cmd":"points.spend","amount":"100.00"}`).object("challenge")
	require.Equal(t, "sent", ch["state"])
	require.NotContains(t, c.script.String(), c.lastCode(), "the code is shown at the till")
	c.must(`{"cmd":"tender","method":"cash","amount":"678.00"}`)
	c.refused(pos.CodeCodeRequired, `{"cmd":"sale.finish"}`)
	enter := func(code string) reply {
		return c.must(fmt.Sprintf(`{"cmd":"code.enter","challenge":%q,"code":%q}`, ch["id"], code))
	}
	wrong := enter(c.wrongCode())
	assert.Equal(t, "sent", wrong.text("state"))
	assert.EqualValues(t, 4, wrong.Result["attempts_left"])
	c.refused(pos.CodeCodeRequired, `{"cmd":"sale.finish"}`)
	assert.Equal(t, "verified", enter(c.lastCode()).text("state"))
	sale := c.must(`{"cmd":"sale.finish"}`)
	assert.Equal(t, "100", sale.text("points_spent"))
	c.must(fmt.Sprintf(`{"cmd":"customer.card","id":%q}`, sale.text("customer")))
	golden.Equal(t, "points.txt", c.transcript())
	assert.Empty(t, c.server.Breaches())
}

// Credit by paying less, and the code sent anew.
func TestConversation_Credit(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupCashier)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	c.must(`{"cmd":"scan","code":"4600000000039","qty":"4"}`)
	c.must(`{"cmd":"customer","phone":"+7 900 000-00-03"}`)
	c.must(`{"cmd":"tender","method":"cash","amount":"76.00"}`)
	ch := c.must(`{"cmd":"tender","method":"credit","amount":"400.00"}`).object("challenge")
	require.Equal(t, "sent", ch["state"])
	first := c.lastCode()
	wait := c.refused(pos.CodeWait, fmt.Sprintf(`{"cmd":"code.resend","challenge":%q}`, ch["id"]))
	require.Equal(t, ch["resend_at"], wait.Error.Until)
	c.clock.Move(61 * time.Second)
	c.must(fmt.Sprintf(`{"cmd":"code.resend","challenge":%q}`, ch["id"]))
	messages := c.server.Messages()
	require.Len(t, messages, 2)
	assert.Contains(t, messages[1].Text, "(сообщение 2)")
	if first != c.lastCode() {
		old := c.must(fmt.Sprintf(`{"cmd":"code.enter","challenge":%q,"code":%q}`, ch["id"], first))
		assert.Equal(t, "sent", old.text("state"), "only the newest code is valid")
	}
	right := c.must(fmt.Sprintf(`{"cmd":"code.enter","challenge":%q,"code":%q}`, ch["id"], c.lastCode()))
	assert.Equal(t, "verified", right.text("state"))
	sale := c.must(`{"cmd":"sale.finish"}`)
	assert.Equal(t, "400.00", sale.text("debt_added"))
	golden.Equal(t, "credit.txt", c.transcript())
}

// With the provider broken, whoever has the right goes on without the code, and
// nobody else.
func TestConversation_Skip(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupCashier)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	c.must(`{"cmd":"scan","code":"4600000000046","qty":"3"}`)
	c.must(`{"cmd":"customer","phone":"0001"}`)
	c.server.Break(smstest.RefuseRequest(220))
	ch := c.must(`{"cmd":"points.spend","amount":"50"}`).object("challenge")
	require.Equal(t, "send_failed", ch["state"])
	require.NotEmpty(t, ch["message"])
	skip := fmt.Sprintf(`{"cmd":"code.skip","challenge":%q,"reason":"no network in the shop"}`, ch["id"])
	refusal := c.refused(pos.CodeForbidden, skip)
	assert.Contains(t, refusal.Error.Message, "Spend points without a code", "the refusal names the right")
	c.refused(pos.CodeCodeRequired, `{"cmd":"sale.finish"}`)
	c.login(pos.GroupSeniorCashier)
	skipped := c.must(skip)
	assert.Equal(t, true, skipped.Result["skipped"])
	c.must(`{"cmd":"tender","method":"card","amount":"412.00"}`)
	sale := c.must(`{"cmd":"sale.finish"}`)
	assert.Equal(t, "50", sale.text("points_spent"))
	golden.Equal(t, "skip.txt", c.transcript())
	skips, err := c.shop.Till.Skips(t.Context(), pos.Actor{}, time.Time{}, c.clock.Now().Add(time.Hour))
	require.Error(t, err, "a report takes a right")
	require.Empty(t, skips)
}

// What a cashier may not do, or not for so much, passes with the PIN of somebody
// who may.
func TestConversation_Approval(t *testing.T) {
	c := newCounter(t, "en")
	c.cap(pos.GroupCashier, pos.RightLineDiscount, 500)
	c.login(pos.GroupCashier)
	c.must(`{"cmd":"shift.open","float":"500.00"}`)
	c.must(`{"cmd":"scan","code":"4600000000046","qty":"3"}`)
	c.must(`{"cmd":"line.discount","line":1,"amount":"5.00"}`)
	refusal := c.refused(pos.CodeForbidden, `{"cmd":"line.discount","line":1,"amount":"20.00"}`)
	assert.Contains(t, refusal.Error.Message, "5.00", "the refusal tells the cap")
	assert.Contains(t, refusal.Error.Message, "20.00", "and the sum")
	with := func(command, pin, reason string) string {
		return fmt.Sprintf(`{%s,"approval":{"pin":%q,"reason":%q}}`, command, pin, reason)
	}
	discount := `"cmd":"line.discount","line":1,"amount":"20.00"`
	senior := c.employee(pos.GroupSeniorCashier).PIN
	c.refused(pos.CodeInvalid, with(discount, senior, ""))
	c.refused(pos.CodeForbidden, with(discount, "000000", "damaged packaging"))
	c.refused(pos.CodeForbidden, with(discount, c.employee(pos.GroupCashier).PIN, "damaged packaging"))
	c.must(with(discount, senior, "damaged packaging"))
	c.must(with(`"cmd":"cash.out","amount":"100.00","reason":"stamps for the post"`, senior, "asked by phone"))
	c.must(`{"cmd":"tender","method":"cash","amount":"442.00"}`)
	c.must(`{"cmd":"sale.finish"}`)
	golden.Equal(t, "approval.txt", c.transcript())
	list := c.approvals()
	require.Len(t, list, 2)
	assert.Equal(t, money.Amount(2000), list[0].Sum)
	assert.True(t, list[0].Used() && list[1].Used())
}

// Two payments of one kind are told apart by their sum.
func TestConversation_RemoveTender(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	c.must(`{"cmd":"scan","code":"4600000000046","qty":"3"}`)
	for _, sum := range []string{"100", "50.00", "30"} {
		c.must(fmt.Sprintf(`{"cmd":"tender","method":"card","amount":%q}`, sum))
	}
	due := func(r reply) string { return r.text("due") }
	before := due(c.must(`{"cmd":"cheque"}`))
	c.refused(pos.CodeNotFound, `{"cmd":"tender.remove","method":"card","amount":"51"}`)
	c.refused(pos.CodeNotFound, `{"cmd":"tender.remove","method":"cash","amount":"50"}`)
	require.Equal(t, before, due(c.must(`{"cmd":"cheque"}`)))
	c.must(`{"cmd":"tender.remove","method":"card","amount":"50"}`)
	var left []string
	for _, d := range c.must(`{"cmd":"tender.remove","method":"card"}`).Result["tenders"].([]any) {
		left = append(left, d.(map[string]any)["amount"].(string))
	}
	assert.Equal(t, []string{"100.00"}, left)
}

// The message comes after somebody went on without its code: entering it then
// is told as what it is, no wrong code.
func TestConversation_CodeAfterSkip(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	c.must(`{"cmd":"scan","code":"4600000000046","qty":"3"}`)
	c.must(`{"cmd":"customer","phone":"0001"}`)
	ch := c.must(`{"cmd":"points.spend","amount":"50"}`).object("challenge")
	c.clock.Move(2 * time.Minute)
	c.must(fmt.Sprintf(`{"cmd":"code.skip","challenge":%q,"reason":"nothing came"}`, ch["id"]))
	late := c.must(fmt.Sprintf(`{"cmd":"code.enter","challenge":%q,"code":%q}`, ch["id"], c.lastCode()))
	assert.Equal(t, true, late.Result["skipped"])
	assert.Empty(t, late.text("message"))
	assert.EqualValues(t, 5, late.Result["attempts_left"])
}

// Every way a provider can fail leaves a challenge with a state and a sentence,
// and a till that goes on.
func TestConversation_BrokenProvider(t *testing.T) {
	for _, f := range []struct {
		fault smstest.Fault
		state string
	}{
		{smstest.RefuseRequest(201), "send_failed"},
		{smstest.RefuseRequest(200), "send_failed"},
		{smstest.RefuseNumber(207, false), "send_failed"},
		{smstest.Page(), "send_failed"},
		{smstest.TooManyRequests(), "send_failed"},
		{smstest.Empty(), "send_unknown"},
		{smstest.Truncated(), "send_unknown"},
		{smstest.Deep(), "send_unknown"},
		{smstest.BadGateway(), "send_unknown"},
		{smstest.Reset(), "send_unknown"},
		{smstest.NoEntry(), "send_unknown"},
	} {
		t.Run(f.fault.Name, func(t *testing.T) {
			c := newCounter(t, "ru")
			c.login(pos.GroupOwner)
			c.must(`{"cmd":"shift.open","float":"0"}`)
			c.must(`{"cmd":"scan","code":"4600000000053"}`)
			c.must(`{"cmd":"customer","phone":"0001"}`)
			c.server.Break(f.fault)
			ch := c.must(`{"cmd":"points.spend","amount":"50"}`).object("challenge")
			assert.Equal(t, f.state, ch["state"])
			assert.NotEmpty(t, ch["message"])
			assert.NotContains(t, ch["message"], "sms.err", "the reason has words")
			c.server.Repair()
			c.must(`{"cmd":"tender.remove","method":"points"}`)
			c.must(`{"cmd":"tender","method":"card","amount":"389.00"}`)
			c.must(`{"cmd":"sale.finish"}`)
		})
	}
}

// Customers' cards without a window: groups, consents, a new phone by a code to
// the old one, a merge, and the removal of a person's data.
func TestConversation_Customers(t *testing.T) {
	c := newCounter(t, "en")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0.00"}`)
	vip := c.must(`{"cmd":"customer.group","name":"Neighbours","earn_percent":"5","due_days":7}`).text("id")
	c.refused(pos.CodeConflict, `{"cmd":"customer.group","name":"neighbours"}`)
	c.refused(pos.CodeInvalid, `{"cmd":"customer.group","name":"Others","earn_percent":"101"}`)
	c.must(`{"cmd":"customer.groups"}`)
	nora := c.must(fmt.Sprintf(`{"cmd":"customer.add","name":"Nora Finch","phone":"+7 900 000-00-50","birthday":"29.02","group":%q}`, vip)).text("id")
	c.must(fmt.Sprintf(`{"cmd":"customer.edit","id":%q,"note":"likes rye bread","card":"777"}`, nora))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"customer.edit","id":%q,"birthday":"31.02"}`, nora))
	c.must(fmt.Sprintf(`{"cmd":"consent","id":%q,"channel":"viber","purpose":"advertising","given":true,"source":"paper"}`, nora))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"consent","id":%q,"channel":"pigeon","purpose":"advertising","given":true,"source":"paper"}`, nora))
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"consent","id":%q,"channel":"viber","purpose":"advertising","given":"yes","source":"paper"}`, nora))
	c.must(fmt.Sprintf(`{"cmd":"consents","id":%q}`, nora))
	c.refused(pos.CodeCodeRequired, fmt.Sprintf(`{"cmd":"customer.edit","id":%q,"phone":"+79000000051"}`, nora))
	ch := c.must(fmt.Sprintf(`{"cmd":"customer.phone","id":%q,"phone":"+79000000051"}`, nora)).text("id")
	c.must(fmt.Sprintf(`{"cmd":"code.enter","challenge":%q,"code":%q}`, ch, c.lastCode()))
	c.must(`{"cmd":"customer","card":"2000001"}`)
	anna := c.must(`{"cmd":"cheque"}`).object("customer")["id"].(string)
	c.must(`{"cmd":"customer"}`)
	c.refused(pos.CodeInvalid, fmt.Sprintf(`{"cmd":"customer.merge","survivor":%q,"duplicate":%q,"take":["hat"]}`, nora, anna))
	c.must(fmt.Sprintf(`{"cmd":"customer.merge","survivor":%q,"duplicate":%q,"preview":true}`, nora, anna))
	c.must(fmt.Sprintf(`{"cmd":"customer.merge","survivor":%q,"duplicate":%q,"take":["card","credit_limit"]}`, nora, anna))
	c.must(`{"cmd":"customer","phone":"+79000000001"}`)
	c.refused(pos.CodeConflict, fmt.Sprintf(`{"cmd":"customer.archive","id":%q}`, nora))
	c.must(`{"cmd":"customer"}`)
	c.must(fmt.Sprintf(`{"cmd":"customer.archive","id":%q}`, nora))
	c.refused(pos.CodeConflict, `{"cmd":"customer","phone":"+79000000051"}`)
	c.must(fmt.Sprintf(`{"cmd":"customer.archive","id":%q,"restore":true}`, nora))
	c.refused(pos.CodeConflict, fmt.Sprintf(`{"cmd":"customer.anonymise","id":%q}`, nora))
	c.must(fmt.Sprintf(`{"cmd":"customer.anonymise","id":%q,"forfeit":true}`, nora))
	c.must(fmt.Sprintf(`{"cmd":"customer.card","id":%q}`, nora))
	golden.Equal(t, "customers.txt", c.transcript())
}
