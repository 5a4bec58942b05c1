#ifndef CNCURSES_SHIM_H
#define CNCURSES_SHIM_H

// Everything curses.h itself includes comes first, so that the attribute below
// reaches the declarations of curses and no others.
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

// SwiftPM drops the -D flags of ncursesw.pc (swiftlang/swift-package-manager
// #4817), so the wide-character API has to be asked for here.
#define NCURSES_WIDECHAR 1

// curses keeps its state in globals of the process. Each of its functions and
// variables is imported into Swift isolated to the main actor.
#pragma clang attribute push(__attribute__((swift_attr("@MainActor"))), \
                             apply_to = any(function, variable(is_global)))

#include <curses.h>

// Functions, because Swift 6 refuses the variables as shared mutable state.
static inline FILE *cn_stdin(void) { return stdin; }
static inline FILE *cn_stdout(void) { return stdout; }
static inline FILE *cn_stderr(void) { return stderr; }

#pragma clang attribute pop

// <wchar.h> declares it for X/Open sources only, which the Glibc module is not.
extern int wcwidth(wchar_t);

static void cn_leave(void) {
  if (!isendwin()) endwin();
}

static void cn_leave_on_signal(int number) {
  cn_leave();
  signal(number, SIG_DFL);
  raise(number);
}

// Gives the terminal back on the ways out that run no `defer`: exit() and the
// signals of a Swift trap. curses itself handles SIGINT and SIGTERM.
static inline void cn_leave_on_exit(void) {
  atexit(cn_leave);
  signal(SIGILL, cn_leave_on_signal);
  signal(SIGTRAP, cn_leave_on_signal);
  signal(SIGABRT, cn_leave_on_signal);
  signal(SIGSEGV, cn_leave_on_signal);
}

// Values that curses.h writes as macros too complex for Swift to import.
static const attr_t CN_BOLD = A_BOLD;
static const attr_t CN_DIM = A_DIM;
static const attr_t CN_REVERSE = A_REVERSE;
static const attr_t CN_UNDERLINE = A_UNDERLINE;
static const mmask_t CN_ALL_MOUSE_EVENTS = ALL_MOUSE_EVENTS;
static const mmask_t CN_BUTTON1_CLICKED = BUTTON1_CLICKED;

#endif
