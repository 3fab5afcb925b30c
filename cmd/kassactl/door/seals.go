package door

import (
	"context"

	"kassa/pos"
	"kassa/pos/till"
)

// Seal is a record that guards money and was changed past the till, as it is told
// everywhere. Seen is handed back by whoever seals it again.
type Seal struct {
	Kind   pos.SealKind `json:"kind"`
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	State  string       `json:"state"` // "broken", "missing"
	Seen   string       `json:"seen"`
	Fields []sealField  `json:"fields,omitempty"`
	Told   []sealTold   `json:"told,omitempty"`
}

// sealField is what the record says now; Was what was decided at the till, of a
// setting.
type sealField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Was   string `json:"was,omitempty"`
}

// sealTold is what the audit trail told of the record.
type sealTold struct {
	At       *Timestamp        `json:"at"`
	Event    pos.EventKind     `json:"event"`
	Employee pos.EmployeeID    `json:"employee"`
	Detail   map[string]string `json:"detail,omitempty"`
}

// NewSeals tells records whose seals are not whole.
func NewSeals(list []till.BrokenSeal) []Seal {
	out := make([]Seal, 0, len(list))
	for i := range list {
		b := &list[i]
		s := Seal{Kind: b.Kind, ID: b.ID, Name: b.Name, State: "broken", Seen: b.Seen}
		if b.Seal == pos.SealMissing {
			s.State = "missing"
		}
		for _, f := range b.Fields {
			s.Fields = append(s.Fields, sealField(f))
		}
		for _, e := range b.Told {
			s.Told = append(s.Told, sealTold{Stamp(e.At), e.Kind, e.Employee, e.Detail})
		}
		out = append(out, s)
	}
	return out
}

// seals lists the records that were changed past the till.
func (s *Session) seals(ctx context.Context, r *request) (any, error) {
	if err := r.done(); err != nil {
		return nil, err
	}
	list, stand, err := s.Till.BrokenSeals(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	return struct {
		Sealed int64  `json:"sealed"`
		Seals  []Seal `json:"seals"`
	}{stand.Sealed, NewSeals(list)}, nil
}

// sealAgain seals one of them as it stands.
func (s *Session) sealAgain(ctx context.Context, r *request) (any, error) {
	kind, id, seen := pos.SealKind(r.text("kind")), r.optional("id"), r.text("seen")
	if err := r.done(); err != nil {
		return nil, err
	}
	if err := s.Till.SealAgain(ctx, s.actor, kind, id, seen); err != nil {
		return nil, err
	}
	return s.seals(ctx, r)
}
