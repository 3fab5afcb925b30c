package month

// The customers' phones: the sandbox provider, as in the shop itself, and the
// code as its message brought it.

import (
	"context"
	"errors"
	"strings"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/sms"
	"kassa/sms/sandbox"
)

// phones are where the codes of the month go.
type phones struct {
	words    message.Words
	settings func() pos.Settings
	inbox    *sandbox.Inbox
	provider *sandbox.Provider
	code     string // the newest that came
}

func newPhones(p *Params, h *hands) *phones {
	inbox := sandbox.NewInbox(h.Now)
	return &phones{words: p.Words, settings: p.Till.Settings, inbox: inbox, provider: sandbox.New(inbox, "")}
}

// Route implements till.CodeSender.
func (p *phones) Route(by integration.Way) confirm.Route {
	return confirm.Route{By: by, Provider: sandbox.ID}
}

// SendCode implements till.CodeSender.
func (p *phones) SendCode(ctx context.Context, d confirm.Delivery) confirm.Result {
	r := confirm.Result{State: confirm.SendFailed, Channel: string(d.By), Provider: sandbox.ID}
	set := p.settings()
	text, err := message.Code(p.words, &set, d)
	if err == nil {
		var receipt sms.Receipt
		receipt, err = p.provider.Send(ctx, sms.Message{To: d.Phone, By: d.By, Text: text})
		r.MessageID = receipt.ID
	}
	if e, ok := errors.AsType[*sms.Error](err); ok {
		r.ReasonID, r.ReasonArgs = e.Message(), e.Data()
	}
	if r.Err = err; err == nil {
		r.State = confirm.Sent
		p.read(d.Code)
	}
	return r
}

// read takes the code out of the newest message.
func (p *phones) read(code string) {
	all := p.inbox.Messages()
	if n := len(all); n > 0 && strings.Contains(all[n-1].Text, code) {
		p.code = code
	}
}

// fail lets the next message not go out.
func (p *phones) fail() {
	p.inbox.FailNext(&sms.Error{Kind: sms.TemporaryError, Provider: p.provider.Declaration().Name, MessageID: sms.MsgOffline})
}
