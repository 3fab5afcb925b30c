// Package sandbox is a provider that delivers to nobody: for the demo shop, for training and for tests. Its
// messages appear in an Inbox, where a window can show them, and in a file where one is set.
package sandbox

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/sms"
)

const (
	// ID is the provider's id in settings and records.
	ID = "sandbox"

	// KeyFile is the setting with the path of a file that gets every message as a line of JSON (see Message).
	KeyFile = "file"

	// NoteBalance is the translation id of what is shown instead of a balance.
	NoteBalance = "sms.balance.sandbox"

	name     = "Sandbox"
	keep     = 200 // messages an Inbox remembers
	fileMode = 0o600
)

// Message is one message nobody received.
type Message struct {
	ID     string    `json:"id"`
	To     string    `json:"to"` // E.164
	Text   string    `json:"text"`
	Sender string    `json:"sender,omitempty"`
	Test   bool      `json:"test,omitempty"`
	At     time.Time `json:"at"` // UTC
}

// Inbox is where the messages of all sandbox providers of a program appear. It is safe for use by several
// goroutines.
type Inbox struct {
	now   func() time.Time
	newID func() string

	file sync.Mutex // held while a line is appended, so that lines stay whole

	mu       sync.Mutex
	messages []Message
	watchers map[int]func(Message)
	nextKey  int
	failures []error
}

// NewInbox makes an empty inbox; now is the program's clock.
func NewInbox(now func() time.Time) *Inbox {
	newID := func() string { return ID + "-" + uuid.Must(uuid.NewV7()).String() }
	return &Inbox{now: now, newID: newID, watchers: map[int]func(Message){}}
}

// Messages returns the last messages, oldest first.
func (b *Inbox) Messages() []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.messages)
}

// Subscribe calls show with every message from now on, on the sender's goroutine, until the returned function is
// called.
func (b *Inbox) Subscribe(show func(Message)) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := b.nextKey
	b.nextKey++
	b.watchers[key] = show
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.watchers, key)
	}
}

// FailNext makes the next sendings fail with these errors, one each, to show or to test what happens then. A
// message whose error says that it may have left (sms.MayHaveLeft) appears all the same.
func (b *Inbox) FailNext(errs ...error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failures = append(b.failures, errs...)
}

func (b *Inbox) nextFailure() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.failures) == 0 {
		return nil
	}
	err := b.failures[0]
	b.failures = b.failures[1:]
	return err
}

func (b *Inbox) add(m Message) {
	b.mu.Lock()
	b.messages = append(b.messages, m)
	if extra := len(b.messages) - keep; extra > 0 {
		b.messages = slices.Delete(b.messages, 0, extra)
	}
	var watchers []func(Message)
	for key := range b.nextKey {
		if show, ok := b.watchers[key]; ok {
			watchers = append(watchers, show)
		}
	}
	b.mu.Unlock()
	for _, show := range watchers { // outside the lock, so that a watcher may ask for Messages
		show(m)
	}
}

func (b *Inbox) has(id string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.messages, func(m Message) bool { return m.ID == id })
}

// Provider sends into an Inbox.
type Provider struct {
	inbox    *Inbox
	path     string
	declared integration.Declaration
}

// New makes a provider over inbox; path is the file for the messages, or "".
func New(inbox *Inbox, path string) *Provider {
	return &Provider{inbox: inbox, path: path, declared: declaration("")}
}

// Vendor returns the vendor for the program's catalogue; path is the file for the messages where the settings name
// none, or "".
func Vendor(inbox *Inbox, path string) sms.Vendor {
	declared := declaration(path)
	return sms.Vendor{Declaration: declared, Open: func(v integration.Values) (sms.Provider, error) {
		return &Provider{inbox: inbox, path: v.Get(KeyFile), declared: declared}, nil
	}}
}

// Declaration returns what the provider declares.
func (p *Provider) Declaration() integration.Declaration { return p.declared }

func declaration(path string) integration.Declaration {
	return integration.Declaration{
		Kind: integration.Messages, ID: ID, Name: name,
		Channels: []integration.Channel{{By: integration.BySMS, CodeBy: integration.CodeByTill}},
		Can:      []integration.Ability{integration.TellsBalance, integration.TellsCost, integration.TellsStatus, integration.Trains},
		Fields: []integration.Field{
			{Key: KeyFile, LabelID: "sms.field.sandbox.file", HelpID: "sms.help.sandbox.file", Type: integration.Path,
				Default: path, Advanced: true},
		},
	}
}

// Send puts the message into the inbox and its line into the file. It fails only when the message makes no sense,
// the file cannot be written, ctx is over, or FailNext said so.
func (p *Provider) Send(ctx context.Context, m sms.Message) (sms.Receipt, error) {
	if ctx.Err() != nil {
		return sms.Receipt{}, failure(sms.TemporaryError, sms.MsgCancelled, ctx.Err())
	}
	if err := sms.CheckMessage(name, m, 0); err != nil {
		return sms.Receipt{}, err
	}
	failed := p.inbox.nextFailure()
	if sms.NotSent(failed) {
		return sms.Receipt{}, failed
	}
	sent := Message{ID: p.inbox.newID(), To: m.To, Text: m.Text, Sender: m.Sender, Test: m.Test, At: p.inbox.now().UTC()}
	if err := p.write(sent); err != nil {
		return sms.Receipt{}, failure(sms.FailedRequest, sms.MsgSandboxFile, err)
	}
	p.inbox.add(sent)
	if failed != nil {
		return sms.Receipt{}, failed
	}
	return sms.Receipt{ID: sent.ID}, nil
}

// Balance returns a remark instead of a sum.
func (p *Provider) Balance(context.Context) (sms.Balance, error) {
	return sms.Balance{NoteID: NoteBalance}, nil
}

// Cost returns the number of parts; they cost nothing.
func (p *Provider) Cost(_ context.Context, m sms.Message) (sms.Cost, error) {
	return sms.Cost{Currency: "RUB", Parts: message.Count(m.Text).Parts}, nil
}

// Status calls a message delivered as soon as it is in the inbox.
func (p *Provider) Status(_ context.Context, id string) (sms.Status, error) {
	if !p.inbox.has(id) {
		return sms.Status{State: sms.StateUnknown}, nil
	}
	return sms.Status{State: sms.StateDelivered}, nil
}

// write appends one line. The file holds numbers and codes, so it is for its owner alone, also when it was there
// before.
func (p *Provider) write(m Message) (err error) {
	if p.path == "" {
		return nil
	}
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	p.inbox.file.Lock()
	defer p.inbox.file.Unlock()
	f, err := os.OpenFile(p.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, fileMode)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	if err := f.Chmod(fileMode); err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return err
}

func failure(kind sms.Outcome, messageID string, cause error) error {
	return &sms.Error{Kind: kind, Provider: name, MessageID: messageID, Err: cause}
}
