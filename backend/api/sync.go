package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kassa/pos"
	"kassa/pos/exchange"
)

// Head is exchange.Head as it travels.
type Head struct {
	Till    string `json:"till" maxLength:"128" doc:"Hash of the till's first audit event: the same in every copy of one till"`
	Epoch   int64  `json:"epoch" minimum:"1"`
	Events  int64  `json:"events" minimum:"0" doc:"Number of the newest audit event"`
	Trail   string `json:"trail" maxLength:"128" doc:"Its hash"`
	Entries int64  `json:"entries" minimum:"0" doc:"Number of the newest entry of the journal"`
	Journal string `json:"journal" maxLength:"128" doc:"Its hash"`
}

// Command is exchange.Command as it travels.
type Command struct {
	ID       string          `json:"id" maxLength:"64" doc:"UUIDv7 made by the till; the same through every retry"`
	Type     string          `json:"type" maxLength:"64" doc:"What happened, such as sale.completed"`
	DeviceID string          `json:"deviceId" maxLength:"128" doc:"The till; as head.till"`
	Epoch    int64           `json:"epoch"`
	Seq      int64           `json:"seq" doc:"Its place among all the till ever told"`
	At       time.Time       `json:"occurredAt" doc:"By the till's clock, UTC"`
	Subject  string          `json:"subject" maxLength:"128"`
	Object   string          `json:"object,omitempty" maxLength:"128" doc:"What is told of in order; left out where it is the subject"`
	Digest   string          `json:"digest" maxLength:"64" doc:"SHA-256 of the bytes of body, hex: a body that was cut or written anew on its way is refused"`
	Body     json.RawMessage `json:"body"`
}

type commandsInput struct {
	Body struct {
		Head     Head      `json:"head"`
		Waiting  int64     `json:"waiting" minimum:"0" doc:"How many more wait at the till"`
		Commands []Command `json:"commands" maxItems:"200"`
	}
}

// Answer is exchange.Answer as it travels.
type Answer struct {
	ID      string   `json:"id"`
	Verdict string   `json:"verdict" enum:"applied,duplicate,rejected,conflict,refused"`
	Problem *Problem `json:"problem,omitempty"`
}

// Held is exchange.Held as it travels.
type Held struct {
	Count int64 `json:"count"`
	Epoch int64 `json:"epoch"`
	Seq   int64 `json:"seq"`
}

type commandsOutput struct {
	Body struct {
		Till    string    `json:"till" doc:"Whom this answers"`
		Epoch   int64     `json:"epoch" doc:"As the head had it"`
		Time    time.Time `json:"serverTime"`
		Answers []Answer  `json:"answers"`
		Held    Held      `json:"held"`
	}
}

type heldInput struct {
	Epoch int64 `query:"epoch" minimum:"0"`
	Seq   int64 `query:"seq" minimum:"0"`
}

type heldOutput struct {
	Body struct {
		Till     string     `json:"till"`
		Messages []HeldItem `json:"messages"`
	}
}

// HeldItem is one message the backend has.
type HeldItem struct {
	ID    string `json:"id"`
	Epoch int64  `json:"epoch"`
	Seq   int64  `json:"seq"`
}

// sync serves the exchange with tills.
func (a *api) sync(h huma.API) {
	huma.Register(h, huma.Operation{OperationID: "sync-commands", Method: http.MethodPost, Path: "/v1/sync/commands", Summary: "Take what a till tells",
		Description: "At most 200 commands of 1 MiB together; a longer one goes alone. Each is answered by itself; one that is refused stops none of the others.",
		Security:    byTill, MaxBodyBytes: exchange.MostAlone + exchange.MostBytes, BodyReadTimeout: 30 * time.Second, Tags: []string{"sync"},
		SkipValidateBody: true}, a.takeCommands) // it would read each receipt once more to find that anything may stand in it: batchOf and the room look
	huma.Register(h, huma.Operation{OperationID: "sync-held", Method: http.MethodGet, Path: "/v1/sync/held", Summary: "What is held of a till after a place",
		Description: "At most 1000, by place. By it a till finds what a backend restored from an old copy has lost.",
		Security:    byTill, Tags: []string{"sync"}}, a.held)
	huma.Register(h, huma.Operation{OperationID: "sync-count", Method: http.MethodGet, Path: "/v1/sync/held/count", Summary: "How much is held of a stretch of a till",
		Description: "Of the places after one and up to another, within an epoch.", Security: byTill, Tags: []string{"sync"}}, a.count)
	huma.Register(h, huma.Operation{OperationID: "sync-changes", Method: http.MethodGet, Path: "/v1/sync/changes", Summary: "What changed after a cursor",
		Description: "At most 200 things of 1 MiB together, in the order of their commits, each as it stands now and once. With wait it is answered as soon as there is something, and after so many seconds at the latest; one waits for a till at a time. A cursor this backend did not give, such as one of before it was restored from an old copy, is answered from the beginning.",
		Security:    byTill, Tags: []string{"sync"}}, a.changes)
}

type changesInput struct {
	Cursor string `query:"cursor" maxLength:"128" doc:"next of the page before; the beginning unless given"`
	Limit  int    `query:"limit" minimum:"0" maximum:"200" doc:"200 unless given"`
	Wait   int    `query:"wait" minimum:"0" maximum:"25" doc:"Seconds to wait until something changed; none unless given"`
}

// Change is exchange.Change as it travels.
type Change struct {
	Kind    string          `json:"kind" doc:"Such as manual.order"`
	ID      string          `json:"id"`
	Version int64           `json:"version"`
	Body    json.RawMessage `json:"body" doc:"The whole thing as it stands"`
}

// Changes is exchange.Changes as it travels.
type Changes struct {
	Till    string   `json:"till" doc:"Whom this answers"`
	Changes []Change `json:"changes" nullable:"false"`
	Next    string   `json:"next" doc:"The cursor of what comes after; opaque"`
	More    bool     `json:"more"`
	Anew    bool     `json:"anew" doc:"This is the first page of all there is: what is known and does not follow is not there"`
	Waited  bool     `json:"waited,omitempty" doc:"It was waited as asked; where it was not, whoever asks again at once asks in vain"`
}

type changesOutput struct{ Body Changes }

func (a *api) changes(ctx context.Context, in *changesInput) (*changesOutput, error) {
	if _, err := a.Backend.ExpireOrders(ctx); err != nil { // nobody is told of one as open that is not
		return nil, refused(ctx, err)
	}
	waited := false
	if in.Wait > 0 {
		var err error
		if waited, err = a.Backend.Await(ctx, tillOf(ctx).ID, in.Cursor, time.Duration(in.Wait)*time.Second); err != nil {
			return nil, refused(ctx, err)
		}
	}
	page, err := a.Backend.Changes(ctx, in.Cursor, in.Limit)
	if err != nil {
		return nil, refused(ctx, err)
	}
	out := &changesOutput{Changes{Till: tillOf(ctx).ID, Changes: make([]Change, len(page.Changes)), Next: page.Next, More: page.More, Anew: page.Anew, Waited: waited}}
	for i, c := range page.Changes {
		out.Body.Changes[i] = Change{Kind: string(c.Kind), ID: c.ID, Version: c.Version, Body: c.Body}
	}
	return out, nil
}

type countInput struct {
	Epoch int64 `query:"epoch" minimum:"1"`
	After int64 `query:"after" minimum:"0"`
	UpTo  int64 `query:"upTo" minimum:"0"`
}

type countOutput struct {
	Body struct {
		Till  string `json:"till"`
		Count int64  `json:"count"`
	}
}

func (a *api) count(ctx context.Context, in *countInput) (*countOutput, error) {
	till := tillOf(ctx)
	n, err := a.Backend.CountHeld(ctx, till.ID, exchange.Span{Epoch: in.Epoch, After: in.After, UpTo: in.UpTo})
	if err != nil {
		return nil, refused(ctx, err)
	}
	out := &countOutput{}
	out.Body.Till, out.Body.Count = till.ID, n
	return out, nil
}

func (a *api) takeCommands(ctx context.Context, in *commandsInput) (*commandsOutput, error) {
	till := tillOf(ctx)
	batch, err := batchOf(&in.Body.Head, in.Body.Commands)
	if err == nil && in.Body.Waiting < 0 {
		err = badHead("waiting")
	}
	if err != nil {
		return nil, refused(ctx, err)
	}
	reply, err := a.Backend.Take(ctx, till.ID, batch, in.Body.Waiting)
	if err != nil {
		return nil, refused(ctx, err)
	}
	out := &commandsOutput{}
	out.Body.Till, out.Body.Epoch, out.Body.Time = till.ID, batch.Head.Epoch, a.Backend.Now()
	out.Body.Held = Held(reply.Held)
	req := requestOf(ctx)
	for _, ans := range reply.Answers {
		told := Answer{ID: ans.ID, Verdict: string(ans.Verdict)}
		if ans.Problem != nil {
			told.Problem = problemOf(req, ans.Problem)
		}
		out.Body.Answers = append(out.Body.Answers, told)
	}
	return out, nil
}

// longest is how long a name or a hash of a head may be.
const longest = 128

func badHead(field string) error {
	return pos.E(pos.CodeInvalid, "backend.command", pos.Args{"Field": field})
}

// checkHead refuses a head that no till sends.
func checkHead(h *Head) error {
	switch {
	case h.Till == "" || len(h.Till) > longest:
		return badHead("head.till")
	case h.Epoch < 1:
		return badHead("head.epoch")
	case h.Events < 0:
		return badHead("head.events")
	case len(h.Trail) > longest:
		return badHead("head.trail")
	case h.Entries < 0:
		return badHead("head.entries")
	case len(h.Journal) > longest:
		return badHead("head.journal")
	}
	return nil
}

// batchOf reads what travelled. A body that is not what its digest says was hurt on
// the way: nothing of the batch is taken, and the till sends it again.
func batchOf(head *Head, commands []Command) (exchange.Batch, error) {
	b := exchange.Batch{Head: exchange.Head(*head), Commands: make([]exchange.Command, len(commands))}
	if err := checkHead(head); err != nil {
		return b, err
	}
	if len(commands) > exchange.MostCommands { // before anything is done for each
		return b, pos.E(pos.CodeLimit, "backend.batch-long", pos.Args{"Most": exchange.MostCommands})
	}
	size := 0
	for i, c := range commands {
		if c.DeviceID != head.Till {
			return b, pos.E(pos.CodeForbidden, "backend.wrong-till", nil)
		}
		b.Commands[i] = exchange.Command{ID: c.ID, Epoch: c.Epoch, Seq: c.Seq, Kind: pos.EventKind(c.Type), Subject: c.Subject, Object: c.Object, At: c.At.UTC(), Body: c.Body}
		if b.Commands[i].Object == "" {
			b.Commands[i].Object = c.Subject
		}
		if b.Commands[i].Digest() != c.Digest {
			return b, pos.E(pos.CodeInvalid, "backend.body-hurt", nil)
		}
		size += len(c.Body)
	}
	if size > exchange.MostBytes && len(commands) > 1 {
		return b, pos.E(pos.CodeLimit, "backend.batch-large", nil)
	}
	return b, nil
}

func (a *api) held(ctx context.Context, in *heldInput) (*heldOutput, error) {
	till := tillOf(ctx)
	list, err := a.Backend.Held(ctx, till.ID, in.Epoch, in.Seq)
	if err != nil {
		return nil, refused(ctx, err)
	}
	out := &heldOutput{}
	out.Body.Till = till.ID
	out.Body.Messages = make([]HeldItem, len(list))
	for i, c := range list {
		out.Body.Messages[i] = HeldItem{ID: c.ID, Epoch: c.Epoch, Seq: c.Seq}
	}
	return out, nil
}
