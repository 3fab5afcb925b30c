// How tills join over HTTP.
package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kassa/backend"
	"kassa/pos/hidden"
)

type joinInput struct {
	Body struct {
		Code  string `json:"code" maxLength:"64" doc:"The one-time code somebody was given"`
		Till  string `json:"till" maxLength:"128" doc:"As head.till"`
		Token string `json:"token" minLength:"32" maxLength:"256" doc:"The credential the till made and keeps; only its digest is kept here"`
	}
}

type tillOutput struct {
	Body struct {
		Till string    `json:"till"`
		Name string    `json:"name"`
		Time time.Time `json:"serverTime"`
		Held Held      `json:"held"`
	}
}

// tills serves joining, and what a till is known as.
func (a *api) tills(h huma.API) {
	huma.Register(h, huma.Operation{OperationID: "join", Method: http.MethodPost, Path: "/v1/tills/join", Summary: "Let a till join",
		Description: "The same joining again is answered as the first time.", MaxBodyBytes: 4 << 10, Tags: []string{"tills"}}, a.join)
	huma.Register(h, huma.Operation{OperationID: "self", Method: http.MethodGet, Path: "/v1/tills/self", Summary: "Who a till is, and what is held of it",
		Security: byTill, Tags: []string{"tills"}}, a.self)
}

func (a *api) join(ctx context.Context, in *joinInput) (*tillOutput, error) {
	t, err := a.Backend.Join(ctx, backend.Joining{Code: hidden.New(in.Body.Code), Till: in.Body.Till, Token: hidden.New(in.Body.Token)})
	if err != nil {
		return nil, refused(ctx, err)
	}
	return a.told(t), nil
}

func (a *api) self(ctx context.Context, _ *struct{}) (*tillOutput, error) {
	return a.told(tillOf(ctx)), nil
}

func (a *api) told(t *backend.Till) *tillOutput {
	out := &tillOutput{}
	out.Body.Till, out.Body.Name, out.Body.Time, out.Body.Held = t.ID, t.Name, a.Backend.Now(), Held(t.Held)
	return out
}
