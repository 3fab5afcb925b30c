package staff

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/till/internal/desk"
)

// Employees lists everybody, by name, archived ones last. PIN hashes stay in
// the store.
func (t *Till) Employees(ctx context.Context) ([]pos.Employee, error) {
	var list []pos.Employee
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) (err error) {
		list, err = o.Tx.Employees()
		return err
	})
	for i := range list {
		list[i].PINHash, list[i].PINTag = "", ""
	}
	return list, err
}

// AddEmployee makes an employee with a PIN nobody else has (CodeConflict).
func (t *Till) AddEmployee(ctx context.Context, a pos.Actor, name string, g pos.GroupID, pin string) (*pos.Employee, error) {
	var made *pos.Employee
	err := t.desk.Change(ctx, a, pos.RightEmployees, func(o *Op) error {
		if err := o.mayGrant(g); err != nil {
			return err
		}
		e, err := o.Hire(name, g, pin)
		if err != nil {
			return err
		}
		made = e
		return o.Note(pos.EventEmployeeChanged, string(e.ID), map[string]string{"added": "1", "group": string(g)})
	})
	return withoutPIN(made, err)
}

// UpdateEmployee changes name, group, archive flag and, when pin is not "", the
// PIN. The last owner cannot be archived or moved (CodeConflict).
func (t *Till) UpdateEmployee(ctx context.Context, a pos.Actor, id pos.EmployeeID, name string, g pos.GroupID, archived bool, pin string) (*pos.Employee, error) {
	var changed *pos.Employee
	err := t.desk.Change(ctx, a, pos.RightEmployees, func(o *Op) error {
		e, err := o.Employee(id)
		if err != nil {
			return err
		}
		// Somebody with more rights than oneself is out of reach: a new PIN of
		// theirs would be a way to those rights.
		for _, group := range []pos.GroupID{e.Group, g} {
			if err := o.mayGrant(group); err != nil {
				return err
			}
		}
		if err := o.keepAnOwner(e, g, archived); err != nil {
			return err
		}
		if archived && id == a.ID {
			return pos.E(pos.CodeConflict, "employee.self-archive", nil)
		}
		detail := map[string]string{}
		if e.Name, err = cleanName(name); err != nil {
			return err
		}
		if e.Group != g {
			detail["group"], detail["group_was"] = string(g), string(e.Group)
		}
		if e.Archived != archived {
			detail["archived"] = desk.YesNo(archived)
		}
		e.Group, e.Archived = g, archived
		if pin != "" {
			if err := o.setPIN(e, pin); err != nil {
				return err
			}
			detail["pin"] = "changed"
		}
		if err := o.PutEmployee(e); err != nil {
			return err
		}
		changed = e
		return o.Note(pos.EventEmployeeChanged, string(id), detail)
	})
	return withoutPIN(changed, err)
}

// NameOf is what an employee is called, archived ones too; "" for the system
// and for one nobody knows.
func (o *Op) NameOf(id pos.EmployeeID) (string, error) {
	e, err := o.Employee(id)
	if pos.CodeOf(err) == pos.CodeNotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return e.Name, nil
}

// Groups lists the employee groups.
func (t *Till) Groups(ctx context.Context) ([]pos.Group, error) {
	var list []pos.Group
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) (err error) {
		list, err = o.Tx.Groups()
		return err
	})
	return list, err
}

// OwnGroup is the group of whoever asks, as it stands now.
func (t *Till) OwnGroup(ctx context.Context, a pos.Actor) (g pos.Group, err error) {
	err = t.desk.Look(ctx, a, "", func(o *Op) error {
		own, err := o.OwnGroup()
		if err == nil {
			g = *own
		}
		return err
	})
	return g, err
}

// SaveGroup stores a group's name, rights and caps; the owner's rights cannot be
// cut or capped. A group without an id is a new one. Rights and sums beyond
// one's own are out of reach (CodeForbidden), also with an approval.
func (t *Till) SaveGroup(ctx context.Context, a pos.Actor, g pos.Group) error {
	return t.desk.Change(ctx, a, pos.RightEmployees, func(o *Op) error {
		g := g
		old, err := o.storedGroup(g.ID)
		if err != nil {
			return err
		}
		if g.ID == "" {
			g.ID = pos.GroupID(o.NewID())
		}
		if err := g.Check(); err != nil {
			return err
		}
		g.Rights, g.Caps = pos.SortRights(g.Rights), g.SortCaps()
		for _, group := range []*pos.Group{old, &g} {
			if err := o.mayDeal(group); err != nil {
				return err
			}
		}
		if err := o.freeName(&g); err != nil {
			return err
		}
		if err := o.PutGroup(&g); err != nil {
			return err
		}
		return o.Note(pos.EventGroupChanged, string(g.ID), groupDetail(old, &g))
	})
}

// DeleteGroup removes a group of the shop's own. CodeConflict for a preset and
// while anybody is in it, archived employees too: they may come back.
func (t *Till) DeleteGroup(ctx context.Context, a pos.Actor, id pos.GroupID) error {
	return t.desk.Change(ctx, a, pos.RightEmployees, func(o *Op) error {
		g, err := o.Group(id)
		if err != nil {
			return err
		}
		if id.Preset() {
			return pos.E(pos.CodeConflict, "group.preset", nil)
		}
		if err := o.mayDeal(g); err != nil {
			return err
		}
		if err := o.Tx.DeleteGroup(id); err != nil {
			return err
		}
		return o.Note(pos.EventGroupChanged, string(id), map[string]string{"deleted": "1", "name": g.Name})
	})
}

// storedGroup is the group as it was, or an empty one for a new group.
func (o *Op) storedGroup(id pos.GroupID) (*pos.Group, error) {
	if id == "" {
		return &pos.Group{}, nil
	}
	return o.Group(id)
}

func (o *Op) freeName(g *pos.Group) error {
	all, err := o.Tx.Groups()
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID != g.ID && g.Name != "" && pos.Fold(other.Name) == pos.Fold(g.Name) {
			return pos.E(pos.CodeConflict, "group.name-taken", pos.Args{"Name": g.Name})
		}
	}
	return nil
}

// groupDetail tells the audit which rights were given and taken, and which caps
// were set: "right=minor units", "right=" for one that was lifted.
func groupDetail(was, now *pos.Group) map[string]string {
	var given, taken, caps []string
	for _, r := range now.Rights {
		if !was.Has(r) {
			given = append(given, string(r))
		}
	}
	for _, r := range was.Rights {
		if !now.Has(r) {
			taken = append(taken, string(r))
		}
	}
	for _, r := range pos.Rights {
		old, had := was.Cap(r)
		most, capped := now.Cap(r)
		switch {
		case capped && (!had || most != old):
			caps = append(caps, string(r)+"="+desk.Minor(most))
		case had && !capped:
			caps = append(caps, string(r)+"=")
		}
	}
	detail := map[string]string{"given": strings.Join(given, " "), "taken": strings.Join(taken, " ")}
	if len(caps) > 0 {
		detail["caps"] = strings.Join(caps, " ")
	}
	return detail
}

// mayGrant refuses to put anybody into a group that may do more than one's own.
func (o *Op) mayGrant(id pos.GroupID) error {
	g, err := o.Group(id)
	if err != nil {
		return err
	}
	return o.mayDeal(g)
}

// mayDeal refuses to deal in rights or sums beyond one's own; the refusal names
// the first. No approval lifts it: a right that is given away lasts.
func (o *Op) mayDeal(g *pos.Group) error {
	own, err := o.OwnGroup()
	if err != nil {
		return err
	}
	if r, beyond := own.Beyond(g); beyond {
		return pos.E(pos.CodeForbidden, desk.BeyondID, pos.Args{"Right": r})
	}
	return nil
}

// keepAnOwner refuses a change after which nobody would be left who may do
// everything.
func (o *Op) keepAnOwner(e *pos.Employee, g pos.GroupID, archived bool) error {
	if e.Group != pos.GroupOwner || e.Archived || (g == pos.GroupOwner && !archived) {
		return nil
	}
	all, err := o.Tx.Employees()
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID != e.ID && other.Group == pos.GroupOwner && !other.Archived {
			return nil
		}
	}
	return pos.E(pos.CodeConflict, "employee.last-owner", pos.Args{"Name": e.Name})
}

// Hire stores a new employee; the caller has asked the right and writes the
// audit record.
func (o *Op) Hire(name string, g pos.GroupID, pin string) (*pos.Employee, error) {
	name, err := cleanName(name)
	if err != nil {
		return nil, err
	}
	// The first PIN of all is what a new secret is put behind.
	if staffed, err := o.Staffed(); err != nil {
		return nil, err
	} else if !staffed {
		if err := o.NewKeys(); err != nil {
			return nil, err
		}
	}
	e := &pos.Employee{ID: pos.EmployeeID(o.NewID()), Name: name, Group: g, CreatedAt: o.At}
	if err := o.setPIN(e, pin); err != nil {
		return nil, err
	}
	return e, o.PutEmployee(e)
}

func (o *Op) setPIN(e *pos.Employee, pin string) error {
	if err := pos.CheckPIN(pin); err != nil {
		return err
	}
	taken, err := o.pinTaken(pin, e.ID)
	if err != nil {
		return err
	}
	if taken {
		return pos.E(pos.CodeConflict, "pin.taken", nil)
	}
	e.PINHash, e.PINTag, err = o.t.hashPIN(pin)
	return err
}

func cleanName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	return name, pos.CheckEmployeeName(name)
}

func withoutPIN(e *pos.Employee, err error) (*pos.Employee, error) {
	if err != nil || e == nil {
		return nil, err
	}
	shown := *e
	shown.PINHash, shown.PINTag = "", ""
	return &shown, nil
}
