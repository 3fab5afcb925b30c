// Package smsru sends confirmation codes through SMS.RU.
//
// The protocol answers HTTP 200 to nearly everything and tells what happened in two places, for the request and
// for the number in it; only where both say 100 did the provider take the message. It knows no idempotency key,
// so nothing here is ever sent twice.
package smsru

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/go-resty/resty/v2"

	"kassa/pos/integration"
	"kassa/sms"
	"kassa/sms/vendorhttp"
)

const (
	// ID is the provider's id in settings and records.
	ID = "smsru"

	// DefaultBaseURL is where the provider answers.
	DefaultBaseURL = "https://sms.ru"

	// Keys of the settings.
	KeyAPIID   = "api_id"
	KeySender  = "sender"
	KeyBaseURL = "base_url"

	name     = "SMS.RU"
	currency = "RUB" // the account has no other
	maxParts = 8     // of one message; more is refused with 205
)

// Config is what a Client needs.
type Config struct {
	APIID   sms.Secret // the account's key, required
	Sender  string     // approved sender's name; empty for the account's own
	BaseURL string     // empty for DefaultBaseURL; plain HTTP only to a loopback address
}

// Client talks to SMS.RU. It is safe for use by several goroutines and holds no connection between requests.
type Client struct {
	apiID  sms.Secret
	sender string
	http   *vendorhttp.Client
	mask   vendorhttp.Mask
}

// Vendor returns the vendor for the program's catalogue.
func Vendor() sms.Vendor {
	return sms.Vendor{Declaration: declaration(), Open: func(v integration.Values) (sms.Provider, error) {
		c, err := New(Config{APIID: v.Secret(KeyAPIID), Sender: v.Get(KeySender), BaseURL: v.Get(KeyBaseURL)})
		if err != nil {
			return nil, err
		}
		return c, nil
	}}
}

// New makes a client; it contacts nobody. It returns an *sms.Error that names the setting at fault.
func New(cfg Config) (*Client, error) { return newClient(cfg, vendorhttp.Params{}) }

func newClient(cfg Config, p vendorhttp.Params) (*Client, error) {
	if cfg.APIID.Empty() {
		return nil, settingError(KeyAPIID, sms.MsgSettingMissing, nil)
	}
	if strings.ContainsAny(cfg.APIID.Reveal(), " \t\r\n") {
		return nil, settingError(KeyAPIID, sms.MsgSettingInvalid, errors.New("has spaces in it"))
	}
	base, err := integration.ParseAddress(cmp.Or(strings.TrimSpace(cfg.BaseURL), DefaultBaseURL), false)
	switch {
	case errors.Is(err, integration.ErrInsecure):
		return nil, settingError(KeyBaseURL, sms.MsgInsecureAddress, err)
	case err != nil:
		return nil, settingError(KeyBaseURL, sms.MsgSettingInvalid, err)
	}
	p.Base, p.Mask = base, vendorhttp.NewMask(cfg.APIID)
	return &Client{apiID: cfg.APIID, sender: cfg.Sender, http: vendorhttp.New(p), mask: p.Mask}, nil
}

func settingError(key, messageID string, cause error) error {
	return &sms.Error{Kind: sms.FailedRequest, Provider: name, Setting: key, MessageID: messageID, Err: cause}
}

// Declaration returns what the provider declares.
func (c *Client) Declaration() integration.Declaration { return declaration() }

func declaration() integration.Declaration {
	return integration.Declaration{
		Kind: integration.Messages, ID: ID, Name: name,
		Channels: []integration.Channel{{By: integration.BySMS, CodeBy: integration.CodeByTill}},
		Can:      []integration.Ability{integration.TellsBalance, integration.TellsCost, integration.TellsStatus, integration.DryRuns},
		Fields: []integration.Field{
			{Key: KeyAPIID, LabelID: "sms.field.smsru.api_id", HelpID: "sms.help.smsru.api_id", Type: integration.Secret, Required: true},
			{Key: KeySender, LabelID: "sms.field.smsru.sender", HelpID: "sms.help.smsru.sender", Type: integration.Text, Shared: sms.KeySender},
			{Key: KeyBaseURL, LabelID: "sms.field.smsru.base_url", HelpID: "sms.help.smsru.base_url", Type: integration.Address,
				Default: DefaultBaseURL, Advanced: true},
		},
	}
}

// call sends one form and returns the answer's outer object. The key goes into the body, because proxies and logs
// keep addresses. Its errors say whether the request may have left.
func (c *Client) call(ctx context.Context, method string, form map[string]string) (vendorhttp.Object, error) {
	got, err := c.http.Do(ctx, "POST", method, func(r *resty.Request) {
		r.SetQueryParam("json", "1").SetFormData(form).SetFormData(map[string]string{"api_id": c.apiID.Reveal()})
	})
	if err != nil {
		return nil, sms.Failed(name, err)
	}
	a, err := parseAnswer(got.Body)
	if err != nil {
		return nil, sms.Failed(name, got.Unreadable(err))
	}
	return a, nil
}

// Send hands one message to SMS.RU. A message with Test set is checked and answered but not delivered or charged.
func (c *Client) Send(ctx context.Context, m sms.Message) (sms.Receipt, error) {
	if err := sms.CheckMessage(name, m, maxParts); err != nil {
		return sms.Receipt{}, err
	}
	form := map[string]string{"to": sms.Digits(m.To), "msg": m.Text}
	if sender := cmp.Or(m.Sender, c.sender); sender != "" {
		form["from"] = sender
	}
	if m.Test {
		form["test"] = "1"
	}

	a, err := c.call(ctx, "/sms/send", form)
	if err != nil {
		return sms.Receipt{}, err
	}
	entry, err := c.single(a, "sms", sms.Digits(m.To))
	if err != nil {
		return sms.Receipt{}, err
	}
	receipt := sms.Receipt{ID: entry.ID("sms_id")}
	if minor, ok := a.Minor("balance"); ok {
		receipt.BalanceAfter = &sms.Balance{Minor: minor, Currency: currency}
	}
	return receipt, nil
}

// Cost returns what m would cost.
func (c *Client) Cost(ctx context.Context, m sms.Message) (_ sms.Cost, err error) {
	defer func() { err = sms.Asked(err) }()
	if err := sms.CheckMessage(name, m, maxParts); err != nil {
		return sms.Cost{}, err
	}
	a, err := c.call(ctx, "/sms/cost", map[string]string{"to": sms.Digits(m.To), "msg": m.Text})
	if err != nil {
		return sms.Cost{}, err
	}
	entry, err := c.single(a, "sms", sms.Digits(m.To))
	if err != nil {
		return sms.Cost{}, err
	}
	minor, ok := entry.Minor("cost")
	if !ok {
		return sms.Cost{}, badAnswer(errors.New("no cost in the answer"))
	}
	parts, _ := entry.Int("sms")
	return sms.Cost{Minor: minor, Currency: currency, Parts: parts}, nil
}

// Balance returns what is left on the account, in roubles.
func (c *Client) Balance(ctx context.Context) (_ sms.Balance, err error) {
	defer func() { err = sms.Asked(err) }()
	a, err := c.call(ctx, "/my/balance", nil)
	if err != nil {
		return sms.Balance{}, err
	}
	if err := c.taken(a); err != nil {
		return sms.Balance{}, err
	}
	minor, ok := a.Minor("balance")
	if !ok {
		return sms.Balance{}, badAnswer(errors.New("no balance in the answer"))
	}
	return sms.Balance{Minor: minor, Currency: currency}, nil
}

// Status returns what became of the message with this id.
func (c *Client) Status(ctx context.Context, id string) (_ sms.Status, err error) {
	defer func() { err = sms.Asked(err) }()
	a, err := c.call(ctx, "/sms/status", map[string]string{"sms_id": id})
	if err != nil {
		return sms.Status{}, err
	}
	if err := c.taken(a); err != nil {
		return sms.Status{}, err
	}
	entry, ok := a.Entry("sms", id, "status_code")
	if !ok {
		return sms.Status{}, badAnswer(errors.New("no such message in the answer"))
	}
	code, ok := entry.Int("status_code")
	if !ok {
		return sms.Status{}, badAnswer(errors.New("no state in the answer"))
	}
	status := sms.Status{ProviderCode: strconv.Itoa(code), ProviderText: c.mask.Line(entry.Text("status_text"))}
	status.State, status.Reason = MessageState(code)
	if minor, ok := entry.Minor("cost"); ok {
		status.Cost = &sms.Cost{Minor: minor, Currency: currency}
	}
	return status, nil
}
