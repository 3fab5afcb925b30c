// Proofs of manual payments over HTTP: a file travels as it is, as the body of a
// request of its own, and what is said of it stands in a header beside it. It is held
// to its own bound before any of it is read.
package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kassa/pos"
	pay "kassa/pos/manual"
)

// ToldHeader holds what is said of a file that is the body of its request: JSON in
// base64url, since a header holds no letters but Latin ones.
const ToldHeader = "Kassa-Told"

// fileIn is how long a file may take to come: over a telephone's connection it does.
const fileIn = 2 * time.Minute

// Told writes the header of that name.
func Told(v any) (string, error) {
	raw, err := json.Marshal(v)
	return base64.RawURLEncoding.EncodeToString(raw), err
}

// heard reads it.
func heard(header string, into any) error {
	raw, err := base64.RawURLEncoding.DecodeString(header)
	if err == nil {
		err = unambiguous.Unmarshal(raw, new(any))
	}
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		err = d.Decode(into)
	}
	if err != nil {
		return pos.Wrap(pos.CodeInvalid, "manual.proof-told", err)
	}
	return nil
}

// AttachTold says who attaches a file and what it is.
type AttachTold struct {
	Asker
	Proof pay.AskProof `json:"proof"`
}

type attachInput struct {
	ID      string `path:"id" maxLength:"64"`
	Told    string `header:"Kassa-Told" required:"true" maxLength:"8192" doc:"JSON in base64url without padding: by and rights as everywhere, proof {id, where, comment}"`
	RawBody []byte `contentType:"application/octet-stream" doc:"The file"`
}

type bringProofInput struct {
	ID      string `path:"id" maxLength:"64"`
	Told    string `header:"Kassa-Told" required:"true" maxLength:"8192" doc:"JSON in base64url without padding: {id, kind, size, digest}"`
	RawBody []byte `contentType:"application/octet-stream" doc:"The file as the other backend kept it"`
}

// ProofList are the proofs of an order as they travel.
type ProofList struct {
	Till   string         `json:"till"`
	Proofs []pay.Attached `json:"proofs" nullable:"false" doc:"The oldest first"`
}

type proofsOutput struct{ Body ProofList }

type proofInput struct {
	ID    string `path:"id" maxLength:"64"`
	Proof string `path:"proof" maxLength:"64"`
}

type fileOutput struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// proofs serves proofs.
func (a *api) proofs(h huma.API) {
	on := func(id, method, path, summary, more string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/v1/manual/" + path, Summary: summary, Description: more,
			Security: byTill, Tags: []string{"manual payments"}}
	}
	file := func(o huma.Operation) huma.Operation {
		// The library takes a body that reaches its bound for one that is beyond it.
		o.MaxBodyBytes, o.BodyReadTimeout = pay.MaxProof+1, fileIn
		o.Middlewares = huma.Middlewares{a.bounded}
		o.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{}}
		for _, kind := range pay.ProofTypes {
			o.RequestBody.Content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
		}
		return o
	}
	huma.Register(h, file(on("proof-new", http.MethodPost, "orders/{id}/proofs", "Attach a file that shows that the money moved",
		"A picture is made anew, a PDF of at most 10 MiB stays as it is, anything else is refused. The proof's id names the request. Nothing attached is ever changed or taken away.")), a.attach)
	huma.Register(h, on("proofs", http.MethodGet, "orders/{id}/proofs", "The proofs of an order, without their files", ""), a.listProofs)
	read := on("proof", http.MethodGet, "orders/{id}/proofs/{proof}", "The file of a proof", "")
	read.Responses = map[string]*huma.Response{"200": {Description: "The file", Content: map[string]*huma.MediaType{
		string(pay.ProofPicture): {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		string(pay.ProofPDF):     {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
	huma.Register(h, read, a.proof)
	huma.Register(h, file(on("handover-proof", http.MethodPost, "handover/orders/{id}/proofs", "Bring the file of a proof, before the order it belongs to",
		"The same again is no change.")), a.bringProof)
}

// bounded refuses what is no file of a proof by its head, before its body is read.
func (a *api) bounded(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil || !slices.Contains(pay.ProofTypes, kind):
		err = pos.E(pos.CodeInvalid, idProofType, nil)
	case r.ContentLength > pay.MaxProof:
		err = pay.ProofLarge()
	case r.ContentLength == 0:
		err = pos.E(pos.CodeInvalid, "manual.proof-empty", nil)
	}
	if err == nil {
		next(ctx)
		return
	}
	if p, ok := refused(r.Context(), err).(*Problem); ok {
		p.write(w)
	}
}

func (a *api) attach(ctx context.Context, in *attachInput) (*orderOutput, error) {
	var said AttachTold
	if err := heard(in.Told, &said); err != nil {
		return nil, refused(ctx, err)
	}
	o, err := a.Backend.AddProof(ctx, said.from(ctx), in.ID, said.Proof, in.RawBody)
	return told(ctx, o, err)
}

func (a *api) listProofs(ctx context.Context, in *idInput) (*proofsOutput, error) {
	all, err := a.Backend.Proofs(ctx, in.ID)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &proofsOutput{ProofList{Till: tillOf(ctx).ID, Proofs: all}}, nil
}

// proof answers with a file. It is for the till that asked, and no browser that comes
// upon it shows it or runs anything in it.
func (a *api) proof(ctx context.Context, in *proofInput) (*fileOutput, error) {
	p, file, err := a.Backend.Proof(ctx, in.ID, in.Proof)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &fileOutput{Type: string(p.Kind), Disposition: `attachment; filename="proof` + p.Kind.End() + `"`, Policy: "default-src 'none'; sandbox", Body: file}, nil
}

func (a *api) bringProof(ctx context.Context, in *bringProofInput) (*struct{}, error) {
	var p pay.Proof
	if err := heard(in.Told, &p); err != nil {
		return nil, refused(ctx, err)
	}
	if err := a.Backend.TakeProof(ctx, tillOf(ctx).ID, in.ID, p, in.RawBody); err != nil {
		return nil, refused(ctx, err)
	}
	return nil, nil
}
