// Package returns is the till's other mode: goods come back instead of leaving.
// A sale is found by its receipt or by what is known of it, lines and quantities
// are picked, and before anything moves the screen tells where money, points and
// debt will go.
package returns

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
)

// Hooks are what the screen leaves to others. Any may be nil.
type Hooks struct {
	Back                      func()            // to the sale screen
	Done                      func(*pos.Return) // a return was stored
	Menu, Keys, Palette, Lock func()
}

// Screen is the return mode. It belongs to the window's goroutine.
type Screen struct {
	env    *ui.Env
	h      Hooks
	m      model
	latest *task.Latest
	queue  queue
	v      *view
	scope  *keys.Scope
}

// New builds the screen; nothing is loaded until Activate.
func New(env *ui.Env, h Hooks) *Screen {
	s := &Screen{env: env, h: h, latest: task.NewLatest(env.Runner)}
	s.queue.env = env
	DefineKeys(env.Kit.Keys)
	s.v = newView(s)
	return s
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.v.root }

// Activate takes the keys, gives the focus to the field and loads the return
// that is open, if one is.
func (s *Screen) Activate() {
	if s.scope == nil {
		s.scope = s.env.Kit.Keys.Push("returns")
		s.bindKeys(s.scope)
		s.queue.stopped = false
	}
	s.m.find, s.m.notice = finding{}, notice{}
	s.clear()
	s.v.field.Focus()
	s.Refresh()
}

// Deactivate gives the keys back.
func (s *Screen) Deactivate() {
	s.latest.Cancel()
	s.queue.stop()
	if s.scope != nil {
		s.scope.Pop()
		s.scope = nil
	}
}

// Refresh loads the open return anew, after somebody else may have changed it.
func (s *Screen) Refresh() {
	s.queue.add(job{
		work: s.env.Till.OpenReturn,
		after: func(v *till.ReturnView, err error) {
			if err != nil {
				s.fail(err)
				return
			}
			s.take(v)
		},
	})
}

// take shows a return the till answered with; without one it looks for a sale.
func (s *Screen) take(v *till.ReturnView) {
	was := s.m.picking()
	s.m.setReturn(v)
	if was != s.m.picking() || !s.m.picking() {
		s.clear()
		s.m.find = finding{}
	}
	s.v.show()
	if !s.m.picking() {
		s.search("")
		return
	}
	s.report()
}

// edit changes the return as the next step and shows an error above it.
func (s *Screen) edit(work workFunc) {
	s.queue.add(job{work: work, after: s.onEdited})
}

func (s *Screen) onEdited(v *till.ReturnView, err error) {
	if err != nil {
		s.fail(err)
		return
	}
	s.m.notice = notice{}
	s.take(v)
}

// fail shows a refusal until the next change.
func (s *Screen) fail(err error) {
	s.m.notice = notice{err: err}
	s.v.showNotice()
	s.v.field.Focus()
	s.report()
}

// say shows a sentence until the next change.
func (s *Screen) say(id string) {
	s.m.notice = notice{id: id}
	s.v.showNotice()
	s.report()
}

// clear empties the field, and the blue button says again what it does without.
func (s *Screen) clear() {
	s.v.field.Clear()
	s.m.typed = ""
	s.v.showBlue()
}

// soon runs f when all that was begun before is done.
func (s *Screen) soon(f func()) { s.queue.add(job{before: f}) }

func (s *Screen) t(id string, args pos.Args) string { return s.env.T("returns."+id, args) }

type workFunc = func(context.Context) (*till.ReturnView, error)

// job is one thing to do with the return: either something of the window's, or
// work for the till.
type job struct {
	before func()
	work   workFunc
	after  func(*till.ReturnView, error)
}

// queue does one thing after the other, in the order of the keys: a scanner is
// faster than a disk.
type queue struct {
	env     *ui.Env
	waiting []job
	busy    bool
	stopped bool
}

func (q *queue) stop() { q.waiting, q.stopped = nil, true }

func (q *queue) add(j job) {
	q.waiting = append(q.waiting, j)
	q.next()
}

func (q *queue) next() {
	for !q.busy && !q.stopped && len(q.waiting) > 0 {
		j := q.waiting[0]
		q.waiting = q.waiting[1:]
		if j.before != nil {
			j.before()
			continue
		}
		q.busy = true
		approval.Run(q.env, j.work, func(v *till.ReturnView, err error) {
			q.busy = false
			if !q.stopped {
				j.after(v, err)
			}
			q.next()
		})
	}
}
