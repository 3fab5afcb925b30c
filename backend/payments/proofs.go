package payments

import (
	"context"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/till"
)

// Files reads and writes the files of this computer that are attached to payments.
type Files interface {
	Read(path string, most int64) ([]byte, error)
	Write(path string, data []byte) error
}

// AddProof attaches a file of this computer to an order as it was seen; in.ID names
// the request, the same through every try. It needs RightManualDecide, or
// RightManualCreate of whoever noted the order. Where the backend does not answer the
// file stays where it is: CodeUnavailable "manual.proof-unreached".
func (p *Payments) AddProof(ctx context.Context, a pos.Actor, seen *manual.Order, in manual.AskProof, path string) (manual.Order, error) {
	use := till.ManualUse{Right: pos.RightManualDecide, Subject: seen.ID}
	if mine(a, seen.Author) {
		use.Right = pos.RightManualCreate
	}
	b, by, err := p.asker(ctx, a, use)
	if err != nil {
		return manual.Order{}, err
	}
	file, err := p.p.Files.Read(path, manual.MaxProof)
	if err != nil {
		return manual.Order{}, err
	}
	o, err := b.AddProof(ctx, by, seen.ID, in, file)
	return o, Kept(err, path)
}

// Kept is Spoken for a file that was to be attached: where nobody answered it is still
// where it was.
func Kept(err error, path string) error {
	if Unreached(err) {
		return &pos.Error{Code: pos.CodeUnavailable, ID: "manual.proof-unreached", Args: pos.Args{"File": path}, Err: err}
	}
	return Spoken(err)
}

// Proof reads the file of a proof. It needs RightManualSee.
func (p *Payments) Proof(ctx context.Context, a pos.Actor, order string, proof manual.Proof) ([]byte, error) {
	b, err := p.seeing(ctx, a)
	if err != nil {
		return nil, err
	}
	file, err := b.Proof(ctx, order, proof)
	return file, Spoken(err)
}

// SaveProof keeps the file of a proof on this computer. It needs RightManualSee.
func (p *Payments) SaveProof(ctx context.Context, a pos.Actor, order string, proof manual.Proof, path string) error {
	file, err := p.Proof(ctx, a, order, proof)
	if err != nil {
		return err
	}
	return p.p.Files.Write(path, file)
}
