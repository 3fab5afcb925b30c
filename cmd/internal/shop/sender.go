package shop

import (
	"context"
	"errors"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/sms"
)

// sender brings codes to customers through whatever provider the settings name
// now. It satisfies till.CodeSender.
type sender struct{ shop *Shop }

// Route tells who serves a way now, and who makes its codes.
func (s sender) Route(by integration.Way) confirm.Route {
	provider := s.shop.now.Load().settings.SMSProvider
	declared, _ := s.shop.Vendors.Declaration(provider)
	return confirm.Route{By: by, Provider: provider, Foreign: declared.CodeBy(by) == integration.CodeByProvider, Nobody: provider == ""}
}

// SendCode hands the shop's message to the provider, once, or has the provider
// make a code and bring it.
func (s sender) SendCode(ctx context.Context, d confirm.Delivery) confirm.Result {
	now := s.shop.now.Load()
	r := confirm.Result{Channel: string(d.By), Provider: now.settings.SMSProvider}
	provider, err := now.provider()
	if err != nil {
		return failed(r, confirm.SendFailed, err)
	}
	declared := provider.Declaration()
	maker, foreign := declared.CodeBy(d.By), d.Code == ""
	switch {
	case maker == "":
		return failed(r, confirm.SendFailed, &sms.Error{Kind: sms.FailedRequest, Provider: declared.Name, MessageID: sms.MsgUnsupported})
	case foreign != (maker == integration.CodeByProvider):
		return failed(r, confirm.SendFailed, errProviderChanged)
	}
	m := sms.Message{To: d.Phone, By: d.By, Sender: now.settings.SMSSender}
	if !foreign {
		if m.Text, err = message.Code(s.shop.Words(d.Language), now.settings, d); err != nil {
			return failed(r, confirm.SendFailed, err)
		}
	}
	receipt, err := provider.Send(ctx, m)
	r.MessageID = receipt.ID
	switch {
	case err == nil:
		r.State, r.Code = confirm.Sent, receipt.Code
		return r
	case sms.NotSent(err):
		return failed(r, confirm.SendFailed, err)
	}
	return failed(r, confirm.SendUnknown, err)
}

// errNoProvider is what a shop is told that has not chosen one.
var errNoProvider error = pos.E(pos.CodeUnavailable, confirm.NoProvider, nil)

// errProviderChanged is told when the settings changed between the making of a
// code and its sending, so that the code is another's to make.
var errProviderChanged error = pos.E(pos.CodeConflict, "shop.provider-changed", nil)

// failed fills in the outcome with its reason in words of the catalogue.
func failed(r confirm.Result, state confirm.State, err error) confirm.Result {
	r.State, r.Err, r.ReasonID = state, err, "sms.err.unknown"
	if e, ok := errors.AsType[*sms.Error](err); ok {
		r.ReasonID, r.ReasonArgs = e.Message(), e.Data()
	} else if e, ok := errors.AsType[*pos.Error](err); ok {
		r.ReasonID, r.ReasonArgs = e.ID, e.Args
	}
	return r
}

// ProviderError gives what a provider answered one of the till's codes, keeping
// its words: what the shop itself got wrong is invalid, a limit is a limit, and
// the rest is the outside world. Other errors stay as they are.
func ProviderError(err error) error {
	e, ok := errors.AsType[*sms.Error](err)
	if !ok {
		return err
	}
	code := pos.CodeUnavailable
	switch e.Kind {
	case sms.FailedRequest, sms.FailedPermanent, sms.BadNumber, sms.AuthError, sms.SenderNotApproved:
		code = pos.CodeInvalid
	case sms.RateLimited, sms.InsufficientFunds:
		code = pos.CodeLimit
	case sms.Blocked, sms.Duplicate:
		code = pos.CodeConflict
	}
	return &pos.Error{Code: code, ID: e.Message(), Args: e.Data(), Err: err}
}
