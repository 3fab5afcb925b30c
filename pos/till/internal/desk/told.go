package desk

import (
	"encoding/json"

	"kassa/pos"
)

// OrNone keeps a list from leaving with an error.
func OrNone[T any](list []T, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	return list, nil
}

// approvalPayload is a used approval as the outbox tells it; names and units are
// permanent, as of salePayload.
type approvalPayload struct {
	ID        string `json:"id"`
	Right     string `json:"right"`
	Sum       int64  `json:"sum_minor"`
	Subject   string `json:"subject,omitempty"`
	AskedBy   string `json:"asked_by"`
	GrantedBy string `json:"granted_by"`
	Reason    string `json:"reason"`
	At        int64  `json:"at_ms"`
	UsedAt    int64  `json:"used_at_ms"`
	UsedFor   string `json:"used_for,omitempty"`
}

func approvalPayloadOf(a *pos.Approval) approvalPayload {
	return approvalPayload{
		ID: string(a.ID), Right: string(a.Right), Sum: int64(a.Sum), Subject: a.Subject, AskedBy: string(a.AskedBy),
		GrantedBy: string(a.GrantedBy), Reason: a.Reason, At: a.At.UnixMilli(), UsedAt: a.UsedAt.UnixMilli(), UsedFor: a.UsedFor,
	}
}

// Tell puts what happened into the outbox, in the operation's own transaction.
// The payload is fixed now: whoever receives it later, and perhaps twice, reads
// what was true when it happened. It must hold no code, PIN or token.
func (o *Op) Tell(k pos.EventKind, subject string, payload any) error {
	body, err := json.Marshal(payload)
	if err != nil {
		return pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return o.Enqueue(&pos.OutboxMessage{ID: o.NewID(), Kind: k, Subject: subject, Payload: body, At: o.At})
}
