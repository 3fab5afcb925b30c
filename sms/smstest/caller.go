package smstest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"kassa/pos/integration"
	"kassa/sms"
)

// CallerID is the id of a Caller.
const CallerID = "caller"

const callerName = "Caller"

// Caller is a provider that makes the codes itself, as those do that let a phone ring: the code comes back in its
// answer. It rings nobody. It is safe for use by several goroutines.
type Caller struct {
	By integration.Way // it declares; set before use

	// Behind a pointer, so that printing the provider prints none of it.
	line *line
}

// line is what has gone over it.
type line struct {
	sync.Mutex
	codes  []string
	calls  []sms.Message
	made   string
	before error
	lost   bool
}

// NewCaller makes a provider of calls whose codes are these in turn, whatever they look like, then the last one
// again. Without any it makes "0435".
func NewCaller(codes ...string) *Caller {
	if len(codes) == 0 {
		codes = []string{"0435"}
	}
	return &Caller{By: integration.ByCall, line: &line{codes: codes}}
}

// Vendor offers the provider in a catalogue.
func (c *Caller) Vendor() sms.Vendor {
	return sms.Vendor{Declaration: c.Declaration(), Open: func(integration.Values) (sms.Provider, error) { return c, nil }}
}

// Declaration returns what the provider declares.
func (c *Caller) Declaration() integration.Declaration {
	return integration.Declaration{Kind: integration.Messages, ID: CallerID, Name: callerName,
		Channels: []integration.Channel{{By: c.By, CodeBy: integration.CodeByProvider}}}
}

// Calls returns who was rung, oldest first, without the code: it is the provider's own.
func (c *Caller) Calls() []sms.Message {
	c.line.Lock()
	defer c.line.Unlock()
	return slices.Clone(c.line.calls)
}

// Made is the newest code, as the person sees it.
func (c *Caller) Made() string {
	c.line.Lock()
	defer c.line.Unlock()
	return c.line.made
}

// BreakBefore makes the next request fail before it reaches the provider.
func (c *Caller) BreakBefore() {
	c.line.Lock()
	defer c.line.Unlock()
	c.line.before = callerError(sms.TemporaryError, nil)
}

// BreakAfter makes the next request reach the provider, whose answer is lost.
func (c *Caller) BreakAfter() {
	c.line.Lock()
	defer c.line.Unlock()
	c.line.lost = true
}

// Send lets the phone ring and tells the code.
func (c *Caller) Send(ctx context.Context, m sms.Message) (sms.Receipt, error) {
	switch {
	case ctx.Err() != nil:
		return sms.Receipt{}, callerError(sms.TemporaryError, ctx.Err())
	case !sms.ValidNumber(m.To):
		return sms.Receipt{}, callerError(sms.BadNumber, nil)
	}
	c.line.Lock()
	defer c.line.Unlock()
	if err := c.line.before; err != nil {
		c.line.before = nil
		return sms.Receipt{}, err
	}
	c.line.made = c.line.codes[min(len(c.line.calls), len(c.line.codes)-1)]
	c.line.calls = append(c.line.calls, sms.Message{To: m.To})
	if c.line.lost {
		c.line.lost = false
		return sms.Receipt{}, callerError(sms.Unknown, nil)
	}
	return sms.Receipt{ID: fmt.Sprintf("call-%d", len(c.line.calls)), Code: sms.NewSecret(c.line.made)}, nil
}

func callerError(kind sms.Outcome, cause error) error {
	return &sms.Error{Kind: kind, Provider: callerName, Err: cause}
}
