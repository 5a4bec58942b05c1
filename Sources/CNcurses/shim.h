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
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// SwiftPM drops the -D flags of ncursesw.pc (swiftlang/swift-package-manager
// #4817), so the wide-character API has to be asked for here.
#define NCURSES_WIDECHAR 1

// curses keeps its state in globals of the process. Each of its functions and
// variables is imported into Swift isolated to the main actor.
#pragma clang attribute push(__attribute__((swift_attr("@MainActor"))), \
                             apply_to = any(function, variable(is_global)))

#include <curses.h>

// From <term.h>, which would bring some five hundred macros with it.
extern int tigetflag(const char *);
extern int tigetnum(const char *);
extern char *tigetstr(const char *);

// Functions, because Swift 6 refuses the variables as shared mutable state.
static inline FILE *cn_stdin(void) { return stdin; }
static inline FILE *cn_stdout(void) { return stdout; }

// What the terminal calls a capability; NULL if it has none of that name.
static inline const char *cn_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

// Whether the terminal takes colour numbers as 0xRRGGBB (terminfo `RGB`).
static inline bool cn_has_direct_color(void) {
  return tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || cn_capability("RGB") != NULL;
}

// Lets Ctrl-Z arrive as a key: stopped by curses' own handler, the program would
// not notice a window that changed meanwhile.
static inline void cn_take_suspend_key(void) {
  struct termios mode;
  if (tcgetattr(STDOUT_FILENO, &mode) != 0) return;
  mode.c_cc[VSUSP] = _POSIX_VDISABLE;
  tcsetattr(STDOUT_FILENO, TCSADRAIN, &mode);
  def_prog_mode();
}

// Stops the program and everything that was started with it, in the terminal as
// it was before; returns when it goes on.
static inline void cn_stop(void) {
  endwin();
  void (*handler)(int) = signal(SIGTSTP, SIG_DFL);
  kill(0, SIGTSTP);
  signal(SIGTSTP, handler);
  raise(SIGWINCH);
}

#pragma clang attribute pop

// <wchar.h> declares it for X/Open sources only, which the Glibc module is not.
extern int wcwidth(wchar_t);

// What has to be put back, kept where a signal handler can reach it.
static struct {
  volatile sig_atomic_t is_open;
  int terminal;
  struct termios cooked;
  size_t length;
  char goodbye[256];
  int real_error;
  int held_error;
  struct sigaction before[NSIG];
} cn_state = {.terminal = -1, .real_error = -1, .held_error = -1};

static const int cn_fatal_signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS,
                                       SIGFPE, SIGINT,  SIGTERM, SIGHUP,  SIGQUIT};

// While the screen is open, what is written to standard error waits in a file:
// written to the terminal it would spoil the picture and be lost with it.
static inline void cn_hold_error(void) {
  if (!isatty(STDERR_FILENO)) return;
  FILE *file = tmpfile();
  if (file == NULL) return;
  fflush(stderr);
  cn_state.real_error = dup(STDERR_FILENO);
  cn_state.held_error = dup(fileno(file));
  fclose(file);
  dup2(cn_state.held_error, STDERR_FILENO);
}

static void cn_release_error(void) {
  if (cn_state.held_error < 0) return;
  dup2(cn_state.real_error, STDERR_FILENO);
  lseek(cn_state.held_error, 0, SEEK_SET);
  char bytes[512];
  ssize_t count;
  while ((count = read(cn_state.held_error, bytes, sizeof bytes)) > 0)
    if (write(STDERR_FILENO, bytes, (size_t)count) < 0) break;
  close(cn_state.held_error);
  close(cn_state.real_error);
  cn_state.held_error = cn_state.real_error = -1;
}

// Gives the terminal back from anywhere: write() and tcsetattr() are all that a
// signal handler may use.
static void cn_leave_in_handler(void) {
  if (cn_state.is_open && !isendwin()) {
    if (write(cn_state.terminal, cn_state.goodbye, cn_state.length) < 0) {
    }
    tcsetattr(cn_state.terminal, TCSANOW, &cn_state.cooked);
  }
  cn_state.is_open = 0;
  cn_release_error();
}

static void cn_leave_on_signal(int number, siginfo_t *info, void *context) {
  (void)context;
  cn_leave_in_handler();
  // A fault happens again when the handler returns, now before whoever handled
  // it earlier: Swift's backtracer. What somebody sent ends the program here.
  bool is_fault = info != NULL && info->si_code > 0 &&
                  (number == SIGILL || number == SIGTRAP || number == SIGSEGV ||
                   number == SIGBUS || number == SIGFPE);
  if (is_fault) {
    sigaction(number, &cn_state.before[number], NULL);
  } else {
    signal(number, SIG_DFL);
    raise(number);
  }
}

static void cn_leave_at_exit(void) {
  if (!cn_state.is_open) return;
  cn_state.is_open = 0;
  if (!isendwin()) endwin();
  cn_release_error();
}

// The signals that end a program are taken over before curses does, so that
// their handlers can pass them on to whoever had them.
static inline void cn_remember_signals(void) {
  for (size_t i = 0; i < sizeof cn_fatal_signals / sizeof *cn_fatal_signals; i++)
    sigaction(cn_fatal_signals[i], NULL, &cn_state.before[cn_fatal_signals[i]]);
}

static inline void cn_append(const char *text) {
  if (text == NULL) return;
  while (*text != 0 && cn_state.length < sizeof cn_state.goodbye) {
    if (text[0] == '$' && text[1] == '<') {  // padding, not for the terminal
      const char *end = strchr(text, '>');
      if (end != NULL) {
        text = end + 1;
        continue;
      }
    }
    cn_state.goodbye[cn_state.length++] = *text++;
  }
}

// Makes sure that the terminal is given back whatever ends the program. Called
// once the screen is open.
static inline void cn_leave_always(int terminal, const struct termios *cooked) {
  cn_state.terminal = terminal;
  cn_state.cooked = *cooked;
  cn_state.length = 0;
  if (cn_capability("kmous") != NULL) cn_append("\033[?1006;1000l");
  cn_append(cn_capability("rmkx"));
  cn_append(cn_capability("sgr0"));
  cn_append(cn_capability("op"));
  cn_append(cn_capability("cnorm"));
  cn_append(cn_capability("rmcup"));
  cn_append("\r");
  cn_state.is_open = 1;
  cn_hold_error();
  atexit(cn_leave_at_exit);

  static char stack[1 << 16];
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) {
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = cn_leave_on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof cn_fatal_signals / sizeof *cn_fatal_signals; i++) {
    int number = cn_fatal_signals[i];
    if (cn_state.before[number].sa_handler != SIG_IGN) sigaction(number, &action, NULL);
  }
}

// The screen was closed in order.
static inline void cn_left(void) {
  cn_state.is_open = 0;
  cn_release_error();
}

// Values that curses.h writes as macros too complex for Swift to import.
static const attr_t CN_BOLD = A_BOLD;
static const attr_t CN_DIM = A_DIM;
static const attr_t CN_REVERSE = A_REVERSE;
static const attr_t CN_UNDERLINE = A_UNDERLINE;
static const attr_t CN_ITALIC = A_ITALIC;
static const mmask_t CN_BUTTON1_PRESSED = BUTTON1_PRESSED;
static const mmask_t CN_BUTTON1_RELEASED = BUTTON1_RELEASED;
static const mmask_t CN_WHEEL_UP = BUTTON4_PRESSED;
static const mmask_t CN_WHEEL_DOWN = BUTTON5_PRESSED;

#endif
