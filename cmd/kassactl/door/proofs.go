package door

import (
	"context"

	"kassa/backend/payments"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/storage/images"
)

// proofJSON is a file that shows that the money of an order moved; this file holds the
// commands that attach one and give it back.
type proofJSON struct {
	ID      string           `json:"id"`
	Kind    manual.ProofKind `json:"kind"`
	Size    int64            `json:"size"`
	Digest  string           `json:"digest"` // SHA-256 of what is kept
	At      *Timestamp       `json:"at"`
	By      string           `json:"by"`
	Comment string           `json:"comment,omitempty"`
	Gone    bool             `json:"gone,omitempty"` // with the customer's data
}

func newProof(p *manual.Attached) proofJSON {
	return proofJSON{ID: p.ID, Kind: p.Kind, Size: p.Size, Digest: p.Digest, At: Stamp(p.At), By: p.By.Name, Comment: p.Comment, Gone: p.Gone}
}

// attachProof attaches a file of this computer to an order.
func (s *Session) attachProof(ctx context.Context, r *request) (any, error) {
	id, path := r.text("id"), r.text("file")
	in := manual.AskProof{ID: s.idOr(r.optional("request")), Where: r.placeIf("where"), Comment: r.optional("comment")}
	if err := r.done(); err != nil {
		return nil, err
	}
	b, err := s.manualOf(ctx)
	if err != nil {
		return nil, err
	}
	file, err := images.Attached{}.Read(path, manual.MaxProof)
	if err != nil {
		return nil, err
	}
	o, err := b.AddProof(ctx, b.Asker, id, in, file)
	return told(&o, payments.Kept(err, path))
}

// saveProof keeps the file of a proof on this computer.
func (s *Session) saveProof(ctx context.Context, r *request) (any, error) {
	id, proof, path := r.text("id"), r.text("proof"), r.text("file")
	b, err := s.seeing(ctx, r, pos.RightManualSee)
	if err != nil {
		return nil, err
	}
	all, err := b.Proofs(ctx, id)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	for i := range all {
		if all[i].ID != proof {
			continue
		}
		file, err := b.Proof(ctx, id, all[i].Proof)
		if err != nil {
			return nil, shop.Spoken(err)
		}
		return newProof(&all[i]), images.Attached{}.Write(path, file)
	}
	return nil, pos.E(pos.CodeNotFound, "manual.proof-unknown", nil)
}
