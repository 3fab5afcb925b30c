package api

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// docsPage shows the description without a script of anybody: what can be asked,
// what is sent, what is answered.
var docsPage = template.Must(template.New("docs").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}} API {{.Version}}</title>
<style>
:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--ink:#1b2430;--muted:#5b6573;--line:#e3e6ea;--accent:#0f6fde}
@media(prefers-color-scheme:dark){:root{--bg:#14181d;--card:#1d232a;--ink:#e9edf1;--muted:#93a0ae;--line:#2e3640;--accent:#4c9bff}}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 "Noto Sans",system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:24px 16px}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px;margin:12px 0}
h1{font-size:22px}h2{font-size:16px;margin:0}code{font-family:ui-monospace,monospace}
.m{color:var(--accent);font-weight:600}.q{color:var(--muted)}table{border-collapse:collapse;width:100%;margin-top:8px}
td{border-top:1px solid var(--line);padding:4px 8px 4px 0;vertical-align:top;overflow-wrap:anywhere}a{color:var(--accent)}
</style></head><body><main>
<h1>{{.Title}} API <span class="q">{{.Version}}</span></h1>
<p>{{.About}} The whole description: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
{{range .Operations}}<section><h2><span class="m">{{.Method}}</span> <code>{{.Path}}</code></h2><p>{{.Summary}}. {{.About}}</p>
{{if .Secured}}<p class="q">Authorization: Bearer …</p>{{end}}
{{range .Parts}}<p class="q">{{.Name}}</p><table>{{range .Fields}}<tr><td><code>{{.Name}}</code></td><td>{{.Type}}</td><td>{{.About}}</td></tr>{{end}}</table>{{end}}
</section>{{end}}
</main></body></html>`))

type docsField struct{ Name, Type, About string }

type docsPart struct {
	Name   string
	Fields []docsField
}

type docsOperation struct {
	Method, Path, Summary, About string
	Secured                      bool
	Parts                        []docsPart
}

// docs serves the page, made once from the description itself.
func (a *api) docs(mux *http.ServeMux, h huma.API) {
	o := h.OpenAPI()
	page := struct {
		Title, Version, About string
		Operations            []docsOperation
	}{Title: o.Info.Title, Version: o.Info.Version, About: o.Info.Description}
	for path, item := range o.Paths {
		for method, op := range map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete} {
			if op != nil {
				page.Operations = append(page.Operations, describe(o, method, path, op))
			}
		}
	}
	slices.SortFunc(page.Operations, func(x, y docsOperation) int {
		return strings.Compare(x.Path+" "+x.Method, y.Path+" "+y.Method)
	})
	var html strings.Builder
	if err := docsPage.Execute(&html, page); err != nil {
		panic(err) // a template of ours over values of ours
	}
	mux.HandleFunc("GET /docs", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		_, _ = w.Write([]byte(html.String())) // whoever asked may be gone
	})
}

func describe(o *huma.OpenAPI, method, path string, op *huma.Operation) docsOperation {
	d := docsOperation{Method: method, Path: path, Summary: op.Summary, About: op.Description, Secured: len(op.Security) > 0}
	var asked []docsField
	for _, p := range op.Parameters {
		asked = append(asked, docsField{p.Name, typeOf(o, p.Schema), p.Description})
	}
	if op.RequestBody != nil {
		for _, m := range op.RequestBody.Content {
			asked = append(asked, fields(o, m.Schema, "")...)
		}
	}
	if len(asked) > 0 {
		d.Parts = append(d.Parts, docsPart{"Asked", asked})
	}
	for status, r := range op.Responses {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		for _, m := range r.Content {
			d.Parts = append(d.Parts, docsPart{"Answered", fields(o, m.Schema, "")})
		}
	}
	return d
}

// fields lists what an object holds, with what its parts hold.
func fields(o *huma.OpenAPI, s *huma.Schema, above string) (all []docsField) {
	s = resolved(o, s)
	if s == nil || strings.Count(above, ".") > 3 {
		return nil
	}
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		p := s.Properties[name]
		all = append(all, docsField{above + name, typeOf(o, p), p.Description})
		in := resolved(o, p)
		if in != nil && in.Type == huma.TypeArray {
			all = append(all, fields(o, in.Items, above+name+"[].")...)
		} else {
			all = append(all, fields(o, in, above+name+".")...)
		}
	}
	return all
}

func resolved(o *huma.OpenAPI, s *huma.Schema) *huma.Schema {
	if s != nil && s.Ref != "" {
		return o.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

func typeOf(o *huma.OpenAPI, s *huma.Schema) string {
	in := resolved(o, s)
	switch {
	case in == nil:
		return ""
	case in.Format != "":
		return in.Type + ", " + in.Format
	}
	return in.Type
}
