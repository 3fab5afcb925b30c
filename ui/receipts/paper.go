package receipts

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/savepdf"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// Print prints the receipt of a sale that was just made: the original, in as
// many copies as the shop wants. told, which may be nil, hears how it ended.
func Print(env *ui.Env, sale *pos.Sale, told func(*pos.PrintJob, error)) {
	printAs(env, pos.PrintReceipt, sale, env.Print.Settings().Copies, told)
}

// PrintCopy notes that a copy of a stored sale is made and prints it, once.
func PrintCopy(env *ui.Env, sale *pos.Sale) {
	if !env.Print.Ready() {
		printAs(env, pos.PrintCopy, sale, 1, nil) // says what is missing; a copy nobody gets is not noted
		return
	}
	a := env.Actor
	task.Run(env.Ctx, env.Runner,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, env.Till.NoteReprint(ctx, a, sale.ID)
		},
		func(_ struct{}, err error) {
			if err != nil {
				env.Kit.Toast(env.Words.Error(err), widgets.Bad)
				env.Shown("printed", "error", string(pos.CodeOf(err)))
				return
			}
			printAs(env, pos.PrintCopy, sale, 1, nil)
		})
}

func printAs(env *ui.Env, kind pos.PrintKind, sale *pos.Sale, copies int, told func(*pos.PrintJob, error)) {
	if env.Print == nil {
		return
	}
	a, w, width := env.Actor, env.Print.Words(), env.Print.Width()
	title := env.T("print.receipt", pos.Args{"Number": sale.Number})
	if kind == pos.PrintCopy {
		title = env.T("print.copy", pos.Args{"Number": sale.Number})
	}
	env.Print.Make(kind, func(ctx context.Context) (pos.PrintJob, error) {
		whole, err := env.Till.Sale(ctx, a, sale.ID)
		if err != nil {
			return pos.PrintJob{}, err
		}
		lines, err := text(ctx, env, w, a, whole, kind == pos.PrintCopy, width)
		if err != nil {
			return pos.PrintJob{}, err
		}
		return pos.PrintJob{Doc: string(whole.ID), Title: title, Lines: strings.Split(lines, "\n"), QR: string(whole.ID), Copies: copies}, nil
	}, told)
}

// savePDF saves a receipt as a PDF. What leaves the till as a file is a copy like
// any other, so it is noted before it is made.
func savePDF(env *ui.Env, sale *pos.Sale, isCopy bool) {
	a, w, width := env.Actor, env.Words, env.Till.Settings().Width
	task.Run(env.Ctx, env.Runner, func(ctx context.Context) (string, error) {
		whole, err := env.Till.Sale(ctx, a, sale.ID)
		if err != nil {
			return "", err
		}
		if isCopy {
			if err := env.Till.NoteReprint(ctx, a, sale.ID); err != nil {
				return "", err
			}
		}
		return text(ctx, env, w, a, whole, isCopy, width)
	}, func(lines string, err error) {
		if err != nil {
			env.Kit.Toast(env.Words.Error(err), widgets.Bad)
			env.Shown("savepdf", "error", string(pos.CodeOf(err)))
			return
		}
		savepdf.Slip(env, env.T("print.receipt", pos.Args{"Number": sale.Number}), strings.Split(lines, "\n"))
	})
}

// saveReturn saves the slip of a return, or of the exchange it was part of, as
// a PDF; a copy is noted before it is made.
func saveReturn(env *ui.Env, r *pos.Return, isCopy bool) {
	a, w, width, id := env.Actor, env.Words, env.Till.Settings().Width, r.ID
	approval.Run(env, func(ctx context.Context) (string, error) {
		whole, err := env.Till.Return(ctx, a, id)
		if err != nil {
			return "", err
		}
		sold, err := soldFor(ctx, env, a, whole)
		if err != nil {
			return "", err
		}
		if isCopy {
			if err := env.Till.NoteReturnReprint(ctx, a, id); err != nil {
				return "", err
			}
		}
		return returnText(ctx, env, w, a, whole, sold, isCopy, width)
	}, func(lines string, err error) {
		if err != nil {
			env.Kit.Toast(env.Words.Error(err), widgets.Bad)
			env.Shown("savepdf", "error", string(pos.CodeOf(err)))
			return
		}
		savepdf.Slip(env, env.T("receipt.return", pos.Args{"Number": r.Number}), strings.Split(lines, "\n"))
	})
}
