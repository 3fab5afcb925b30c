package local

import (
	"database/sql"
	"slices"
	"strings"

	"kassa/pos"
)

const (
	employeeColumns   = `id, name, grp, pin_hash, pin_tag, archived, created_at`
	sqlEmployee       = `SELECT ` + employeeColumns + ` FROM employees WHERE id = ?`
	sqlEmployees      = `SELECT ` + employeeColumns + ` FROM employees`
	sqlEmployeesByTag = `SELECT ` + employeeColumns + ` FROM employees WHERE pin_tag = ? ORDER BY id`
	sqlPutEmployee    = `INSERT INTO employees (` + employeeColumns + `) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, grp = excluded.grp, pin_hash = excluded.pin_hash,
		pin_tag = excluded.pin_tag, archived = excluded.archived, created_at = excluded.created_at`

	sqlGroup    = `SELECT id, name, rights FROM groups WHERE id = ?`
	sqlGroups   = `SELECT id, name, rights FROM groups`
	sqlPutGroup = `INSERT INTO groups (id, name, rights) VALUES (?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, rights = excluded.rights`

	sqlGuard    = `SELECT wrong, locked_until FROM login_guard`
	sqlPutGuard = `INSERT INTO login_guard (one, wrong, locked_until) VALUES (1,?,?)
		ON CONFLICT (one) DO UPDATE SET wrong = excluded.wrong, locked_until = excluded.locked_until`
)

func employeeDest(e *pos.Employee) []any {
	return []any{&e.ID, &e.Name, &e.Group, &e.PINHash, &e.PINTag, &e.Archived, at(&e.CreatedAt)}
}

func (x *tx) Employee(id pos.EmployeeID) (*pos.Employee, error) {
	e := &pos.Employee{}
	ok, err := x.Row(sqlEmployee, []any{string(id)}, employeeDest(e)...)
	if err := found(ok, err, "employee.unknown"); err != nil {
		return nil, err
	}
	return e, nil
}

func (x *tx) employees(text string, args ...any) (out []pos.Employee, err error) {
	err = x.Each(text, args, func(r *sql.Rows) error {
		var e pos.Employee
		if err := r.Scan(employeeDest(&e)...); err != nil {
			return err
		}
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
	_, err := x.Exec(sqlPutEmployee, string(e.ID), e.Name, string(e.Group), e.PINHash, e.PINTag, bit(e.Archived), ms(e.CreatedAt))
	return err
}

// groupScan reads a group whose rights are one text of words.
type groupScan struct {
	g      pos.Group
	rights string
}

func (s *groupScan) dest() []any { return []any{&s.g.ID, &s.g.Name, &s.rights} }

func (s *groupScan) group() pos.Group {
	if words := strings.Fields(s.rights); len(words) > 0 {
		s.g.Rights = make([]pos.Right, len(words))
		for i, w := range words {
			s.g.Rights[i] = pos.Right(w)
		}
	}
	return s.g
}

func (x *tx) Group(id pos.GroupID) (*pos.Group, error) {
	var s groupScan
	ok, err := x.Row(sqlGroup, []any{string(id)}, s.dest()...)
	if err := found(ok, err, "group.unknown"); err != nil {
		return nil, err
	}
	g := s.group()
	return &g, nil
}

func (x *tx) Groups() ([]pos.Group, error) {
	var all []pos.Group
	err := x.Each(sqlGroups, nil, func(r *sql.Rows) error {
		var s groupScan
		if err := r.Scan(s.dest()...); err != nil {
			return err
		}
		all = append(all, s.group())
		return nil
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
	words := make([]string, len(g.Rights))
	for i, r := range g.Rights {
		words[i] = string(r)
	}
	_, err := x.Exec(sqlPutGroup, string(g.ID), g.Name, strings.Join(words, " "))
	return err
}

func (x *tx) LoginGuard() (g pos.LoginGuard, err error) {
	_, err = x.Row(sqlGuard, nil, &g.Wrong, at(&g.LockedUntil))
	return g, err
}

func (x *tx) PutLoginGuard(g pos.LoginGuard) error {
	_, err := x.Exec(sqlPutGuard, g.Wrong, ms(g.LockedUntil))
	return err
}
