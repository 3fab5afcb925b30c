package shop

import (
	"context"
	"errors"
	"strings"

	"kassa/mail"
	"kassa/pos"
	"kassa/pos/email"
	"kassa/pos/integration"
)

// Mailer is the mail server of the settings, opened when first asked for. It
// returns CodeUnavailable "mail.none" where none is set up, or the *mail.Error that
// names the setting at fault.
func (s *Shop) Mailer() (mail.Sender, error) { return s.now.Load().mailer() }

func (s *Shop) openMailer() (mail.Sender, error) {
	have, err := s.Kept(mail.Declaration())
	if err != nil {
		return nil, err
	}
	return OpenMailer(have)
}

// OpenMailer opens a mail server with values that may be no shop's yet.
func OpenMailer(have integration.Values) (mail.Sender, error) {
	if have.Get(mail.KeyHost) == "" {
		return nil, pos.E(pos.CodeUnavailable, "mail.none", nil)
	}
	m, err := mail.Open(have)
	if err != nil {
		return nil, wrongMail(err)
	}
	return m, nil
}

// wrongMail says of a setting that cannot be right what may stand in it, so that the
// window puts it beside the field.
func wrongMail(err error) error {
	e, ok := errors.AsType[*mail.Error](err)
	if !ok || e.Setting == "" {
		return err
	}
	return &pos.Error{Code: pos.CodeInvalid, ID: "mail.wrong." + strings.TrimPrefix(e.Setting, "mail."), Args: pos.Args{"Key": e.Setting}, Err: err}
}

// checkMail refuses to keep a mail server that cannot be one. A secret that is kept
// already stays what it is.
func (s *Shop) checkMail(c Change) error {
	d := mail.Declaration()
	have, err := s.Kept(d)
	if err != nil {
		return err
	}
	touched := false
	for _, f := range d.Fields {
		if v, ok := c.Provider[d.Key(f.Key)]; ok {
			have.Plain[f.Key], touched = v, true
		}
		if v, ok := c.Secrets[d.Key(f.Key)]; ok {
			have.Secrets[f.Key], touched = v, true
		}
	}
	if !touched || have.Get(mail.KeyHost) == "" {
		return nil
	}
	_, err = OpenMailer(have)
	return err
}

// CheckMailThrough opens a session with a mail server that is being set up, and
// sends nothing. It needs the right to change settings.
func (s *Shop) CheckMailThrough(ctx context.Context, a pos.Actor, open func() (mail.Sender, error)) error {
	if err := s.Till.Demand(ctx, a, pos.RightSettings); err != nil {
		return err
	}
	m, err := open()
	if err != nil {
		return err
	}
	return m.Check(ctx)
}

// SendTestMailThrough sends one mail to see whether it arrives, in the words of
// the shop. It needs the right to send test messages, and is recorded whatever
// becomes of it.
func (s *Shop) SendTestMailThrough(ctx context.Context, a pos.Actor, open func() (mail.Sender, error), to string) error {
	if err := s.Till.Demand(ctx, a, pos.RightTestSMS); err != nil {
		return err
	}
	to = strings.TrimSpace(to)
	if !email.Plausible(to) {
		return pos.E(pos.CodeInvalid, "mail.address", nil)
	}
	m, err := open()
	if err != nil {
		return err
	}
	w, set := s.Words(""), s.Settings()
	sendErr := m.Send(ctx, &mail.Message{To: to, Subject: w.T("mail.test.subject", pos.Args{"Shop": set.Shop}),
		Text: w.T("mail.test.text", pos.Args{"Shop": set.Shop, "Till": set.Till})})[0]
	detail := map[string]string{"to": email.Mask(to), "outcome": string(mail.OutcomeOf(sendErr))}
	if err := s.Till.Note(context.WithoutCancel(ctx), a, pos.EventTestMail, "", detail); err != nil && sendErr == nil {
		return err
	}
	return sendErr
}

// MailError gives what a mail server answered one of the till's codes, keeping its
// words: what the shop itself got wrong is invalid, the rest is the outside world.
// Other errors stay as they are.
func MailError(err error) error {
	if _, told := errors.AsType[*pos.Error](err); told {
		return err
	}
	e, ok := errors.AsType[*mail.Error](err)
	if !ok {
		return err
	}
	code := pos.CodeUnavailable
	switch e.Kind {
	case mail.Wrong, mail.Refused, mail.Login:
		code = pos.CodeInvalid
	}
	return &pos.Error{Code: code, ID: e.Message(), Args: e.Data(), Err: err}
}
