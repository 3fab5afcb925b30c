package settings

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/figures"
	"kassa/pos/hidden"
	"kassa/ui/dates"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// TabServer is the page of the server behind the till. Nothing on it is saved with
// the rest: it is done at once.
const TabServer Tab = "server"

// The actions of the page.
const (
	actJoin  keys.ActionID = "settings.server.join"
	actCheck keys.ActionID = "settings.server.check"
	actLeave keys.ActionID = "settings.server.leave"
)

// Server is what may stand behind a till. Its errors are *pos.Error and say what to
// do; it needs RightSettings.
type Server interface {
	// CheckServer asks the backend of now who the till is there.
	CheckServer(ctx context.Context, a pos.Actor) (ServerState, error)
	// JoinServer turns the till to a server by a one-time code, and tells it what
	// happened since a day too; zero brings what still waits alone.
	JoinServer(ctx context.Context, a pos.Actor, address string, code hidden.Text, since time.Time) (ServerState, error)
	// LeaveServer turns the till back to the backend it carries and brings along what
	// the server keeps of it, or leaves without. ID "shop.leave-unreached" tells of a
	// server that does not answer.
	LeaveServer(ctx context.Context, a pos.Actor, without bool) error
}

// ServerState is who the till is at a server.
type ServerState struct {
	Name    string // what the till is called there
	Held    int64  // messages of this till it has
	Waiting int64  // messages that wait for it; counted by the window
}

// serverPage is where a till joins a server and leaves it.
type serverPage struct {
	v       *view
	joined  string // address of the server; "" for none
	waiting int64
	busy    bool
	said    string // what was done last, for the eye of a test

	state   *widgets.Paragraph
	news    *widgets.Banner
	form    *fyne.Container
	address *widgets.Entry
	code    *widgets.Entry
	since   *dates.Field
	join    *widgets.Button
	check   *widgets.Button
	leave   *widgets.Button
	holder  *fyne.Container
	stop    func()
	moves   bool // what had the focus is gone once the page is drawn anew
}

func (v *view) serverTab() fyne.CanvasObject {
	k, t := v.env.Kit, v.env.T
	p := &serverPage{v: v, state: widgets.NewParagraph("", widgets.Body), news: widgets.NewBanner("", widgets.Info)}
	v.server = p
	p.address = k.Entry(widgets.TextEntry, t("settings.server.address.hint", nil))
	p.address.MaxLength = 200
	p.code = k.Entry(widgets.TextEntry, "")
	p.code.MaxLength = 40
	p.code.SetMessage(t("settings.server.code.hint", nil), widgets.Neutral)
	p.since = dates.NewField(k, t("settings.server.since.hint", nil), figures.DayOf(k.Timers.Now(), time.UTC), v.env.Words.Error)
	p.since.SetText("")
	p.address.OnSubmitted = func(string) { p.code.Focus() }
	p.code.OnSubmitted = func(string) { p.onJoin() }
	p.since.OnSubmitted = func(string) { p.onJoin() }
	p.join = k.ActionButton(t("settings.server.join", nil), widgets.Primary, actJoin)
	p.check = k.ActionButton(t("settings.server.check", nil), widgets.Secondary, actCheck)
	p.leave = k.ActionButton(t("settings.server.leave", nil), widgets.Secondary, actLeave)
	p.form = widgets.VBox(theme.GapInside,
		widgets.Field(t("settings.server.address", nil), p.address),
		widgets.Equal(theme.GapInside,
			widgets.Field(t("settings.server.code", nil), p.code),
			widgets.Field(t("settings.server.since", nil), p.since.Entry)),
		widgets.KeyBar(theme.GapSmall, p.join))
	p.holder = widgets.VBox(0)
	p.stop = v.env.Exchange.Watch(func(exchange.Status) { p.load() })
	return v.page(widgets.NewParagraph(t("settings.server.why", nil), widgets.Muted), p.state, p.news, p.holder)
}

func (p *serverPage) bind(s *keys.Scope) {
	here := keys.When(func() bool { return p.v.tab == TabServer })
	s.Bind(actJoin, p.onJoin, here)
	s.Bind(actCheck, p.onCheck, here)
	s.Bind(actLeave, p.onLeave, here)
}

// known is what the till knows of its server without asking it.
type known struct {
	server  string
	waiting int64
}

// load looks which server the till has and what waits for it.
func (p *serverPage) load() {
	if p.v.tab != TabServer {
		return // nobody sees it
	}
	a := p.v.env.Actor
	task.Run(p.v.env.Ctx, p.v.env.Runner, func(ctx context.Context) (k known, err error) {
		if k.server, err = p.v.env.Till.Server(ctx); err != nil {
			return k, err
		}
		q, err := p.v.env.Till.Queue(ctx, a, 0, 0)
		k.waiting = q.Counts.Waiting
		return k, err
	}, func(k known, err error) {
		if err != nil {
			p.say(p.v.env.Words.Error(err), widgets.Bad, idOf(err))
			return
		}
		p.joined, p.waiting = k.server, k.waiting
		p.show()
		p.moveFocus()
	})
}

// show says how the till stands and offers what can be done.
func (p *serverPage) show() {
	if !p.v.dialog.Shown() {
		return
	}
	t, status := p.v.env.T, p.v.env.Exchange.Status()
	text := t("queue.line.carried", nil)
	var below fyne.CanvasObject = p.form
	if p.joined != "" {
		text = t("queue.line.server", pos.Args{"Server": p.joined})
		if status.Server == p.joined && !status.Contact.IsZero() {
			text += " · " + t("queue.line.contact", pos.Args{"At": status.Contact})
		}
		text += " · " + t("settings.server.waits", pos.Args{"Count": p.waiting})
		below = widgets.KeyBar(theme.GapSmall, p.check, p.leave)
	}
	p.state.SetText(text)
	p.holder.Objects = []fyne.CanvasObject{below}
	for _, b := range []*widgets.Button{p.join, p.check, p.leave} {
		b.SetEnabled(!p.busy)
	}
	p.holder.Refresh()
	p.v.dialog.Refresh()
	joined := "no"
	if p.joined != "" {
		joined = "yes"
	}
	p.v.env.Shown("settings.server", "joined", joined, "said", p.said)
}

// moveFocus goes to what can be done next, once joining or leaving took the control
// away that had the focus.
func (p *serverPage) moveFocus() {
	if !p.moves {
		return
	}
	p.moves = false
	if p.joined != "" {
		p.v.env.Kit.Focus(p.check)
	} else {
		p.address.Focus()
	}
}

func (p *serverPage) say(text string, tone widgets.Tone, said string) {
	p.news.Set(text, tone)
	p.said = said
	p.show()
}

// onJoin turns the till to the server that was typed.
func (p *serverPage) onJoin() {
	if p.busy || p.joined != "" {
		return
	}
	env := p.v.env
	address, code := strings.TrimSpace(p.address.Text()), strings.TrimSpace(p.code.Text())
	if address == "" || code == "" {
		p.say(env.T("settings.server.missing", nil), widgets.Bad, "missing")
		if address == "" {
			p.address.Focus()
		} else {
			p.code.Focus()
		}
		return
	}
	var since time.Time
	if strings.TrimSpace(p.since.Text()) != "" {
		day, ok := p.since.Day()
		if !ok {
			p.since.Focus()
			return
		}
		since = day.Start(env.Kit.Timers.Now().Location())
	}
	server, a := p.v.admin.Behind(), env.Actor
	p.work(func(ctx context.Context) (ServerState, error) {
		s, err := server.JoinServer(ctx, a, address, hidden.New(code), since)
		if err != nil {
			return s, err
		}
		q, err := env.Till.Queue(ctx, a, 0, 0)
		s.Waiting = q.Counts.Waiting
		return s, err
	}, func(s ServerState) {
		p.code.SetText("")
		p.say(env.T("settings.server.done", pos.Args{"Name": s.Name, "Count": s.Waiting}), widgets.Good, "joined")
	})
}

// onCheck asks the server who the till is there.
func (p *serverPage) onCheck() {
	if p.busy || p.joined == "" {
		return
	}
	env := p.v.env
	server, a := p.v.admin.Behind(), env.Actor
	p.work(func(ctx context.Context) (ServerState, error) { return server.CheckServer(ctx, a) }, func(s ServerState) {
		p.say(env.T("settings.server.checked", pos.Args{"Name": s.Name, "Count": s.Held}), widgets.Good, "checked")
	})
}

// onLeave asks once and turns the till back to the backend it carries.
func (p *serverPage) onLeave() {
	if p.busy || p.joined == "" {
		return
	}
	t := p.v.env.T
	p.askLeave("settings.server.leave", t("settings.server.leave.title", nil), t("settings.server.leave.text", nil), false)
}

// askLeave asks by a window of a name whether to leave, without what only the server
// keeps where that is said.
func (p *serverPage) askLeave(name, title, text string, without bool) {
	env := p.v.env
	var ask *widgets.Dialog
	do := func() {
		ask.Close()
		server, a := p.v.admin.Behind(), env.Actor
		p.work(func(ctx context.Context) (ServerState, error) {
			return ServerState{}, server.LeaveServer(ctx, a, without)
		}, func(ServerState) {
			p.say(env.T("settings.server.left", nil), widgets.Good, "left")
		})
	}
	yes := env.Kit.KeyButton(env.T("settings.server.leave", nil), widgets.DangerKind, keys.Enter, do)
	stay := env.Kit.KeyButton(env.T("word.cancel", nil), widgets.Secondary, keys.Esc, func() { ask.Close() })
	yes.Height, stay.Height = widgets.Large, widgets.Large
	ask = env.Kit.Dialog(widgets.DialogSpec{Name: name, Title: title, Width: widgets.Narrow,
		Body: widgets.NewParagraph(text, widgets.Body), Footer: widgets.Footer(theme.GapCards, stay, yes)})
	ask.Show(yes, nil)
	env.Shown(name)
}

// work does one thing with the server at a time and looks how the till stands then.
func (p *serverPage) work(what func(context.Context) (ServerState, error), done func(ServerState)) {
	env := p.v.env
	p.busy = true
	p.say(env.T("settings.server.working", nil), widgets.Info, "")
	task.Run(env.Ctx, env.Runner, what, func(s ServerState, err error) {
		p.busy = false
		if err != nil {
			p.say(env.Words.Error(err), widgets.Bad, idOf(err))
			if idOf(err) == "shop.leave-unreached" {
				p.askLeave("settings.server.without", env.T("settings.server.without.title", nil), env.T("settings.server.without.text", nil), true)
			}
			return
		}
		done(s)
		p.moves = true
		p.load()
	})
}
