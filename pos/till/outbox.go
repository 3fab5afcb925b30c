package till

import (
	"encoding/json"

	"kassa/pos"
)

// tell puts what happened into the outbox, in the operation's own transaction.
// The payload is fixed now: whoever receives it later, and perhaps twice, reads
// what was true when it happened. It must hold no code, PIN or token.
func (o *op) tell(k pos.EventKind, subject string, payload any) error {
	body, err := json.Marshal(payload)
	if err != nil {
		return pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return o.Enqueue(&pos.OutboxMessage{ID: o.t.IDs.NewID(), Kind: k, Subject: subject, Payload: body, At: o.at})
}
