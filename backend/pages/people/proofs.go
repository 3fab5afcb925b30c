package people

import (
	"net/http"
	"net/url"
	"strconv"

	"kassa/backend/pages"
	"kassa/pos"
	pay "kassa/pos/manual"
)

// proofLine is a proof as the page of its payment shows it.
type proofLine struct {
	pay.Attached
	To      string // its file
	Picture bool
	Name    string
}

// proofLines are the proofs of a payment.
func proofLines(g *pages.Page, k *pay.Kept) (all []proofLine) {
	for i, a := range k.Attached() {
		l := proofLine{Attached: a, Picture: a.Kind == pay.ProofPicture, To: Root + "orders/" + url.PathEscape(k.ID) + "/proofs/" + url.PathEscape(a.ID)}
		l.Name = g.Words().T("peoplepage.proof", pos.Args{"Number": i + 1})
		all = append(all, l)
	}
	return all
}

// proof answers with the file of a proof: a picture of ours to be looked at, a
// document somebody made to be kept, neither to be run.
func (p *Pages) proof(v *visit) {
	proof, file, err := p.b.Proof(v.r.Context(), v.r.PathValue("id"), v.r.PathValue("proof"))
	if err != nil {
		p.refuse(v, err)
		return
	}
	how := "inline"
	if proof.Kind != pay.ProofPicture {
		how = "attachment"
	}
	h := v.w.Header()
	h.Set("Content-Type", string(proof.Kind))
	h.Set("Content-Disposition", how+`; filename="proof`+proof.Kind.End()+`"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Length", strconv.Itoa(len(file)))
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(file) // whoever asked may be gone
}
