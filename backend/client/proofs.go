package client

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-resty/resty/v2"

	"kassa/backend/api"
	"kassa/pos/exchange"
	"kassa/pos/manual"
)

// proofsOf is where the proofs of an order lie; this file brings files of proofs to the
// backend and back.
func proofsOf(order string) string { return manualBase + "orders/" + url.PathEscape(order) + "/proofs" }

// AddProof attaches a file to an order; in.ID names the request.
func (c *Client) AddProof(ctx context.Context, by api.Asker, order string, in manual.AskProof, file []byte) (o manual.Order, err error) {
	if len(file) > manual.MaxProof { // the backend would stop reading in its middle
		return o, &exchange.Trouble{Reason: exchange.Refused, Problem: manual.ProofLarge()}
	}
	err = c.sendFile(ctx, proofsOf(order), api.AttachTold{Asker: by, Proof: in}, file, &o)
	return o, about(order, o.ID, err)
}

// BringProof hands over the file of a proof that another backend kept.
func (c *Client) BringProof(ctx context.Context, order string, p manual.Proof, file []byte) error {
	return c.sendFile(ctx, manualBase+"handover/orders/"+url.PathEscape(order)+"/proofs", p, file, nil)
}

// sendFile sends a file with what is told of it and reads the answer into out, nil
// for none.
func (c *Client) sendFile(ctx context.Context, path string, told any, file []byte, out any) error {
	head, err := api.Told(told)
	if err != nil {
		return &exchange.Trouble{Reason: exchange.BadAnswer, Err: err}
	}
	in := sent{file: file, kind: "application/octet-stream", told: head, time: exchange.FileTimeout}
	return c.send(ctx, http.MethodPost, path, in, func(resp *resty.Response) error {
		raw, err := bounded(resp.RawBody(), exchange.MostAnswer)
		if err != nil {
			return &exchange.Trouble{Reason: exchange.BadAnswer, Err: err}
		}
		if out == nil && resp.StatusCode() == http.StatusNoContent {
			return nil
		}
		return read(resp, raw, out)
	})
}

// Proofs lists the proofs of an order, the oldest first.
func (c *Client) Proofs(ctx context.Context, order string) ([]manual.Attached, error) {
	var out api.ProofList
	err := c.ask(ctx, http.MethodGet, proofsOf(order), nil, nil, &out)
	return out.Proofs, c.mine(out.Till, err)
}

// Proof reads the file of a proof. Another file than the order tells of is nobody's
// answer.
func (c *Client) Proof(ctx context.Context, order string, p manual.Proof) (file []byte, err error) {
	err = c.send(ctx, http.MethodGet, proofsOf(order)+"/"+url.PathEscape(p.ID), sent{time: exchange.FileTimeout}, func(resp *resty.Response) error {
		raw, err := bounded(resp.RawBody(), manual.MaxProof)
		switch {
		case err != nil:
			return &exchange.Trouble{Reason: exchange.BadAnswer, Err: err}
		case resp.StatusCode() != http.StatusOK || !strings.HasPrefix(resp.Header().Get("Content-Type"), string(p.Kind)):
			return read(resp, raw, new(struct{}))
		case manual.Digest(raw) != p.Digest:
			return &exchange.Trouble{Reason: exchange.BadAnswer, Err: fmt.Errorf("another file than proof %s", p.ID)}
		}
		file = raw
		return nil
	})
	return file, err
}
