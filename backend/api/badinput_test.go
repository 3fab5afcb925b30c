package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/pos/exchange"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/central/centraltest"
	"kassa/storage/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// watchedFace is a served backend whose log is kept and whose whole database can be
// read.
type watchedFace struct {
	*face
	store *central.Store
	log   *bytes.Buffer
}

// engines runs a test over a served backend on each engine.
func engines(t *testing.T, test func(f *watchedFace)) {
	centraltest.Engines(t, func(t *testing.T, s *central.Store) {
		clock := postest.NewClock()
		f := &watchedFace{store: s, log: &bytes.Buffer{}}
		log := slog.New(slog.NewJSONHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		b := backend.New(backend.Params{Store: s, Clock: clock, IDs: postest.IDsAfter(1 << 40), Log: log})
		f.face = &face{T: t, Handler: api.New(api.Params{Backend: b, Log: log, Version: "1.2.3", Requests: true}), backend: b, clock: clock}
		test(f)
	})
}

// kept is every row of the database, as text: each table with its lines in order.
func (f *watchedFace) kept() string {
	f.Helper()
	names := `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
	if f.store.Alone != "" { // rows are held on PostgreSQL alone
		names = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`
	}
	var all strings.Builder
	for _, table := range f.rows(names) {
		lines := f.rows("SELECT * FROM " + table)
		slices.Sort(lines)
		fmt.Fprintf(&all, "%s %d\n%s\n", table, len(lines), strings.Join(lines, "\n"))
	}
	return all.String()
}

func (f *watchedFace) rows(query string) (lines []string) {
	f.Helper()
	rows, err := f.store.R.QueryContext(f.Context(), query)
	require.NoError(f, err)
	defer rows.Close()
	columns, err := rows.Columns()
	require.NoError(f, err)
	for rows.Next() {
		values, dest := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			dest[i] = &values[i]
		}
		require.NoError(f, rows.Scan(dest...))
		texts := make([]string, len(values))
		for i, v := range values {
			if raw, ok := v.([]byte); ok {
				v = string(raw)
			}
			texts[i] = fmt.Sprint(v)
		}
		lines = append(lines, strings.Join(texts, "|"))
	}
	require.NoError(f, rows.Err())
	return lines
}

// What bad input brings that is to be found nowhere after.
const (
	card  = "4111 1111 1111 1111"
	phone = "+79000000077"
)

// bad is something nobody should send, and how it is answered.
type bad struct {
	method, path, body string
	header             []string // over those of a till that is known
	status             int
	code, id           string
}

// command is one command of a batch as it travels, its digest right.
func command(id, kind, subject, body string) string {
	return fmt.Sprintf(`{"id":%q,"type":%q,"deviceId":"a till","epoch":1,"seq":1,"occurredAt":"2026-03-01T10:00:00Z","subject":%q,"digest":"%x","body":%s}`,
		id, kind, subject, sha256.Sum256([]byte(body)), body)
}

func batch(till string, commands ...string) string {
	return `{"head":{"till":"` + till + `","epoch":1,"events":1,"trail":"t","entries":0,"journal":""},"waiting":0,"commands":[` + strings.Join(commands, ",") + `]}`
}

const (
	sync      = "/v1/sync/commands"
	orders    = "/v1/manual/orders"
	merchants = "/v1/manual/merchants/m9"
	longToken = "tokentokentokentokentokentokentoken1"
)

func newOrder(more string) string {
	return `{` + owns + `,"order":{"id":"p9","where":"till",` + more + `}}`
}

func newMerchant(more string) string {
	return `{` + owns + `,"merchant":{"id":"m9","name":"Карта","commission":0,"fee":0,"accountCurrency":"RUB","transactionCurrency":"RUB","currencies":["RUB"],"version":0` + more + `}}`
}

func ruled(more string) string {
	return `{` + owns + `,"ruling":{"decision":"approve","where":"orders",` + more + `}}`
}

func joining(code, till, token string) string {
	return fmt.Sprintf(`{"code":%q,"till":%q,"token":%q}`, code, till, token)
}

// text is a JSON text of free words.
func text(s string) string { b, _ := json.Marshal(s); return string(b) }

// unreadable is what is no request at all, whoever sends it.
func unreadable() map[string]bad {
	post, put := http.MethodPost, http.MethodPut
	json := []string{"Content-Type", "application/json"}
	type h = []string
	return map[string]bad{
		"no such place":                  {method: http.MethodGet, path: "/v1/nothing", status: 404, code: "not_found", id: "backend.no-place"},
		"a place above":                  {method: http.MethodGet, path: "/v1/manual/../../etc/passwd", status: 404, code: "not_found"},
		"another method":                 {method: http.MethodDelete, path: orders + "/p1", status: 405, code: "not_found", id: "backend.no-method"},
		"a method of nobody's":           {method: "BREW", path: orders, status: 405, code: "not_found", id: "backend.no-method"},
		"OPTIONS":                        {method: http.MethodOptions, path: orders, status: 405, code: "not_found", id: "backend.no-method"},
		"HEAD of a POST":                 {method: http.MethodHead, path: "/v1/tills/join", status: 405, code: "not_found"},
		"a form":                         {method: post, path: orders, body: "order=p9", header: h{"Content-Type", "application/x-www-form-urlencoded"}, status: 415, code: "invalid", id: "backend.no-json"},
		"XML":                            {method: post, path: orders, body: "<order/>", header: h{"Content-Type", "text/xml"}, status: 415, code: "invalid", id: "backend.no-json"},
		"a broken type":                  {method: post, path: orders, body: "{}", header: h{"Content-Type", "///"}, status: 415, code: "invalid", id: "backend.no-json"},
		"nothing":                        {method: post, path: orders, header: json, status: 400, code: "invalid", id: "backend.shape"},
		"null":                           {method: post, path: orders, body: "null", status: 422, code: "invalid", id: "backend.shape"},
		"a list":                         {method: post, path: orders, body: "[]", status: 422, code: "invalid", id: "backend.shape"},
		"cut":                            {method: post, path: orders, body: newOrder(`"offer":"o1"`)[:90], status: 400, code: "invalid", id: "backend.shape"},
		"two of them":                    {method: post, path: orders, body: newOrder(`"offer":"o1"`) + "{}", status: 400, code: "invalid", id: "backend.shape"},
		"deeply nested":                  {method: post, path: orders, body: `{"order":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, status: 400, code: "invalid", id: "backend.shape"},
		"deep and cut":                   {method: put, path: merchants, body: strings.Repeat(`{"a":`, 200_000), status: 400, code: "invalid", id: "backend.shape"},
		"an unknown field":               {method: post, path: orders, body: newOrder(`"offer":"o1","discount":5`), status: 422, code: "invalid", id: "backend.shape"},
		"a field left out":               {method: post, path: orders, body: `{` + owns + `}`, status: 422, code: "invalid", id: "backend.shape"},
		"1e400":                          {method: post, path: orders, body: newOrder(`"text":"x","price":1e400`), status: 400, code: "invalid", id: "backend.shape"},
		"a huge number":                  {method: post, path: orders, body: newOrder(`"text":"x","price":` + strings.Repeat("9", 400)), status: 400, code: "invalid", id: "backend.shape"},
		"more than 64 bits":              {method: post, path: orders, body: newOrder(`"text":"x","price":9223372036854775808`), status: 422, code: "invalid", id: "backend.shape"},
		"99 decimals":                    {method: post, path: orders, body: newOrder(`"text":"x","price":1.` + strings.Repeat("3", 99)), status: 422, code: "invalid", id: "backend.shape"},
		"a key twice":                    {method: post, path: orders, body: newOrder(`"text":"x","price":5,"price":500`), status: 400, code: "invalid", id: "backend.shape"},
		"a key twice, written otherwise": {method: post, path: orders, body: newOrder(`"text":"x","price":5,"pr\u0069ce":500`), status: 400, code: "invalid", id: "backend.shape"},
		"a key in two cases":             {method: post, path: orders, body: newOrder(`"text":"x","price":5,"Price":500`), status: 400, code: "invalid", id: "backend.shape"},
		"invalid UTF-8":                  {method: post, path: orders, body: newOrder("\"text\":\"x\xff\",\"price\":5"), status: 400, code: "invalid", id: "backend.shape"},
		"invalid UTF-8 in a path":        {method: http.MethodGet, path: orders + "/%ff%fe", status: 400, code: "invalid", id: "backend.shape"},
		"NUL in a path":                  {method: http.MethodGet, path: orders + "/p1%00", status: 400, code: "invalid", id: "backend.shape"},
		"NUL in a question":              {method: http.MethodGet, path: orders + "?customer=%00", status: 400, code: "invalid", id: "backend.shape"},
		"invalid UTF-8 in a question":    {method: http.MethodGet, path: orders + "?after=%ff", status: 400, code: "invalid", id: "backend.shape"},
		"a question cut":                 {method: http.MethodGet, path: orders + "?customer=%f", status: 400, code: "invalid", id: "backend.shape"},
		"a state of nobody's":            {method: http.MethodGet, path: orders + "?state=eaten", status: 422, code: "invalid", id: "backend.shape"},
		"a limit of minus one":           {method: http.MethodGet, path: orders + "?limit=-1", status: 422, code: "invalid", id: "backend.shape"},
		"200 cards of one":               {method: http.MethodGet, path: orders + "?customer=c&also=" + strings.Repeat("c,", 200) + "c", status: 422, code: "invalid", id: "backend.shape"},
		"a limit of words":               {method: http.MethodGet, path: orders + "?limit=all", status: 422, code: "invalid", id: "backend.shape"},
		"a day of words":                 {method: http.MethodGet, path: orders + "?from=yesterday", status: 422, code: "invalid", id: "backend.shape"},
		"an order after none":            {method: http.MethodGet, path: orders + "?after=none", status: 404, code: "not_found", id: "manual.order-unknown"},
		"a long cursor":                  {method: http.MethodGet, path: "/v1/sync/changes?cursor=" + strings.Repeat("9", 200), status: 422, code: "invalid", id: "backend.shape"},
		"an epoch of none":               {method: http.MethodGet, path: "/v1/sync/held/count?epoch=0&after=0&upTo=0", status: 422, code: "invalid", id: "backend.shape"},
		"a place of 1e19":                {method: http.MethodGet, path: "/v1/sync/held?epoch=1&seq=10000000000000000000", status: 422, code: "invalid", id: "backend.shape"},
		"a megabyte for a code":          {method: post, path: "/v1/tills/join", body: `{"code":"` + strings.Repeat("x", 1<<20) + `"}`, status: 413, code: "limit", id: "backend.large"},
		"three megabytes":                {method: put, path: merchants, body: newMerchant(`,"image":"` + strings.Repeat("A", 3<<20) + `"`), status: 413, code: "limit", id: "backend.large"},
	}
}

// unwelcome is what can be read and is not to be done.
func unwelcome() map[string]bad {
	post, put := http.MethodPost, http.MethodPut
	type h = []string
	svg := base64.StdEncoding.EncodeToString([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`))
	decision := orders + "/p1/decision"
	seen := h{"Idempotency-Key", `"d9"`}
	return map[string]bad{
		"a day to come":                      {method: post, path: orders, body: newOrder(`"text":"x","price":5,"date":"2031-01-01T00:00:00Z"`), status: 400, code: "invalid", id: "manual.future"},
		"a day to come, decided":             {method: post, path: decision, header: seen, body: ruled(`"version":1,"date":"2031-01-01T00:00:00Z"`), status: 400, code: "invalid", id: "manual.future"},
		"minus five":                         {method: post, path: orders, body: newOrder(`"text":"x","price":-5`), status: 400, code: "invalid", id: "manual.price-low"},
		"minus five, decided":                {method: post, path: decision, header: seen, body: ruled(`"version":1,"price":-5`), status: 400, code: "invalid", id: "manual.price-low"},
		"nothing, decided":                   {method: post, path: decision, header: seen, body: ruled(`"version":1,"price":0`), status: 400, code: "invalid", id: "manual.price-low"},
		"minus five of a refund":             {method: post, path: orders + "/p2/refunds", body: `{` + owns + `,"refund":{"id":"r9","amount":-5,"reason":"x","where":"orders"}}`, status: 400, code: "invalid", id: "manual.price-low"},
		"more back than was paid":            {method: post, path: orders + "/p2/refunds", body: `{` + owns + `,"refund":{"id":"r9","amount":100001,"reason":"x","where":"orders"}}`, status: 422, code: "limit", id: "manual.refund-much"},
		"a refund of the unpaid":             {method: post, path: orders + "/p1/refunds", body: `{` + owns + `,"refund":{"id":"r9","amount":1,"reason":"x","where":"orders"}}`, status: 409, code: "conflict"},
		"a refund without why":               {method: post, path: orders + "/p2/refunds", body: `{` + owns + `,"refund":{"id":"r9","amount":1,"reason":" ","where":"orders"}}`, status: 400, code: "invalid", id: "manual.name-empty"},
		"a price beyond all":                 {method: post, path: orders, body: newOrder(`"text":"x","price":9223372036854775807`), status: 400, code: "invalid", id: "manual.price-high"},
		"a fee of minus five":                {method: put, path: merchants, body: strings.Replace(newMerchant(""), `"fee":0`, `"fee":-5`, 1), status: 400, code: "invalid", id: "manual.fee"},
		"a merchant in no currency":          {method: put, path: merchants, body: strings.NewReplacer(`"accountCurrency":"RUB"`, `"accountCurrency":""`, `"transactionCurrency":"RUB"`, `"transactionCurrency":""`, `["RUB"]`, `[]`).Replace(newMerchant("")), status: 400, code: "invalid", id: "manual.currency"},
		"a share of the whole":               {method: put, path: merchants, body: strings.Replace(newMerchant(""), `"commission":0`, `"commission":1000000`, 1), status: 400, code: "invalid", id: "manual.commission"},
		"a currency not taken":               {method: post, path: orders, body: newOrder(`"text":"x","price":5,"currency":"USD"`), status: 400, code: "invalid", id: "manual.currency-unsupported"},
		"a currency not taken, decided":      {method: post, path: decision, header: seen, body: ruled(`"version":1,"currency":"USD"`), status: 400, code: "invalid", id: "manual.currency-unsupported"},
		"a currency of nobody's":             {method: post, path: orders, body: newOrder(`"text":"x","price":5,"currency":"\u0000R<script>"`), status: 400, code: "invalid", id: "manual.currency"},
		"a card in a comment":                {method: post, path: orders, body: newOrder(`"text":"x","price":5,"comment":"с карты ` + card + `"`), status: 400, code: "invalid", id: "text.card-number"},
		"a card in the words":                {method: post, path: orders, body: newOrder(`"price":5,"text":"` + card + `"`), status: 400, code: "invalid", id: "text.card-number"},
		"a card as a customer":               {method: post, path: orders, body: newOrder(`"text":"x","price":5,"customerName":"` + card + `"`), status: 400, code: "invalid", id: "text.card-number"},
		"a card as an address":               {method: post, path: orders, body: newOrder(`"text":"x","price":5,"email":"4111-1111-1111-1111@example.ru"`), status: 400, code: "invalid", id: "text.card-number"},
		"a card as an id":                    {method: post, path: orders, body: strings.Replace(newOrder(`"text":"x","price":5`), "p9", "4111111111111111", 1), status: 400, code: "invalid", id: "text.card-number"},
		"a card as somebody":                 {method: post, path: orders, body: strings.Replace(newOrder(`"text":"x","price":5`), "Ольга", card, 1), status: 400, code: "invalid", id: "text.card-number"},
		"a card as a request":                {method: post, path: decision, header: h{"Idempotency-Key", card}, body: ruled(`"version":1`), status: 400, code: "invalid", id: "text.card-number"},
		"a card in a decision":               {method: post, path: decision, header: seen, body: ruled(`"version":1,"comment":"` + card + `"`), status: 400, code: "invalid", id: "text.card-number"},
		"a card as a reason":                 {method: post, path: orders + "/p2/refunds", body: `{` + owns + `,"refund":{"id":"r9","reason":"на ` + card + `","where":"orders"}}`, status: 400, code: "invalid", id: "text.card-number"},
		"a card at a merchant":               {method: put, path: merchants, body: newMerchant(`,"hint":"переводите на ` + card + `"`), status: 400, code: "invalid", id: "text.card-number"},
		"a card of an offer":                 {method: put, path: "/v1/manual/offers/o9", body: `{` + owns + `,"offer":{"id":"o9","text":"` + card + `","price":5,"currency":"RUB","merchants":["m1"],"version":0}}`, status: 400, code: "invalid", id: "text.card-number"},
		"a phone that is none":               {method: post, path: orders, body: newOrder(`"text":"x","price":5,"phone":"` + phone + `x"`), status: 400, code: "invalid", id: "manual.phone"},
		"a picture with a script":            {method: put, path: merchants, body: newMerchant(`,"image":"` + svg + `"`), status: 400, code: "invalid", id: "manual.image"},
		"a picture of nothing":               {method: put, path: merchants, body: newMerchant(`,"image":"AAAA"`), status: 400, code: "invalid", id: "manual.image"},
		"a picture that is no base64":        {method: put, path: merchants, body: newMerchant(`,"image":"<svg>"`), status: 422, code: "invalid", id: "backend.shape"},
		"NUL in a name":                      {method: put, path: merchants, body: newMerchant(`,"description":"a\u0000b"`), status: 400, code: "invalid", id: "text.control"},
		"NUL in an id":                       {method: post, path: orders, body: newOrder(`"offer":"o1\u0000"`), status: 400, code: "invalid", id: "text.control"},
		"NUL in a customer":                  {method: post, path: orders, body: newOrder(`"text":"x","price":5,"customer":"c\u0000"`), status: 400, code: "invalid", id: "manual.id"},
		"NUL in who asks":                    {method: post, path: decision, header: seen, body: strings.Replace(ruled(`"version":1`), `"id":"e1"`, `"id":"e1\u0000"`, 1), status: 400, code: "invalid", id: "text.control"},
		"NUL as a till":                      {method: post, path: "/v1/tills/join", body: `{"code":"x","till":"a\u0000","token":"` + longToken + `"}`, status: 400, code: "invalid", id: "backend.joining"},
		"an order of nobody's":               {method: http.MethodGet, path: orders + "/0190b7e0-0000-7000-8000-000000000000", status: 404, code: "not_found", id: "manual.order-unknown"},
		"an order of another shop, decided":  {method: post, path: orders + "/of-another-shop/decision", header: seen, body: ruled(`"version":1`), status: 404, code: "not_found", id: "manual.order-unknown"},
		"an order of another shop, refunded": {method: post, path: orders + "/of-another-shop/refunds", body: `{` + owns + `,"refund":{"id":"r9","reason":"x","where":"orders"}}`, status: 404, code: "not_found", id: "manual.order-unknown"},
		"a refund of another order":          {method: post, path: orders + "/p1/refunds/r2", header: seen, body: `{` + owns + `,"step":"approve","where":"orders"}`, status: 404, code: "not_found", id: "manual.refund-unknown"},
		"a merchant of another shop":         {method: post, path: orders, body: newOrder(`"text":"x","price":5,"merchant":"of-another-shop"`), status: 404, code: "not_found", id: "manual.merchant-unknown"},
		"an offer of another shop":           {method: post, path: orders, body: newOrder(`"offer":"of-another-shop"`), status: 404, code: "not_found", id: "manual.offer-unknown"},
		"another id than the path":           {method: put, path: "/v1/manual/merchants/m8", body: newMerchant(""), status: 400, code: "invalid", id: "manual.id"},
		"a version of nobody's":              {method: post, path: decision, header: seen, body: ruled(`"version":7`), status: 409, code: "conflict", id: "manual.changed"},
		"a merchant changed since":           {method: put, path: "/v1/manual/merchants/m1", body: strings.NewReplacer("m9", "m1", `"version":0`, `"version":9`, "Карта", "Другая").Replace(newMerchant("")), status: 409, code: "conflict", id: "manual.record-changed"},
		"a request without a name":           {method: post, path: decision, body: ruled(`"version":1`), status: 400, code: "invalid", id: "manual.request-id"},
		"a name for a request too long":      {method: post, path: decision, header: h{"Idempotency-Key", strings.Repeat("k", 300)}, body: ruled(`"version":1`), status: 422, code: "invalid", id: "backend.shape"},
		"a name used for another":            {method: post, path: decision, header: h{"Idempotency-Key", "d2"}, body: ruled(`"version":1`), status: 409, code: "conflict", id: "manual.request-taken"},
		"an order's id used again":           {method: post, path: orders, body: strings.Replace(newOrder(`"text":"x","price":5`), "p9", "p1", 1), status: 409, code: "conflict", id: "manual.request-taken"},
		"a decided one decided":              {method: post, path: orders + "/p2/decision", header: seen, body: ruled(`"version":3`), status: 409, code: "conflict"},
		"no right":                           {method: post, path: orders, body: strings.Replace(newOrder(`"text":"x","price":5`), `"create":true,`, "", 1), status: 403, code: "forbidden", id: "manual.forbidden"},
		"no right to set up":                 {method: put, path: merchants, body: strings.Replace(newMerchant(""), `"setUp":true,`, "", 1), status: 403, code: "forbidden", id: "manual.forbidden"},
		"a sum beyond the bound":             {method: post, path: decision, header: seen, body: strings.Replace(ruled(`"version":1`), `"decide":true`, `"decide":true,"decideUpTo":1,"currency":"RUB"`, 1), status: 403, code: "forbidden", id: "manual.over-cap"},
		"a bound in no currency":             {method: post, path: decision, header: seen, body: strings.Replace(ruled(`"version":1`), `"decide":true`, `"decide":true,"decideUpTo":-1,"currency":"\u0000"`, 1), status: 403, code: "forbidden", id: "manual.over-cap"},
		"one's own":                          {method: post, path: decision, header: seen, body: strings.Replace(ruled(`"version":1`), `"own":true,`, "", 1), status: 403, code: "forbidden", id: "manual.own"},
		"a step of nobody's":                 {method: post, path: orders + "/p2/refunds/r2", header: seen, body: `{` + owns + `,"step":"eat","where":"orders"}`, status: 422, code: "invalid", id: "backend.shape"},
		"money given unasked":                {method: post, path: orders + "/p2/refunds/r2", header: seen, body: `{` + owns + `,"step":"done","where":"orders"}`, status: 409, code: "conflict", id: "manual.refund-state"},
	}
}

// strange is what tells or brings what it should not, and who is not who they say.
func strange() map[string]bad {
	post, get := http.MethodPost, http.MethodGet
	type h = []string
	sold := command("c1", "sale.completed", "s1", `{}`)
	brought := func(more string) string {
		return `{"orders":[{"id":"p8","till":"a till","origin":"till","text":"x","merchant":"m1","merchantName":"Карта","state":"open","version":1,"requested":{"price":5,"currency":"RUB","date":"2026-03-01T10:00:00Z"` + more +
			`},"refunded":0,"refundPending":0,"author":{"id":"e1"},"decider":{},"created":"2026-03-01T10:00:00Z","deadline":"2026-03-31T10:00:00Z",` +
			`"events":[{"n":1,"at":"2026-03-01T10:00:00Z","kind":"created","to":"open","where":"till","by":{"id":"e1"},"terms":{"price":5,"currency":"RUB","date":"2026-03-01T10:00:00Z"` + more + `}}],"refunds":[]}]}`
	}
	return map[string]bad{
		"no credential":                                  {method: get, path: orders, header: h{"Authorization", ""}, status: 401, code: "forbidden", id: "backend.token-unknown"},
		"a credential of nobody's":                       {method: get, path: orders, header: h{"Authorization", "Bearer " + longToken}, status: 401, code: "forbidden", id: "backend.token-unknown"},
		"one that was stolen and revoked":                {method: get, path: orders, header: h{"Authorization", "Bearer " + strings.Repeat("r", 40)}, status: 401, code: "forbidden", id: "backend.till-revoked"},
		"a stolen one that tells":                        {method: post, path: sync, header: h{"Authorization", "Bearer " + strings.Repeat("r", 40)}, body: batch("revoked", sold), status: 401, code: "forbidden", id: "backend.till-revoked"},
		"another machine's batch":                        {method: post, path: sync, body: batch("b till"), status: 403, code: "forbidden", id: "backend.wrong-till"},
		"another machine's command":                      {method: post, path: sync, body: batch("a till", strings.Replace(sold, `"deviceId":"a till"`, `"deviceId":"b till"`, 1)), status: 403, code: "forbidden", id: "backend.wrong-till"},
		"another machine's orders":                       {method: post, path: "/v1/manual/handover", body: strings.Replace(brought(""), `"till":"a till"`, `"till":"b till"`, 1), status: 400, code: "invalid", id: "manual.brought"},
		"a code used again":                              {method: post, path: "/v1/tills/join", body: "USED", status: 409, code: "conflict", id: "backend.code-used"},
		"a code used again for the same till by another": {method: post, path: "/v1/tills/join", body: "USED-SAME", status: 409, code: "conflict", id: "backend.code-used"},
		"a code that ended":                              {method: post, path: "/v1/tills/join", body: "ENDED", status: 409, code: "conflict", id: "backend.code-ended"},
		"a code of nobody's":                             {method: post, path: "/v1/tills/join", body: joining("XXXX-0000", "z", longToken), status: 404, code: "not_found", id: "backend.code-wrong"},
		"a short token":                                  {method: post, path: "/v1/tills/join", body: joining("XXXX-0000", "z", "secret"), status: 422, code: "invalid", id: "backend.shape"},
		"201 commands":                                   {method: post, path: sync, body: batch("a till", slices.Repeat([]string{sold}, 201)...), status: 422, code: "limit", id: "backend.batch-long"},
		"two of 600 KiB":                                 {method: post, path: sync, body: batch("a till", command("c1", "sale.completed", "s1", text(strings.Repeat("x", 600<<10))), command("c2", "sale.completed", "s1", text(strings.Repeat("y", 600<<10)))), status: 422, code: "limit", id: "backend.batch-large"},
		"a hurt body":                                    {method: post, path: sync, body: batch("a till", strings.Replace(sold, `"body":{}`, `"body":{"sum":1}`, 1)), status: 400, code: "invalid", id: "backend.body-hurt"},
		"a head of minus one":                            {method: post, path: sync, body: strings.Replace(batch("a till"), `"events":1`, `"events":-1`, 1), status: 400, code: "invalid", id: "backend.command"},
		"a card brought":                                 {method: post, path: "/v1/manual/handover", body: brought(`,"comment":"` + card + `"`), status: 400, code: "invalid", id: "text.card-number"},
		"a card brought as an id":                        {method: post, path: "/v1/manual/handover", body: strings.Replace(brought(""), `"id":"p8"`, `"id":"4111111111111111"`, 1), status: 400, code: "invalid", id: "text.card-number"},
		"a card brought in a name":                       {method: post, path: "/v1/manual/handover", body: strings.Replace(brought(""), `"text":"x"`, `"text":"x","customerName":"`+card+`"`, 1), status: 400, code: "invalid", id: "text.card-number"},
		"NUL brought":                                    {method: post, path: "/v1/manual/handover", body: strings.Replace(brought(""), `"merchant":"m1"`, `"merchant":"m\u0000"`, 1), status: 400, code: "invalid", id: "text.control"},
		"a state brought that follows from nothing":      {method: post, path: "/v1/manual/handover", body: strings.Replace(brought(""), `"state":"open"`, `"state":"approved"`, 1), status: 400, code: "invalid", id: "manual.brought"},
		"sums brought beyond all": {method: post, path: "/v1/manual/handover", body: strings.NewReplacer(`"state":"open"`, `"state":"approved","confirmed":{"price":9223372036854775807,"currency":"RUB","date":"2026-03-01T10:00:00Z"},"fees":{"share":-9223372036854775808,"fixed":9223372036854775807,"fixedCurrency":"RUB","net":-1}`,
			`"refunded":0`, `"refunded":9223372036854775807`, `"refundPending":0`, `"refundPending":9223372036854775807`,
			`"refunds":[]`, `"refunds":[{"id":"r1","order":"p8","amount":9223372036854775807,"reason":"x","state":"done","author":{},"decider":{},"requested":"2026-03-01T10:00:00Z"},{"id":"r2","order":"p8","amount":9223372036854775807,"reason":"x","state":"done","author":{},"decider":{},"requested":"2026-03-01T10:00:00Z"}]`).Replace(brought("")), status: 400, code: "invalid", id: "manual.brought"},
	}
}

// Whatever comes that is not to be done is answered by a problem with its permanent
// code and a sentence in the language that was asked for; nothing of it is kept, and
// neither the answer nor the log nor the database holds a card, a phone or a
// credential.
func TestBadInput(t *testing.T) {
	engines(t, func(f *watchedFace) {
		codes := f.shopWithPayments()
		before := f.kept()
		for _, table := range []map[string]bad{unreadable(), unwelcome(), strange()} {
			for name, c := range table {
				f.Run(name, func(t *testing.T) {
					if code, ok := codes[c.body]; ok {
						c.body = code
					}
					f.refuses(t, c)
					require.Equal(t, before, f.kept(), "nothing is lost and nothing is half done")
				})
			}
		}
		f.saysNothing(f.log.String())
		f.saysNothing(f.kept())
		require.NotContains(f, f.log.String(), `"level":"ERROR"`, "what somebody else sends is no trouble of ours")
	})
}

func (f *watchedFace) refuses(t *testing.T, c bad) {
	t.Helper()
	r := httptest.NewRequest(c.method, "/", strings.NewReader(c.body))
	at, err := r.URL.Parse("http://kassa.example" + c.path)
	if err != nil {
		t.Fatal(err)
	}
	r.URL, r.RequestURI = at, c.path
	if c.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Authorization", "Bearer "+strings.Repeat("a", 40))
	r.Header.Set("Accept-Language", "ru")
	for i := 0; i+1 < len(c.header); i += 2 {
		r.Header.Set(c.header[i], c.header[i+1])
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	answer := w.Body.String()
	require.Equal(t, c.status, w.Code, answer)
	require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
	var p api.Problem
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p), answer)
	assert.Equal(t, c.code, p.Code)
	if c.id != "" {
		assert.Equal(t, c.id, p.ID, answer)
	}
	assert.Equal(t, c.status, p.Status)
	assert.NotEmpty(t, p.TraceID)
	assert.Regexp(t, `^[А-ЯЁ«][^\n]{8,}[.!…)]$`, p.Detail, "a sentence in words")
	assert.NotContains(t, p.Detail, p.ID)
	f.T.Helper()
	for _, secret := range secrets {
		assert.NotContains(t, answer, secret)
	}
}

// secrets are what bad input brings that is nobody's to read.
var secrets = []string{card, strings.ReplaceAll(card, " ", ""), strings.ReplaceAll(card, " ", "-"), phone, longToken, strings.Repeat("a", 40), strings.Repeat("r", 40)}

func (f *watchedFace) saysNothing(text string) {
	f.Helper()
	for _, secret := range secrets {
		require.NotContains(f, text, secret)
	}
}

// shopWithPayments lets tills join, one of them revoked, and has a merchant, an
// offer, an order that is open and one that was paid and partly asked back. It
// returns bodies that join by codes that are good for nothing.
func (f *watchedFace) shopWithPayments() map[string]string {
	f.Helper()
	f.joined("revoked")
	_, err := f.backend.Revoke(f.Context(), "revoked")
	require.NoError(f, err)
	f.joined("b till")
	ended, err := f.backend.AddTill(f.Context(), "Поздняя")
	require.NoError(f, err)
	f.clock.Move(backend.CodeLives)
	used, err := f.backend.AddTill(f.Context(), "a till")
	require.NoError(f, err)
	status, _, _ := f.ask(http.MethodPost, "/v1/tills/join", joining(used.Text.Reveal(), "a till", strings.Repeat("a", 40)))
	require.Equal(f, 200, status)
	bearer := "Bearer " + strings.Repeat("a", 40)
	say := func(method, path, body string, more ...string) {
		f.Helper()
		status, out, _ := f.ask(method, "/v1/manual/"+path, body, append([]string{"Authorization", bearer}, more...)...)
		require.Equal(f, 200, status, out)
	}
	say(http.MethodPut, "merchants/m1", strings.ReplaceAll(newMerchant(""), "m9", "m1"))
	say(http.MethodPut, "offers/o1", `{`+owns+`,"offer":{"id":"o1","text":"Курс","price":100000,"currency":"RUB","merchants":["m1"],"version":0}}`)
	say(http.MethodPost, "orders", strings.Replace(newOrder(`"offer":"o1"`), "p9", "p1", 1))
	say(http.MethodPost, "orders", strings.Replace(newOrder(`"offer":"o1"`), "p9", "p2", 1))
	say(http.MethodPost, "orders/p2/decision", ruled(`"version":1`), "Idempotency-Key", "d2")
	say(http.MethodPost, "orders/p2/refunds", `{`+owns+`,"refund":{"id":"r2","amount":10000,"reason":"брак","where":"orders"}}`)
	return map[string]string{"USED": joining(used.Text.Reveal(), "thief", longToken), "USED-SAME": joining(used.Text.Reveal(), "a till", longToken),
		"ENDED": joining(ended.Text.Reveal(), "late", longToken)}
}

// endless is a body of so many bytes that tells how many of them were read.
type endless struct{ left, read int64 }

func (e *endless) Read(b []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(b)), e.left)
	for i := range b[:n] {
		b[i] = '['
	}
	e.left, e.read = e.left-n, e.read+n
	return int(n), nil
}

// Of a body of 300 MiB no more is read than a request may have, whether it says its
// length or not, wherever it is sent.
func TestBadInput_HugeBody(t *testing.T) {
	const huge = 300 << 20
	engines(t, func(f *watchedFace) {
		f.shopWithPayments()
		before := f.kept()
		for _, path := range []string{"POST /v1/tills/join", "PUT " + merchants, "POST " + orders, "POST /v1/manual/handover", "POST " + sync, "POST " + orders + "/p1/decision"} {
			for _, length := range []int64{huge, -1} {
				method, at, _ := strings.Cut(path, " ")
				body := &endless{left: huge}
				r := httptest.NewRequest(method, at, body)
				r.ContentLength = length
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Authorization", "Bearer "+strings.Repeat("a", 40))
				r.Header.Set("Idempotency-Key", "d9")
				w := httptest.NewRecorder()
				f.ServeHTTP(w, r)
				require.Equal(f, http.StatusRequestEntityTooLarge, w.Code, path)
				require.Contains(f, w.Body.String(), `"code":"limit"`)
				require.LessOrEqual(f, body.read, int64(exchange.MostAlone+exchange.MostBytes+64<<10), path)
			}
		}
		require.Equal(f, before, f.kept())
	})
}

// What only looks dangerous is kept as it was written, for whoever shows it to write
// it as text.
func TestBadInput_MarkupIsText(t *testing.T) {
	const markup = `<script>alert('1')</script> & =cmd|' /C calc'!A0`
	engines(t, func(f *watchedFace) {
		f.shopWithPayments()
		bearer := []string{"Authorization", "Bearer " + strings.Repeat("a", 40)}
		status, _, _ := f.ask(http.MethodPost, orders, newOrder(`"price":5,"customerName":`+text(markup)+`,"text":`+text(markup)), bearer...)
		require.Equal(f, 200, status)
		_, out, h := f.ask(http.MethodGet, orders+"/p9", "", bearer...)
		assert.Equal(f, markup, out["text"])
		assert.Equal(f, markup, out["customerName"])
		assert.Equal(f, "nosniff", h.Get("X-Content-Type-Options"))
		assert.Equal(f, "application/json", h.Get("Content-Type"))
	})
}

// A cursor that is none of ours is answered from the beginning and not refused: so a
// backend restored from an old copy is read again.
func TestBadInput_CursorsOfNobodys(t *testing.T) {
	engines(t, func(f *watchedFace) {
		f.shopWithPayments()
		bearer := []string{"Authorization", "Bearer " + strings.Repeat("a", 40)}
		for _, cursor := range []string{"7", "-1.x", "1.", ".", "99999999999999999999.x", "1.wrong", "%27%3B--", "1%00.x"} {
			status, out, _ := f.ask(http.MethodGet, "/v1/sync/changes?cursor="+cursor, "", bearer...)
			if strings.Contains(cursor, "%00") {
				require.Equal(f, 400, status)
				continue
			}
			require.Equal(f, 200, status, cursor)
			require.Equal(f, true, out["anew"], cursor)
			require.Len(f, out["changes"], 4)
		}
	})
}

// A fact that cannot be taken stops none of the others: what is wrong with it is told
// beside it, on both engines alike.
func TestBadInput_OneOfABatch(t *testing.T) {
	engines(t, func(f *watchedFace) {
		f.shopWithPayments()
		good := strings.Replace(command("c9", "sale.parked-elsewhere", "s9", `{"note":"ok"}`), `"seq":1`, `"seq":9`, 1)
		bads := []string{
			command("c\u0000", "sale.completed", "s1", `{}`), command("c1", "sale\u0000", "s1", `{}`), command("c2", "sale.completed", "s\u0000", `{}`),
			strings.Replace(command("c3", "sale.completed", "s2", `{}`), `"subject":`, `"object":"\u0000","subject":`, 1),
			strings.Replace(command("c4", "sale.completed", "s3", `{}`), `"seq":1`, `"seq":-1`, 1),
			strings.Replace(command("c5", "sale.completed", "s4", `{}`), `"epoch":1`, `"epoch":9`, 1),
		}
		for i := range bads {
			bads[i] = strings.ReplaceAll(bads[i], `\x00`, `\u0000`)
		}
		status, out, _ := f.ask(http.MethodPost, sync, batch("a till", append(bads, good)...), "Authorization", "Bearer "+strings.Repeat("a", 40))
		require.Equal(f, 200, status, out)
		answers := out["answers"].([]any)
		for i, a := range answers {
			want := "rejected"
			if i == len(bads) {
				want = "applied"
			}
			require.Equal(f, want, a.(map[string]any)["verdict"], i)
		}
		held := out["held"].(map[string]any)
		require.EqualValues(f, 1, held["count"])
	})
}

// A sale that names an order no id can be is booked: it has happened, and what is odd
// about it is a case.
func TestBadInput_AFactNamesWhatCannotBe(t *testing.T) {
	engines(t, func(f *watchedFace) {
		f.shopWithPayments()
		body := `{"v":1,"id":"s1","number":"1","currency":"RUB","tenders":[{"method":"manual","amount":5,"order":"\u0000"}]}`
		status, out, _ := f.ask(http.MethodPost, sync, batch("a till", command("c1", "sale.completed", "s1", body)), "Authorization", "Bearer "+strings.Repeat("a", 40))
		require.Equal(f, 200, status, out)
		require.Equal(f, "applied", out["answers"].([]any)[0].(map[string]any)["verdict"])
		cases, err := f.backend.ListCases(f.Context())
		require.NoError(f, err)
		require.Len(f, cases, 1)
	})
}

// What is asked by the queue is held to the same as what is asked past it: a card is
// neither in what was refused nor in what is kept apart, of an id that is taken.
func TestBadInput_RequestsOfTheQueue(t *testing.T) {
	ask := func(comment string) string {
		return `{"v":1,"employee":"e1","employee_name":"Ольга","may":["manual.create"],"id":"p7","where":"till","text":"x","price_minor":500,"comment":"` + comment + `","at_ms":1772359200000}`
	}
	engines(t, func(f *watchedFace) {
		f.shopWithPayments()
		bearer := []string{"Authorization", "Bearer " + strings.Repeat("a", 40)}
		tell := func(body string) map[string]any {
			f.Helper()
			status, out, _ := f.ask(http.MethodPost, sync, batch("a till", command("q1", "request.order.new", "p7", body)), bearer...)
			require.Equal(f, 200, status, out)
			return out["answers"].([]any)[0].(map[string]any)
		}
		refused := tell(ask("с карты " + card))
		require.Equal(f, "refused", refused["verdict"], refused)
		require.Equal(f, "text.card-number", refused["problem"].(map[string]any)["id"])
		require.NotContains(f, f.kept(), "p7", "nothing of it is kept")
		taken := tell(ask("наличными"))
		require.Equal(f, "applied", taken["verdict"], taken)
		apart := tell(ask("с карты " + card))
		require.Equal(f, "conflict", apart["verdict"], apart)
		require.Contains(f, f.kept(), "•••• 1111", "it is kept apart, without the card")
		for i, hidden := range []string{
			ask(`с карты \u0034111 1111 1111 111\u0031`),
			`{"comment":"\u0034111 1111 1111 1111",` + ask("наличными")[1:], // the name stands twice, and the last is what is read
			`{"\u0034111-1111-1111-1111":true,` + ask("наличными")[1:],
			`{"number":4111111111111111,` + ask("наличными")[1:],
		} {
			before := strings.Count(f.kept(), "p7")
			apart := tell(hidden)
			require.Equal(f, "conflict", apart["verdict"], "%d %v", i, apart)
			require.Greater(f, strings.Count(f.kept(), "p7"), before, "%d is kept apart", i)
			f.saysNothing(unescaped(f.kept()))
		}
		for _, c := range []string{
			command("q1", "request.order.new", card, ask("наличными")),
			command("4111111111111111", "request.order.new", "p7", ask("наличными")), // whose place is taken
		} {
			status, out, _ := f.ask(http.MethodPost, sync, batch("a till", c), bearer...)
			require.Equal(f, 200, status, out)
			answer := out["answers"].([]any)[0].(map[string]any)
			require.Equal(f, "text.card-number", answer["problem"].(map[string]any)["id"], answer)
		}
		f.saysNothing(f.kept())
		f.saysNothing(f.log.String())
	})
}

var escape = regexp.MustCompile(`\\u([0-9a-fA-F]{4})`)

// unescaped is JSON as whoever reads it sees its texts.
func unescaped(text string) string {
	return escape.ReplaceAllStringFunc(text, func(e string) string {
		n, _ := strconv.ParseUint(e[2:], 16, 32)
		return string(rune(n))
	})
}
