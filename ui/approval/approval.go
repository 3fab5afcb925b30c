// Package approval asks another employee to allow, with a PIN, the one action
// that was refused. Screens start what may be refused through Run and know
// nothing more of it.
package approval

import (
	"context"
	"strings"

	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/task"
)

// Run is task.Run for an operation of the till that another employee may allow.
// When it is refused for want of a right or beyond a cap, the question is put,
// and once somebody allowed it load is run again; show hears of the end alone:
// of the result, or of the refusal when nobody allowed it. The action stays
// under way meanwhile, so a button that rests while it works rests on.
func Run[T any](env *ui.Env, load func(context.Context) (T, error), show func(T, error)) {
	RunIn(env.Ctx, env, load, show)
}

// RunFor is Run for an action whose reason was asked already: who allows it reads the
// reason and enters the PIN, and nobody is asked the same twice. An empty reason is
// asked for as usual.
func RunFor[T any](env *ui.Env, reason string, load func(context.Context) (T, error), show func(T, error)) {
	RunIn(context.WithValue(env.Ctx, given{}, strings.TrimSpace(reason)), env, load, show)
}

// given is the key under which a context carries the reason of its action.
type given struct{}

func reasonIn(ctx context.Context) string {
	reason, _ := ctx.Value(given{}).(string)
	return reason
}

// reasonFault tells what is wrong with the reason that was given for what was refused:
// it is put right where it was given, before anybody is called for a PIN.
func reasonFault(ctx context.Context, err error) error {
	reason := reasonIn(ctx)
	if _, ok := till.RefusedOf(err); !ok || reason == "" {
		return nil
	}
	return till.ReasonFits(reason)
}

// RunIn is Run in a context other than the window's, one that can be cancelled.
func RunIn[T any](ctx context.Context, env *ui.Env, load func(context.Context) (T, error), show func(T, error)) {
	task.Run(ctx, env.Runner, load, func(v T, err error) {
		if fault := reasonFault(ctx, err); fault != nil {
			show(v, fault)
			return
		}
		again := func(ctx context.Context) { RunIn(ctx, env, load, show) }
		if !ask(ctx, env, err, again, func() { show(v, err) }) {
			show(v, err)
		}
	})
}

// Ask puts the question when err is a refusal that an approval can lift, and
// reports whether it does. retry runs with the context that carries the
// approval; it does not run when nobody allowed it.
func Ask(env *ui.Env, err error, retry func(ctx context.Context)) bool {
	return ask(env.Ctx, env, err, retry, func() {})
}

func ask(ctx context.Context, env *ui.Env, err error, retry func(context.Context), refused func()) bool {
	what, ok := till.RefusedOf(err)
	// Nobody is there to be allowed anything once the till was locked.
	if !ok || env.Actor.ID == "" {
		return false
	}
	open(ctx, env, model{what: what, err: err, reason: reasonIn(ctx)}, retry, refused)
	return true
}
