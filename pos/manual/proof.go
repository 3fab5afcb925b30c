package manual

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/picture"
)

// Limits of proofs: files that show that the money moved, such as the picture of a
// bank's screen or its receipt.
const (
	MaxProof   = 10 << 20 // bytes, as it is sent and as it is kept
	MostProofs = 10       // of an order
	MostLoose  = 100      // of a till, brought before their orders and not followed by them
	ProofSide  = 2048     // pixels: small print stays legible
)

// ProofKind is what the file of a proof is. Words are permanent.
type ProofKind string

// The kinds.
const (
	ProofPicture ProofKind = "image/jpeg"
	ProofPDF     ProofKind = "application/pdf"
)

// End is how the name of a file of the kind ends.
func (k ProofKind) End() string {
	if k == ProofPDF {
		return ".pdf"
	}
	return ".jpg"
}

// ProofTypes are the content types a proof may be sent as, the type of what nobody
// looked at last.
var ProofTypes = []string{"application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "application/octet-stream"}

// Proof is a file that was attached to an order, as the history of the order tells
// of it. The file lies apart and is read on demand.
type Proof struct {
	ID     string    `json:"id" maxLength:"64"`
	Kind   ProofKind `json:"kind" enum:"image/jpeg,application/pdf"`
	Size   int64     `json:"size" doc:"Bytes as it is kept"`
	Digest string    `json:"digest" doc:"SHA-256 of the file as it is kept, in hex"`
}

// Attached is a proof with who attached it and when.
type Attached struct {
	Proof
	At      time.Time `json:"at"`
	By      Person    `json:"by"`
	Comment string    `json:"comment,omitempty"`
	Gone    bool      `json:"gone,omitempty" doc:"The file was taken away with all else that told who the customer is"`
}

// AskProof asks for a file to be attached to an order.
type AskProof struct {
	ID      string `json:"id" maxLength:"64" doc:"Of the proof: made before the first attempt and kept through every retry"`
	Where   Place  `json:"where" enum:"till,orders,card,people"`
	Comment string `json:"comment,omitempty" maxLength:"800"`
}

// Digest is how a file is named by what is in it.
func Digest(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

// DemandAttach refuses whoever may neither decide nor has noted the order themselves.
func (o *Order) DemandAttach(by Person, r *Rights) error {
	if r.Decide || r.Create && by.ID != "" && by.ID == o.Author.ID {
		return nil
	}
	return lacking(pos.RightManualDecide)
}

// Attach notes a proof. It may come in any state, of a refund that was given too,
// and is never taken away: a wrong one is followed by a right one that says so.
func (o *Order) Attach(in *AskProof, p *Proof, by Person, r *Rights, now time.Time) (*Event, error) {
	if err := in.Check(); err != nil {
		return nil, err
	}
	if err := o.DemandAttach(by, r); err != nil {
		return nil, err
	}
	if o.Proofs >= MostProofs {
		return nil, pos.E(pos.CodeLimit, "manual.proofs-many", pos.Args{"Most": MostProofs, "Order": o})
	}
	o.Proofs++
	told := *p
	return o.step(EventProof, o.State, in.Where, by, now, &Event{Proof: &told, Reason: in.Comment}), nil
}

// Check refuses what cannot be asked of any order. CodeInvalid.
func (in *AskProof) Check() error {
	if err := checkID(in.ID); err != nil {
		return err
	}
	if !attachedAt(in.Where) {
		return pos.E(pos.CodeInvalid, "manual.proof-where", nil)
	}
	return checkText("comment", in.Comment, MaxHint)
}

// attachedAt reports where staff attach proofs.
func attachedAt(where Place) bool {
	return slices.Contains([]Place{AtTill, AtOrders, AtCard, AtPeople}, where)
}

// Attached lists the proofs of an order, the oldest first.
func (k *Kept) Attached() (all []Attached) {
	for i := range k.Events {
		if e := &k.Events[i]; e.Proof != nil {
			all = append(all, Attached{Proof: *e.Proof, At: e.At, By: e.By, Comment: e.Reason, Gone: slices.Contains(k.Gone, e.Proof.ID)})
		}
	}
	return all
}

// check refuses a proof no backend ever noted.
func (p *Proof) check() bool {
	raw, err := hex.DecodeString(p.Digest)
	return checkID(p.ID) == nil && (p.Kind == ProofPicture || p.Kind == ProofPDF) && p.Size > 0 && p.Size <= MaxProof && err == nil && len(raw) == sha256.Size
}

// CleanProof reads the file of a proof and returns what is kept of it: of a picture
// the pixels alone, made anew, upright and no larger than ProofSide; a PDF as it is.
// What a file is its content says, whatever it is called. It is refused with what to
// do instead: CodeLimit "manual.proof-large", else CodeInvalid.
func CleanProof(raw []byte) (file []byte, kind ProofKind, err error) {
	switch {
	case len(raw) == 0:
		return nil, "", pos.E(pos.CodeInvalid, "manual.proof-empty", nil)
	case len(raw) > MaxProof:
		return nil, "", ProofLarge()
	case bytes.HasPrefix(raw, pdfBegins):
		if err := checkPDF(raw); err != nil {
			return nil, "", err
		}
		return raw, ProofPDF, nil
	}
	img, err := picture.Small(raw, ProofSide)
	if err == nil {
		file, err = picture.Flat(img)
	}
	if e, ok := errors.AsType[*pos.Error](err); ok && e.ID == "picture.unknown" {
		return nil, "", pos.Wrap(pos.CodeInvalid, "manual.proof-kind", err)
	}
	if err != nil {
		return nil, "", err
	}
	return file, ProofPicture, nil
}

// ProofLarge is the refusal of a file that is larger than any proof may be.
func ProofLarge() *pos.Error {
	return pos.E(pos.CodeLimit, "manual.proof-large", pos.Args{"Max": MaxProof >> 20})
}

var (
	pdfBegins = []byte("%PDF-")
	pdfEnds   = []byte("%%EOF")
)

// pdfTail is how near to its end the mark of a PDF's end stands.
const pdfTail = 1024

// checkPDF refuses a PDF of which the end is missing.
func checkPDF(raw []byte) error {
	if !bytes.Contains(raw[max(0, len(raw)-pdfTail):], pdfEnds) {
		return pos.E(pos.CodeInvalid, "manual.proof-damaged", nil)
	}
	return nil
}

// CheckKept refuses a file that CleanProof did not make or leave as it is, or that is
// another than a proof tells: what another backend kept is believed no more than what
// is asked. CodeInvalid "manual.brought".
func (p *Proof) CheckKept(file []byte) error {
	ok := p.check() && p.Size == int64(len(file)) && p.Digest == Digest(file)
	if ok && p.Kind == ProofPDF {
		ok = bytes.HasPrefix(file, pdfBegins) && checkPDF(file) == nil
	} else if ok {
		ok = picture.IsFlat(file, ProofSide)
	}
	if !ok {
		return pos.E(pos.CodeInvalid, "manual.brought", pos.Args{"Order": p.ID, "What": FaultProof})
	}
	return nil
}
