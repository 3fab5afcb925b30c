package local

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
)

// How employees, their groups and the guard of the login are kept.
const (
	employeeColumns   = `id, name, grp, pin_hash, pin_tag, archived, created_at, seal`
	sqlEmployee       = `SELECT ` + employeeColumns + ` FROM employees WHERE id = ?`
	sqlEmployees      = `SELECT ` + employeeColumns + ` FROM employees`
	sqlEmployeesByTag = `SELECT ` + employeeColumns + ` FROM employees WHERE pin_tag = ? ORDER BY id`
	sqlPutEmployee    = `INSERT INTO employees (` + employeeColumns + `) VALUES (?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, grp = excluded.grp, pin_hash = excluded.pin_hash,
		pin_tag = excluded.pin_tag, archived = excluded.archived, created_at = excluded.created_at, seal = excluded.seal`

	sqlGroup    = `SELECT id, name, rights, caps, seal FROM groups WHERE id = ?`
	sqlGroups   = `SELECT id, name, rights, caps, seal FROM groups`
	sqlPutGroup = `INSERT INTO groups (id, name, rights, caps, seal) VALUES (?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, rights = excluded.rights, caps = excluded.caps, seal = excluded.seal`
	sqlDeleteGroup = `DELETE FROM groups WHERE id = ? AND NOT EXISTS (SELECT 1 FROM employees WHERE grp = groups.id)`

	sqlGuard    = `SELECT wrong, locked_until FROM login_guard`
	sqlPutGuard = `INSERT INTO login_guard (one, wrong, locked_until) VALUES (1,?,?)
		ON CONFLICT (one) DO UPDATE SET wrong = excluded.wrong, locked_until = excluded.locked_until`
)

func employeeDest(e *pos.Employee, mark *[]byte) []any {
	return []any{&e.ID, &e.Name, &e.Group, &e.PINHash, &e.PINTag, &e.Archived, at(&e.CreatedAt), mark}
}

// employeeSealed is what an employee's seal covers: who comes in by which PIN,
// and what he may.
func employeeSealed(e *pos.Employee) []any {
	return []any{e.Name, string(e.Group), e.PINHash, e.PINTag, bit(e.Archived)}
}

func (x *tx) readEmployee(e *pos.Employee, mark []byte) {
	e.Seal = x.read(mark, pos.SealEmployee, string(e.ID), employeeSealed(e)...)
}

func (x *tx) Employee(id pos.EmployeeID) (*pos.Employee, error) {
	if e, ok := x.kept.employees.get(id); ok {
		return &e, nil
	}
	e := &pos.Employee{}
	var mark []byte
	ok, err := x.Row(sqlEmployee, []any{string(id)}, employeeDest(e, &mark)...)
	if err := found(ok, err, "employee.unknown"); err != nil {
		return nil, err
	}
	x.readEmployee(e, mark)
	x.kept.employees.put(id, *e)
	return e, nil
}

func (x *tx) employees(text string, args ...any) (out []pos.Employee, err error) {
	err = x.Each(text, args, func(r *sql.Rows) error {
		var e pos.Employee
		var mark []byte
		if err := r.Scan(employeeDest(&e, &mark)...); err != nil {
			return err
		}
		x.readEmployee(&e, mark)
		out = append(out, e)
		return nil
	})
	return out, err
}

func (x *tx) Employees() ([]pos.Employee, error) {
	all, err := x.employees(sqlEmployees)
	slices.SortFunc(all, func(a, b pos.Employee) int {
		if a.Archived != b.Archived {
			return int(bit(a.Archived) - bit(b.Archived))
		}
		if c := strings.Compare(pos.Fold(a.Name), pos.Fold(b.Name)); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return all, err
}

func (x *tx) EmployeesByPINTag(tag string) ([]pos.Employee, error) {
	return x.employees(sqlEmployeesByTag, tag)
}

func (x *tx) PutEmployee(e *pos.Employee) error {
	x.kept.employees.drop(e.ID)
	mark, err := x.standing(pos.SealEmployee, string(e.ID))
	if err != nil {
		return err
	}
	if mark, err = x.reseal(mark, pos.SealEmployee, string(e.ID), employeeSealed(e)...); err != nil {
		return err
	}
	_, err = x.Exec(sqlPutEmployee, string(e.ID), e.Name, string(e.Group), e.PINHash, e.PINTag, bit(e.Archived), ms(e.CreatedAt), mark)
	return err
}

// groupScan reads a group whose rights and caps are one text of words each.
type groupScan struct {
	g            pos.Group
	rights, caps string
	mark         []byte
}

func (s *groupScan) dest() []any { return []any{&s.g.ID, &s.g.Name, &s.rights, &s.caps, &s.mark} }

func (s *groupScan) group(x *tx) (pos.Group, error) {
	s.g.Seal = x.read(s.mark, pos.SealGroup, string(s.g.ID), s.g.Name, s.rights, s.caps)
	if words := strings.Fields(s.rights); len(words) > 0 {
		s.g.Rights = make([]pos.Right, len(words))
		for i, w := range words {
			s.g.Rights[i] = pos.Right(w)
		}
	}
	if s.g.ID == pos.GroupOwner { // the owners hold the rights a newer program brought, too
		s.g.Rights = slices.Clone(pos.Rights)
	}
	var err error
	s.g.Caps, err = unpackCaps(s.caps)
	return s.g, err
}

// packCaps writes caps in the order of the rights, so that the same caps are
// the same text.
func packCaps(caps map[pos.Right]money.Amount) string {
	words := make([]string, 0, len(caps))
	for _, r := range slices.Sorted(maps.Keys(caps)) {
		words = append(words, string(r)+"="+strconv.FormatInt(int64(caps[r]), 10))
	}
	return strings.Join(words, " ")
}

func unpackCaps(text string) (map[pos.Right]money.Amount, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil, nil
	}
	caps := make(map[pos.Right]money.Amount, len(words))
	for _, w := range words {
		right, most, _ := strings.Cut(w, "=")
		n, err := strconv.ParseInt(most, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("cap %q of a group: %w", w, err)
		}
		caps[pos.Right(right)] = money.Amount(n)
	}
	return caps, nil
}

func (x *tx) Group(id pos.GroupID) (*pos.Group, error) {
	if g, ok := x.kept.groups.get(id); ok {
		return cloneGroup(g), nil
	}
	var s groupScan
	ok, err := x.Row(sqlGroup, []any{string(id)}, s.dest()...)
	if err := found(ok, err, "group.unknown"); err != nil {
		return nil, err
	}
	g, err := s.group(x)
	if err != nil {
		return nil, err
	}
	x.kept.groups.put(id, g)
	return cloneGroup(g), nil
}

func (x *tx) Groups() ([]pos.Group, error) {
	var all []pos.Group
	err := x.Each(sqlGroups, nil, func(r *sql.Rows) error {
		var s groupScan
		if err := r.Scan(s.dest()...); err != nil {
			return err
		}
		g, err := s.group(x)
		all = append(all, g)
		return err
	})
	presets := pos.PresetGroups()
	place := func(g pos.Group) int {
		if i := slices.IndexFunc(presets, func(p pos.Group) bool { return p.ID == g.ID }); i >= 0 {
			return i
		}
		return len(presets)
	}
	slices.SortFunc(all, func(a, b pos.Group) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		if c := strings.Compare(pos.Fold(a.Name), pos.Fold(b.Name)); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return all, err
}

func (x *tx) PutGroup(g *pos.Group) error {
	x.kept.groups.drop(g.ID)
	words := make([]string, len(g.Rights))
	for i, r := range g.Rights {
		words[i] = string(r)
	}
	rights, caps := strings.Join(words, " "), packCaps(g.Caps)
	mark, err := x.standing(pos.SealGroup, string(g.ID))
	if err != nil {
		return err
	}
	if mark, err = x.reseal(mark, pos.SealGroup, string(g.ID), g.Name, rights, caps); err != nil {
		return err
	}
	_, err = x.Exec(sqlPutGroup, string(g.ID), g.Name, rights, caps, mark)
	return err
}

// DeleteGroup leaves a group alone that somebody is in, with CodeConflict.
func (x *tx) DeleteGroup(id pos.GroupID) error {
	x.kept.groups.drop(id)
	mark, err := x.standing(pos.SealGroup, string(id))
	if err != nil {
		return err
	}
	n, err := x.Exec(sqlDeleteGroup, string(id))
	if err == nil && n != 1 {
		return pos.E(pos.CodeConflict, "group.in-use", nil)
	}
	if err != nil {
		return err
	}
	return x.unsealed(mark, pos.SealGroup)
}

func (x *tx) LoginGuard() (g pos.LoginGuard, err error) {
	_, err = x.Row(sqlGuard, nil, &g.Wrong, at(&g.LockedUntil))
	return g, err
}

func (x *tx) PutLoginGuard(g pos.LoginGuard) error {
	_, err := x.Exec(sqlPutGuard, g.Wrong, ms(g.LockedUntil))
	return err
}
