package login

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// FirstRun asks for the owner of a new shop.
type FirstRun struct {
	env              *ui.Env
	done             func(pos.Actor)
	name, pin, again *widgets.Entry
	create           *widgets.Button
	news             *widgets.Banner // why not
	scope            *keys.Scope
	body             *fyne.Container
}

// NewFirstRun makes the screen of the very first start.
func NewFirstRun(env *ui.Env, done func(pos.Actor)) *FirstRun {
	f := &FirstRun{env: env, done: done}
	k := env.Kit
	f.name = k.Entry(widgets.TextEntry, env.T("login.owner.name", nil))
	f.name.MaxLength = pos.MaxNameRunes
	f.pin = k.Entry(widgets.PINEntry, env.T("login.owner.pin", nil))
	f.again = k.Entry(widgets.PINEntry, env.T("login.owner.again", nil))
	f.pin.MaxLength, f.again.MaxLength = pos.PINMaxDigits, pos.PINMaxDigits
	f.name.OnSubmitted = func(string) { f.pin.Focus() }
	f.pin.OnSubmitted = func(string) { f.again.Focus() }
	f.again.OnSubmitted = func(string) { f.onCreate() }
	f.create = k.KeyButton(env.T("login.owner.create", nil), widgets.Primary, keys.Enter, f.onCreate)
	f.create.Height = widgets.Large
	f.news = widgets.NewBanner("", widgets.Bad)
	f.body = widgets.Centered(widgets.FixedWidth(cardWidth, widgets.NewCard(widgets.VBox(theme.GapInside,
		widgets.NewText(env.T("login.owner.title", nil), widgets.Heading),
		widgets.NewParagraph(env.T("login.owner.why", nil), widgets.Muted),
		widgets.Field(env.T("login.owner.name-label", nil), f.name),
		widgets.Field(env.T("login.owner.pin-label", pos.Args{"Min": pos.PINMinDigits}), f.pin),
		widgets.Field(env.T("login.owner.again-label", nil), f.again),
		f.news, f.create,
	))))
	return f
}

// Content is what the shell shows.
func (f *FirstRun) Content() fyne.CanvasObject { return f.body }

// Activate takes the keys and the focus.
func (f *FirstRun) Activate() {
	f.scope = f.env.Kit.Keys.Push("firstrun")
	f.name.Focus()
	f.env.Shown("firstrun")
}

// Deactivate gives the keys back.
func (f *FirstRun) Deactivate() { f.scope.Pop() }

func (f *FirstRun) onCreate() {
	name, pin := strings.TrimSpace(f.name.Text()), f.pin.Text()
	f.news.Set("", widgets.Bad)
	f.body.Refresh()
	if field, err := owner(name, pin, f.again.Text()); err != nil {
		f.refuse([]*widgets.Entry{f.name, f.pin, f.again}[field], err)
		return
	}
	f.create.Disable()
	task.Run(f.env.Ctx, f.env.Runner,
		func(ctx context.Context) (pos.Actor, error) { return f.env.Till.CreateOwner(ctx, name, pin) },
		func(a pos.Actor, err error) {
			f.create.Enable()
			if err != nil {
				f.refuse(f.name, err)
				return
			}
			f.done(a)
		})
}

func (f *FirstRun) refuse(at *widgets.Entry, err error) {
	f.news.Set(f.env.Words.Error(err), widgets.Bad)
	f.body.Refresh()
	at.Focus()
	f.env.Shown("firstrun", "error", string(pos.CodeOf(err)))
}
