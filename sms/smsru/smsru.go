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
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-resty/resty/v2"

	"kassa/pos/message"
	"kassa/sms"
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
	http   *resty.Client
}

// Vendor returns the vendor for the program's catalogue.
func Vendor() sms.Vendor {
	return sms.Vendor{Info: info(), Open: func(s sms.Settings) (sms.Provider, error) {
		c, err := New(Config{APIID: s.Secret(KeyAPIID), Sender: s.Get(KeySender), BaseURL: s.Get(KeyBaseURL)})
		if err != nil {
			return nil, err
		}
		return c, nil
	}}
}

// New makes a client; it contacts nobody. It returns an *sms.Error that names the setting at fault.
func New(cfg Config) (*Client, error) {
	return newClient(cfg, (&net.Dialer{}).DialContext)
}

func newClient(cfg Config, dial dialFunc) (*Client, error) {
	if cfg.APIID.Empty() {
		return nil, settingError(KeyAPIID, sms.MsgSettingMissing, nil)
	}
	if strings.ContainsAny(cfg.APIID.Reveal(), " \t\r\n") {
		return nil, settingError(KeyAPIID, sms.MsgSettingInvalid, errors.New("has spaces in it"))
	}
	base, err := baseURL(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	return &Client{apiID: cfg.APIID, sender: cfg.Sender, http: newHTTP(base, dial)}, nil
}

// Info returns the provider's declaration.
func (c *Client) Info() sms.Info { return info() }

func info() sms.Info {
	return sms.Info{
		ID: ID, Name: name,
		Channels:   []sms.Channel{sms.ChannelSMS},
		CodeBy:     sms.CodeByTill,
		HasBalance: true, HasCost: true, HasStatus: true, HasTestMode: true,
		Fields: []sms.Field{
			{Key: KeyAPIID, LabelID: "sms.field.smsru.api_id", HelpID: "sms.help.smsru.api_id", Secret: true, Required: true},
			{Key: KeySender, LabelID: "sms.field.smsru.sender", HelpID: "sms.help.smsru.sender"},
			{Key: KeyBaseURL, LabelID: "sms.field.smsru.base_url", HelpID: "sms.help.smsru.base_url",
				Default: DefaultBaseURL, Advanced: true},
		},
	}
}

// Send hands one message to SMS.RU. A message with Test set is checked and answered but not delivered or charged.
func (c *Client) Send(ctx context.Context, m sms.Message) (sms.Receipt, error) {
	if err := checkMessage(m); err != nil {
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
	receipt := sms.Receipt{ID: entry.id("sms_id")}
	if minor, ok := a.minor("balance"); ok {
		receipt.BalanceAfter = &sms.Balance{Minor: minor, Currency: currency}
	}
	return receipt, nil
}

// Cost returns what m would cost.
func (c *Client) Cost(ctx context.Context, m sms.Message) (_ sms.Cost, err error) {
	defer func() { err = sms.Asked(err) }()
	if err := checkMessage(m); err != nil {
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
	minor, ok := entry.minor("cost")
	if !ok {
		return sms.Cost{}, badAnswer(errors.New("no cost in the answer"))
	}
	parts, _ := entry.number("sms")
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
	minor, ok := a.minor("balance")
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
	entry, ok := a.entry("sms", id)
	if !ok {
		return sms.Status{}, badAnswer(errors.New("no such message in the answer"))
	}
	code, ok := entry.number("status_code")
	if !ok {
		return sms.Status{}, badAnswer(errors.New("no state in the answer"))
	}
	status := sms.Status{ProviderCode: strconv.Itoa(code), ProviderText: c.clean(entry.text("status_text"))}
	status.State, status.Reason = MessageState(code)
	if minor, ok := entry.minor("cost"); ok {
		status.Cost = &sms.Cost{Minor: minor, Currency: currency}
	}
	return status, nil
}

// checkMessage refuses what the provider would refuse, before it costs a round trip.
func checkMessage(m sms.Message) error {
	refuse := func(kind sms.Outcome, messageID string) error {
		return &sms.Error{Kind: kind, Provider: name, MessageID: messageID}
	}
	switch {
	case !sms.ValidNumber(m.To):
		return refuse(sms.BadNumber, "")
	case strings.TrimSpace(m.Text) == "":
		return refuse(sms.FailedRequest, sms.MsgNoText)
	case message.Count(m.Text).Parts > maxParts:
		return refuse(sms.FailedRequest, sms.MsgTextTooLong)
	}
	return nil
}

// baseURL checks the address of the provider. The account's key travels with every request, so plain HTTP is for
// test servers and proxies on this very machine, named by address or as localhost.
func baseURL(raw string) (string, error) {
	u, err := url.Parse(cmp.Or(strings.TrimSpace(raw), DefaultBaseURL))
	if err != nil {
		// The parser quotes the address, which may hold a password.
		return "", settingError(KeyBaseURL, sms.MsgSettingInvalid, errors.New("is not an address"))
	}
	switch {
	case u.Host == "" || u.Hostname() == "", u.User != nil, u.RawQuery != "", u.Fragment != "":
		return "", settingError(KeyBaseURL, sms.MsgSettingInvalid, errors.New("must be https://host and at most a path"))
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "", settingError(KeyBaseURL, sms.MsgInsecureAddress, nil)
	case u.Scheme != "http" && u.Scheme != "https":
		return "", settingError(KeyBaseURL, sms.MsgSettingInvalid, errors.New("must begin with https://"))
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

func settingError(key, messageID string, cause error) error {
	return &sms.Error{Kind: sms.FailedRequest, Provider: name, Setting: key, MessageID: messageID, Err: cause}
}
