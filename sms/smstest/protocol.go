package smstest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"kassa/pos/message"
	"kassa/sms"
)

// object is an answer before it is written; fields that are objects are of type object.
type object map[string]any

func writeJSON(w http.ResponseWriter, reply object) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	body, err := json.MarshalIndent(reply, "", "    ")
	if err != nil {
		panic(err) // an object of ours that is no JSON
	}
	_, _ = w.Write(body)
}

// breaches checks a request for what the real server tolerates and a careful client never does.
func breaches(r *http.Request, form map[string]string) []string {
	var found []string
	breach := func(bad bool, what string) {
		if bad {
			found = append(found, r.URL.Path+": "+what)
		}
	}
	breach(r.Method != http.MethodPost, "method "+r.Method+" instead of POST")
	breach(r.URL.Query().Has("api_id"), "api_id in the address")
	breach(form["api_id"] == "", "no api_id in the body")
	breach(r.URL.RawQuery != "json=1", "query is not json=1 alone")
	breach(!strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded"), "body is no form")
	breach(strings.Trim(form["to"], "0123456789") != "", "number is not one number in digits")
	return found
}

// answer does what the real server does. It is called with the lock held.
func (s *Server) answer(path string, form map[string]string) object {
	if form["api_id"] != s.apiID {
		return refusal(200)
	}
	switch path {
	case "/sms/send":
		return s.send(form)
	case "/sms/cost":
		return s.cost(form)
	case "/sms/status":
		return s.status(form)
	case "/my/balance":
		return object{"status": "OK", "status_code": 100, "balance": roubles(s.balance)}
	case "/auth/check":
		return object{"status": "OK", "status_code": 100}
	}
	return refusal(211)
}

func (s *Server) send(form map[string]string) object {
	m := Received{To: form["to"], Text: form["msg"], Sender: form["from"], Test: form["test"] == "1"}
	price := int64(message.Count(m.Text).Parts) * pricePerPart
	same := func(old Received) bool { return old.To == m.To && old.Text == m.Text && !old.Test }
	switch {
	case m.Text == "":
		return refusal(203)
	case !sms.ValidNumber("+" + m.To):
		return s.toNumber(m.To, refusal(202))
	case !s.repeats && !m.Test && slices.ContainsFunc(s.received, same):
		return s.toNumber(m.To, refusal(231))
	case !m.Test && price > s.balance:
		return s.toNumber(m.To, refusal(201))
	}
	if !m.Test {
		s.balance -= price
	}
	s.lastNumber++
	m.ID = fmt.Sprintf("202600-%07d", 1000000+s.lastNumber)
	s.received = append(s.received, m)
	return s.toNumber(m.To, object{"status": "OK", "status_code": 100, "sms_id": m.ID})
}

// toNumber wraps what is said about one number.
func (s *Server) toNumber(number string, entry object) object {
	return object{"status": "OK", "status_code": 100, "sms": object{number: entry}, "balance": roubles(s.balance)}
}

func (s *Server) cost(form map[string]string) object {
	to := form["to"]
	if !sms.ValidNumber("+" + to) {
		return object{"status": "OK", "status_code": 100, "sms": object{to: refusal(202)}}
	}
	parts := max(1, message.Count(form["msg"]).Parts)
	price := roubles(int64(parts) * pricePerPart)
	return object{"status": "OK", "status_code": 100, "total_cost": price, "total_sms": parts,
		"sms": object{to: object{"status": "OK", "status_code": 100, "cost": price, "sms": parts}}}
}

func (s *Server) status(form map[string]string) object {
	id := form["sms_id"]
	i := slices.IndexFunc(s.received, func(m Received) bool { return m.ID == id })
	if i < 0 {
		return object{"status": "OK", "status_code": 100, "sms": object{id: refusal(-1)}}
	}
	step := min(s.asked[id], len(s.progress)-1)
	s.asked[id]++
	parts := int64(message.Count(s.received[i].Text).Parts)
	return object{"status": "OK", "status_code": 100, "sms": object{id: object{"status": "OK",
		"status_code": s.progress[step], "cost": roubles(parts * pricePerPart), "status_text": "состояние"}}}
}

func refusal(code int) object {
	return object{"status": "ERROR", "status_code": code, "status_text": "отказано"}
}

// roubles writes hundredths as a JSON number.
func roubles(minor int64) json.Number {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	return json.Number(fmt.Sprintf("%s%d.%02d", sign, minor/100, minor%100))
}
