package customer

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// languages of messages a customer may choose, as they are stored.
var languages = words.Languages()

// form makes or changes a customer.
type form struct {
	env   *ui.Env
	name  string // of the dialog, for Shown
	group pos.CustomerGroupID
	limit money.Amount
	known bool // the number stands and is changed by a code alone
	store func(context.Context, till.NewCustomer) (*pos.CustomerState, error)
	done  func(pos.CustomerState)

	was    till.NewCustomer // as it was opened
	d      *widgets.Dialog
	fields map[string]*widgets.Entry
	lang   *widgets.Select
	groups *widgets.Select
	offers []pos.CustomerGroup // what groups offers after "none"
	news   *widgets.Banner
	save   *widgets.Button
}

// fieldOrder is the way of Enter through the form.
var fieldOrder = []string{"name", "phone", "card", "email", "limit", "birthday", "note"}

// Add makes a customer; typed is what was searched for, and is put where it
// belongs. done is called when the customer is stored.
func Add(env *ui.Env, typed string, done func(pos.CustomerState)) {
	n := prefill(typed)
	n.Language = env.Till.Settings().Language
	a := env.Actor
	f := &form{env: env, name: "customer.add", done: done,
		store: func(ctx context.Context, n till.NewCustomer) (*pos.CustomerState, error) {
			return env.Till.AddCustomer(ctx, a, n)
		}}
	f.load(env.T("customers.add.title", nil), n)
}

// Edit changes a customer. done is called when the change is stored.
func Edit(env *ui.Env, c pos.Customer, done func(pos.CustomerState)) {
	a, set := env.Actor, env.Till.Settings()
	f := &form{env: env, name: "customer.edit", done: done, group: c.Group, limit: c.CreditLimit, known: c.Phone != "" && set.Guarded(),
		store: func(ctx context.Context, n till.NewCustomer) (*pos.CustomerState, error) {
			return env.Till.UpdateCustomer(ctx, a, c.ID, n)
		}}
	f.load(env.T("customers.edit.title", nil), edited(c))
}

// load shows the form once the groups to choose from are known.
func (f *form) load(title string, n till.NewCustomer) {
	DefineKeys(f.env.Kit.Keys)
	a := f.env.Actor
	approval.Run(f.env, func(ctx context.Context) ([]till.CustomerGroupView, error) {
		return f.env.Till.CustomerGroups(ctx, a)
	}, func(list []till.CustomerGroupView, err error) {
		for i := range list {
			if g := &list[i]; !g.Archived || g.ID == f.group {
				f.offers = append(f.offers, g.CustomerGroup)
			}
		}
		f.show(title, n)
		if err != nil {
			f.refuse(err)
		}
	})
}

func (f *form) show(title string, n till.NewCustomer) {
	f.build(title)
	f.fields["name"].SetText(n.Name)
	f.fields["phone"].SetText(n.Phone)
	f.fields["card"].SetText(n.Card)
	f.fields["email"].SetText(n.Email)
	f.fields["birthday"].SetText(shownBirthday(n.Birthday))
	f.fields["note"].SetText(n.Note)
	if n.CreditLimit > 0 {
		f.fields["limit"].SetText(f.env.Words.Money().Bare(n.CreditLimit))
	}
	first := f.fields["name"]
	if n.Name != "" && n.Phone == "" {
		first = f.fields["phone"]
	}
	for i, code := range languages {
		if code == n.Language {
			f.lang.SetSelected(i)
		}
	}
	for i := range f.offers {
		if f.offers[i].ID == f.group {
			f.groups.SetSelected(i + 1)
		}
	}
	f.was, _ = f.read()
	f.d.Show(first.Focusable(), func(s *keys.Scope) {
		s.Bind(actSave, f.onSave)
		s.BindKey("Ctrl+Enter", f.onSave)
		s.BindKey(keys.Enter, f.onEnter)
	})
	f.env.Shown(f.name)
}

func (f *form) build(title string) {
	k, t := f.env.Kit, f.env.T
	f.fields = map[string]*widgets.Entry{}
	mayLimit := f.env.Actor.Can(pos.RightCreditLimit)
	for _, name := range fieldOrder {
		e := k.Entry(widgets.TextEntry, t("customers.field."+name+".hint", nil))
		e.MaxLength = pos.MaxNameRunes
		e.OnChanged = func(string) { f.refuse(nil) }
		f.fields[name] = e
	}
	f.fields["phone"].RefusesScan = true
	f.fields["limit"].RefusesScan = true
	f.fields["limit"].Filter = widgets.Decimal(2)
	f.fields["card"].OnScan = func(_, code string) { f.fields["card"].SetText(code); f.onNext(2) }
	if f.known {
		f.fields["phone"].Disable()
	}
	f.fields["birthday"].RefusesScan = true
	if !mayLimit {
		f.fields["limit"].Disable()
	}
	names := make([]string, len(languages))
	for i, code := range languages {
		names[i] = t("customers.language."+code, nil)
	}
	f.lang = k.Select(names, 0, nil)
	inGroups := []string{t("customers.group.none", nil)}
	for i := range f.offers {
		inGroups = append(inGroups, f.offers[i].Name)
	}
	f.groups = k.Select(inGroups, 0, nil)
	f.news = widgets.NewBanner("", widgets.Bad)
	field := func(name string) fyne.CanvasObject {
		return widgets.Field(t("customers.field."+name, nil), f.fields[name])
	}
	f.save = k.ActionButton(t("customers.save", nil), widgets.Primary, actSave)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, f.onLeave)
	f.save.Height, back.Height = widgets.Large, widgets.Large
	f.d = k.Dialog(widgets.DialogSpec{
		Name: f.name, Title: title, Subtitle: f.why(), Width: widgets.Middle, OnEsc: f.onLeave,
		Body: widgets.VBox(theme.GapCards,
			widgets.Equal(theme.GapInside, field("name"), field("phone")),
			widgets.Equal(theme.GapInside, field("card"), field("email")),
			widgets.Equal(theme.GapInside, widgets.Field(t("customers.field.group", nil), f.groups), field("limit")),
			widgets.Equal(theme.GapInside, field("birthday"), widgets.Field(t("customers.field.language", nil), f.lang)),
			field("note"),
			f.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(180, back), widgets.Grow(f.save)),
	})
}

// why says what the number is for, and how one that stands is changed.
func (f *form) why() string {
	if f.known {
		return f.env.T("customers.form.phone-kept", nil)
	}
	return f.env.T("customers.form.why", nil)
}

// onEnter goes from the field in use to the next one.
func (f *form) onEnter() {
	for i, name := range fieldOrder {
		if f.fields[name].Focused() {
			f.onNext(i)
			return
		}
	}
}

// onNext goes to the next field that can be filled in; after the last it saves.
func (f *form) onNext(i int) {
	for _, name := range fieldOrder[i+1:] {
		if !f.fields[name].Disabled() {
			f.fields[name].Focus()
			return
		}
	}
	f.onSave()
}

// read takes the form's fields; the till judges them.
func (f *form) read() (till.NewCustomer, error) {
	text := func(name string) string { return strings.TrimSpace(f.fields[name].Text()) }
	n := till.NewCustomer{Name: text("name"), Phone: text("phone"), Card: text("card"), Email: text("email"),
		Language: languages[max(f.lang.Selected(), 0)], Birthday: text("birthday"), Note: text("note"), CreditLimit: f.limit}
	if i := f.groups.Selected(); i > 0 {
		n.Group = f.offers[i-1].ID
	}
	if !f.env.Actor.Can(pos.RightCreditLimit) {
		return n, nil
	}
	n.CreditLimit = 0
	if text("limit") == "" {
		return n, nil
	}
	var err error
	n.CreditLimit, err = money.ParseAmount(text("limit"))
	return n, err
}

// onLeave closes the form; unsaved changes are asked about first.
func (f *form) onLeave() {
	if n, err := f.read(); err == nil && n == f.was {
		f.d.Close()
		return
	}
	f.env.Leave(f.name, f.onSave, f.d.Close)
}

func (f *form) onSave() {
	if f.save.Disabled() {
		return
	}
	n, err := f.read()
	if err != nil {
		f.refuse(err)
		return
	}
	f.save.Disable()
	approval.Run(f.env, func(ctx context.Context) (*pos.CustomerState, error) {
		return f.store(ctx, n)
	}, f.onSaved)
}

func (f *form) onSaved(c *pos.CustomerState, err error) {
	if !f.d.Shown() {
		return
	}
	f.save.Enable()
	if err != nil {
		f.refuse(err)
		return
	}
	f.d.Close()
	f.env.Kit.Toast(f.env.T("customers.saved", pos.Args{"Name": c.Name}), widgets.Good)
	f.done(*c)
}

// refuse shows why the customer was not stored and goes to the field it is
// about; nil takes the sentence away.
func (f *form) refuse(err error) {
	text := f.env.Words.Error(err)
	if text == f.news.Text() && err == nil {
		return
	}
	f.news.Set(text, widgets.Bad)
	f.d.Refresh()
	if err == nil {
		return
	}
	f.env.Shown(f.name, "error", string(pos.CodeOf(err)))
	field := "limit" // only the limit is read here; all else is refused by the till
	if e := (*pos.Error)(nil); errors.As(err, &e) {
		field = fieldOf(e.ID)
	}
	if e := f.fields[field]; e != nil {
		e.Focus()
	}
}
