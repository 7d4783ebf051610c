/* SPDX-License-Identifier: BSD-2-Clause */
/* drive.c: the four processes of a run: start, events, orders, end. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "src/tool/relocate/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <iuplus/cn.h>

#include "src/node/node.h"

/* Events of several processes arrive slightly out of order: lines of the live ladder wait this long for an older
 * one. */
#define HOLD_BACK_S 0.05
/* After a failure, this time without any event means that nothing more will happen: the timers of a run with a fault
 * are shorter. */
#define QUIET_AFTER_FAULT_S 2.5
#define LINGER_S 1.5
#define TICK_MS 20
#define END_PATIENCE_MS 1500

static const char *const programs[STORY_NODE_COUNT] = { "iuplus-ue", "iuplus-rnc", "iuplus-rnc", "iuplus-sgsn" };

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	interrupted = number;
}

bool run_interrupted(void)
{
	return interrupted;
}

void run_catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

static double monotonic(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void __attribute__((format(printf, 2, 3))) fail(struct run *run, const char *format, ...)
{
	/* only the first reason is kept */
	if (run->reason[0])
		return;
	va_list ap;
	va_start(ap, format);
	vsnprintf(run->reason, sizeof(run->reason), format, ap);
	va_end(ap);
}

/* ---- starting ---- */

static int reset_file(const struct run *run, const char *node, const char *suffix, char path[4096 + 64])
{
	char name[64];
	snprintf(name, sizeof(name), "%s%s", node, suffix);
	run_path(run, name, path);
	return unlink(path) && errno != ENOENT ? -1 : 0;
}

static void child_exec(const struct run *run, enum story_node node, int in, int out, pid_t parent)
{
	char program[4096 + 64], config[4096 + 64], capture[4096 + 64], log[4096 + 64], name[64];
	const char *argv[20];
	int n = 0;
	/* the child ends when the tool ends for any reason; by SIGKILL until the node has set its own signal */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != parent)
		_exit(NODE_EXIT_OS);
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(NODE_EXIT_OS);
	/* a terminal's Ctrl-C is for the tool, which then ends the nodes in an orderly way */
	setpgid(0, 0);
	signal(SIGPIPE, SIG_DFL);
	snprintf(program, sizeof(program), "%s/%s", run->options.programs, programs[node]);
	snprintf(name, sizeof(name), "%s.conf", story_names[node]);
	run_path(run, name, config);
	snprintf(name, sizeof(name), "%s.pcapng", story_names[node]);
	run_path(run, name, capture);
	snprintf(name, sizeof(name), "%s.log", story_names[node]);
	run_path(run, name, log);
	argv[n++] = program;
	argv[n++] = "--config";
	argv[n++] = config;
	argv[n++] = "--control";
	argv[n++] = "--events";
	argv[n++] = "-";
	argv[n++] = "--capture";
	argv[n++] = capture;
	argv[n++] = "--log";
	argv[n++] = log;
	if (run->options.keylog) {
		argv[n++] = "--keylog";
		argv[n++] = run->options.keylog;
	}
	if (run->options.gsmtap && node != STORY_SGSN) {
		argv[n++] = "--gsmtap";
		argv[n++] = run->options.gsmtap;
	}
	argv[n] = NULL;
	execv(program, (char *const *)(uintptr_t)argv);
	dprintf(STDERR_FILENO, "iuplus-relocate: %s: %s\n", program, strerror(errno));
	_exit(127);
}

static int start_child(struct run *run, enum story_node node)
{
	struct run_child *child = &run->child[node];
	char path[4096 + 64];
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	if (reset_file(run, story_names[node], ".log", path) || reset_file(run, story_names[node], ".pcapng", path) ||
	    reset_file(run, story_names[node], ".events", path) || !(child->events = fopen(path, "we")) ||
	    pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)) {
		fail(run, "%s cannot be started: %.120s: %s", story_names[node], path, strerror(errno));
		goto close_all;
	}
	fflush(NULL);
	pid_t parent = getpid();
	child->pid = fork();
	if (child->pid < 0) {
		child->pid = 0;
		fail(run, "%s cannot be started: %s", story_names[node], strerror(errno));
		goto close_all;
	}
	if (child->pid == 0)
		child_exec(run, node, in[0], out[1], parent);
	close(in[0]);
	close(out[1]);
	child->to = in[1];
	child->from = out[0];
	fcntl(child->from, F_SETFL, O_NONBLOCK);
	fcntl(child->to, F_SETFL, O_NONBLOCK);
	return 0;
close_all:
	for (int i = 0; i < 2; i++) {
		if (in[i] >= 0)
			close(in[i]);
		if (out[i] >= 0)
			close(out[i]);
	}
	return -1;
}

static void order(struct run *run, enum story_node node, const char *line)
{
	struct run_child *child = &run->child[node];
	if (child->to >= 0 && write(child->to, line, strlen(line)) < 0 && errno != EPIPE)
		fail(run, "no order can be given to %s: %s", story_names[node], strerror(errno));
}

/* ---- events ---- */

static void note_state(struct run *run, enum story_node node, const struct node_event *event)
{
	struct run_child *child = &run->child[node];
	if (!strcmp(event->message, "listening")) {
		child->listening = true;
		if (node == STORY_SGSN)
			node_event_text(run->sctp, sizeof(run->sctp), event->note);
	} else if (!strcmp(event->message, "connected")) {
		child->connected = true;
	}
}

static void take_event(struct run *run, enum story_node node, const char *line, size_t len)
{
	struct run_child *child = &run->child[node];
	struct node_event event;
	if (child->events)
		fwrite(line, 1, len, child->events);
	if (node_event_read(line, len, &event)) {
		fail(run, "%s wrote an event that cannot be read", story_names[node]);
		return;
	}
	run->last_event = monotonic();
	if (event.kind == NODE_EVENT_STATE)
		note_state(run, node, &event);
	if (event.kind == NODE_EVENT_DONE && !strcmp(event.message, IUPLUS_CN_DONE_ATTACH))
		child->camped = true;
	if (event.kind == NODE_EVENT_DONE && !strcmp(event.message, IUPLUS_CN_DONE_SETTLED))
		run->settled = true;
	if (story_add(&run->story, &event))
		fail(run, "no memory");
}

static void read_child(struct run *run, enum story_node node)
{
	struct run_child *child = &run->child[node];
	for (;;) {
		ssize_t n = read(child->from, child->line + child->len, sizeof(child->line) - child->len);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n <= 0) {
			close(child->from);
			child->from = -1;
			return;
		}
		child->len += (size_t)n;
		char *end;
		while ((end = memchr(child->line, '\n', child->len))) {
			size_t used = (size_t)(end - child->line) + 1;
			take_event(run, node, child->line, used);
			memmove(child->line, child->line + used, child->len - used);
			child->len -= used;
		}
		if (child->len == sizeof(child->line)) {
			fail(run, "%s wrote a line that is too long", story_names[node]);
			child->len = 0;
		}
	}
}

static void describe_end(const struct run *run, enum story_node node, char *out, size_t size)
{
	int status = run->child[node].status;
	if (WIFSIGNALED(status))
		snprintf(out, size, "%s was ended by signal %d (%s)", story_names[node], WTERMSIG(status),
			 strsignal(WTERMSIG(status)));
	else
		snprintf(out, size, "%s ended with status %d, see its log", story_names[node], WEXITSTATUS(status));
}

/* Records a child that ended by itself. One that an injected fault killed is expected. */
static void reap(struct run *run)
{
	for (int i = 0; i < STORY_NODE_COUNT; i++) {
		struct run_child *child = &run->child[i];
		if (!child->pid || waitpid(child->pid, &child->status, WNOHANG) != child->pid)
			continue;
		child->pid = 0;
		child->died = true;
		if (child->from >= 0)
			read_child(run, (enum story_node)i);
		char text[NODE_EVENT_TEXT];
		describe_end(run, (enum story_node)i, text, sizeof(text));
		struct node_event event = { .kind = NODE_EVENT_END, .t = node_loop_unix_time() };
		node_event_text(event.node, sizeof(event.node), story_names[i]);
		node_event_text(event.message, sizeof(event.message), "process ended");
		node_event_text(event.note, sizeof(event.note), text);
		if (story_add(&run->story, &event))
			fail(run, "no memory");
		run->last_event = monotonic();
		fail(run, "%s", text);
		if (WIFEXITED(child->status) && WEXITSTATUS(child->status) == NODE_EXIT_UNAVAILABLE)
			run->exit = NODE_EXIT_UNAVAILABLE;
	}
}

/* Prints the events that are so old that no older one will arrive. all: prints the rest. */
static void print_live(struct run *run, bool all)
{
	double until = node_loop_unix_time() - HOLD_BACK_S;
	if (run->options.json || run->options.quiet)
		return;
	for (; run->printed < run->story.count; run->printed++) {
		const struct node_event *event = &run->story.events[run->printed];
		if (!all && event->t > until)
			break;
		ladder_text_line(stdout, &run->story, event, run->options.colour);
	}
	fflush(stdout);
}

/* One round: waits for events at most TICK_MS and processes them. */
static void listen_once(struct run *run)
{
	struct pollfd fds[STORY_NODE_COUNT];
	nfds_t n = 0;
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		if (run->child[i].from >= 0)
			fds[n++] = (struct pollfd){ run->child[i].from, POLLIN, 0 };
	if (poll(fds, n, TICK_MS) < 0 && errno != EINTR)
		fail(run, "waiting failed: %s", strerror(errno));
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		if (run->child[i].from >= 0)
			read_child(run, (enum story_node)i);
	reap(run);
	print_live(run, false);
	if (interrupted)
		fail(run, "interrupted by signal %d", (int)interrupted);
}

/* ---- driving ---- */

static bool sgsn_listens(const struct run *run)
{
	return run->child[STORY_SGSN].listening;
}

static bool rncs_connected(const struct run *run)
{
	return run->child[STORY_SOURCE].connected && run->child[STORY_TARGET].connected;
}

static bool ue_camps(const struct run *run)
{
	return run->child[STORY_UE].camped && run->child[STORY_SGSN].camped;
}

static bool is_settled(const struct run *run)
{
	return run->settled;
}

/* The first failure that a node reported (not only an injected fault in progress). */
static const struct node_event *first_failure(const struct run *run)
{
	for (size_t i = 0; i < run->story.count; i++)
		if (run->story.events[i].kind == NODE_EVENT_FAILURE)
			return &run->story.events[i];
	return NULL;
}

/* Processes events until done() is true. After a failure that a node reported it continues as long as events arrive.
 * Returns true if done() was true before the time expired. */
static bool listen_until(struct run *run, bool (*done)(const struct run *run), double deadline, const char *what)
{
	while (!done(run)) {
		const struct node_event *failure = first_failure(run);
		double now = monotonic();
		bool wrong = failure || run->reason[0];
		if (interrupted || run->exit || (wrong && now - run->last_event > QUIET_AFTER_FAULT_S)) {
			if (failure)
				fail(run, "%s did not happen; %s reported: %s", what, failure->node, failure->message);
			fail(run, "%s did not happen", what);
			return false;
		}
		if (now > deadline) {
			if (failure)
				fail(run, "time expired and %s did not happen; %s reported: %s", what, failure->node,
				     failure->message);
			fail(run, "time expired and %s did not happen", what);
			return false;
		}
		listen_once(run);
	}
	return true;
}

/* After a failed relocation: checks whether the phone still works at the source. */
static void try_source(struct run *run, double deadline)
{
	size_t before = run->story.count;
	if (!run->child[STORY_SGSN].pid || !run->child[STORY_SOURCE].pid || !run_final_keys(run, STORY_SOURCE))
		return;
	order(run, STORY_SGSN, "reallocate\n");
	double until = monotonic() + 2.0;
	while (!run->source_serves && monotonic() < until && monotonic() < deadline && !interrupted) {
		listen_once(run);
		for (size_t i = before; i < run->story.count; i++)
			if (run->story.events[i].kind == NODE_EVENT_DONE &&
			    !strcmp(run->story.events[i].node, story_names[STORY_SGSN]) &&
			    !strcmp(run->story.events[i].message, IUPLUS_CN_DONE_REALLOCATION))
				run->source_serves = true;
	}
	if (run->source_serves) {
		size_t len = strlen(run->reason);
		snprintf(run->reason + len, sizeof(run->reason) - len, "; the source still serves the phone");
	}
}

void run_drive(struct run *run)
{
	double deadline = monotonic() + run->options.timeout_s;
	run->last_event = monotonic();
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		run->child[i].to = run->child[i].from = -1;
	if (start_child(run, STORY_SGSN) || !listen_until(run, sgsn_listens, deadline, "a listening SGSN"))
		return;
	if (!run->options.json && !run->options.quiet) {
		printf("SCTP by %s. The ladder, with the key that protected each message:\n\n", run->sctp);
		ladder_text_head(stdout, &run->story, run->options.colour);
	}
	if (start_child(run, STORY_SOURCE) || start_child(run, STORY_TARGET) ||
	    !listen_until(run, rncs_connected, deadline, "the association of both RNCs with the SGSN"))
		return;
	if (start_child(run, STORY_UE) || !listen_until(run, ue_camps, deadline, "the attach"))
		return;
	order(run, STORY_SOURCE, "relocate 2\n");
	if (!listen_until(run, is_settled, deadline, "the end of the relocation"))
		try_source(run, deadline);
	/* the source's release runs concurrently with the last exchange at the target */
	double until = monotonic() + LINGER_S;
	while (run->settled && run_final_keys(run, STORY_SOURCE) && monotonic() < until && !interrupted)
		listen_once(run);
	/* the last event of each node may still be in its pipe */
	until = monotonic() + 2 * HOLD_BACK_S;
	while (monotonic() < until && !interrupted)
		listen_once(run);
	print_live(run, true);
}

/* ---- ending ---- */

/* A node that was ordered to end must do so with status 0 and without a signal. */
static void ended_by_order(struct run *run, enum story_node node, int round)
{
	char text[NODE_EVENT_TEXT];
	int status = run->child[node].status;
	if (round == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	describe_end(run, node, text, sizeof(text));
	fail(run, "when ordered to end, %s", text);
}

void run_end_children(struct run *run)
{
	print_live(run, true);
	for (int i = 0; i < STORY_NODE_COUNT; i++) {
		order(run, (enum story_node)i, "quit\n");
		if (run->child[i].to >= 0)
			close(run->child[i].to);
		run->child[i].to = -1;
	}
	/* first by the order above, then by SIGTERM, then by SIGKILL */
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < STORY_NODE_COUNT && round; i++)
			if (run->child[i].pid)
				kill(run->child[i].pid, round == 1 ? SIGTERM : SIGKILL);
		double until = monotonic() + END_PATIENCE_MS / 1000.0;
		bool alive = true;
		while (alive && (round == 2 || monotonic() < until)) {
			alive = false;
			for (int i = 0; i < STORY_NODE_COUNT; i++) {
				struct run_child *child = &run->child[i];
				if (child->pid && waitpid(child->pid, &child->status, WNOHANG) == child->pid) {
					child->pid = 0;
					ended_by_order(run, (enum story_node)i, round);
				}
				alive |= child->pid != 0;
			}
			if (alive)
				poll(NULL, 0, 5);
		}
	}
	for (int i = 0; i < STORY_NODE_COUNT; i++) {
		struct run_child *child = &run->child[i];
		if (child->from >= 0)
			close(child->from);
		if (child->events)
			fclose(child->events);
		child->from = -1;
		child->events = NULL;
	}
}

void run_finish(struct run *run, bool keep_folder)
{
	static const char *const suffixes[] = { ".conf", ".log", ".pcapng", ".events" };
	static const char *const others[] = {
		"subscribers.conf", "subscribers.conf.sqn", "iuplus.pcapng", "ladder.txt",
		"ladder.mmd",       "ladder.msc",           "ladder.svg",    "result.json"
	};
	char path[4096 + 64], name[64];
	story_free(&run->story);
	if (run->port_lock > 0)
		close(run->port_lock);
	run->port_lock = -1;
	if (!run->temporary || keep_folder)
		return;
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		for (size_t j = 0; j < sizeof(suffixes) / sizeof(suffixes[0]); j++) {
			snprintf(name, sizeof(name), "%s%s", story_names[i], suffixes[j]);
			unlink(run_path(run, name, path));
		}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		unlink(run_path(run, others[i], path));
	rmdir(run->dir);
}
